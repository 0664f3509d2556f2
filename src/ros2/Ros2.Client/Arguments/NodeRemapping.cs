namespace ROS2;

/// <summary>The arguments that concern one node: its own first, then the context's. The first rule that matches wins.</summary>
internal sealed class NodeRemapping
{
    private readonly List<RemapRule> _rules = [];
    private readonly RosArguments _local;
    private readonly RosArguments _global;

    public NodeRemapping(RosArguments global, NodeOptions options, string nodeName)
    {
        _global = options.UseGlobalArguments ? global : RosArguments.Empty;
        _local = options.Arguments.Count == 0 ? RosArguments.Empty : RosArguments.Parse(options.Arguments);
        _rules.AddRange(_local.Remaps);
        _rules.AddRange(_global.Remaps);
        NodeName = Find(nodeName, RemapKind.NodeName)?.To ?? nodeName;
    }

    /// <summary>The node's name after <c>__node</c>.</summary>
    public string NodeName { get; }

    /// <summary>Parameters from the command line, weakest first.</summary>
    public IEnumerable<ParameterArgument> Parameters => _global.Parameters.Concat(_local.Parameters);

    /// <summary>The node's namespace after <c>__ns</c>.</summary>
    public string NamespaceOr(string nodeNamespace) => Find(NodeName, RemapKind.Namespace)?.To ?? nodeNamespace;

    /// <summary>A full topic name after remapping.</summary>
    public string Topic(string full, string nodeName, string nodeNamespace) =>
        Remap(full, RemapKind.Topic, nodeName, nodeNamespace);

    /// <summary>A full service name after remapping.</summary>
    public string Service(string full, string nodeName, string nodeNamespace) =>
        Remap(full, RemapKind.Service, nodeName, nodeNamespace);

    public LogLevel LogLevelOf(string loggerName) =>
        ReferenceEquals(_local, RosArguments.Empty) ? _global.LogLevelOf(loggerName) : _local.LogLevelOf(loggerName);

    private string Remap(string full, RemapKind kind, string nodeName, string nodeNamespace)
    {
        foreach (RemapRule rule in _rules)
        {
            if (rule.AppliesTo(nodeName, kind)
                && string.Equals(RosNames.Expand(rule.From, nodeName, nodeNamespace), full, StringComparison.Ordinal))
            {
                return RosNames.Expand(rule.To, nodeName, nodeNamespace);
            }
        }

        return full;
    }

    private RemapRule? Find(string nodeName, RemapKind kind) => _rules.Find(r => r.AppliesTo(nodeName, kind));
}
