using System.Buffers.Binary;

namespace Aios.Perception;

/// <summary>Appends little-endian values to a span; running out of room sets a flag and writes nothing more.</summary>
internal ref struct DeltaWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;

    public int Length { get; set; }

    public bool IsFull { get; private set; }

    public void Byte(byte value)
    {
        if (Reserve(1, out Span<byte> room))
        {
            room[0] = value;
        }
    }

    public void UInt16(ushort value)
    {
        if (Reserve(sizeof(ushort), out Span<byte> room))
        {
            BinaryPrimitives.WriteUInt16LittleEndian(room, value);
        }
    }

    public void UInt32(uint value)
    {
        if (Reserve(sizeof(uint), out Span<byte> room))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(room, value);
        }
    }

    public void UInt64(ulong value)
    {
        if (Reserve(sizeof(ulong), out Span<byte> room))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(room, value);
        }
    }

    public void Bytes(scoped ReadOnlySpan<byte> value)
    {
        if (Reserve(value.Length, out Span<byte> room))
        {
            value.CopyTo(room);
        }
    }

    /// <summary>Seven bits a byte, sign in the lowest bit: small magnitudes take one byte.</summary>
    public void ZigZag(int value)
    {
        uint bits = ((uint)value << 1) ^ (uint)(value >> 31);
        while (bits >= 0x80)
        {
            Byte((byte)(bits | 0x80));
            bits >>= 7;
        }

        Byte((byte)bits);
    }

    private bool Reserve(int count, out Span<byte> room)
    {
        if (IsFull || count > _buffer.Length - Length)
        {
            IsFull = true;
            room = default;
            return false;
        }

        room = _buffer.Slice(Length, count);
        Length += count;
        return true;
    }
}

/// <summary>Reads what <see cref="DeltaWriter"/> wrote; running past the end sets a flag and yields zeros.</summary>
internal ref struct DeltaReader(ReadOnlySpan<byte> buffer)
{
    private readonly ReadOnlySpan<byte> _buffer = buffer;
    private int _position;

    public bool IsBroken { get; private set; }

    public readonly int Remaining => _buffer.Length - _position;

    public byte Byte() => Take(1, out ReadOnlySpan<byte> bytes) ? bytes[0] : (byte)0;

    public ushort UInt16() =>
        Take(sizeof(ushort), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : (ushort)0;

    public uint UInt32() => Take(sizeof(uint), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : 0;

    public ulong UInt64() => Take(sizeof(ulong), out ReadOnlySpan<byte> bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : 0;

    public ReadOnlySpan<byte> Bytes(int count) => Take(count, out ReadOnlySpan<byte> bytes) ? bytes : default;

    public int ZigZag()
    {
        uint bits = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = Byte();
            bits |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return (int)(bits >> 1) ^ -(int)(bits & 1);
            }
        }

        IsBroken = true;
        return 0;
    }

    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if (IsBroken || count < 0 || count > _buffer.Length - _position)
        {
            IsBroken = true;
            bytes = default;
            return false;
        }

        bytes = _buffer.Slice(_position, count);
        _position += count;
        return true;
    }
}
