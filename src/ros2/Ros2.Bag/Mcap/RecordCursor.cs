using System.Buffers.Binary;

namespace ROS2.Bag;

/// <summary>Walks over records that lie in memory.</summary>
internal struct RecordCursor(ReadOnlyMemory<byte> records)
{
    private ReadOnlyMemory<byte> _rest = records;

    public McapOpcode Opcode { get; private set; }

    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <returns>False at the end.</returns>
    /// <exception cref="McapException">A record is longer than what is left.</exception>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> span = _rest.Span;
        ulong length = span.Length < McapFormat.RecordHeaderSize
            ? ulong.MaxValue
            : BinaryPrimitives.ReadUInt64LittleEndian(span[1..]);
        if (length > (ulong)(span.Length - Math.Min(span.Length, McapFormat.RecordHeaderSize)))
        {
            throw new McapException("a record is longer than the chunk or summary it is in");
        }

        Opcode = (McapOpcode)span[0];
        Content = _rest.Slice(McapFormat.RecordHeaderSize, (int)length);
        _rest = _rest[(McapFormat.RecordHeaderSize + (int)length)..];
        return true;
    }
}
