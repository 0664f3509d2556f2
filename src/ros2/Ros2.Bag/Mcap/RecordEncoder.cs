namespace ROS2.Bag;

/// <summary>Encodes whole records.</summary>
internal static class RecordEncoder
{
    public static void Encode(ByteWriter writer, McapSchema schema)
    {
        int start = writer.BeginRecord(McapOpcode.Schema);
        writer.WriteUInt16(schema.Id);
        writer.WriteString(schema.Name);
        writer.WriteString(schema.Encoding);
        writer.WriteUInt32((uint)schema.Data.Length);
        writer.WriteBytes(schema.Data.Span);
        writer.EndRecord(start);
    }

    public static void Encode(ByteWriter writer, McapChannel channel)
    {
        int start = writer.BeginRecord(McapOpcode.Channel);
        writer.WriteUInt16(channel.Id);
        writer.WriteUInt16(channel.SchemaId);
        writer.WriteString(channel.Topic);
        writer.WriteString(channel.MessageEncoding);
        writer.WriteMap(channel.Metadata);
        writer.EndRecord(start);
    }

    public static void Encode(ByteWriter writer, McapStatistics statistics)
    {
        int start = writer.BeginRecord(McapOpcode.Statistics);
        writer.WriteUInt64((ulong)statistics.MessageCount);
        writer.WriteUInt16(checked((ushort)statistics.SchemaCount));
        writer.WriteUInt32((uint)statistics.ChannelCount);
        writer.WriteUInt32((uint)statistics.AttachmentCount);
        writer.WriteUInt32((uint)statistics.MetadataCount);
        writer.WriteUInt32((uint)statistics.ChunkCount);
        writer.WriteTime(statistics.StartTimeNs);
        writer.WriteTime(statistics.EndTimeNs);
        int block = writer.BeginBlock();
        foreach ((ushort channel, long count) in statistics.ChannelMessageCounts)
        {
            writer.WriteUInt16(channel);
            writer.WriteUInt64((ulong)count);
        }

        writer.EndBlock(block);
        writer.EndRecord(start);
    }

    public static void Encode(ByteWriter writer, McapChunkIndex chunk)
    {
        int start = writer.BeginRecord(McapOpcode.ChunkIndex);
        writer.WriteTime(chunk.StartTimeNs);
        writer.WriteTime(chunk.EndTimeNs);
        writer.WriteUInt64((ulong)chunk.Offset);
        writer.WriteUInt64((ulong)chunk.Length);
        int block = writer.BeginBlock();
        foreach ((ushort channel, long offset) in chunk.MessageIndexOffsets)
        {
            writer.WriteUInt16(channel);
            writer.WriteUInt64((ulong)offset);
        }

        writer.EndBlock(block);
        writer.WriteUInt64((ulong)chunk.MessageIndexLength);
        writer.WriteString(chunk.Compression);
        writer.WriteUInt64((ulong)chunk.CompressedSize);
        writer.WriteUInt64((ulong)chunk.UncompressedSize);
        writer.EndRecord(start);
    }

    public static void EncodeMetadataIndex(ByteWriter writer, long offset, long length, string name)
    {
        int start = writer.BeginRecord(McapOpcode.MetadataIndex);
        writer.WriteUInt64((ulong)offset);
        writer.WriteUInt64((ulong)length);
        writer.WriteString(name);
        writer.EndRecord(start);
    }

    public static void EncodeSummaryOffset(ByteWriter writer, McapOpcode opcode, long groupStart, long groupLength)
    {
        int start = writer.BeginRecord(McapOpcode.SummaryOffset);
        writer.WriteByte((byte)opcode);
        writer.WriteUInt64((ulong)groupStart);
        writer.WriteUInt64((ulong)groupLength);
        writer.EndRecord(start);
    }
}
