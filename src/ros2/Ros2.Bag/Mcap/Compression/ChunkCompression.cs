namespace ROS2.Bag;

/// <summary>Compresses and opens chunks with the C libraries that Debian and Ubuntu have in every installation.</summary>
/// <remarks>
/// Source: MCAP specification, "well-known compression formats". Stateless; the compressed bytes depend on the library's version.
/// </remarks>
public static class ChunkCompression
{
    /// <summary>Larger chunks are taken for damage, bytes: readers hold a whole one in memory.</summary>
    public const long LargestChunk = 512L << 20;

    /// <summary>The best that this machine has a library for.</summary>
    public static McapCompression Best { get; } =
        IsAvailable(McapCompression.Zstd) ? McapCompression.Zstd : IsAvailable(McapCompression.Lz4) ? McapCompression.Lz4 : McapCompression.None;

    /// <summary>Whether this machine has the library; true for <see cref="McapCompression.None"/>.</summary>
    public static bool IsAvailable(McapCompression compression) => compression switch
    {
        McapCompression.Zstd => ZstdLibrary.IsAvailable,
        McapCompression.Lz4 => Lz4Library.IsAvailable,
        _ => true,
    };

    /// <summary>The name in the file.</summary>
    internal static string NameOf(McapCompression compression) => compression switch
    {
        McapCompression.Zstd => "zstd",
        McapCompression.Lz4 => "lz4",
        _ => "",
    };

    /// <summary>Compresses records.</summary>
    /// <param name="compression">An available one, not none.</param>
    /// <param name="records">What to compress.</param>
    /// <param name="buffer">Replaced by a larger one when it is too small.</param>
    /// <returns>Bytes in <paramref name="buffer"/>; 0 when they would not be fewer than the records.</returns>
    internal static int Compress(McapCompression compression, ReadOnlySpan<byte> records, ref byte[] buffer)
    {
        long most = compression == McapCompression.Zstd ? ZstdLibrary.Bound(records.Length) : Lz4Library.Bound(records.Length);
        if (buffer.Length < most)
        {
            buffer = new byte[most];
        }

        int size = compression == McapCompression.Zstd ? ZstdLibrary.Compress(records, buffer) : Lz4Library.Compress(records, buffer);
        return size < records.Length ? size : 0;
    }

    /// <summary>A message as rosbag2 compresses it: a frame of zstd that tells its size.</summary>
    /// <exception cref="McapException">The library is missing.</exception>
    internal static byte[] CompressMessage(ReadOnlySpan<byte> message)
    {
        if (!ZstdLibrary.IsAvailable)
        {
            throw new McapException("messages cannot be compressed, libzstd is missing: apt-get install libzstd1");
        }

        byte[] frame = new byte[ZstdLibrary.Bound(message.Length)];
        Array.Resize(ref frame, ZstdLibrary.Compress(message, frame));
        return frame;
    }

    /// <summary>Opens a message that rosbag2 compressed.</summary>
    /// <exception cref="McapException">It is damaged, too large, or the library is missing.</exception>
    internal static byte[] DecompressMessage(ReadOnlySpan<byte> frame)
    {
        long size = ZstdLibrary.IsAvailable ? ZstdLibrary.ContentSize(frame) : 0;
        return size >= 0 ? Decompress("zstd", frame, size) : throw new McapException("a compressed message is damaged");
    }

    /// <summary>Opens a chunk's records.</summary>
    /// <param name="name">As the chunk names its compression.</param>
    /// <param name="compressed">The compressed records.</param>
    /// <param name="size">Bytes of the records, as the chunk claims.</param>
    /// <exception cref="McapException">Of an unknown kind, without its library, damaged, or of another size.</exception>
    internal static byte[] Decompress(string name, ReadOnlySpan<byte> compressed, long size)
    {
        if (name is not ("zstd" or "lz4"))
        {
            throw new McapException($"a chunk is compressed with '{name}'; known are 'zstd' and 'lz4'");
        }

        if (!(name == "zstd" ? ZstdLibrary.IsAvailable : Lz4Library.IsAvailable))
        {
            throw new McapException($"a chunk is compressed with '{name}', whose library is missing: apt-get install {(name == "zstd" ? "libzstd1" : "liblz4-1")}");
        }

        if (size > LargestChunk)
        {
            throw new McapException($"a chunk claims {size} bytes of records; at most {LargestChunk} are read");
        }

        if (name == "zstd" ? ZstdLibrary.Denies(compressed, size) : Lz4Library.Denies(compressed, size))
        {
            throw new McapException($"a chunk compressed with '{name}' does not hold the {size} bytes that it claims");
        }

        byte[] records = GC.AllocateUninitializedArray<byte>((int)size);
        long got = name == "zstd" ? ZstdLibrary.Decompress(compressed, records) : Lz4Library.Decompress(compressed, records);
        return got == size ? records : throw new McapException($"a chunk compressed with '{name}' is damaged");
    }
}
