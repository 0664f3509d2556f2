using System.CommandLine;

namespace Aios.Cli.RosTools;

/// <summary>Which node a command is about.</summary>
/// <param name="Name">Its name; a missing leading slash is put before it.</param>
/// <param name="IncludeHidden">Whether it may be a hidden one.</param>
/// <param name="Timeout">Longest wait for it; null for as long as discovery takes.</param>
internal readonly record struct NodeQuery(string Name, bool IncludeHidden = false, TimeSpan? Timeout = null)
{
    public static implicit operator NodeQuery(string name) => new(name);
}

/// <summary>The argument of a command that names a node, and the options that go with it.</summary>
internal sealed class NodeChoice
{
    private readonly Option<bool> _hidden = RosOptions.Flag("--include-hidden-nodes", "The node may be a hidden one");
    private readonly Option<double?>? _timeout;

    /// <summary>Adds them to a command, before its other arguments.</summary>
    public NodeChoice(Command command, bool isOptional = false, bool hasTimeout = false)
    {
        Node = isOptional
            ? RosOptions.Optional("NODE", "Full name of the node; left out: all of them")
            : new Argument<string?>("NODE") { Description = "Full name of the node" };
        command.Arguments.Add(Node);
        command.Options.Add(_hidden);
        if (hasTimeout)
        {
            _timeout = RosOptions.Seconds("--timeout", "Longest wait for the node; 3 when left out");
            command.Options.Add(_timeout);
        }
    }

    private Argument<string?> Node { get; }

    /// <summary>What was asked for; null when no node was named.</summary>
    public NodeQuery? Find(ParseResult parsed) => parsed.GetValue(Node) is { } name ? new NodeQuery(name, IncludesHidden(parsed), TimeoutOf(parsed)) : default(NodeQuery?);

    /// <summary>What was asked for, where a node must be named.</summary>
    public NodeQuery Read(ParseResult parsed) => Find(parsed)!.Value;

    /// <summary>Whether hidden nodes are meant too.</summary>
    public bool IncludesHidden(ParseResult parsed) => parsed.GetValue(_hidden);

    private TimeSpan? TimeoutOf(ParseResult parsed) =>
        _timeout is not null && parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
