using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>The graph's topics as a client's channels, and what clients subscribed to.</summary>
/// <param name="node">The bridge's node.</param>
/// <param name="types">What can be shown.</param>
/// <param name="lastId">Number of the last channel that clients were told before; theirs are never used again.</param>
internal sealed class BridgeTopics(Node node, RosTypeRegistry types, uint lastId)
{
    private const int MostKept = 100;

    private readonly SortedDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<(FoxgloveSession Session, uint Id), (uint Channel, SerializedSubscription Subscription)> _subscriptions = [];

    /// <summary>Number of the last channel.</summary>
    public uint LastId { get; private set; } = lastId;

    /// <summary>Takes over the topics that are published now, and tells what came and what went.</summary>
    public void Refresh(IReadOnlyList<GraphEndpoint> endpoints, FoxgloveServer server)
    {
        var published = endpoints.Where(e => e.Kind == GraphEndpointKind.Publisher)
            .GroupBy(e => e.Name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var gone = _topics.Values.Where(topic => !published.ContainsKey(topic.Name)).ToList();
        var fresh = new List<Topic>();
        foreach (var (name, publishers) in published.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (_topics.TryGetValue(name, out var known))
            {
                known.Qos = QosOf(publishers);
            }
            else if (name.StartsWith('/') && types.FindMessage(publishers[0].TypeName) is { } type)
            {
                fresh.Add(new Topic(++LastId, name, type) { Qos = QosOf(publishers) });
            }
        }

        gone.ForEach(Remove);
        fresh.ForEach(topic => _topics.Add(topic.Name, topic));
        foreach (var frame in FoxgloveFrames.Changes(gone.ConvertAll(topic => topic.Id), fresh, ("unadvertise", "channelIds"), Advertise))
        {
            server.Send(frame);
        }
    }

    /// <summary>Tells a client all topics.</summary>
    public void Open(FoxgloveSession session) => session.Send(Advertise(_topics.Values));

    /// <summary>Ends what a client subscribed to.</summary>
    public void Close(FoxgloveSession session)
    {
        foreach (var key in _subscriptions.Keys.Where(key => key.Session == session).ToList())
        {
            Unsubscribe(session, key.Id);
        }
    }

    // Each client has subscriptions of its own, so that latecomers get what a topic keeps for them.
    public void Subscribe(FoxgloveSession session, uint id, uint channel)
    {
        if (_topics.Values.FirstOrDefault(topic => topic.Id == channel) is not { } topic)
        {
            session.SendError($"there is no channel {channel}");
            return;
        }

        Unsubscribe(session, id);
        var isKept = topic.Qos.Durability == QosDurabilityPolicy.TransientLocal;
        var type = new TransportType(topic.Type.Name, topic.Type.DdsTypeName, topic.Type.TypeHash);
        _subscriptions[(session, id)] = (channel, node.CreateSerializedSubscription(
            topic.Name, type, (cdr, in _) => session.SendMessage(id, node.Clock.NowNanoseconds, cdr, isKept), topic.Qos));
    }

    public void Unsubscribe(FoxgloveSession session, uint id)
    {
        if (_subscriptions.Remove((session, id), out var held))
        {
            held.Subscription.Dispose();
        }
    }

    /// <summary>What every publisher of a topic can serve, as ROS' own bridge asks for.</summary>
    private static QosProfile QosOf(List<GraphEndpoint> publishers)
    {
        var depth = publishers.Sum(p => Math.Max(1, Math.Min(p.Qos.Depth, MostKept)));
        var qos = QosProfile.KeepLast(Math.Clamp(depth, 10, MostKept));
        qos = publishers.Exists(p => p.Qos.Reliability == QosReliabilityPolicy.BestEffort) ? qos.WithBestEffort() : qos;
        return publishers.TrueForAll(p => p.Qos.Durability == QosDurabilityPolicy.TransientLocal) ? qos.WithTransientLocal() : qos;
    }

    private void Remove(Topic topic)
    {
        _topics.Remove(topic.Name);
        foreach (var (key, held) in _subscriptions.Where(pair => pair.Value.Channel == topic.Id).ToList())
        {
            _subscriptions.Remove(key);
            held.Subscription.Dispose();
        }
    }

    private static FoxgloveFrame Advertise(IEnumerable<Topic> topics) => FoxgloveFrames.Text("advertise", json =>
    {
        json.WriteStartArray("channels");
        foreach (var topic in topics)
        {
            json.WriteStartObject();
            json.WriteNumber("id", topic.Id);
            json.WriteString("topic", topic.Name);
            json.WriteString("encoding", FoxgloveFrames.Encoding);
            json.WriteString("schemaName", topic.Type.Name);
            json.WriteString("schema", topic.Type.Definition);
            json.WriteString("schemaEncoding", FoxgloveFrames.SchemaEncoding);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private sealed record Topic(uint Id, string Name, RosMessageType Type)
    {
        public required QosProfile Qos { get; set; }
    }
}
