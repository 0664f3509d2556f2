using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>
/// Tells that nothing came (or was sent) within the deadline. Starts with the first sample. One event is under way at any
/// time; a sample only notes its time, so the hot path schedules nothing.
/// </summary>
internal sealed class DeadlineMonitor : BusTarget
{
    private readonly BusEndpoint _endpoint;
    private readonly QosEventKind _kind;
    private readonly long _periodNs;
    private long _lastNs;
    private bool _started;

    private DeadlineMonitor(BusEndpoint endpoint, QosEventKind kind, long periodNs)
    {
        _endpoint = endpoint;
        _kind = kind;
        _periodNs = periodNs;
    }

    /// <summary>A monitor, or null when the profile has no deadline.</summary>
    public static DeadlineMonitor? Create(BusEndpoint endpoint, QosProfile qos, QosEventKind kind) =>
        qos.Deadline > TimeSpan.Zero ? new DeadlineMonitor(endpoint, kind, qos.Deadline.Ticks * 100) : null;

    public void Touch()
    {
        _lastNs = _endpoint.Transport.Bus.NowNs;
        if (!_started)
        {
            _started = true;
            Schedule(_lastNs + _periodNs);
        }
    }

    public override void OnBusEvent(in BusEvent e)
    {
        if (_endpoint.IsDisposed || !_endpoint.Transport.IsAlive)
        {
            return;
        }

        long nowNs = _endpoint.Transport.Bus.NowNs;
        if (_lastNs + _periodNs <= nowNs)
        {
            _endpoint.Events.RaiseCount(_kind);
            _lastNs = nowNs;
        }

        Schedule(_lastNs + _periodNs);
    }

    private void Schedule(long timeNs) =>
        _endpoint.Transport.Bus.Queue.Push(timeNs, new BusEvent { Target = this, Kind = BusEventKind.Expiry });
}

/// <summary>Watches a writer that has to assert its liveliness by topic within a lease.</summary>
internal sealed class LivelinessMonitor : BusTarget
{
    private readonly BusWriter _writer;
    private readonly long _leaseNs;
    private long _lastNs;
    private bool _started;

    private LivelinessMonitor(BusWriter writer, long leaseNs)
    {
        _writer = writer;
        _leaseNs = leaseNs;
    }

    private SimulatedBus Bus => _writer.Endpoint.Transport.Bus;

    /// <summary>A monitor, or null when the writer need not assert anything.</summary>
    public static LivelinessMonitor? Create(BusWriter writer)
    {
        bool isManual = writer.Qos.Liveliness == QosLivelinessPolicy.ManualByTopic
            && writer.Qos.LivelinessLeaseDuration > TimeSpan.Zero;
        return isManual ? new LivelinessMonitor(writer, writer.Qos.LivelinessLeaseDuration.Ticks * 100) : null;
    }

    public void Assert()
    {
        _lastNs = Bus.NowNs;
        _writer.SetLively(true);
        if (!_started)
        {
            _started = true;
            Schedule();
        }
    }

    public override void OnBusEvent(in BusEvent e)
    {
        if (_writer.Endpoint.IsDisposed)
        {
            return;
        }

        if (_lastNs + _leaseNs > Bus.NowNs)
        {
            Schedule();
            return;
        }

        _started = false;
        _writer.Endpoint.Events.RaiseCount(QosEventKind.LivelinessLost);
        _writer.SetLively(false);
    }

    private void Schedule() =>
        Bus.Queue.Push(_lastNs + _leaseNs, new BusEvent { Target = this, Kind = BusEventKind.Expiry });
}
