namespace ROS2.Transport;

/// <summary>What an endpoint of the graph does.</summary>
public enum GraphEndpointKind
{
    /// <summary>Publishes a topic.</summary>
    Publisher,

    /// <summary>Subscribes to a topic.</summary>
    Subscription,

    /// <summary>Answers a service.</summary>
    ServiceServer,

    /// <summary>Calls a service.</summary>
    ServiceClient,
}

/// <summary>A node seen in the graph.</summary>
/// <param name="Name">Name without namespace.</param>
/// <param name="Namespace">Namespace with leading slash; <c>/</c> for the root.</param>
/// <param name="Enclave">Security enclave; <c>/</c> when none.</param>
public sealed record GraphNode(string Name, string Namespace, string Enclave);

/// <summary>
/// An endpoint seen in the graph, in ROS' terms: names and types are demangled, the two topics of a service are one
/// endpoint (server: reader of requests; client: writer of requests).
/// </summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">Fully qualified ROS name; a topic outside ROS' conventions keeps its wire name without slash.</param>
/// <param name="TypeName">ROS type name, <c>std_msgs/msg/String</c>; for services the service's type.</param>
/// <param name="TypeHash">Type hash; empty when the endpoint tells none.</param>
/// <param name="NodeName">Name of its node; <c>_NODE_NAME_UNKNOWN_</c> when the graph does not tell.</param>
/// <param name="NodeNamespace">Namespace of its node; <c>_NODE_NAMESPACE_UNKNOWN_</c> when the graph does not tell.</param>
/// <param name="Gid">Its identity.</param>
/// <param name="Qos">Its quality of service, as far as discovery carries it.</param>
public sealed record GraphEndpoint(
    GraphEndpointKind Kind,
    string Name,
    string TypeName,
    string TypeHash,
    string NodeName,
    string NodeNamespace,
    Gid Gid,
    QosProfile Qos);

/// <summary>
/// Snapshot queries on the whole graph this participant sees, its own nodes included. Callable from any thread of a
/// threaded transport; allocates. Order is by name, then gid, so that it does not depend on discovery's order.
/// Changes are told by <see cref="ITransportDispatcher.OnGraphChanged"/>, not by polling.
/// </summary>
public interface IRosGraph
{
    /// <summary>All nodes.</summary>
    IReadOnlyList<GraphNode> GetNodes();

    /// <summary>All endpoints.</summary>
    IReadOnlyList<GraphEndpoint> GetEndpoints();
}
