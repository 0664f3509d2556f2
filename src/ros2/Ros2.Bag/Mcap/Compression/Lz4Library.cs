using System.Runtime.InteropServices;

namespace ROS2.Bag;

/// <summary>liblz4, version 1: its frame format.</summary>
internal static partial class Lz4Library
{
    private const string Name = "liblz4.so.1";
    private const uint Version = 100; // LZ4F_VERSION

    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Name, out _);

    /// <summary>Most bytes that compressing may give.</summary>
    public static long Bound(int size) => (long)LZ4F_compressFrameBound((nuint)size, 0);

    /// <summary>Compresses into one frame; the bytes written.</summary>
    public static int Compress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        nuint size = LZ4F_compressFrame(ref MemoryMarshal.GetReference(to), (nuint)to.Length, in MemoryMarshal.GetReference(from), (nuint)from.Length, 0);
        return LZ4F_isError(size) == 0 ? (int)size : int.MaxValue;
    }

    /// <summary>Whether no frame of this length could hold so many bytes: the format gives at most 255 for one.</summary>
    public static bool Denies(ReadOnlySpan<byte> from, long size) => size / 255 > from.Length;

    /// <summary>Decompresses one frame; the bytes written, -1 when it is damaged or does not fit.</summary>
    public static long Decompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (LZ4F_isError(LZ4F_createDecompressionContext(out nint context, Version)) != 0)
        {
            return -1;
        }

        try
        {
            int read = 0, written = 0;
            while (true)
            {
                nuint room = (nuint)(to.Length - written), rest = (nuint)(from.Length - read);
                nuint hint = LZ4F_decompress(
                    context, ref MemoryMarshal.GetReference(to[written..]), ref room, in MemoryMarshal.GetReference(from[read..]), ref rest, 0);
                (read, written) = (read + (int)rest, written + (int)room);
                if (LZ4F_isError(hint) != 0 || (hint != 0 && room == 0 && rest == 0))
                {
                    return -1;
                }

                if (hint == 0)
                {
                    return written;
                }
            }
        }
        finally
        {
            _ = LZ4F_freeDecompressionContext(context);
        }
    }

    [LibraryImport(Name)]
    private static partial nuint LZ4F_compressFrameBound(nuint size, nint preferences);

    [LibraryImport(Name)]
    private static partial nuint LZ4F_compressFrame(ref byte to, nuint capacity, in byte from, nuint size, nint preferences);

    [LibraryImport(Name)]
    private static partial uint LZ4F_isError(nuint code);

    [LibraryImport(Name)]
    private static partial nuint LZ4F_createDecompressionContext(out nint context, uint version);

    [LibraryImport(Name)]
    private static partial nuint LZ4F_freeDecompressionContext(nint context);

    [LibraryImport(Name)]
    private static partial nuint LZ4F_decompress(nint context, ref byte to, ref nuint room, in byte from, ref nuint rest, nint options);
}
