namespace ROS2.Bag;

/// <summary>How a <see cref="McapWriter"/> writes.</summary>
public sealed record McapWriterOptions
{
    /// <value>A chunk is written when its records reach this many bytes; 768 KiB as rosbag2's default. At least 1.</value>
    public int ChunkSize { get; init; } = 768 * 1024;

    /// <value>How chunks are compressed; one that does not get smaller by it is not. None for a machine without the library.</value>
    public McapCompression Compression { get; init; }

    /// <value>Conventions the file follows: <c>ros2</c>.</value>
    public string Profile { get; init; } = "ros2";

    /// <value>What wrote the file. Part of the bytes, so it should not change from run to run.</value>
    public string Library { get; init; } = "aios ros2.bag";

    /// <value>Whether the stream stays open after <see cref="McapWriter.Dispose"/>.</value>
    public bool LeaveOpen { get; init; }
}
