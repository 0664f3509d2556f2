using System.Text.Json;
using ROS2;

namespace Aios.Cli.Foxglove;

/// <summary>Shows a ROS graph to Foxglove: every topic, service and parameter whose type this program knows.</summary>
/// <remarks>
/// Belongs to the thread of its node's context; only the server's sockets run on others. It subscribes only to what a client
/// asks for.
/// </remarks>
internal sealed class RosBridge : IFoxgloveSource, IDisposable
{
    private const long GraphPeriodNs = 1_000_000_000;
    private const long TimePeriodNs = 20_000_000;

    private readonly Node _node;
    private readonly BridgeTopics _topics;
    private readonly BridgePublications _publications;
    private readonly BridgeServices _services;
    private readonly BridgeParameters _parameters;
    private readonly BridgeGraph _graph = new();
    private readonly FoxgloveServer _server;
    private long _graphAt = long.MinValue;
    private long _timeAt = long.MinValue;

    /// <param name="node">The bridge's node.</param>
    /// <param name="port">Where it is served, on 127.0.0.1; 0 for any port that is free.</param>
    /// <param name="name">What is shown, for people.</param>
    /// <exception cref="AiosException">The port is taken.</exception>
    public RosBridge(Node node, int port, string name)
    {
        _node = node;
        var types = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);
        _topics = new BridgeTopics(node, types);
        _publications = new BridgePublications(node, types);
        _services = new BridgeServices(node, types);
        _parameters = new BridgeParameters(node);
        _server = new FoxgloveServer(port, name, this);
    }

    /// <summary>What to open in Foxglove.</summary>
    public string Url => _server.Url;

    /// <summary>Does what clients asked for, and tells them what is new in the graph. Call often.</summary>
    public void Update()
    {
        _server.Process();
        var now = _node.Clock.NowNanoseconds;
        if (IsDue(ref _graphAt, now, GraphPeriodNs))
        {
            var endpoints = _node.Context.Transport.Graph.GetEndpoints();
            _topics.Refresh(endpoints, _server);
            _services.Refresh(endpoints, _server);
            _graph.Refresh(endpoints);
        }

        if (IsDue(ref _timeAt, now, TimePeriodNs))
        {
            _server.SendTime(now);
        }
    }

    public void Dispose() => _server.Dispose();

    void IFoxgloveSource.Open(FoxgloveSession session)
    {
        _topics.Open(session);
        _services.Open(session);
    }

    void IFoxgloveSource.Close(FoxgloveSession session)
    {
        _topics.Close(session);
        _publications.Close(session);
        _parameters.Close(session);
        _graph.Watch(session, false);
    }

    void IFoxgloveSource.Subscribe(FoxgloveSession session, uint subscription, uint channel) => _topics.Subscribe(session, subscription, channel);

    void IFoxgloveSource.Unsubscribe(FoxgloveSession session, uint subscription) => _topics.Unsubscribe(session, subscription);

    void IFoxgloveSource.Advertise(FoxgloveSession session, uint channel, string topic, string type, string encoding) =>
        _publications.Advertise(session, channel, topic, type, encoding);

    void IFoxgloveSource.Unadvertise(FoxgloveSession session, uint channel) => _publications.Unadvertise(session, channel);

    void IFoxgloveSource.Publish(FoxgloveSession session, uint channel, byte[] cdr) => _publications.Publish(session, channel, cdr);

    void IFoxgloveSource.GetParameters(FoxgloveSession session, IReadOnlyList<string> names, string? id) => _parameters.Get(session, names, id);

    void IFoxgloveSource.SetParameters(
        FoxgloveSession session, IReadOnlyList<(string Name, JsonElement Value, string? Type)> parameters, string? id) =>
        _parameters.Set(session, parameters, id);

    void IFoxgloveSource.WatchParameters(FoxgloveSession session, IReadOnlyList<string> names, bool watch) => _parameters.Watch(session, names, watch);

    void IFoxgloveSource.WatchGraph(FoxgloveSession session, bool watch) => _graph.Watch(session, watch);

    void IFoxgloveSource.Call(FoxgloveSession session, uint service, uint call, byte[] cdr) => _services.Call(session, service, call, cdr);

    private static bool IsDue(ref long at, long now, long period)
    {
        if (at != long.MinValue && now - at < period && now >= at)
        {
            return false;
        }

        at = now;
        return true;
    }
}
