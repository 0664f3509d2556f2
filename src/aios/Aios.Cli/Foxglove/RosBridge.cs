using System.Diagnostics.CodeAnalysis;
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

    private readonly RosTypeRegistry _types = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);
    private readonly FoxgloveServer _server;
    private Node _node;
    private BridgeTopics _topics;
    private BridgePublications _publications;
    private BridgeServices _services;
    private BridgeParameters _parameters;
    private BridgeGraph _graph;
    private long _graphAt = long.MinValue;
    private long _timeAt = long.MinValue;

    /// <param name="node">The bridge's node.</param>
    /// <param name="port">Where it is served, on 127.0.0.1; 0 for any port that is free.</param>
    /// <param name="name">What is shown, for people.</param>
    /// <exception cref="AiosException">The port is taken.</exception>
    public RosBridge(Node node, int port, string name)
    {
        Show(node);
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

    /// <summary>
    /// Shows another graph from now on, for clients as if the server had started again: what they subscribed to, watched and
    /// advertised is withdrawn, and time may go back.
    /// </summary>
    /// <param name="node">The bridge's node in that graph.</param>
    public void Restart(Node node)
    {
        foreach (var session in _server.Sessions)
        {
            ((IFoxgloveSource)this).Close(session);
        }

        _topics.Refresh([], _server);
        _services.Refresh([], _server);
        _server.Restart();
        Show(node);
        (_graphAt, _timeAt) = (long.MinValue, long.MinValue);
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

    [MemberNotNull(nameof(_node), nameof(_topics), nameof(_publications), nameof(_services), nameof(_parameters), nameof(_graph))]
    private void Show(Node node)
    {
        _node = node;
        _topics = new BridgeTopics(node, _types, _topics?.LastId ?? 0);
        _publications = new BridgePublications(node, _types);
        _services = new BridgeServices(node, _types, _services?.LastId ?? 0);
        _parameters = new BridgeParameters(node);
        _graph = new BridgeGraph();
    }

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
