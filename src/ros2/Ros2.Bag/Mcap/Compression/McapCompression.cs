namespace ROS2.Bag;

/// <summary>How the records of a chunk are compressed.</summary>
public enum McapCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Zstandard, by libzstd: <c>zstd</c> in the file.</summary>
    Zstd,

    /// <summary>An LZ4 frame, by liblz4: <c>lz4</c> in the file. Larger than Zstandard's.</summary>
    Lz4,
}
