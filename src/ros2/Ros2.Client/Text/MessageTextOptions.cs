namespace ROS2;

/// <summary>What of a message is written as text. Immutable; the names are those of <c>ros2 topic echo</c>.</summary>
public sealed record MessageTextOptions
{
    /// <summary>Everything in full, one line per value.</summary>
    public static MessageTextOptions Default { get; } = new();

    /// <summary>Strings and sequences longer than this are cut, and <c>...</c> is appended.</summary>
    /// <value>Not negative; default null cuts nothing.</value>
    public int? TruncateLength { get; init; }

    /// <summary>Write the type and length of arrays and sequences instead of their values.</summary>
    public bool NoArrays { get; init; }

    /// <summary>Write the length of strings instead of their text.</summary>
    public bool NoStrings { get; init; }

    /// <summary>YAML on one line, in braces and brackets.</summary>
    public bool FlowStyle { get; init; }

    internal bool Cuts(int length) => TruncateLength is { } most && length > most;
}
