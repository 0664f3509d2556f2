using System.Buffers.Binary;
using System.Text;

namespace Aios.Terrain.Tests;

/// <summary>Makes small GeoTIFFs of every kind the reader knows, from heights row by row.</summary>
internal sealed class TiffWriter
{
    public bool BigEndian { get; init; }

    public bool Float { get; init; }

    /// <value>Tag 259: 1, 5, 8 or 32773.</value>
    public int Compression { get; init; } = 1;

    /// <value>Text of tag 42112, GDAL's metadata.</value>
    public string? Metadata { get; init; }

    public bool Predictor { get; init; }

    /// <value>BigTIFF: counts and offsets of 64 bits.</value>
    public bool IsBig { get; init; }

    public int Bands { get; init; } = 1;

    /// <value>Whether each band has blocks of its own.</value>
    public bool IsPlanar { get; init; }

    /// <value>Edge of a tile; 0 for strips.</value>
    public int Tile { get; init; }

    public int RowsPerStrip { get; init; } = 3;

    public string? NoData { get; init; }

    /// <value>Shorts of further tags, or of tags instead of the usual ones; empty leaves the tag out.</value>
    public IReadOnlyDictionary<int, int[]> ShortTags { get; init; } = new Dictionary<int, int[]>();

    /// <value>The same of doubles.</value>
    public IReadOnlyDictionary<int, double[]> DoubleTags { get; init; } = new Dictionary<int, double[]>();

    private int SampleSize => Float ? 4 : 2;

    // Samples of a pixel that stand together.
    private int Together => IsPlanar ? 1 : Bands;

    public byte[] Write(int width, int height, Func<int, int, double> sample) => Write(width, height, (col, row, _) => sample(col, row));

    public byte[] Write(int width, int height, Func<int, int, int, double> sample)
    {
        int blockWidth = Tile > 0 ? Tile : width, blockHeight = Tile > 0 ? Tile : RowsPerStrip;
        var blocks = new List<byte[]>();
        for (int plane = 0; plane < Bands / Together; plane++)
        {
            for (int row = 0; row < height; row += blockHeight)
            {
                for (int col = 0; col < width; col += blockWidth)
                {
                    int rows = Tile > 0 ? Tile : Math.Min(blockHeight, height - row), first = plane;
                    blocks.Add(Encode(col, row, blockWidth, rows, width, height, (c, r, band) => sample(c, r, first + band)));
                }
            }
        }

        return Assemble(width, height, blocks);
    }

    private byte[] Encode(int col0, int row0, int cols, int rows, int width, int height, Func<int, int, int, double> sample)
    {
        using var raw = new MemoryStream();
        for (int r = 0; r < rows; r++)
        {
            var row = new double[cols * Together];
            for (int i = 0; i < row.Length; i++)
            {
                int c = i / Together;
                row[i] = col0 + c < width && row0 + r < height ? sample(col0 + c, row0 + r, i % Together) : 0.0;
            }

            raw.Write(Float ? FloatRow(row) : IntegerRow(row));
        }

        return Compression switch
        {
            5 => TiffPacker.Lzw(raw.ToArray()),
            8 => TiffPacker.Deflate(raw.ToArray()),
            32773 => TiffPacker.PackBits(raw.ToArray()),
            _ => raw.ToArray(),
        };
    }

    private byte[] IntegerRow(double[] row)
    {
        var bytes = new byte[row.Length * 2];
        for (int i = 0; i < row.Length; i++)
        {
            short value = (short)row[i], before = i < Together ? (short)0 : (short)row[i - Together];
            Put16(bytes.AsSpan(2 * i), (ushort)(Predictor ? (short)(value - before) : value));
        }

        return bytes;
    }

    private byte[] FloatRow(double[] row)
    {
        var bytes = new byte[row.Length * 4];
        for (int i = 0; i < row.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits((float)row[i]);
            for (int k = 0; k < 4; k++)
            {
                byte ofSignificance = (byte)(bits >> (8 * (3 - k)));
                bytes[Predictor ? (k * row.Length) + i : (4 * i) + (BigEndian ? k : 3 - k)] = ofSignificance;
            }
        }

        for (int i = bytes.Length - 1; i >= Together && Predictor; i--)
        {
            bytes[i] -= bytes[i - Together];
        }

        return bytes;
    }

