using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>
/// Puts emulated radio links in front of a threaded transport, so that processes on one laptop hear each other no better
/// than their rovers would. A subscription to a topic whose first name token is another host S crosses the link from S to
/// this host: each of its samples asks the link model and is delayed, tried again or dropped. All else passes untouched.
/// On real rovers there is no decorator, because there is a radio.
/// </summary>
/// <remarks>
/// Emulation is at the receiver, after DDS: acknowledgements do not cross the link, services are not emulated, and two
/// subscriptions to one topic cross the link twice. The link model is called on the executor's thread.
/// </remarks>
public sealed class LinkEmulatingTransport : IRosTransport, ITransportDispatcher
{
    private readonly Lock _lock = new();
    private readonly IRosTransport _inner;
    private readonly ILinkModel _links;
    private readonly HashSet<string> _hosts;
    private readonly Func<long>? _missionTime;
    private EmulatedSubscription[] _subscriptions = [];
    private ITransportDispatcher? _dispatcher;

    /// <summary>Decorates a transport, which is disposed with this one.</summary>
    /// <param name="inner">Its <see cref="IRosTransport.HostName"/> is the receiving end of every link.</param>
    /// <param name="links">Asked for each sample; need not be thread-safe.</param>
    /// <param name="hosts">Names of the hosts that have links; topics under other names pass.</param>
    /// <param name="missionTime">
    /// The time in which the links delay and wait, ns, never decreasing: for a mission that runs faster than the wall. It
    /// is read on the executor's thread, and should change with a message that ends <see cref="Wait"/>, as <c>/clock</c>
    /// does. Null: steady time.
    /// </param>
    /// <exception cref="ArgumentException">The transport is driven: the simulated bus has links of its own.</exception>
    public LinkEmulatingTransport(
        IRosTransport inner, ILinkModel links, IEnumerable<string> hosts, Func<long>? missionTime = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(links);
        ArgumentNullException.ThrowIfNull(hosts);
        if (inner.IsDriven)
        {
            throw new ArgumentException("a driven transport has links of its own", nameof(inner));
        }

        _inner = inner;
        _links = links;
        _hosts = hosts.ToHashSet(StringComparer.Ordinal);
        _missionTime = missionTime;
    }

    /// <inheritdoc/>
    public string Identifier => _inner.Identifier;

    /// <inheritdoc/>
    public string HostName => _inner.HostName;

    /// <inheritdoc/>
    public ITransportClock Clock => _inner.Clock;

    /// <inheritdoc/>
    public bool IsDriven => false;

    /// <inheritdoc/>
    public IRosGraph Graph => _inner.Graph;

    /// <summary>Samples lost on all emulated links so far.</summary>
    public long LostCount => Volatile.Read(ref _subscriptions).Sum(subscription => subscription.LostCount);

    internal long LinkNowNs => _missionTime is null ? _inner.Clock.SteadyNowNs : _missionTime();

    /// <inheritdoc/>
    public void Attach(ITransportDispatcher dispatcher)
    {
        _dispatcher = dispatcher;
        _inner.Attach(this);
    }

    /// <inheritdoc/>
    public INodeEndpoint CreateNode(string name, string nodeNamespace) => _inner.CreateNode(name, nodeNamespace);

    /// <inheritdoc/>
    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        _inner.CreatePublisher(node, topic, type, qos);

    /// <inheritdoc/>
    public ISubscriptionEndpoint CreateSubscription(
        INodeEndpoint node, string topic, TransportType type, QosProfile qos)
    {
        ArgumentNullException.ThrowIfNull(qos);
        ISubscriptionEndpoint inner = _inner.CreateSubscription(node, topic, type, qos);
        if (FindSender(topic) is not { } sender)
        {
            return inner;
        }

        bool reliable = qos.Reliability != QosReliabilityPolicy.BestEffort;
        var flow = new EmulatedFlow(_links, sender, HostName, reliable, qos.QueueCapacity);
        var subscription = new EmulatedSubscription(this, inner, flow);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
        }

        return subscription;
    }

    /// <inheritdoc/>
    public IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        _inner.CreateServiceServer(node, service, type, qos);

    /// <inheritdoc/>
    public IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        _inner.CreateServiceClient(node, service, type, qos);

    /// <inheritdoc/>
    public bool Wait(long timeoutNs)
    {
        long endNs = timeoutNs < 0 ? long.MaxValue : Clock.SteadyNowNs + timeoutNs;
        while (true)
        {
            // Mission time moved on when the executor ran what the last wait brought.
            bool any = ReleaseArrived();
            long untilNs = any ? 0 : Math.Min(endNs, NextReleaseNs());
            any |= _inner.Wait(untilNs == long.MaxValue ? -1 : Math.Max(0, untilNs - Clock.SteadyNowNs));
            any |= ReleaseArrived();
            if (any || Clock.SteadyNowNs >= endNs)
            {
                return any;
            }
        }
    }

    /// <inheritdoc/>
    public void Wake() => _inner.Wake();

    /// <inheritdoc/>
    public void RequestWake(long steadyNs) => _inner.RequestWake(steadyNs);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (EmulatedSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Dispose();
        }

        _inner.Dispose();
    }

    /// <inheritdoc/>
    void ITransportDispatcher.OnReady(ITransportEndpoint endpoint, Readiness readiness)
    {
        if (endpoint.Tag is not EmulatedSubscription subscription)
        {
            _dispatcher?.OnReady(endpoint, readiness);
            return;
        }

        if ((readiness & Readiness.Data) != 0)
        {
            subscription.Pump(); // told to the client once it has arrived
        }

        if ((readiness & Readiness.QosEvent) != 0)
        {
            _dispatcher?.OnReady(subscription, Readiness.QosEvent);
        }
    }

    /// <inheritdoc/>
    void ITransportDispatcher.OnGraphChanged() => _dispatcher?.OnGraphChanged();

    /// <inheritdoc/>
    void ITransportDispatcher.OnWake() => _dispatcher?.OnWake();

    internal void Remove(EmulatedSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(s => s != subscription)];
        }
    }

    // The host whose radio a topic comes over; null when it crosses no link.
    private string? FindSender(string topic)
    {
        string token = topic.TrimStart('/').Split('/', 2)[0];
        return token != HostName && _hosts.Contains(token) ? token : null;
    }

    // In mission time nobody knows when that is on the wall: the message that moves mission time ends the wait.
    private long NextReleaseNs()
    {
        long nextNs = long.MaxValue;
        foreach (EmulatedSubscription subscription in _missionTime is null ? Volatile.Read(ref _subscriptions) : [])
        {
            nextNs = Math.Min(nextNs, subscription.NextEventNs);
        }

        return nextNs;
    }

    private bool ReleaseArrived()
    {
        bool any = false;
        long nowNs = LinkNowNs;
        foreach (EmulatedSubscription subscription in Volatile.Read(ref _subscriptions))
        {
            if (subscription.Advance(nowNs) && !subscription.IsDisposed)
            {
                any = true;
                _dispatcher?.OnReady(subscription, Readiness.Data);
            }
        }

        return any;
    }
}
