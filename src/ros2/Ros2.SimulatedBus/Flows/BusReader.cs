using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>Receiving side of one endpoint on one topic of the bus: the queue of samples not taken yet.</summary>
internal sealed class BusReader(BusEndpoint endpoint, BusTopic topic, TransportType type, QosProfile qos)
{
    private readonly Queue<BusSample> _queue = new();
    private bool _closed;

    public BusEndpoint Endpoint { get; } = endpoint;

    public BusTopic Topic { get; } = topic;

    public TransportType Type { get; } = type;

    public QosProfile Qos { get; } = qos;

    public List<BusWriter> Writers { get; } = [];

    /// <summary>Queues a sample, pushing out the oldest when the history is full, and tells the client.</summary>
    public void Deliver(BusSample sample)
    {
        if (_closed)
        {
            return;
        }

        Endpoint.Transport.Bus.Trace(BusTraceKind.Delivered, sample, Endpoint.Transport.HostName);
        if (_queue.Count >= Qos.QueueCapacity)
        {
            _queue.Dequeue().Release();
        }

        sample.AddReference();
        _queue.Enqueue(sample);
        Endpoint.Transport.Dispatch(Endpoint, Readiness.Data);
    }

    /// <summary>The oldest sample that still lives; the caller releases it.</summary>
    public bool TryTake(out BusSample sample)
    {
        while (_queue.TryDequeue(out sample!))
        {
            if (sample.ExpiresNs >= Endpoint.Transport.Bus.NowNs)
            {
                return true;
            }

            sample.Release();
        }

        return false;
    }

    public void Match(BusWriter writer)
    {
        Writers.Add(writer);
        Endpoint.Events.RaiseMatched(QosEventKind.SubscriptionMatched, +1);
        Endpoint.Events.RaiseLiveliness(writer.IsLively ? +1 : 0, writer.IsLively ? 0 : +1);
    }

    public void Unmatch(BusWriter writer)
    {
        if (Writers.Remove(writer))
        {
            Endpoint.Events.RaiseMatched(QosEventKind.SubscriptionMatched, -1);
            Endpoint.Events.RaiseLiveliness(writer.IsLively ? -1 : 0, writer.IsLively ? 0 : -1);
        }
    }

    public void Close()
    {
        _closed = true;
        while (_queue.TryDequeue(out BusSample? sample))
        {
            sample.Release();
        }
    }
}