    private byte[] Assemble(int width, int height, List<byte[]> blocks)
    {
        var entries = new SortedDictionary<int, (int Type, byte[] Data)>
        {
            [256] = (3, Shorts(width)),
            [257] = (3, Shorts(height)),
            [258] = (3, Shorts([.. Enumerable.Repeat(SampleSize * 8, Bands)])),
            [259] = (3, Shorts(Compression)),
            [277] = (3, Shorts(Bands)),
            [284] = (3, Shorts(IsPlanar ? 2 : 1)),
            [317] = (3, Shorts(!Predictor ? 1 : Float ? 3 : 2)),
            [339] = (3, Shorts(Float ? 3 : 2)),
            [33550] = (12, Doubles(2.5, 5.0, 0.0)),
        };
        if (Metadata is not null)
        {
            entries[42112] = (2, Encoding.Latin1.GetBytes(Metadata + "\0"));
        }

        if (NoData is not null)
        {
            entries[42113] = (2, Encoding.Latin1.GetBytes(NoData + "\0"));
        }

        entries[Tile > 0 ? 322 : 278] = (3, Shorts(Tile > 0 ? Tile : RowsPerStrip));
        if (Tile > 0)
        {
            entries[323] = (3, Shorts(Tile));
        }

        int offset = IsBig ? 16 : 8;
        entries[Tile > 0 ? 324 : 273] = (4, Longs([.. blocks.Select(b => (offset += b.Length) - b.Length)]));
        entries[Tile > 0 ? 325 : 279] = (4, Longs([.. blocks.Select(b => b.Length)]));
        foreach ((int tag, (int Type, byte[] Data) entry) in ShortTags.Select(t => (t.Key, (3, Shorts(t.Value))))
            .Concat(DoubleTags.Select(t => (t.Key, (12, Doubles(t.Value))))))
        {
            entries[tag] = entry;
            if (entry.Data.Length == 0)
            {
                entries.Remove(tag);
            }
        }

        return Lay(entries, blocks, offset);
    }

    private byte[] Lay(SortedDictionary<int, (int Type, byte[] Data)> entries, List<byte[]> blocks, int directory)
    {
        int inEntry = IsBig ? 8 : 4;
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes(BigEndian ? "MM" : "II"));
        file.Write(IsBig ? Shorts(43, 8, 0) : Shorts(42));
        file.Write(Offset(directory));
        blocks.ForEach(b => file.Write(b));
        int extra = directory + (IsBig ? 8 + (20 * entries.Count) + 8 : 2 + (12 * entries.Count) + 4);
        using var tail = new MemoryStream();
        file.Write(IsBig ? Offset(entries.Count) : Shorts(entries.Count));
        foreach ((int tag, (int type, byte[] data)) in entries)
        {
            int size = type switch { 2 => 1, 3 => 2, 4 => 4, _ => 8 };
            file.Write(Shorts(tag, type));
            file.Write(Offset(data.Length / size));
            if (data.Length <= inEntry)
            {
                file.Write([.. data, .. new byte[inEntry - data.Length]]);
            }
            else
            {
                file.Write(Offset(extra + (int)tail.Length));
                tail.Write(data);
            }
        }

        file.Write(Offset(0));
        file.Write(tail.ToArray());
        return file.ToArray();
    }

    // A count or an offset.
    private byte[] Offset(int value) => !IsBig ? Longs(value) : BigEndian ? Longs(0, value) : Longs(value, 0);

    private byte[] Shorts(params int[] values)
    {
        var bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Put16(bytes.AsSpan(2 * i), (ushort)values[i]);
        }

        return bytes;
    }

    private byte[] Longs(params int[] values)
    {
        var bytes = new byte[4 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> at = bytes.AsSpan(4 * i);
            if (BigEndian)
            {
                BinaryPrimitives.WriteInt32BigEndian(at, values[i]);
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(at, values[i]);
            }
        }

        return bytes;
    }

    private byte[] Doubles(params double[] values)
    {
        var bytes = new byte[8 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> at = bytes.AsSpan(8 * i);
            if (BigEndian)
            {
                BinaryPrimitives.WriteDoubleBigEndian(at, values[i]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(at, values[i]);
            }
        }

        return bytes;
    }

    private void Put16(Span<byte> at, ushort value)
    {
        if (BigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(at, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(at, value);
        }
    }
}
