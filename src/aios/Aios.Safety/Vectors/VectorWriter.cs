using System.Buffers.Binary;

namespace Aios.Safety.Vectors;

/// <summary>Writes little-endian values one after another.</summary>
internal sealed class VectorWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public void U32(uint value)
    {
        Span<byte> buffer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, value);
        _bytes.AddRange(buffer);
    }

    public void I32(int value) => U32(unchecked((uint)value));

    public void Bool(bool value) => U32(value ? 1u : 0);

    public void I64(long value)
    {
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        _bytes.AddRange(buffer);
    }

    /// <summary>Length, then the bytes and zeros up to a multiple of four.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        I32(value.Length);
        _bytes.AddRange(value);
        _bytes.AddRange(new byte[-value.Length & 3]);
    }

    public void F64(params ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            I64(BitConverter.DoubleToInt64Bits(value));
        }
    }
}
