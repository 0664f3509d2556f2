using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A subscription on the bus.</summary>
internal sealed class BusSubscription : BusEndpoint, ISubscriptionEndpoint
{
    private const QosEventKind Supported = QosEventKind.RequestedDeadlineMissed | QosEventKind.LivelinessChanged
        | QosEventKind.RequestedIncompatibleQos | QosEventKind.MessageLost | QosEventKind.SubscriptionMatched
        | QosEventKind.IncompatibleType;

    private readonly BusReader _reader;
    private readonly DeadlineMonitor? _deadline;

    public BusSubscription(BusTransport transport, BusNode node, string topic, TransportType type, QosProfile qos)
        : base(transport, node, topic, Supported)
    {
        _reader = new BusReader(this, Bus.Topic("rt", topic), type, qos);
        _deadline = DeadlineMonitor.Create(this, qos, QosEventKind.RequestedDeadlineMissed);
        _reader.Topic.Add(_reader);
    }

    public int PublisherCount => _reader.Writers.Count;

    public int Take(int maxSamples, ISampleHandler handler)
    {
        int taken = 0;
        while (taken < maxSamples && _reader.TryTake(out BusSample sample))
        {
            taken++;
            try
            {
                _deadline?.Touch();
                handler.OnSample(sample.Bytes, sample.InfoAt(Bus.SystemNowNs));
            }
            finally
            {
                sample.Release();
            }
        }

        return taken;
    }

    public override GraphEndpoint Describe() =>
        Describe(GraphEndpointKind.Subscription, _reader.Type.RosName, _reader.Type.Hash, _reader.Qos);

    public override void Detach() => _reader.Topic.Remove(_reader);
}
