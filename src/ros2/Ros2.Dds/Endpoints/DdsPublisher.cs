using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>A topic's DDS writer.</summary>
internal sealed class DdsPublisher(
    DdsTransport transport, INodeEndpoint node, string topic, TransportType type, QosProfile qos)
    : DdsEndpoint(transport, node, isReader: false), IPublisherEndpoint
{
    public int SubscriptionCount => CountMatches(Writer!);

    public TransportBuffer Rent(int size) => WriterLoans.Rent(Writer!, size);

    public bool Send(in TransportBuffer buffer, long sourceTimestampNs = 0) =>
        WriterLoans.Send(Writer!, buffer.Token, sourceTimestampNs);

    public void Return(in TransportBuffer buffer) => Transport.Native.CancelLoan(Writer!, buffer.Token);

    public bool WaitForAllAcked(long timeoutNs) =>
        Transport.Native.WaitAcknowledged(Writer!, timeoutNs) == DdsNative.Ok;

    public void AssertLiveliness() => _ = Transport.Native.AssertLiveliness(Writer!);

    protected override void OpenCore() =>
        OpenWriter(DdsNames.Topic(topic, qos), type, qos, UserData.ForTypeHash(type.Hash));
}
