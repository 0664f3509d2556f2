using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>What all endpoints of the bus share.</summary>
internal abstract class BusEndpoint : BusTarget, ITransportEndpoint
{
    protected BusEndpoint(BusTransport transport, BusNode node, string name, QosEventKind supportedEvents)
    {
        Transport = transport;
        Node = node;
        Name = name;
        Gid = transport.NextGid();
        Events = new QosEventCounters(supportedEvents, TellEvents);
    }

    public BusTransport Transport { get; }

    public BusNode Node { get; }

    public string Name { get; }

    public Gid Gid { get; }

    public object? Tag { get; set; }

    public QosEventCounters Events { get; }

    public bool IsDisposed { get; private set; }

    protected SimulatedBus Bus => Transport.Bus;

    public QosEventKind WatchEvents(QosEventKind events) => Events.Watch(events);

    public bool TryTakeEvent(QosEventKind kind, out QosEventStatus status) => Events.TryTake(kind, out status);

    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            Detach();
            Transport.Remove(this);
        }
    }

    public override void OnBusEvent(in BusEvent e)
    {
        Events.OnTold();
        if (!IsDisposed)
        {
            Transport.Dispatch(this, Readiness.QosEvent);
        }
    }

    /// <summary>How the graph shows this endpoint.</summary>
    public abstract GraphEndpoint Describe();

    /// <summary>Takes the endpoint off its topics.</summary>
    public abstract void Detach();

    private void TellEvents() =>
        Bus.Queue.PushNow(new BusEvent { Target = this, Kind = BusEventKind.QosEvent });

    protected GraphEndpoint Describe(GraphEndpointKind kind, string typeName, string typeHash, QosProfile qos) =>
        new(kind, Name, typeName, typeHash, Node.Name, Node.Namespace, Gid, qos);

    protected TransportBuffer RentSample(int size)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        BusSample sample = Bus.Pool.Rent(size);
        return new TransportBuffer(sample.Data.AsSpan(0, size), sample);
    }

    protected static BusSample SampleOf(in TransportBuffer buffer) =>
        buffer.Owner as BusSample ?? throw new ArgumentException("the buffer was not rented from this bus", nameof(buffer));
}
