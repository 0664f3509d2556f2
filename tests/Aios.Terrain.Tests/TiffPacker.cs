using System.IO.Compression;

namespace Aios.Terrain.Tests;

/// <summary>Compresses a strip or tile as TIFF 6.0 describes.</summary>
internal static class TiffPacker
{
    public static byte[] Deflate(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(raw);
        }

        return packed.ToArray();
    }

    public static byte[] PackBits(byte[] raw)
    {
        var packed = new List<byte>();
        for (int at = 0; at < raw.Length;)
        {
            int run = 1;
            while (at + run < raw.Length && run < 128 && raw[at + run] == raw[at])
            {
                run++;
            }

            packed.AddRange(run > 1 ? [(byte)(1 - run), raw[at]] : [0, raw[at]]);
            at += run;
        }

        return [128, .. packed]; // 128 means nothing
    }

    // With a dictionary of strings, which the reader does without.
    public static byte[] Lzw(byte[] raw)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var packed = new List<byte>();
        int next = 0, held = 0, bits = 0;
        Clear();
        string before = "";
        foreach (byte value in raw)
        {
            string longer = before + (char)value;
            if (codes.ContainsKey(longer))
            {
                before = longer;
                continue;
            }

            Put(codes[before]);
            codes[longer] = next++;
            before = ((char)value).ToString();
            if (next == 4094)
            {
                Put(codes[before]);
                before = "";
                Clear();
            }
        }

        if (before.Length > 0)
        {
            Put(codes[before]);
            next++;
        }

        Put(257);
        Put(0);
        return [.. packed];

        void Clear()
        {
            Put(256);
            codes.Clear();
            for (int i = 0; i < 256; i++)
            {
                codes[((char)i).ToString()] = i;
            }

            next = 258;
        }

        void Put(int code)
        {
            int width = next > 2047 ? 12 : next > 1023 ? 11 : next > 511 ? 10 : 9;
            (bits, held) = ((bits << width) | code, held + width);
            while (held >= 8)
            {
                held -= 8;
                packed.Add((byte)(bits >> held));
                bits &= (1 << held) - 1;
            }
        }
    }
}
