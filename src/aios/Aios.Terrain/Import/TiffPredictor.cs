using System.Buffers.Binary;

namespace Aios.Terrain.Import;

/// <summary>Undoes the differencing that precedes compression, one row at a time.</summary>
internal static class TiffPredictor
{
    /// <summary>Integers: horizontal differences (TIFF 6.0, section 14). Reals: byte planes of differences (Adobe, TIFF Technical Note 3).</summary>
    /// <param name="row">Samples of a row, those of a pixel together.</param>
    /// <param name="type">Of a sample.</param>
    /// <param name="bigEndian">Order of a sample's bytes.</param>
    /// <param name="perPixel">Samples of a pixel: a difference is to the same one of the pixel before.</param>
    public static void Undo(Span<byte> row, SampleType type, bool bigEndian, int perPixel)
    {
        if (type is SampleType.Float32 or SampleType.Float64)
        {
            UndoPlanes(row, Samples.Size(type), bigEndian, perPixel);
            return;
        }

        int size = Samples.Size(type), pixel = size * perPixel;
        for (int i = pixel; i < row.Length; i += size)
        {
            Span<byte> at = row[i..], before = row[(i - pixel)..];
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

    /// <summary>The row holds all most significant bytes, then the next, each byte as difference to the one a pixel's samples before.</summary>
    private static void UndoPlanes(Span<byte> row, int size, bool bigEndian, int perPixel)
    {
        for (int i = perPixel; i < row.Length; i++)
        {
            row[i] += row[i - perPixel];
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
