using System.Text.Json;
using ROS2.Transport;

namespace Aios.Cli.Foxglove;

/// <summary>Who publishes, subscribes and serves what, for clients that asked for the connection graph.</summary>
internal sealed class BridgeGraph
{
    private readonly HashSet<FoxgloveSession> _watchers = [];
    private SortedDictionary<string, string[]>[] _known = [[], [], []];

    /// <summary>Lets a client hear of the graph, or no more.</summary>
    public void Watch(FoxgloveSession session, bool watch)
    {
        if (!watch)
        {
            _watchers.Remove(session);
        }
        else if (_watchers.Add(session))
        {
            session.Send(Update(_known, [], []));
        }
    }

    /// <summary>Takes over the graph as it is now, and tells what changed.</summary>
    public void Refresh(IReadOnlyList<GraphEndpoint> endpoints)
    {
        SortedDictionary<string, string[]>[] now =
        [
            Users(endpoints, GraphEndpointKind.Publisher), Users(endpoints, GraphEndpointKind.Subscription), Users(endpoints, GraphEndpointKind.ServiceServer),
        ];
        var changed = now.Zip(_known, Changed).ToArray();
        var topics = Gone(_known[0], now[0]).Concat(Gone(_known[1], now[1])).Where(t => !now[0].ContainsKey(t) && !now[1].ContainsKey(t)).Distinct().ToList();
        var services = Gone(_known[2], now[2]).ToList();
        _known = now;
        if (_watchers.Count > 0 && (topics.Count + services.Count > 0 || Array.Exists(changed, part => part.Count > 0)))
        {
            var frame = Update(changed, topics, services);
            foreach (var watcher in _watchers)
            {
                watcher.Send(frame);
            }
        }
    }

    private static SortedDictionary<string, string[]> Users(IReadOnlyList<GraphEndpoint> endpoints, GraphEndpointKind kind) => new(
        endpoints.Where(e => e.Kind == kind).GroupBy(e => e.Name, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.Select(e => $"{e.NodeNamespace.TrimEnd('/')}/{e.NodeName}").Distinct(StringComparer.Ordinal).ToArray()),
        StringComparer.Ordinal);

    // Who no longer has any user is told with an empty list as long as the other side is still there.
    private static SortedDictionary<string, string[]> Changed(SortedDictionary<string, string[]> now, SortedDictionary<string, string[]> before)
    {
        var changed = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (name, users) in now)
        {
            if (!before.TryGetValue(name, out var old) || !users.SequenceEqual(old))
            {
                changed.Add(name, users);
            }
        }

        foreach (var name in Gone(before, now))
        {
            changed.Add(name, []);
        }

        return changed;
    }

    private static IEnumerable<string> Gone(SortedDictionary<string, string[]> before, SortedDictionary<string, string[]> now) =>
        before.Keys.Where(name => !now.ContainsKey(name));

    private static FoxgloveFrame Update(SortedDictionary<string, string[]>[] parts, List<string> topics, List<string> services) =>
        FoxgloveFrames.Text("connectionGraphUpdate", json =>
        {
            Write(json, "publishedTopics", "publisherIds", parts[0]);
            Write(json, "subscribedTopics", "subscriberIds", parts[1]);
            Write(json, "advertisedServices", "providerIds", parts[2]);
            WriteNames(json, "removedTopics", topics);
            WriteNames(json, "removedServices", services);
        });

    private static void Write(Utf8JsonWriter json, string name, string users, SortedDictionary<string, string[]> part)
    {
        json.WriteStartArray(name);
        foreach (var (key, ids) in part)
        {
            json.WriteStartObject();
            json.WriteString("name", key);
            WriteNames(json, users, ids);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }
}
