namespace ROS2.Bag;

/// <summary>
/// What rosbag2's compression (<c>--compression-mode</c>, always with zstd) takes in one piece. It is apart from the compression
/// within MCAP files (<see cref="McapWriterOptions.Compression"/>), which keeps them readable by other programs.
/// </summary>
public enum BagCompressionMode
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each file, once it is complete: <c>NAME.mcap.zstd</c>.</summary>
    File,

    /// <summary>Each message's bytes.</summary>
    Message,
}
