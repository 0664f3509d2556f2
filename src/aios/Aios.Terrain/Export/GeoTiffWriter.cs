using System.Buffers.Binary;

namespace Aios.Terrain.Export;

/// <summary>
/// Writes ground as a GeoTIFF (TIFF 6.0; GeoTIFF 1.1, OGC 19-008): one band of 32-bit reals in metres, little-endian, not
/// compressed, north at the top, in a projected system of the user's own. The same ground gives the same bytes.
/// </summary>
public static class GeoTiffWriter
{
    private const int Short = 3, Long = 4, Double = 12;
    private const int HeaderSize = 8, EntrySize = 12;

    /// <summary>Bytes of a file that <see cref="Import.GeoTiffReader"/> and GIS programs read back to the same heights.</summary>
    /// <param name="ground">What to write; pixels are its vertices.</param>
    public static byte[] Write(HeightField ground)
    {
        ArgumentNullException.ThrowIfNull(ground);
        int width = ground.Geometry.Width, height = ground.Geometry.Height, pixels = width * height * sizeof(float);
        (int Tag, int Type, double[] Values)[] entries =
        [
            (256, Long, [width]), // ImageWidth
            (257, Long, [height]), // ImageLength
            (258, Short, [32]), // BitsPerSample
            (259, Short, [1]), // Compression: none
            (262, Short, [1]), // PhotometricInterpretation: black is zero
            (273, Long, [HeaderSize]), // StripOffsets
            (277, Short, [1]), // SamplesPerPixel
            (278, Long, [height]), // RowsPerStrip
            (279, Long, [pixels]), // StripByteCounts
            (339, Short, [3]), // SampleFormat: IEEE real
            (33550, Double, [ground.Spacing, ground.Spacing, 0]), // ModelPixelScale
            (33922, Double, [0, 0, 0, ground.MinX, ground.MaxY, 0]), // ModelTiepoint: the upper left pixel
            // GeoKeys 1.1.0: GTModelType projected, GTRasterType a pixel is a point, ProjectedCSType user-defined, units metre.
            (34735, Short, [1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 2, 3072, 0, 1, 32767, 3076, 0, 1, 9001]),
        ];
        int tail = HeaderSize + pixels + 2 + (EntrySize * entries.Length) + 4;
        var file = new byte[tail + entries.Sum(e => Size(e.Type, e.Values.Length) is > 4 and var size ? size : 0)];
        WriteHeader(file, HeaderSize + pixels, entries.Length);
        WriteHeights(file.AsSpan(HeaderSize), ground);
        WriteEntries(file, HeaderSize + pixels + 2, tail, entries);
        return file;
    }

    private static int Size(int type, int count) => count * (type == Short ? 2 : type == Long ? 4 : 8);

    private static void WriteHeader(Span<byte> file, int directory, int entries)
    {
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], directory);
        BinaryPrimitives.WriteInt16LittleEndian(file[directory..], (short)entries);
    }

    private static void WriteHeights(Span<byte> strip, HeightField ground)
    {
        int width = ground.Geometry.Width, height = ground.Geometry.Height;
        for (int row = 0; row < height; row++)
        {
            for (int col = 0; col < width; col++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(strip[(((row * width) + col) * sizeof(float))..], ground[col, height - 1 - row]);
            }
        }
    }

    private static void WriteEntries(Span<byte> file, int at, int tail, (int Tag, int Type, double[] Values)[] entries)
    {
        foreach ((int tag, int type, double[] values) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(file[at..], (ushort)tag);
            BinaryPrimitives.WriteInt16LittleEndian(file[(at + 2)..], (short)type);
            BinaryPrimitives.WriteInt32LittleEndian(file[(at + 4)..], values.Length);
            int size = Size(type, values.Length);
            if (size <= 4)
            {
                WriteValues(file[(at + 8)..], type, values);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(file[(at + 8)..], tail);
                WriteValues(file[tail..], type, values);
                tail += size;
            }

            at += EntrySize;
        }
    }

    private static void WriteValues(Span<byte> at, int type, double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> value = at[Size(type, i)..];
            switch (type)
            {
                case Short:
                    BinaryPrimitives.WriteUInt16LittleEndian(value, (ushort)values[i]);
                    break;
                case Long:
                    BinaryPrimitives.WriteUInt32LittleEndian(value, (uint)values[i]);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(value, values[i]);
                    break;
            }
        }
    }
}
