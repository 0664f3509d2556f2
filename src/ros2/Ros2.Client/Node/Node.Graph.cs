using ROS2.Transport;

namespace ROS2;

/// <content>Queries on the graph. Names are expanded and remapped as everywhere; answers are as of the call.</content>
public sealed partial class Node
{
    /// <summary>Full names of all nodes, hidden ones included.</summary>
    public IReadOnlyList<string> GetNodeNames() => Graph().NodeNames(includeHidden: true);

    /// <summary>All topics with their types.</summary>
    public IReadOnlyList<GraphName> GetTopicNamesAndTypes() => Graph().Topics(includeHidden: true);

    /// <summary>All services with their types.</summary>
    public IReadOnlyList<GraphName> GetServiceNamesAndTypes() => Graph().Services(includeHidden: true);

    /// <summary>Services a node offers, with their types.</summary>
    /// <param name="nodeName">Full name of the node.</param>
    public IReadOnlyList<GraphName> GetServiceNamesAndTypesByNode(string nodeName) =>
        Graph().NamesOf(nodeName, GraphEndpointKind.ServiceServer, includeHidden: true);

    /// <summary>Topics a node publishes, with their types.</summary>
    /// <param name="nodeName">Full name of the node.</param>
    public IReadOnlyList<GraphName> GetPublisherNamesAndTypesByNode(string nodeName) =>
        Graph().NamesOf(nodeName, GraphEndpointKind.Publisher, includeHidden: true);

    /// <summary>Topics a node subscribes to, with their types.</summary>
    /// <param name="nodeName">Full name of the node.</param>
    public IReadOnlyList<GraphName> GetSubscriberNamesAndTypesByNode(string nodeName) =>
        Graph().NamesOf(nodeName, GraphEndpointKind.Subscription, includeHidden: true);

    /// <summary>Services a node calls, with their types.</summary>
    /// <param name="nodeName">Full name of the node.</param>
    public IReadOnlyList<GraphName> GetClientNamesAndTypesByNode(string nodeName) =>
        Graph().NamesOf(nodeName, GraphEndpointKind.ServiceClient, includeHidden: true);

    /// <summary>Full name of a topic after expansion and remapping.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public string ResolveTopicName(string topic) => ResolveTopic(topic);

    /// <summary>Full name of a service after expansion and remapping.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public string ResolveServiceName(string service) => ResolveService(service);

    /// <summary>Completes when a node is there; false when time ran out first.</summary>
    /// <param name="nodeName">Full name of the node.</param>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForNodeAsync(string nodeName, TimeSpan timeout) =>
        WaitForGraphAsync(() => GetNodeNames().Contains(nodeName, StringComparer.Ordinal), timeout);

    /// <summary>The publishers of a topic: node, type with its hash, gid and quality of service of each.</summary>
    public IReadOnlyList<GraphEndpoint> GetPublishersInfoByTopic(string topic) =>
        Graph().EndpointsOf(ResolveTopic(topic), GraphEndpointKind.Publisher);

    /// <summary>The subscriptions to a topic: node, type with its hash, gid and quality of service of each.</summary>
    public IReadOnlyList<GraphEndpoint> GetSubscriptionsInfoByTopic(string topic) =>
        Graph().EndpointsOf(ResolveTopic(topic), GraphEndpointKind.Subscription);

    /// <summary>Number of publishers of a topic.</summary>
    public int CountPublishers(string topic) => GetPublishersInfoByTopic(topic).Count;

    /// <summary>Number of subscriptions to a topic.</summary>
    public int CountSubscribers(string topic) => GetSubscriptionsInfoByTopic(topic).Count;

    /// <summary>Number of servers of a service.</summary>
    public int CountServices(string service) => Graph().EndpointsOf(ResolveService(service), GraphEndpointKind.ServiceServer).Count;

    /// <summary>Number of clients of a service.</summary>
    public int CountClients(string service) => Graph().EndpointsOf(ResolveService(service), GraphEndpointKind.ServiceClient).Count;

    private RosGraphView Graph() => new(Context.Transport.Graph);
}
