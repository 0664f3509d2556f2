using System.Diagnostics;
using ROS2.Transport;

namespace ROS2.IntraProcess;

/// <summary>One participant of an <see cref="IntraProcessDomain"/>.</summary>
internal sealed class IntraProcessTransport(IntraProcessDomain domain, string hostName) : IRosTransport, IRosGraph
{
    private readonly object _signal = new();
    private readonly List<IntraProcessNode> _nodes = [];
    private readonly List<IntraProcessEndpoint> _endpoints = [];
    private List<(ITransportEndpoint Endpoint, Readiness Readiness)> _ready = [];
    private List<(ITransportEndpoint Endpoint, Readiness Readiness)> _dispatching = [];
    private bool _graphChanged;
    private bool _woken;
    private ITransportDispatcher? _dispatcher;

    public IntraProcessDomain Domain { get; } = domain;

    public string Identifier => "aios_intra_process";

    public string HostName { get; } = hostName;

    public ITransportClock Clock { get; } = new WallClock();

    public bool IsDriven => false;

    public IRosGraph Graph => this;

    public void Attach(ITransportDispatcher dispatcher) => _dispatcher = dispatcher;

    public INodeEndpoint CreateNode(string name, string nodeNamespace)
    {
        var node = new IntraProcessNode(this, name, nodeNamespace);
        lock (Domain.Gate)
        {
            _nodes.Add(node);
            Domain.TellGraphChanged();
        }

        return node;
    }

    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Add(new IntraProcessPublisher(this, node, topic, type, qos));

    public ISubscriptionEndpoint CreateSubscription(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Add(new IntraProcessSubscription(this, node, topic, type, qos));

    public IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Add(new IntraProcessService(this, node, service, type, qos, isServer: true));

    public IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Add(new IntraProcessService(this, node, service, type, qos, isServer: false));

    public bool Wait(long timeoutNs)
    {
        bool graphChanged;
        bool woken;
        List<(ITransportEndpoint Endpoint, Readiness Readiness)> batch;
        lock (_signal)
        {
            Block(timeoutNs);
            batch = _ready;
            _ready = batch.Count == 0 || _dispatching.Count > 0 ? [] : _dispatching;
            (graphChanged, woken) = (_graphChanged, _woken);
            (_graphChanged, _woken) = (false, false);
        }

        if (graphChanged)
        {
            _dispatcher?.OnGraphChanged();
        }

        foreach ((ITransportEndpoint endpoint, Readiness readiness) in batch)
        {
            _dispatcher?.OnReady(endpoint, readiness);
        }

        bool any = batch.Count > 0;
        batch.Clear();
        _dispatching = batch;
        return any || graphChanged || woken;
    }

    public void Wake()
    {
        lock (_signal)
        {
            _woken = true;
            Monitor.Pulse(_signal);
        }
    }

    public void RequestWake(long steadyNs)
    {
    }

    public void Dispose()
    {
        IntraProcessEndpoint[] endpoints;
        lock (Domain.Gate)
        {
            endpoints = [.. _endpoints];
            _nodes.Clear();
        }

        foreach (IntraProcessEndpoint endpoint in endpoints)
        {
            endpoint.Dispose();
        }

        Domain.Remove(this);
    }

    public IReadOnlyList<GraphNode> GetNodes()
    {
        lock (Domain.Gate)
        {
            return [.. Domain.Transports
                .SelectMany(t => t._nodes)
                .Select(n => new GraphNode(n.Name, n.Namespace, "/"))
                .OrderBy(n => n.Namespace, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal)];
        }
    }

    public IReadOnlyList<GraphEndpoint> GetEndpoints()
    {
        lock (Domain.Gate)
        {
            return [.. Domain.Transports
                .SelectMany(t => t._endpoints)
                .Select(e => e.Describe())
                .OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Gid.First)];
        }
    }

    /// <summary>Notes that an endpoint has something. From any thread, also under the domain's gate.</summary>
    internal void Signal(ITransportEndpoint endpoint, Readiness readiness)
    {
        lock (_signal)
        {
            _ready.Add((endpoint, readiness));
            Monitor.Pulse(_signal);
        }
    }

    internal void SignalGraph()
    {
        lock (_signal)
        {
            _graphChanged = true;
            Monitor.Pulse(_signal);
        }
    }

    /// <summary>Under the domain's gate.</summary>
    internal void Remove(IntraProcessEndpoint endpoint)
    {
        _endpoints.Remove(endpoint);
        Domain.TellGraphChanged();
    }

    internal void Remove(IntraProcessNode node)
    {
        lock (Domain.Gate)
        {
            _nodes.Remove(node);
            Domain.TellGraphChanged();
        }
    }

    private T Add<T>(T endpoint)
        where T : IntraProcessEndpoint
    {
        lock (Domain.Gate)
        {
            _endpoints.Add(endpoint);
            Domain.TellGraphChanged();
        }

        return endpoint;
    }

    private void Block(long timeoutNs)
    {
        long startNs = Clock.SteadyNowNs;
        while (_ready.Count == 0 && !_graphChanged && !_woken)
        {
            if (timeoutNs < 0)
            {
                Monitor.Wait(_signal);
                continue;
            }

            long leftNs = timeoutNs - (Clock.SteadyNowNs - startNs);
            if (leftNs <= 0)
            {
                return;
            }

            Monitor.Wait(_signal, (int)Math.Min(int.MaxValue, (leftNs + 999_999) / 1_000_000));
        }
    }

    private sealed class WallClock : ITransportClock
    {
        private static readonly double NsPerTick = 1e9 / Stopwatch.Frequency;

        public long SystemNowNs => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * Nanoseconds.PerTick;

        public long SteadyNowNs => (long)(Stopwatch.GetTimestamp() * NsPerTick);
    }
}

/// <summary>A node in the graph of the process.</summary>
internal sealed class IntraProcessNode(IntraProcessTransport transport, string name, string nodeNamespace) : INodeEndpoint
{
    public string Name { get; } = name;

    public string Namespace { get; } = nodeNamespace;

    public void Dispose() => transport.Remove(this);
}
