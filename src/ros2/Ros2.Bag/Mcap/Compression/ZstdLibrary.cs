using System.Runtime.InteropServices;

namespace ROS2.Bag;

/// <summary>libzstd, version 1.</summary>
internal static partial class ZstdLibrary
{
    /// <summary>Its file.</summary>
    public const string Name = "libzstd.so.1";

    // Its fastest ordinary level: recording keeps up with a fleet, and the rest of what could be gained is small.
    private const int Level = 1;

    /// <summary>Whether the library is there.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(Name, out _);

    /// <summary>Whether what a function gave back is an error.</summary>
    public static bool IsError(nuint result) => ZSTD_isError(result) != 0;

    /// <summary>Most bytes that compressing may give.</summary>
    public static long Bound(int size) => (long)ZSTD_compressBound((nuint)size);

    /// <summary>Compresses; the bytes written.</summary>
    public static int Compress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        nuint size = ZSTD_compress(ref MemoryMarshal.GetReference(to), (nuint)to.Length, in MemoryMarshal.GetReference(from), (nuint)from.Length, Level);
        return !IsError(size) ? (int)size : int.MaxValue;
    }

    /// <summary>Whether a frame says that it holds other than this many bytes, as damaged ones do.</summary>
    public static bool Denies(ReadOnlySpan<byte> from, long size) =>
        ZSTD_getFrameContentSize(in MemoryMarshal.GetReference(from), (nuint)from.Length) is var told && told != ulong.MaxValue && told != (ulong)size;

    /// <summary>The bytes that a frame says it holds; -1 when it says none or is none.</summary>
    public static long ContentSize(ReadOnlySpan<byte> from) =>
        ZSTD_getFrameContentSize(in MemoryMarshal.GetReference(from), (nuint)from.Length) is var told && told <= long.MaxValue ? (long)told : -1;

    /// <summary>Decompresses; the bytes written, -1 when the frame is damaged or does not fit.</summary>
    public static long Decompress(ReadOnlySpan<byte> from, Span<byte> to)
    {
        nuint size = ZSTD_decompress(ref MemoryMarshal.GetReference(to), (nuint)to.Length, in MemoryMarshal.GetReference(from), (nuint)from.Length);
        return !IsError(size) ? (long)size : -1;
    }

    [LibraryImport(Name)]
    private static partial nuint ZSTD_compressBound(nuint size);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_compress(ref byte to, nuint capacity, in byte from, nuint size, int level);

    [LibraryImport(Name)]
    private static partial nuint ZSTD_decompress(ref byte to, nuint capacity, in byte from, nuint size);

    // 2^64 - 1 when the frame does not say, 2^64 - 2 when it is none.
    [LibraryImport(Name)]
    private static partial ulong ZSTD_getFrameContentSize(in byte from, nuint size);

    [LibraryImport(Name)]
    private static partial uint ZSTD_isError(nuint code);
}
