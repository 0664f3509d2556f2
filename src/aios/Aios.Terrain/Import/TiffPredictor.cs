using System.Buffers.Binary;

namespace Aios.Terrain.Import;

/// <summary>Undoes the differencing that precedes compression, one row at a time.</summary>
internal static class TiffPredictor
{
    /// <summary>Integers: horizontal differences (TIFF 6.0, section 14). Reals: byte planes of differences (Adobe, TIFF Technical Note 3).</summary>
    public static void Undo(Span<byte> row, SampleType type, bool bigEndian)
    {
        if (type is SampleType.Float32 or SampleType.Float64)
        {
            UndoPlanes(row, Samples.Size(type), bigEndian);
            return;
        }

        int size = Samples.Size(type);
        for (int i = size; i < row.Length; i += size)
        {
            Span<byte> at = row[i..], before = row[(i - size)..];
            switch (size)
            {
                case 1:
                    at[0] += before[0];
                    break;
                case 2 when bigEndian:
                    BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(BinaryPrimitives.ReadUInt16BigEndian(at) + BinaryPrimitives.ReadUInt16BigEndian(before)));
                    break;
                case 2:
                    BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(at) + BinaryPrimitives.ReadUInt16LittleEndian(before)));
                    break;
                case 4 when bigEndian:
                    BinaryPrimitives.WriteUInt32BigEndian(at, BinaryPrimitives.ReadUInt32BigEndian(at) + BinaryPrimitives.ReadUInt32BigEndian(before));
                    break;
                default:
                    BinaryPrimitives.WriteUInt32LittleEndian(at, BinaryPrimitives.ReadUInt32LittleEndian(at) + BinaryPrimitives.ReadUInt32LittleEndian(before));
                    break;
            }
        }
    }

    /// <summary>The row holds all most significant bytes, then the next, each byte as difference to the one before.</summary>
    private static void UndoPlanes(Span<byte> row, int size, bool bigEndian)
    {
        for (int i = 1; i < row.Length; i++)
        {
            row[i] += row[i - 1];
        }

        byte[] planes = row.ToArray();
        int count = row.Length / size;
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < size; k++)
            {
                row[(i * size) + (bigEndian ? k : size - 1 - k)] = planes[(k * count) + i];
            }
        }
    }
}
