using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>One participant of one host on the bus.</summary>
internal sealed class BusTransport : BusTarget, IRosTransport
{
    private readonly List<BusNode> _nodes = [];
    private readonly List<BusEndpoint> _endpoints = [];
    private readonly int _index;
    private ITransportDispatcher? _dispatcher;
    private long _gids;
    private long _wakeVersion;
    private long _wakeAtNs = long.MaxValue;
    private bool _graphTold;

    public BusTransport(SimulatedBus bus, string hostName, int index)
    {
        Bus = bus;
        HostName = hostName;
        Graph = new BusGraph(bus);
        Clock = new BusClock(this);
        _index = index;
    }

    public SimulatedBus Bus { get; }

    public string Identifier => "aios_simulated_bus";

    public string HostName { get; }

    public ITransportClock Clock { get; }

    public bool IsDriven => true;

    public IRosGraph Graph { get; }

    /// <summary>Error of the host's system clock at a virtual time, ns; null: none.</summary>
    public Func<long, long>? ClockError { get; set; }

    /// <summary>False once the host was killed or the participant disposed: nothing happens to it any more.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Calls made to the dispatcher; lets <see cref="Wait"/> see that something happened.</summary>
    public long Dispatched { get; private set; }

    public IReadOnlyList<BusNode> Nodes => _nodes;

    public IReadOnlyList<BusEndpoint> Endpoints => _endpoints;

    public void Attach(ITransportDispatcher dispatcher) => _dispatcher = dispatcher;

    public INodeEndpoint CreateNode(string name, string nodeNamespace)
    {
        CheckAlive();
        var node = new BusNode(this, name, nodeNamespace);
        _nodes.Add(node);
        Bus.TellGraphChanged();
        return node;
    }

    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Add(new BusPublisher(this, NodeOf(node), topic, type, qos));

    public ISubscriptionEndpoint CreateSubscription(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Add(new BusSubscription(this, NodeOf(node), topic, type, qos));

    public IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Add(new BusServiceServer(this, NodeOf(node), service, type, qos));

    public IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Add(new BusServiceClient(this, NodeOf(node), service, type, qos));

    public bool Wait(long timeoutNs) => Bus.RunFor(this, timeoutNs);

    public void Wake() => Bus.WakeFromAnyThread(this);

    public void RequestWake(long steadyNs)
    {
        if (steadyNs == _wakeAtNs)
        {
            return;
        }

        _wakeAtNs = steadyNs;
        _wakeVersion++;
        if (steadyNs != long.MaxValue)
        {
            Bus.Queue.Push(
                steadyNs,
                new BusEvent { Target = this, Kind = BusEventKind.Wake, Argument = _wakeVersion });
        }
    }

    public Guid CreateGuid() => Bus.NextGuid();

    public void Dispose()
    {
        Silence();
        Withdraw();
    }

    /// <summary>Stops everything at once; others notice when the lease runs out.</summary>
    public void Kill()
    {
        if (IsAlive)
        {
            Silence();
            Bus.Queue.Push(
                Bus.NowNs + Bus.Options.DiscoveryLeaseNs,
                new BusEvent { Target = this, Kind = BusEventKind.Expiry });
        }
    }

    public void Dispatch(ITransportEndpoint endpoint, Readiness readiness)
    {
        if (IsAlive)
        {
            Dispatched++;
            _dispatcher?.OnReady(endpoint, readiness);
        }
    }

    public void TellGraphChanged()
    {
        if (!_graphTold && IsAlive)
        {
            _graphTold = true;
            Bus.Queue.PushNow(new BusEvent { Target = this, Kind = BusEventKind.Graph });
        }
    }

    public override void OnBusEvent(in BusEvent e)
    {
        switch (e.Kind)
        {
            case BusEventKind.Expiry:
                Withdraw();
                break;
            case BusEventKind.Graph:
                _graphTold = false;
                Call(static d => d.OnGraphChanged());
                break;
            case BusEventKind.Wake when e.Argument == _wakeVersion || e.Argument == 0:
                _wakeAtNs = e.Argument == 0 ? _wakeAtNs : long.MaxValue;
                Call(static d => d.OnWake());
                break;
            default:
                break;
        }
    }

    public Gid NextGid() => new(((ulong)_index << 32) | 0x5349_4d42UL, (ulong)++_gids);

    public void Remove(BusNode node)
    {
        if (_nodes.Remove(node))
        {
            Bus.TellGraphChanged();
        }
    }

    public void Remove(BusEndpoint endpoint)
    {
        if (_endpoints.Remove(endpoint))
        {
            Bus.TellGraphChanged();
        }
    }

    private T Add<T>(T endpoint)
        where T : BusEndpoint
    {
        _endpoints.Add(endpoint);
        Bus.TellGraphChanged();
        return endpoint;
    }

    private void Call(Action<ITransportDispatcher> call)
    {
        if (IsAlive && _dispatcher is not null)
        {
            Dispatched++;
            call(_dispatcher);
        }
    }

    private void Silence()
    {
        IsAlive = false;
        _wakeVersion++;
    }

    private void Withdraw()
    {
        foreach (BusEndpoint endpoint in _endpoints.ToArray())
        {
            endpoint.Dispose();
        }

        _nodes.Clear();
        Bus.Forget(this);
    }

    private BusNode NodeOf(INodeEndpoint node)
    {
        CheckAlive();
        return node as BusNode ?? throw new ArgumentException("the node belongs to another transport", nameof(node));
    }

    private void CheckAlive()
    {
        if (!IsAlive)
        {
            throw new RosTransportException($"host '{HostName}' is down: nothing can be created on it");
        }
    }
}

/// <summary>Virtual time as a transport's clock.</summary>
internal sealed class BusClock(BusTransport transport) : ITransportClock
{
    public long SystemNowNs => transport.Bus.SystemNowNs + (transport.ClockError?.Invoke(transport.Bus.NowNs) ?? 0);

    public long SteadyNowNs => transport.Bus.NowNs;
}
