using ROS2.CycloneDds.Native;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>A topic's DDS writer.</summary>
internal sealed class CyclonePublisher(
    CycloneDdsTransport transport, INodeEndpoint node, string topic, TransportType type, QosProfile qos)
    : CycloneEndpoint(transport, node, isReader: false), IPublisherEndpoint
{
    public int SubscriptionCount => CountMatches(Writer!);

    public TransportBuffer Rent(int size) => WriterLoans.Rent(Writer!, size);

    public bool Send(in TransportBuffer buffer, long sourceTimestampNs = 0) =>
        WriterLoans.Send(Writer!, buffer.Token, sourceTimestampNs);

    public void Return(in TransportBuffer buffer) => NativeMethods.CancelLoan(buffer.Token);

    public bool WaitForAllAcked(long timeoutNs) =>
        NativeMethods.WaitAcknowledged(Writer!, timeoutNs) == NativeMethods.Ok;

    public void AssertLiveliness() => _ = NativeMethods.AssertLiveliness(Writer!);

    protected override void OpenCore() =>
        OpenWriter(DdsNames.Topic(topic, qos), type, qos, UserData.ForTypeHash(type.Hash));
}
