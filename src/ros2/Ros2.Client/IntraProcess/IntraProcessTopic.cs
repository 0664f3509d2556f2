using ROS2.Transport;

namespace ROS2.IntraProcess;

/// <summary>One serialized message, shared and never changed.</summary>
internal sealed record IntraProcessSample(byte[] Cdr, SampleInfo Info, RequestId Request, long ExpiresNs);

/// <summary>Writers and readers of one name. Under the domain's gate.</summary>
internal sealed class IntraProcessTopic
{
    private readonly List<IntraProcessWriter> _writers = [];
    private readonly List<IntraProcessReader> _readers = [];

    public void Add(IntraProcessWriter writer)
    {
        _writers.Add(writer);
        _readers.ForEach(reader => TryMatch(writer, reader));
    }

    public void Add(IntraProcessReader reader)
    {
        _readers.Add(reader);
        _writers.ForEach(writer => TryMatch(writer, reader));
    }

    public void Remove(IntraProcessWriter writer)
    {
        if (_writers.Remove(writer))
        {
            foreach (IntraProcessReader reader in writer.Readers)
            {
                reader.Writers.Remove(writer);
                reader.Endpoint.Events.RaiseMatched(QosEventKind.SubscriptionMatched, -1);
            }
        }
    }

    public void Remove(IntraProcessReader reader)
    {
        if (_readers.Remove(reader))
        {
            foreach (IntraProcessWriter writer in reader.Writers)
            {
                writer.Readers.Remove(reader);
                writer.Endpoint.Events.RaiseMatched(QosEventKind.PublicationMatched, -1);
            }
        }
    }

    private static void TryMatch(IntraProcessWriter writer, IntraProcessReader reader)
    {
        if (!string.Equals(writer.Type.DdsName, reader.Type.DdsName, StringComparison.Ordinal))
        {
            writer.Endpoint.Events.RaiseCount(QosEventKind.IncompatibleType);
            reader.Endpoint.Events.RaiseCount(QosEventKind.IncompatibleType);
            return;
        }

        QosPolicyKind mismatch = QosCompatibility.FirstMismatch(writer.Qos, reader.Qos);
        if (mismatch != QosPolicyKind.Invalid)
        {
            writer.Endpoint.Events.RaiseCount(QosEventKind.OfferedIncompatibleQos, mismatch);
            reader.Endpoint.Events.RaiseCount(QosEventKind.RequestedIncompatibleQos, mismatch);
            return;
        }

        writer.Readers.Add(reader);
        reader.Writers.Add(writer);
        writer.Endpoint.Events.RaiseMatched(QosEventKind.PublicationMatched, +1);
        reader.Endpoint.Events.RaiseMatched(QosEventKind.SubscriptionMatched, +1);
        if (reader.Qos.Durability == QosDurabilityPolicy.TransientLocal)
        {
            foreach (IntraProcessSample sample in writer.History)
            {
                reader.Deliver(sample);
            }
        }
    }
}

/// <summary>Sending side. Under the domain's gate.</summary>
internal sealed class IntraProcessWriter(IntraProcessEndpoint endpoint, TransportType type, QosProfile qos)
{
    public IntraProcessEndpoint Endpoint { get; } = endpoint;

    public TransportType Type { get; } = type;

    public QosProfile Qos { get; } = qos;

    public List<IntraProcessReader> Readers { get; } = [];

    public Queue<IntraProcessSample> History { get; } = new();

    public void Send(byte[] cdr, RequestId request, IntraProcessReader? only, long sourceTimestampNs)
    {
        ITransportClock clock = Endpoint.Transport.Clock;
        long nowNs = clock.SystemNowNs;
        var info = new SampleInfo(
            sourceTimestampNs != 0 ? sourceTimestampNs : nowNs, nowNs, Endpoint.Gid.First, Endpoint.Gid);
        long expiresNs = Qos.Lifespan > TimeSpan.Zero ? clock.SteadyNowNs + Nanoseconds.From(Qos.Lifespan) : long.MaxValue;
        var sample = new IntraProcessSample(cdr, info, request, expiresNs);
        foreach (IntraProcessReader reader in Readers)
        {
            if (only is null || only == reader)
            {
                reader.Deliver(sample);
            }
        }

        if (Qos.Durability == QosDurabilityPolicy.TransientLocal)
        {
            History.Enqueue(sample);
            if (History.Count > Qos.QueueCapacity)
            {
                History.Dequeue();
            }
        }
    }
}

/// <summary>Receiving side. Under the domain's gate.</summary>
internal sealed class IntraProcessReader(IntraProcessEndpoint endpoint, TransportType type, QosProfile qos)
{
    private readonly Queue<IntraProcessSample> _queue = new();

    public IntraProcessEndpoint Endpoint { get; } = endpoint;

    public TransportType Type { get; } = type;

    public QosProfile Qos { get; } = qos;

    public List<IntraProcessWriter> Writers { get; } = [];

    public void Deliver(IntraProcessSample sample)
    {
        if (_queue.Count >= Qos.QueueCapacity)
        {
            _queue.Dequeue();
        }

        _queue.Enqueue(sample);
        Endpoint.Transport.Signal(Endpoint, Readiness.Data);
    }

    public IntraProcessSample? TryTake()
    {
        long nowNs = Endpoint.Transport.Clock.SteadyNowNs;
        while (_queue.TryDequeue(out IntraProcessSample? sample))
        {
            if (sample.ExpiresNs >= nowNs)
            {
                return sample;
            }
        }

        return null;
    }
}
