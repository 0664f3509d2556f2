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
