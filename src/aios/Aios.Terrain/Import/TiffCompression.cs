using System.IO.Compression;

namespace Aios.Terrain.Import;

/// <summary>The compressions of TIFF that are read: none, LZW (TIFF 6.0, section 13), deflate (two numbers), PackBits (section 9).</summary>
internal static class TiffCompression
{
    public const int None = 1;
    private const int Lzw = 5;
    private const int PackBits = 32773;

    /// <summary>Their numbers in tag 259.</summary>
    public static ReadOnlySpan<long> Known => [None, Lzw, 8, 32946, PackBits];

    /// <summary>How many times smaller data can get at most: a file that claims more would only fill the memory.</summary>
    public static long MostRatio(long compression) => compression switch
    {
        None => 1,
        Lzw => 2600, // a code of 12 bits for at most 3838 bytes
        PackBits => 64,
        _ => 1100,
    };

    /// <summary>Decompresses one strip or tile.</summary>
    /// <param name="compression">A known number.</param>
    /// <param name="content">The file.</param>
    /// <param name="offset">Where it begins, within the file.</param>
    /// <param name="count">Its bytes, all within the file.</param>
    /// <param name="to">Filled from the front; what does not fit is left out.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public static int Decode(long compression, byte[] content, int offset, int count, Span<byte> to)
    {
        ReadOnlySpan<byte> from = content.AsSpan(offset, count);
        switch (compression)
        {
            case None:
                int length = Math.Min(count, to.Length);
                from[..length].CopyTo(to);
                return length;
            case Lzw:
                return DecodeLzw(from, to);
            case PackBits:
                return DecodePackBits(from, to);
            default:
                using (var source = new MemoryStream(content, offset, count, writable: false))
                using (var inflated = new ZLibStream(source, CompressionMode.Decompress))
                {
                    return inflated.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
                }
        }
    }

    private static int DecodePackBits(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int read = 0, written = 0;
        while (read < from.Length && written < to.Length)
        {
            int head = (sbyte)from[read++];
            if (head >= 0)
            {
                int length = Math.Min(Math.Min(head + 1, from.Length - read), to.Length - written);
                from.Slice(read, length).CopyTo(to[written..]);
                (read, written) = (read + head + 1, written + length);
            }
            else if (head > -128 && read < from.Length)
            {
                int length = Math.Min(1 - head, to.Length - written);
                to.Slice(written, length).Fill(from[read++]);
                written += length;
            }
        }

        return written;
    }

    // A string is known by where in the output it was written last and its length: a code stands for the string before it and one
    // byte more, so no table of strings is needed.
    private static int DecodeLzw(ReadOnlySpan<byte> from, Span<byte> to)
    {
        const int Clear = 256, End = 257, First = 258, MostCodes = 4096;
        Span<int> starts = new int[MostCodes], lengths = new int[MostCodes];
        int next = First, width = 9, written = 0, before = -1, beforeStart = 0, beforeLength = 0, bits = 0, held = 0, read = 0;
        while (written < to.Length)
        {
            while (held < width)
            {
                if (read >= from.Length)
                {
                    return written;
                }

                (bits, held) = (((bits << 8) | from[read++]) & 0xFFFFFF, held + 8);
            }

            held -= width;
            int code = (bits >> held) & ((1 << width) - 1), start = written;
            if (code == End)
            {
                return written;
            }

            if (code == Clear)
            {
                (next, width, before) = (First, 9, -1);
                continue;
            }

            if (code < Clear)
            {
                to[written++] = (byte)code;
            }
            else if (before >= 0 && code < next)
            {
                written += Copy(to, starts[code], lengths[code], written);
            }
            else if (before >= 0 && code == next && next < MostCodes)
            {
                written += Copy(to, beforeStart, beforeLength + 1, written); // its last byte is its own first
            }
            else
            {
                throw new InvalidDataException();
            }

            if (before >= 0 && next < MostCodes)
            {
                (starts[next], lengths[next]) = (beforeStart, beforeLength + 1);
                next++;
            }

            (before, beforeStart, beforeLength) = (code, start, written - start);
            width = next >= 2047 ? 12 : next >= 1023 ? 11 : next >= 511 ? 10 : 9; // one code early, as TIFF has it
        }

        return written;
    }

    // Byte by byte: what is copied may reach into what is being written.
    private static int Copy(Span<byte> to, int from, int length, int at)
    {
        int fits = Math.Min(length, to.Length - at);
        for (int i = 0; i < fits; i++)
        {
            to[at + i] = to[from + i];
        }

        return fits;
    }
}
