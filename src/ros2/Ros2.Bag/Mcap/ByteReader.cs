using System.Buffers.Binary;
using System.Text;

namespace ROS2.Bag;

/// <summary>Reads the fields of a record.</summary>
/// <remarks>Every method throws <see cref="McapException"/> when the record is shorter than its fields.</remarks>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Remaining => _rest.Length;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A 64-bit number that must fit in <see cref="long"/>: a time, an offset or a length.</summary>
    public long ReadInt64()
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
        return value <= long.MaxValue
            ? (long)value
            : throw new McapException($"the number {value} in a record is out of range");
    }

    public ReadOnlySpan<byte> ReadBytes(long count) => Take(count);

    public string ReadString() => Encoding.UTF8.GetString(Take(ReadUInt32()));

    public Dictionary<string, string> ReadMap()
    {
        var block = new ByteReader(Take(ReadUInt32()));
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        while (block.Remaining > 0)
        {
            string key = block.ReadString();
            map[key] = block.ReadString();
        }

        return map;
    }

    /// <summary>A map of channel ids to 64-bit numbers.</summary>
    public SortedDictionary<ushort, long> ReadChannelMap()
    {
        var block = new ByteReader(Take(ReadUInt32()));
        var map = new SortedDictionary<ushort, long>();
        while (block.Remaining > 0)
        {
            ushort key = block.ReadUInt16();
            map[key] = block.ReadInt64();
        }

        return map;
    }

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _rest.Length)
        {
            throw new McapException("a record is shorter than its fields");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }
}
