using System.Buffers.Binary;
using System.IO.Compression;

namespace Aios.Cli.Reporting;

/// <summary>Writes 8-bit RGBA pictures as PNG (ISO/IEC 15948).</summary>
public static class PngEncoder
{
    private const byte ColourTypeRgba = 6;
    private const byte FilterSub = 1;
    private const byte FilterUp = 2;
    private const byte FilterAverage = 3;
    private const byte FilterPaeth = 4;
    private static readonly byte[] Filters = [FilterSub, FilterUp, FilterAverage, FilterPaeth];
    internal static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>Encodes a picture.</summary>
    /// <param name="rgba">Pixels, 4 bytes each, row-major from the top left; width · height · 4 long.</param>
    /// <param name="width">Pixels per row, &gt; 0.</param>
    /// <param name="height">Rows, &gt; 0.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> rgba, int width, int height)
    {
        if (width <= 0 || height <= 0 || rgba.Length != (long)width * height * 4)
        {
            throw new ArgumentException($"{rgba.Length} bytes are not {width} x {height} RGBA pixels", nameof(rgba));
        }

        using var output = new MemoryStream();
        output.Write(Signature);
        WriteChunk(output, "IHDR"u8, Header(width, height));
        WriteChunk(output, "IDAT"u8, Compress(rgba, width, height));
        WriteChunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    /// <summary>Content of the chunk IHDR.</summary>
    internal static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = ColourTypeRgba;
        return header;
    }

    /// <summary>Filtered and compressed pixels, content of the chunk IDAT.</summary>
    internal static byte[] Compress(ReadOnlySpan<byte> rgba, int width, int height)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var stride = width * 4;
            var best = new byte[stride + 1];
            var line = new byte[stride + 1];
            var above = new byte[stride].AsSpan();
            for (var row = 0; row < height; row++)
            {
                var pixels = rgba.Slice(row * stride, stride);
                var least = long.MaxValue;
                foreach (var filter in Filters)
                {
                    var size = Filter(filter, pixels, above, line);
                    if (size < least)
                    {
                        (least, best, line) = (size, line, best);
                    }
                }

                zlib.Write(best);
                pixels.CopyTo(above);
            }
        }

        return compressed.ToArray();
    }

    /// <summary>Writes a filtered row after its filter's number; returns the sum of sizes, which the standard (12.7) advises to keep small.</summary>
    private static long Filter(byte filter, ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> above, Span<byte> line)
    {
        long size = 0;
        line[0] = filter;
        for (var i = 0; i < pixels.Length; i++)
        {
            var left = i >= 4 ? pixels[i - 4] : 0;
            var corner = i >= 4 ? above[i - 4] : 0;
            var expected = filter switch
            {
                FilterSub => left,
                FilterUp => above[i],
                FilterAverage => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            line[i + 1] = (byte)(pixels[i] - expected);
            size += Math.Abs((int)(sbyte)line[i + 1]);
        }

        return size;
    }

    /// <summary>Of left, above and corner the one nearest to left + above - corner (9.4).</summary>
    private static int Paeth(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /// <summary>Writes a chunk with its length and checksum.</summary>
    internal static void WriteChunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        output.Write(word);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(word);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data)
        {
            crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        const uint Polynomial = 0xEDB88320;
        var table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            var c = n;
            for (var bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? Polynomial ^ (c >> 1) : c >> 1;
            }

            table[n] = c;
        }

        return table;
    }
}
