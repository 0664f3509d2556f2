using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>Sending side of one endpoint on one topic of the bus.</summary>
internal sealed class BusWriter(BusEndpoint endpoint, BusTopic topic, TransportType type, QosProfile qos, ulong handle)
{
    private readonly List<Flow> _flows = [];
    private readonly List<BusReader> _readers = [];
    private readonly Queue<BusSample> _history = new();

    public BusEndpoint Endpoint { get; } = endpoint;

    public BusTopic Topic { get; } = topic;

    public TransportType Type { get; } = type;

    public QosProfile Qos { get; } = qos;

    public ulong Handle { get; } = handle;

    public Gid Gid => Endpoint.Gid;

    public long LastNumber { get; private set; }

    public bool IsLively { get; private set; } = true;

    public IReadOnlyList<BusReader> Readers => _readers;

    private SimulatedBus Bus => Endpoint.Transport.Bus;

    private bool KeepsHistory => Qos.Durability == QosDurabilityPolicy.TransientLocal;

    /// <summary>Sends and gives up the caller's reference.</summary>
    public void Send(BusSample sample, BusReader? only, long sourceTimestampNs)
    {
        if (!Endpoint.Transport.IsAlive)
        {
            sample.Release();
            return;
        }

        sample.Writer = this;
        sample.Number = ++LastNumber;
        sample.SourceTimestampNs = sourceTimestampNs != 0 ? sourceTimestampNs : Bus.SystemNowNs;
        sample.ExpiresNs = Qos.Lifespan > TimeSpan.Zero ? Bus.NowNs + (Qos.Lifespan.Ticks * 100) : long.MaxValue;
        Bus.CountSent(sample);
        Bus.Trace(BusTraceKind.Sent, sample, string.Empty);
        foreach (Flow flow in _flows)
        {
            if (only is null || flow.Destination == only.Endpoint.Transport)
            {
                flow.Send(sample, only);
            }
        }

        Keep(sample);
    }

    public void Match(BusReader reader)
    {
        _readers.Add(reader);
        bool reliable = QosCompatibility.IsReliable(Qos) && QosCompatibility.IsReliable(reader.Qos);
        Flow flow = FindFlow(reader.Endpoint.Transport, reliable) ?? AddFlow(reader.Endpoint.Transport, reliable);
        flow.Add(reader);
        Endpoint.Events.RaiseMatched(QosEventKind.PublicationMatched, +1);
        if (reader.Qos.Durability == QosDurabilityPolicy.TransientLocal)
        {
            foreach (BusSample sample in _history)
            {
                flow.Send(sample, reader);
            }
        }
    }

    public void Unmatch(BusReader reader)
    {
        if (!_readers.Remove(reader))
        {
            return;
        }

        Endpoint.Events.RaiseMatched(QosEventKind.PublicationMatched, -1);
        for (int i = _flows.Count - 1; i >= 0; i--)
        {
            _flows[i].Remove(reader);
            if (!_flows[i].IsOpen)
            {
                _flows.RemoveAt(i);
            }
        }
    }

    /// <summary>Whether the writer shows that it lives; readers are told of a change.</summary>
    public void SetLively(bool lively)
    {
        if (IsLively == lively)
        {
            return;
        }

        IsLively = lively;
        foreach (BusReader reader in _readers)
        {
            reader.Endpoint.Events.RaiseLiveliness(lively ? +1 : -1, lively ? -1 : +1);
        }
    }

    public void Close()
    {
        foreach (BusSample sample in _history)
        {
            sample.Release();
        }

        _history.Clear();
    }

    private void Keep(BusSample sample)
    {
        if (!KeepsHistory)
        {
            sample.Release();
            return;
        }

        _history.Enqueue(sample);
        while (_history.Count > Qos.QueueCapacity)
        {
            _history.Dequeue().Release();
        }
    }

    private Flow? FindFlow(BusTransport destination, bool reliable)
    {
        foreach (Flow flow in _flows)
        {
            if (flow.Destination == destination && (flow is LocalFlow || flow is ReliableFlow == reliable))
            {
                return flow;
            }
        }

        return null;
    }

    private Flow AddFlow(BusTransport destination, bool reliable)
    {
        bool sameHost = string.Equals(destination.HostName, Endpoint.Transport.HostName, StringComparison.Ordinal);
        Flow flow = sameHost
            ? new LocalFlow(this, destination)
            : reliable ? new ReliableFlow(this, destination) : new BestEffortFlow(this, destination);
        _flows.Add(flow);
        return flow;
    }
}
