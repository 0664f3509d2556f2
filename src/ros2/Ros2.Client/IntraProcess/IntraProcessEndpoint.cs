using ROS2.Transport;

namespace ROS2.IntraProcess;

/// <summary>What all endpoints of the process share.</summary>
internal abstract class IntraProcessEndpoint : ITransportEndpoint
{
    private volatile bool _disposed;

    protected IntraProcessEndpoint(IntraProcessTransport transport, INodeEndpoint node, string name, QosEventKind supported)
    {
        Transport = transport;
        Node = node;
        Name = name;
        Events = new QosEventCounters(supported, () => transport.Signal(this, Readiness.QosEvent));
        lock (Gate)
        {
            Gid = new Gid(transport.Domain.NextId(), 0x4149_4f53);
        }
    }

    public IntraProcessTransport Transport { get; }

    public INodeEndpoint Node { get; }

    public string Name { get; }

    public Gid Gid { get; }

    public object? Tag { get; set; }

    /// <summary>Under the domain's gate.</summary>
    public QosEventCounters Events { get; }

    protected Lock Gate => Transport.Domain.Gate;

    public QosEventKind WatchEvents(QosEventKind events)
    {
        lock (Gate)
        {
            return Events.Watch(events);
        }
    }

    public bool TryTakeEvent(QosEventKind kind, out QosEventStatus status)
    {
        lock (Gate)
        {
            Events.OnTold();
            return Events.TryTake(kind, out status);
        }
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                Detach();
                Transport.Remove(this);
            }
        }
    }

    public abstract GraphEndpoint Describe();

    public TransportBuffer Rent(int size)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        byte[] bytes = new byte[size];
        return new TransportBuffer(bytes, bytes);
    }

    public void Return(in TransportBuffer buffer)
    {
    }

    /// <summary>Under the domain's gate.</summary>
    protected abstract void Detach();

    protected static byte[] BytesOf(in TransportBuffer buffer) =>
        buffer.Owner as byte[] ?? throw new ArgumentException("the buffer was not rented from this transport", nameof(buffer));
}

/// <summary>A publisher within the process.</summary>
internal sealed class IntraProcessPublisher : IntraProcessEndpoint, IPublisherEndpoint
{
    private readonly IntraProcessWriter _writer;
    private readonly IntraProcessTopic _topic;

    public IntraProcessPublisher(
        IntraProcessTransport transport, INodeEndpoint node, string topic, TransportType type, QosProfile qos)
        : base(
            transport,
            node,
            topic,
            QosEventKind.PublicationMatched | QosEventKind.OfferedIncompatibleQos | QosEventKind.IncompatibleType)
    {
        _writer = new IntraProcessWriter(this, type, qos);
        lock (Gate)
        {
            _topic = transport.Domain.Topic("rt", topic);
            _topic.Add(_writer);
        }
    }

    public int SubscriptionCount
    {
        get
        {
            lock (Gate)
            {
                return _writer.Readers.Count;
            }
        }
    }

    public bool Send(in TransportBuffer buffer, long sourceTimestampNs = 0)
    {
        byte[] bytes = BytesOf(buffer);
        lock (Gate)
        {
            _writer.Send(bytes, default, null, sourceTimestampNs);
        }

        return true;
    }

    public bool WaitForAllAcked(long timeoutNs) => true;

    public void AssertLiveliness()
    {
    }

    public override GraphEndpoint Describe() => new(
        GraphEndpointKind.Publisher, Name, _writer.Type.RosName, _writer.Type.Hash, Node.Name, Node.Namespace, Gid, _writer.Qos);

    protected override void Detach() => _topic.Remove(_writer);
}

/// <summary>A subscription within the process.</summary>
internal sealed class IntraProcessSubscription : IntraProcessEndpoint, ISubscriptionEndpoint
{
    private readonly IntraProcessReader _reader;
    private readonly IntraProcessTopic _topic;

    public IntraProcessSubscription(
        IntraProcessTransport transport, INodeEndpoint node, string topic, TransportType type, QosProfile qos)
        : base(
            transport,
            node,
            topic,
            QosEventKind.SubscriptionMatched | QosEventKind.RequestedIncompatibleQos | QosEventKind.IncompatibleType)
    {
        _reader = new IntraProcessReader(this, type, qos);
        lock (Gate)
        {
            _topic = transport.Domain.Topic("rt", topic);
            _topic.Add(_reader);
        }
    }

    public int PublisherCount
    {
        get
        {
            lock (Gate)
            {
                return _reader.Writers.Count;
            }
        }
    }

    public int Take(int maxSamples, ISampleHandler handler)
    {
        int taken = 0;
        while (taken < maxSamples)
        {
            IntraProcessSample? sample;
            lock (Gate)
            {
                sample = _reader.TryTake();
            }

            if (sample is null)
            {
                break;
            }

            taken++;
            handler.OnSample(sample.Cdr, sample.Info);
        }

        return taken;
    }

    public override GraphEndpoint Describe() => new(
        GraphEndpointKind.Subscription, Name, _reader.Type.RosName, _reader.Type.Hash, Node.Name, Node.Namespace, Gid, _reader.Qos);

    protected override void Detach() => _topic.Remove(_reader);
}
