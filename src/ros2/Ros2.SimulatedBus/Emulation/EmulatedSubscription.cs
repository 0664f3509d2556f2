using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A subscription whose samples cross an emulated link before they are handed out. Safe from any thread.</summary>
internal sealed class EmulatedSubscription : ISubscriptionEndpoint, ISampleHandler
{
    private readonly Lock _lock = new();
    private readonly LinkEmulatingTransport _transport;
    private readonly EmulatedFlow _flow;

    public EmulatedSubscription(LinkEmulatingTransport transport, ISubscriptionEndpoint inner, EmulatedFlow flow)
    {
        _transport = transport;
        _flow = flow;
        Inner = inner;
        inner.Tag = this;
    }

    public ISubscriptionEndpoint Inner { get; }

    public object? Tag { get; set; }

    public Gid Gid => Inner.Gid;

    public int PublisherCount => Inner.PublisherCount;

    public bool IsDisposed { get; private set; }

    public long LostCount
    {
        get
        {
            lock (_lock)
            {
                return _flow.LostCount;
            }
        }
    }

    public long NextEventNs
    {
        get
        {
            lock (_lock)
            {
                return _flow.NextEventNs;
            }
        }
    }

    public QosEventKind WatchEvents(QosEventKind events) => Inner.WatchEvents(events);

    public bool TryTakeEvent(QosEventKind kind, out QosEventStatus status) => Inner.TryTakeEvent(kind, out status);

    /// <summary>Puts everything received onto the link.</summary>
    public void Pump()
    {
        if (!IsDisposed)
        {
            Inner.Take(int.MaxValue, this);
        }
    }

    /// <summary>Lets time pass on the link.</summary>
    /// <returns>Whether there is something to take.</returns>
    public bool Advance(long nowNs)
    {
        lock (_lock)
        {
            _flow.Advance(nowNs);
            return _flow.HasReleased;
        }
    }

    void ISampleHandler.OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        lock (_lock)
        {
            _flow.Offer(SamplePool.Copy(cdr, in info), _transport.LinkNowNs);
        }
    }

    public int Take(int maxSamples, ISampleHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        int taken = 0;
        while (taken < maxSamples && TryTake(out HeldSample sample))
        {
            taken++;
            try
            {
                handler.OnSample(sample.Buffer.AsSpan(0, sample.Length), sample.Info);
            }
            finally
            {
                SamplePool.Return(sample);
            }
        }

        return taken;
    }

    public void Dispose()
    {
        if (IsDisposed)
        {
            return;
        }

        IsDisposed = true;
        _transport.Remove(this);
        Inner.Dispose();
        lock (_lock)
        {
            _flow.Clear();
        }
    }

    private bool TryTake(out HeldSample sample)
    {
        lock (_lock)
        {
            return _flow.TryTake(out sample);
        }
    }
}
