using ROS2.Transport;

namespace ROS2;

/// <summary>A name of the graph with the types it is used with; more than one is a mistake of somebody's.</summary>
/// <param name="Name">Fully qualified name.</param>
/// <param name="Types">ROS type names, sorted.</param>
public sealed record GraphName(string Name, IReadOnlyList<string> Types);

/// <summary>
/// A snapshot of the graph, asked as rclcpp's graph functions and the ROS command-line tools ask. Lists are sorted by name.
/// Names with a part that begins with an underscore are hidden. Immutable; safe from any thread.
/// </summary>
public sealed class RosGraphView
{
    private const string FeedbackSuffix = "/_action/feedback";
    private const string StatusSuffix = "/_action/status";
    private const string FeedbackTypeSuffix = "_FeedbackMessage";

    private readonly IReadOnlyList<GraphEndpoint> _endpoints;

    /// <summary>Takes the snapshot. Allocates.</summary>
    public RosGraphView(IRosGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        Nodes = graph.GetNodes();
        _endpoints = graph.GetEndpoints();
    }

    /// <summary>All nodes; the same name twice means two nodes.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>Whether a node, topic, service or action is left out of lists unless asked for.</summary>
    public static bool IsHidden(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split('/').Any(part => part.StartsWith('_'));
    }

    /// <summary>Full names of the nodes, sorted, each as often as it is there.</summary>
    public IReadOnlyList<string> NodeNames(bool includeHidden) =>
        [.. Nodes.Where(node => node.Name.Length > 0 && (includeHidden || !node.Name.StartsWith('_')))
            .Select(node => RosNames.Join(node.Namespace, node.Name))
            .Order(StringComparer.Ordinal)];

    /// <summary>Topics.</summary>
    public IReadOnlyList<GraphName> Topics(bool includeHidden) =>
        Group(_endpoints.Where(IsTopic), includeHidden, endpoint => endpoint.Name, endpoint => endpoint.TypeName);

    /// <summary>Services with a server.</summary>
    public IReadOnlyList<GraphName> Services(bool includeHidden) => Group(
        _endpoints.Where(endpoint => endpoint.Kind == GraphEndpointKind.ServiceServer),
        includeHidden,
        endpoint => endpoint.Name,
        endpoint => endpoint.TypeName);

    /// <summary>Actions with a server or a client.</summary>
    public IReadOnlyList<GraphName> Actions(bool includeHidden) => GroupActions(_endpoints, includeHidden);

    /// <summary>Types that a topic is used with; none when it is unknown.</summary>
    public IReadOnlyList<string> TopicTypes(string topic) => TypesOf(Topics(includeHidden: true), topic);

    /// <summary>Types of a service's servers; none when there is none.</summary>
    public IReadOnlyList<string> ServiceTypes(string service) => TypesOf(Services(includeHidden: true), service);

    /// <summary>Types of an action; none when it is unknown.</summary>
    public IReadOnlyList<string> ActionTypes(string action) => TypesOf(Actions(includeHidden: true), action);

    /// <summary>Publishers, subscriptions, servers or clients of a name.</summary>
    public IReadOnlyList<GraphEndpoint> EndpointsOf(string name, GraphEndpointKind kind) =>
        [.. _endpoints.Where(endpoint => endpoint.Kind == kind && endpoint.Name == name)];

    /// <summary>Names that one node publishes, subscribes to, serves or calls.</summary>
    /// <param name="node">Full name of the node.</param>
    /// <param name="kind">Which.</param>
    /// <param name="includeHidden">Whether to list hidden names too.</param>
    public IReadOnlyList<GraphName> NamesOf(string node, GraphEndpointKind kind, bool includeHidden) => Group(
        _endpoints.Where(endpoint => endpoint.Kind == kind && NodeOf(endpoint) == node && endpoint.Name.StartsWith('/')),
        includeHidden,
        endpoint => endpoint.Name,
        endpoint => endpoint.TypeName);

    /// <summary>Actions that one node serves.</summary>
    public IReadOnlyList<GraphName> ActionServersOf(string node, bool includeHidden) => GroupActions(
        _endpoints.Where(endpoint => endpoint.Kind == GraphEndpointKind.Publisher && NodeOf(endpoint) == node), includeHidden);

    /// <summary>Actions that one node calls.</summary>
    public IReadOnlyList<GraphName> ActionClientsOf(string node, bool includeHidden) => GroupActions(
        _endpoints.Where(endpoint => endpoint.Kind == GraphEndpointKind.Subscription && NodeOf(endpoint) == node), includeHidden);

    /// <summary>Full names of the nodes that serve (publish the status of) or call (subscribe to it) an action, sorted.</summary>
    /// <param name="action">Full name.</param>
    /// <param name="kind"><see cref="GraphEndpointKind.Publisher"/> for servers, <see cref="GraphEndpointKind.Subscription"/> for clients.</param>
    public IReadOnlyList<string> NodesOfAction(string action, GraphEndpointKind kind) =>
        [.. EndpointsOf(action + StatusSuffix, kind).Select(NodeOf).Order(StringComparer.Ordinal)];

    private static string NodeOf(GraphEndpoint endpoint) => RosNames.Join(endpoint.NodeNamespace, endpoint.NodeName);

    private static bool IsTopic(GraphEndpoint endpoint) =>
        endpoint.Kind is GraphEndpointKind.Publisher or GraphEndpointKind.Subscription && endpoint.Name.StartsWith('/');

    private static IReadOnlyList<string> TypesOf(IReadOnlyList<GraphName> names, string name) =>
        names.FirstOrDefault(candidate => candidate.Name == name)?.Types ?? [];

    private static List<GraphName> GroupActions(IEnumerable<GraphEndpoint> endpoints, bool includeHidden) => Group(
        endpoints.Where(endpoint => IsTopic(endpoint)
            && endpoint.Name.EndsWith(FeedbackSuffix, StringComparison.Ordinal)
            && endpoint.TypeName.EndsWith(FeedbackTypeSuffix, StringComparison.Ordinal)),
        includeHidden,
        endpoint => endpoint.Name[..^FeedbackSuffix.Length],
        endpoint => endpoint.TypeName[..^FeedbackTypeSuffix.Length]);

    private static List<GraphName> Group(
        IEnumerable<GraphEndpoint> endpoints, bool includeHidden, Func<GraphEndpoint, string> name, Func<GraphEndpoint, string> type) =>
        [.. endpoints.GroupBy(name, StringComparer.Ordinal)
            .Where(group => includeHidden || !IsHidden(group.Key))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new GraphName(
                group.Key, [.. group.Select(type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))];
}
