namespace ROS2.Bag;

/// <summary>Decodes the content of records.</summary>
internal static class RecordDecoder
{
    public static McapSchema Schema(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        ushort id = reader.ReadUInt16();
        string name = reader.ReadString();
        string encoding = reader.ReadString();
        return new McapSchema(id, name, encoding, reader.ReadBytes(reader.ReadUInt32()).ToArray());
    }

    public static McapChannel Channel(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        ushort id = reader.ReadUInt16();
        ushort schemaId = reader.ReadUInt16();
        string topic = reader.ReadString();
        string encoding = reader.ReadString();
        return new McapChannel(id, schemaId, topic, encoding, reader.ReadMap());
    }

    public static McapStatistics Statistics(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        var statistics = new McapStatistics
        {
            MessageCount = reader.ReadInt64(),
            SchemaCount = reader.ReadUInt16(),
            ChannelCount = (int)Math.Min(int.MaxValue, reader.ReadUInt32()),
            AttachmentCount = (int)Math.Min(int.MaxValue, reader.ReadUInt32()),
            MetadataCount = (int)Math.Min(int.MaxValue, reader.ReadUInt32()),
            ChunkCount = (int)Math.Min(int.MaxValue, reader.ReadUInt32()),
            StartTimeNs = reader.ReadInt64(),
            EndTimeNs = reader.ReadInt64(),
        };
        foreach ((ushort channel, long count) in reader.ReadChannelMap())
        {
            statistics.SetCount(channel, count);
        }

        return statistics;
    }

    public static McapChunkIndex ChunkIndex(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        return new McapChunkIndex(
            StartTimeNs: reader.ReadInt64(),
            EndTimeNs: reader.ReadInt64(),
            Offset: reader.ReadInt64(),
            Length: reader.ReadInt64(),
            MessageIndexOffsets: reader.ReadChannelMap(),
            MessageIndexLength: reader.ReadInt64(),
            Compression: reader.ReadString(),
            CompressedSize: reader.ReadInt64(),
            UncompressedSize: reader.ReadInt64());
    }

    public static (string Name, Dictionary<string, string> Values) Metadata(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        string name = reader.ReadString();
        return (name, reader.ReadMap());
    }

    public static (long Offset, long Length, string Name) MetadataIndex(ReadOnlySpan<byte> content)
    {
        var reader = new ByteReader(content);
        return (reader.ReadInt64(), reader.ReadInt64(), reader.ReadString());
    }

    /// <summary>The records of a chunk, checked against its checksum.</summary>
    /// <exception cref="McapException">Damaged, compressed in a way that cannot be opened here, or a wrong checksum.</exception>
    public static ReadOnlyMemory<byte> ChunkRecords(ReadOnlyMemory<byte> content)
    {
        var reader = new ByteReader(content.Span);
        reader.ReadInt64();
        reader.ReadInt64();
        long uncompressedSize = reader.ReadInt64();
        uint crc = reader.ReadUInt32();
        string compression = reader.ReadString();
        long size = reader.ReadInt64();
        if (size > reader.Remaining || (compression.Length == 0 && size != uncompressedSize))
        {
            throw new McapException("a chunk's length does not fit its record");
        }

        ReadOnlyMemory<byte> records = content.Slice(content.Length - reader.Remaining, (int)size);
        if (compression.Length > 0)
        {
            records = ChunkCompression.Decompress(compression, records.Span, uncompressedSize);
        }

        if (crc != 0 && Crc32.Append(0, records.Span) != crc)
        {
            throw new McapException("a chunk's checksum is wrong");
        }

        return records;
    }

    /// <summary>A message, its channel still as a number.</summary>
    public static (ushort Channel, McapMessage Message) Message(ReadOnlyMemory<byte> content)
    {
        var reader = new ByteReader(content.Span);
        ushort channel = reader.ReadUInt16();
        uint sequence = reader.ReadUInt32();
        long logTime = reader.ReadInt64();
        long publishTime = reader.ReadInt64();
        return (channel, new McapMessage(null!, sequence, logTime, publishTime, content[McapFormat.MessageHeaderSize..]));
    }
}
