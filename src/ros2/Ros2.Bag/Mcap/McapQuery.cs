namespace ROS2.Bag;

/// <summary>Selects messages.</summary>
public sealed record McapQuery
{
    /// <value>Only these topics; all when <see langword="null"/>.</value>
    public IReadOnlySet<string>? Topics { get; init; }

    /// <value>Earliest log time, in nanoseconds, inclusive.</value>
    public long StartNs { get; init; } = long.MinValue;

    /// <value>Latest log time, in nanoseconds, inclusive.</value>
    public long EndNs { get; init; } = long.MaxValue;

    internal bool Overlaps(McapChunkIndex chunk) => chunk.EndTimeNs >= StartNs && chunk.StartTimeNs <= EndNs;

    internal bool Matches(McapMessage message) =>
        message.LogTimeNs >= StartNs
        && message.LogTimeNs <= EndNs
        && (Topics is null || Topics.Contains(message.Channel.Topic));
}
