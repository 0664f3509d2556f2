using System.Buffers.Binary;
using System.Text;

namespace ROS2.Bag;

/// <summary>A growing little-endian byte buffer that is cleared and reused.</summary>
internal sealed class ByteWriter(int capacity)
{
    private byte[] _buffer = new byte[Math.Max(64, capacity)];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Drops bytes from the end.</summary>
    public void Truncate(int length) => Length = length;

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void WriteTime(long nanoseconds) => WriteUInt64((ulong)nanoseconds);

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    public void WriteString(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        WriteUInt32((uint)length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>Writes a map in the order of the keys, so that equal maps give equal bytes.</summary>
    public void WriteMap(IReadOnlyDictionary<string, string> map)
    {
        int start = BeginBlock();
        foreach (string key in map.Keys.Order(StringComparer.Ordinal))
        {
            WriteString(key);
            WriteString(map[key]);
        }

        EndBlock(start);
    }

    /// <summary>Starts a block that its 32-bit length precedes.</summary>
    public int BeginBlock()
    {
        WriteUInt32(0);
        return Length;
    }

    public void EndBlock(int start) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(start - 4), (uint)(Length - start));

    /// <summary>Starts a record; its length is filled in by <see cref="EndRecord"/>.</summary>
    public int BeginRecord(McapOpcode opcode)
    {
        WriteByte((byte)opcode);
        WriteUInt64(0);
        return Length;
    }

    public void EndRecord(int start) =>
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(start - 8), (ulong)(Length - start));

    private Span<byte> Take(int count)
    {
        if (count > _buffer.Length - Length)
        {
            Array.Resize(ref _buffer, Math.Max(checked(Length + count), (int)Math.Min(Array.MaxLength, 2L * _buffer.Length)));
        }

        Length += count;
        return _buffer.AsSpan(Length - count, count);
    }
}
