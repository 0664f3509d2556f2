using System.Runtime.InteropServices;

namespace ROS2.Bag;

/// <summary>Whole files through libzstd, in pieces, so that a file need not fit into memory.</summary>
internal static unsafe partial class ZstdFiles
{
    /// <summary>Appended to the name of a compressed file, as rosbag2 does.</summary>
    public const string Suffix = ".zstd";

    private const int PieceBytes = 1 << 17;
    private const int Continue = 0;
    private const int End = 2;

    /// <summary>Compresses a file into another, which is replaced.</summary>
    /// <exception cref="IOException">A file cannot be read or written, or the library is missing.</exception>
    public static void Compress(string from, string to)
    {
        ThrowIfMissing(from);
        nint context = ZSTD_createCCtx();
        try
        {
            Pipe(from, to, (ref Buffer o, ref Buffer i, bool isLast) => ZSTD_compressStream2(context, ref o, ref i, isLast ? End : Continue), flushes: true);
        }
        finally
        {
            ZSTD_freeCCtx(context);
        }
    }

    /// <summary>Decompresses a file into another, which is replaced.</summary>
    /// <exception cref="IOException">The file is damaged or cannot be read, the other not written, or the library is missing.</exception>
    public static void Decompress(string from, string to)
    {
        ThrowIfMissing(from);
        nint context = ZSTD_createDCtx();
        try
        {
            if (Pipe(from, to, (ref Buffer o, ref Buffer i, bool _) => ZSTD_decompressStream(context, ref o, ref i), flushes: false) != 0)
            {
                throw new McapException($"{from}: the compressed file ends too early");
            }
        }
        finally
        {
            ZSTD_freeDCtx(context);
        }
    }

    private delegate nuint Step(ref Buffer output, ref Buffer input, bool isLast);

    // Sends a file through the library, piece by piece, and then an empty one where the library is to flush. Returns what it says is
    // left after the last one.
    private static nuint Pipe(string from, string to, Step step, bool flushes)
    {
        using FileStream source = File.OpenRead(from);
        using FileStream sink = File.Create(to);
        byte[] input = new byte[PieceBytes];
        byte[] output = new byte[PieceBytes];
        nuint left = 1;
        for (int got = source.Read(input); got > 0; got = source.Read(input))
        {
            left = Pump(input.AsSpan(0, got), output, sink, from, step, isLast: false);
        }

        return flushes ? Pump([], output, sink, from, step, isLast: true) : left;
    }

    // Hands a piece over and writes what comes of it. Returns what the library says is left: 0 at the end of a frame.
    private static nuint Pump(ReadOnlySpan<byte> input, byte[] output, FileStream sink, string file, Step step, bool isLast)
    {
        fixed (byte* from = input)
        fixed (byte* to = output)
        {
            var source = new Buffer { Start = from, Size = (nuint)input.Length };
            nuint left;
            bool isFull;
            do
            {
                var target = new Buffer { Start = to, Size = (nuint)output.Length };
                left = step(ref target, ref source, isLast);
                if (ZstdLibrary.IsError(left))
                {
                    throw new McapException($"{file}: the compressed file is damaged");
                }

                sink.Write(output, 0, (int)target.Position);
                isFull = target.Position == target.Size;
            }
            while (source.Position < source.Size || isFull || (isLast && left > 0));
            return left;
        }
    }

    private static void ThrowIfMissing(string path)
    {
        if (!ZstdLibrary.IsAvailable)
        {
            throw new McapException($"{path}: libzstd is missing: apt-get install libzstd1");
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nuint ZSTD_compressStream2(nint context, ref Buffer output, ref Buffer input, int mode);

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nint ZSTD_createDCtx();

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(ZstdLibrary.Name)]
    private static partial nuint ZSTD_decompressStream(nint context, ref Buffer output, ref Buffer input);
}
