namespace ROS2.Bag;

public sealed partial class McapWriter
{
    private void WriteChunk()
    {
        if (_chunk.Records.Length == 0)
        {
            return;
        }

        long offset = _position;
        ReadOnlySpan<byte> records = _chunk.Records.Written;
        int size = _compression == McapCompression.None ? 0 : ChunkCompression.Compress(_compression, records, ref _compressed);
        string compression = size > 0 ? ChunkCompression.NameOf(_compression) : "";
        ReadOnlySpan<byte> stored = size > 0 ? _compressed.AsSpan(0, size) : records;
        WriteChunkHead(records, compression, stored.Length);
        WriteData(stored);
        long length = _position - offset;
        var indexes = new SortedDictionary<ushort, long>();
        long indexStart = _position;
        for (int channel = 0; channel < _channels.Count; channel++)
        {
            if (_chunk.HasMessages(channel))
            {
                indexes.Add((ushort)channel, _position);
                _chunk.EncodeIndex(_record, (ushort)channel);
                FlushRecord();
            }
        }

        _chunks.Add(new McapChunkIndex(
            _chunk.StartTimeNs, _chunk.EndTimeNs, offset, length, indexes, _position - indexStart, compression, stored.Length, records.Length));
        Statistics.ChunkCount++;
        _chunk.Clear();
    }

    private void WriteChunkHead(ReadOnlySpan<byte> records, string compression, int storedSize)
    {
        const int FixedSize = 8 + 8 + 8 + 4 + 4 + 8;
        _record.WriteByte((byte)McapOpcode.Chunk);
        _record.WriteUInt64((ulong)(FixedSize + compression.Length + storedSize));
        _record.WriteTime(_chunk.StartTimeNs);
        _record.WriteTime(_chunk.EndTimeNs);
        _record.WriteUInt64((ulong)records.Length);
        _record.WriteUInt32(Crc32.Append(0, records));
        _record.WriteString(compression);
        _record.WriteUInt64((ulong)storedSize);
        FlushRecord();
    }

    private void WriteEnd()
    {
        // The checksum covers everything before this record.
        uint dataCrc = _dataCrc;
        int end = _record.BeginRecord(McapOpcode.DataEnd);
        _record.WriteUInt32(dataCrc);
        _record.EndRecord(end);
        FlushRecord();

        long summaryStart = _position;
        var summary = new ByteWriter(4096);
        var groups = new List<(McapOpcode Opcode, long Start, long Length)>();
        AddGroup(McapOpcode.Schema, _schemas, (w, s) => RecordEncoder.Encode(w, s));
        AddGroup(McapOpcode.Channel, _channels, (w, c) => RecordEncoder.Encode(w, c));
        AddGroup(McapOpcode.Statistics, [Statistics], (w, s) => RecordEncoder.Encode(w, s));
        AddGroup(McapOpcode.ChunkIndex, _chunks, (w, c) => RecordEncoder.Encode(w, c));
        AddGroup(McapOpcode.MetadataIndex, _metadata, (w, m) => RecordEncoder.EncodeMetadataIndex(w, m.Offset, m.Length, m.Name));
        long offsetStart = summaryStart + summary.Length;
        foreach ((McapOpcode opcode, long start, long length) in groups)
        {
            RecordEncoder.EncodeSummaryOffset(summary, opcode, start, length);
        }

        int footer = summary.BeginRecord(McapOpcode.Footer);
        summary.WriteUInt64((ulong)summaryStart);
        summary.WriteUInt64((ulong)offsetStart);
        CompleteFooter(summary, footer);
        WriteData(summary.Written);
        WriteData(McapFormat.Magic);

        void AddGroup<T>(McapOpcode opcode, IReadOnlyList<T> items, Action<ByteWriter, T> encode)
        {
            int start = summary.Length;
            foreach (T item in items)
            {
                encode(summary, item);
            }

            if (items.Count > 0)
            {
                groups.Add((opcode, summaryStart + start, summary.Length - start));
            }
        }
    }

    // The footer's checksum covers the summary and the footer's own first fields, its final length included.
    private static void CompleteFooter(ByteWriter summary, int footer)
    {
        const int CrcSize = 4;
        summary.WriteUInt32(0);
        summary.EndRecord(footer);
        uint crc = Crc32.Append(0, summary.Written[..^CrcSize]);
        summary.Truncate(summary.Length - CrcSize);
        summary.WriteUInt32(crc);
    }
}
