using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>A DDS reader or writer as discovery tells it.</summary>
/// <param name="IsReader">Reader or writer.</param>
/// <param name="Gid">Its GUID.</param>
/// <param name="Participant">Its participant's GUID.</param>
/// <param name="Topic">DDS topic name.</param>
/// <param name="Type">DDS type name.</param>
/// <param name="TypeHash">From USER_DATA; empty when not told.</param>
/// <param name="Qos">Its policies.</param>
public sealed record DiscoveredEndpoint(
    bool IsReader, Gid Gid, Gid Participant, string Topic, string Type, string TypeHash, DdsQos Qos);

/// <summary>
/// The ROS graph, put together from DDS discovery (participants and endpoints) and <c>ros_discovery_info</c> (which of
/// them belong to which node). The pieces may come in any order. Safe from any thread.
/// </summary>
public sealed class GraphCache : IRosGraph
{
    private const string UnknownNode = "_NODE_NAME_UNKNOWN_";
    private const string UnknownNamespace = "_NODE_NAMESPACE_UNKNOWN_";
    private const string NoEnclave = "/";

    /// <summary>So many participants that are not there may have told of nodes; more are not what they say.</summary>
    private const int MostEarly = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<Gid, string> _enclaves = [];
    private readonly Dictionary<Gid, DiscoveredEndpoint> _endpoints = [];
    private readonly Dictionary<Gid, IReadOnlyList<NodeEntities>> _nodes = [];
    private readonly Dictionary<Gid, IReadOnlyList<NodeEntities>> _early = [];
    private readonly Queue<Gid> _earlyOrder = [];
    private readonly Action? _refresh;

    /// <summary>An empty graph.</summary>
    /// <param name="refresh">Called before each query, to take in what discovery has ready; may call back into this object.</param>
    public GraphCache(Action? refresh = null) => _refresh = refresh;

    /// <summary>A participant appeared.</summary>
    public void AddParticipant(Gid participant, string enclave)
    {
        lock (_lock)
        {
            _enclaves[participant] = enclave;
            if (_early.Remove(participant, out IReadOnlyList<NodeEntities>? nodes))
            {
                _nodes[participant] = nodes;
            }
        }
    }

    /// <summary>
    /// A participant left or fell silent, and its nodes with it. Its endpoints are removed one by one. When it is heard again,
    /// its nodes are back: DDS does not deliver again what was told before the silence.
    /// </summary>
    public void RemoveParticipant(Gid participant)
    {
        lock (_lock)
        {
            _enclaves.Remove(participant);
            if (_nodes.Remove(participant, out IReadOnlyList<NodeEntities>? nodes))
            {
                KeepEarly(participant, nodes);
            }
        }
    }

    /// <summary>An endpoint appeared or changed.</summary>
    public void AddEndpoint(DiscoveredEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        lock (_lock)
        {
            _endpoints[endpoint.Gid] = endpoint;
        }
    }

    /// <summary>An endpoint left.</summary>
    public void RemoveEndpoint(Gid gid)
    {
        lock (_lock)
        {
            _endpoints.Remove(gid);
        }
    }

    /// <summary>
    /// A participant told its nodes; replaces what it told before. They count once it is discovered: what is taken in after it
    /// has left, or comes from nobody, shows no node.
    /// </summary>
    public void SetNodes(ParticipantEntities entities)
    {
        ArgumentNullException.ThrowIfNull(entities);
        lock (_lock)
        {
            if (_enclaves.ContainsKey(entities.Participant))
            {
                _nodes[entities.Participant] = entities.Nodes;
            }
            else
            {
                KeepEarly(entities.Participant, entities.Nodes);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<GraphNode> GetNodes()
    {
        _refresh?.Invoke();
        var nodes = new List<GraphNode>();
        lock (_lock)
        {
            foreach ((Gid participant, IReadOnlyList<NodeEntities> ofParticipant) in _nodes)
            {
                string enclave = _enclaves.GetValueOrDefault(participant, NoEnclave);
                nodes.AddRange(ofParticipant.Select(node => new GraphNode(node.Name, node.Namespace, enclave)));
            }
        }

        nodes.Sort((a, b) => string.CompareOrdinal(FullName(a.Namespace, a.Name), FullName(b.Namespace, b.Name)));
        return nodes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<GraphEndpoint> GetEndpoints()
    {
        _refresh?.Invoke();
        var endpoints = new List<GraphEndpoint>();
        lock (_lock)
        {
            Dictionary<Gid, NodeEntities> owners = FindOwners();
            foreach (DiscoveredEndpoint endpoint in _endpoints.Values)
            {
                if (Describe(endpoint, owners.GetValueOrDefault(endpoint.Gid)) is { } described)
                {
                    endpoints.Add(described);
                }
            }
        }

        endpoints.Sort(Compare);
        return endpoints;
    }

    private static GraphEndpoint? Describe(DiscoveredEndpoint endpoint, NodeEntities? node)
    {
        DdsTopicRole role = DdsNames.Demangle(endpoint.Topic, out string name);
        if (KindOf(role, endpoint.IsReader) is not { } kind)
        {
            return null; // the other half of a service, already there as its request endpoint
        }

        return new GraphEndpoint(
            kind,
            name,
            DdsNames.DemangleType(endpoint.Type, role),
            endpoint.TypeHash,
            node?.Name ?? UnknownNode,
            node?.Namespace ?? UnknownNamespace,
            endpoint.Gid,
            endpoint.Qos.ToProfile());
    }

    private static GraphEndpointKind? KindOf(DdsTopicRole role, bool isReader) => role switch
    {
        DdsTopicRole.Request => isReader ? GraphEndpointKind.ServiceServer : GraphEndpointKind.ServiceClient,
        DdsTopicRole.Response => null,
        _ => isReader ? GraphEndpointKind.Subscription : GraphEndpointKind.Publisher,
    };

    private static int Compare(GraphEndpoint a, GraphEndpoint b)
    {
        int byName = string.CompareOrdinal(a.Name, b.Name);
        return byName != 0 ? byName : (a.Kind, a.Gid.First, a.Gid.Second).CompareTo((b.Kind, b.Gid.First, b.Gid.Second));
    }

    private static string FullName(string nodeNamespace, string name) => $"{nodeNamespace.TrimEnd('/')}/{name}";

    private void KeepEarly(Gid participant, IReadOnlyList<NodeEntities> nodes)
    {
        if (!_early.ContainsKey(participant))
        {
            _earlyOrder.Enqueue(participant);
        }

        _early[participant] = nodes;
        while (_earlyOrder.Count > MostEarly)
        {
            _early.Remove(_earlyOrder.Dequeue());
        }
    }

    // A participant speaks for its own endpoints alone.
    private Dictionary<Gid, NodeEntities> FindOwners()
    {
        var owners = new Dictionary<Gid, NodeEntities>();
        foreach ((Gid participant, IReadOnlyList<NodeEntities> nodes) in _nodes)
        {
            foreach (NodeEntities node in nodes)
            {
                foreach (Gid gid in node.Readers.Concat(node.Writers).Where(gid => DdsVendor.IsSameParticipant(gid, participant)))
                {
                    owners[gid] = node;
                }
            }
        }

        return owners;
    }
}
