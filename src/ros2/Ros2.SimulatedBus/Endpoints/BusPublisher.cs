using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A publisher on the bus.</summary>
internal sealed class BusPublisher : BusEndpoint, IPublisherEndpoint
{
    private const QosEventKind Supported = QosEventKind.OfferedDeadlineMissed | QosEventKind.LivelinessLost
        | QosEventKind.OfferedIncompatibleQos | QosEventKind.PublicationMatched | QosEventKind.IncompatibleType;

    private readonly DeadlineMonitor? _deadline;
    private readonly LivelinessMonitor? _liveliness;

    public BusPublisher(BusTransport transport, BusNode node, string topic, TransportType type, QosProfile qos)
        : base(transport, node, topic, Supported)
    {
        Writer = new BusWriter(this, Bus.Topic("rt", topic), type, qos, Bus.NextHandle());
        _deadline = DeadlineMonitor.Create(this, qos, QosEventKind.OfferedDeadlineMissed);
        _liveliness = LivelinessMonitor.Create(Writer);
        Writer.Topic.Add(Writer);
    }

    public BusWriter Writer { get; }

    public int SubscriptionCount => Writer.Readers.Count;

    public TransportBuffer Rent(int size) => RentSample(size);

    public bool Send(in TransportBuffer buffer, long sourceTimestampNs = 0)
    {
        _deadline?.Touch();
        _liveliness?.Assert();
        Writer.Send(SampleOf(buffer), null, sourceTimestampNs);
        return true;
    }

    public void Return(in TransportBuffer buffer) => SampleOf(buffer).Release();

    public bool WaitForAllAcked(long timeoutNs) => true;

    public void AssertLiveliness() => _liveliness?.Assert();

    public override GraphEndpoint Describe() =>
        Describe(GraphEndpointKind.Publisher, Writer.Type.RosName, Writer.Type.Hash, Writer.Qos);

    public override void Detach() => Writer.Topic.Remove(Writer);
}
