using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>A topic's DDS reader.</summary>
internal sealed class DdsSubscription(
    DdsTransport transport, INodeEndpoint node, string topic, TransportType type, QosProfile qos)
    : DdsEndpoint(transport, node, isReader: true), ISubscriptionEndpoint
{
    private readonly PublisherDirectory _publishers = new();

    public int PublisherCount => CountMatches(Reader!);

    public int Take(int maxSamples, ISampleHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var visitor = new Visitor(this, handler);
        return SampleBatch.Take(Reader!, maxSamples, ref visitor);
    }

    protected override void OpenCore() =>
        OpenReader(DdsNames.Topic(topic, qos), type, qos, UserData.ForTypeHash(type.Hash));

    private struct Visitor(DdsSubscription owner, ISampleHandler handler) : ISampleVisitor
    {
        private long _takenNs;

        public readonly bool IsStopped => owner.IsDisposed;

        // Once for the batch: to read the clock takes longer than to hand a small sample on.
        public void Begin() => _takenNs = owner.Transport.Clock.SystemNowNs;

        public readonly void Visit(in NativeSample sample)
        {
            var info = new SampleInfo(
                sample.SourceTimestampNs,
                _takenNs,
                sample.PublicationHandle,
                owner._publishers.Find(owner.Reader!, sample.PublicationHandle),
                sample.PublicationSequence);
            handler.OnSample(sample.Bytes, in info);
        }
    }
}
