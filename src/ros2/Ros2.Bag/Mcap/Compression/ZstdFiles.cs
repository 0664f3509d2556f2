using System.Runtime.InteropServices;

namespace ROS2.Bag;

/// <summary>Whole files through libzstd, in pieces, so that a file need not fit into memory.</summary>
internal static unsafe partial class ZstdFiles
{
    /// <summary>Appended to the name of a compressed file, as rosbag2 does.</summary>
    public const string Suffix = ".zstd";

    private const string Name = "libzstd.so.1";
    private const int PieceBytes = 1 << 17;
    private const int Continue = 0;
    private const int End = 2;

    /// <summary>Compresses a file into another, which is replaced.</summary>
    /// <exception cref="IOException">A file cannot be read or written, or the library is missing.</exception>
    public static void Compress(string from, string to)
    {
        using FileStream source = Open(from);
        using FileStream sink = File.Create(to);
        nint context = ZSTD_createCCtx();
        try
        {
            byte[] input = new byte[PieceBytes];
            byte[] output = new byte[PieceBytes];
            int got;
            do
            {
                got = source.Read(input);
                int mode = got == 0 ? End : Continue;
                Pump(input.AsSpan(0, got), output, sink, from, (ref Buffer o, ref Buffer i) => ZSTD_compressStream2(context, ref o, ref i, mode), untilDone: mode == End);
            }
            while (got > 0);
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
        using FileStream source = Open(from);
        using FileStream sink = File.Create(to);
        nint context = ZSTD_createDCtx();
        try
        {
            byte[] input = new byte[PieceBytes];
            byte[] output = new byte[PieceBytes];
            nuint left = 1;
            for (int got = source.Read(input); got > 0; got = source.Read(input))
            {
                left = Pump(input.AsSpan(0, got), output, sink, from, (ref Buffer o, ref Buffer i) => ZSTD_decompressStream(context, ref o, ref i), untilDone: false);
            }

            if (left != 0)
            {
                throw new McapException($"{from}: the compressed file ends too early");
            }
        }
        finally
        {
            ZSTD_freeDCtx(context);
        }
    }

    private delegate nuint Step(ref Buffer output, ref Buffer input);

    // Hands a piece over and writes what comes of it. Returns what the library says is left: 0 at the end of a frame.
    private static nuint Pump(ReadOnlySpan<byte> input, byte[] output, FileStream sink, string file, Step step, bool untilDone)
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
                left = step(ref target, ref source);
                if (ZSTD_isError(left) != 0)
                {
                    throw new McapException($"{file}: the compressed file is damaged");
                }

                sink.Write(output, 0, (int)target.Position);
                isFull = target.Position == target.Size;
            }
            while (source.Position < source.Size || isFull || (untilDone && left > 0));
            return left;
        }
    }

    private static FileStream Open(string path) => ZstdLibrary.IsAvailable
        ? File.OpenRead(path)
        : throw new McapException($"{path}: libzstd is missing: apt-get install libzstd1");

    [StructLayout(LayoutKind.Sequential)]
    private struct Buffer
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }

    [LibraryImport(Name)]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport(Name)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_compressStream2(nint context, ref Buffer output, ref Buffer input, int mode);

    [LibraryImport(Name)]
    private static partial nint ZSTD_createDCtx();

    [LibraryImport(Name)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_decompressStream(nint context, ref Buffer output, ref Buffer input);

    [LibraryImport(Name)]
    private static partial uint ZSTD_isError(nuint code);
}
