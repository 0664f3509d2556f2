using System.Buffers.Binary;

namespace Aios.Terrain.Import;

/// <summary>How a file stores one height.</summary>
public enum SampleType
{
    UInt8,
    Int8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Float32,
    Float64,
}

internal static class Samples
{
    public static int Size(SampleType type) => type switch
    {
        SampleType.UInt8 or SampleType.Int8 => 1,
        SampleType.Int16 or SampleType.UInt16 => 2,
        SampleType.Float64 => 8,
        _ => 4,
    };

    public static double Read(ReadOnlySpan<byte> bytes, SampleType type, bool bigEndian) => type switch
    {
        SampleType.UInt8 => bytes[0],
        SampleType.Int8 => (sbyte)bytes[0],
        SampleType.Int16 => bigEndian ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes),
        SampleType.UInt16 => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        SampleType.Int32 => bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
        SampleType.UInt32 => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        SampleType.Float32 => bigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => bigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
