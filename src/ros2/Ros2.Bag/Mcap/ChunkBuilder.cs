using System.Buffers.Binary;

namespace ROS2.Bag;

/// <summary>The records of one chunk and the indexes of its messages.</summary>
internal sealed class ChunkBuilder(int capacity)
{
    private readonly List<List<(long LogTimeNs, long Offset)>?> _indexes = [];
    private long _messages;

    public ByteWriter Records { get; } = new(capacity + 4096);

    /// <summary>Earliest log time, 0 without messages.</summary>
    public long StartTimeNs { get; private set; }

    /// <summary>Latest log time, 0 without messages.</summary>
    public long EndTimeNs { get; private set; }

    public void AddMessage(ushort channel, uint sequence, long logTimeNs, long publishTimeNs, ReadOnlySpan<byte> data)
    {
        IndexOf(channel).Add((logTimeNs, Records.Length));
        StartTimeNs = _messages == 0 ? logTimeNs : Math.Min(StartTimeNs, logTimeNs);
        EndTimeNs = _messages == 0 ? logTimeNs : Math.Max(EndTimeNs, logTimeNs);
        _messages++;
        Span<byte> head = stackalloc byte[McapFormat.RecordHeaderSize + McapFormat.MessageHeaderSize];
        head[0] = (byte)McapOpcode.Message;
        BinaryPrimitives.WriteUInt64LittleEndian(head[1..], (ulong)(McapFormat.MessageHeaderSize + data.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(head[9..], channel);
        BinaryPrimitives.WriteUInt32LittleEndian(head[11..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(head[15..], logTimeNs);
        BinaryPrimitives.WriteInt64LittleEndian(head[23..], publishTimeNs);
        Records.WriteBytes(head);
        Records.WriteBytes(data);
    }

    public bool HasMessages(int channel) => channel < _indexes.Count && _indexes[channel] is { Count: > 0 };

    /// <summary>Writes a channel's message index, ordered by time as the specification asks.</summary>
    public void EncodeIndex(ByteWriter writer, ushort channel)
    {
        List<(long LogTimeNs, long Offset)> index = IndexOf(channel);
        index.Sort();
        int start = writer.BeginRecord(McapOpcode.MessageIndex);
        writer.WriteUInt16(channel);
        int block = writer.BeginBlock();
        foreach ((long time, long offset) in index)
        {
            writer.WriteTime(time);
            writer.WriteUInt64((ulong)offset);
        }

        writer.EndBlock(block);
        writer.EndRecord(start);
    }

    public void Clear()
    {
        Records.Clear();
        _messages = 0;
        StartTimeNs = 0;
        EndTimeNs = 0;
        foreach (List<(long LogTimeNs, long Offset)>? index in _indexes)
        {
            index?.Clear();
        }
    }

    private List<(long LogTimeNs, long Offset)> IndexOf(ushort channel)
    {
        while (_indexes.Count <= channel)
        {
            _indexes.Add(null);
        }

        return _indexes[channel] ??= [];
    }
}
