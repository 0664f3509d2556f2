using ROS2;
using ROS2.CycloneDds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Reliable topics and services over a link that drops packets in both directions.</summary>
[Collection("alone")]
public sealed class LossyLinkTests
{
    private const int Count = 100;

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    public void ReliableTopic_OverALossyLink_DeliversEverythingInOrder(int dropPercent)
    {
        uint domain = Domain.Next();
        using var network = new LossyNetwork(dropPercent);
        using CycloneDdsTransport transport = network.Open(domain);
        using PeerProcess peer = PeerProcess.StartWith(
            network.Command, "topic_peer_cyclone", domain, ["60"], ("PEER_CYCLONEDDS_URI", LossyNetwork.Configuration));
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("tester", "/");
        IPublisherEndpoint publisher =
            transport.CreatePublisher(node, "/in/string", Wire.String, QosProfile.KeepLast(2 * Count));
        ISubscriptionEndpoint subscription =
            transport.CreateSubscription(node, "/out/string", Wire.String, QosProfile.KeepLast(2 * Count));
        var got = new Collector();
        spinner.Until(
            () => publisher.Publish(Wire.Text("first")) && subscription.Take(Count, got) >= 0 && got.Samples.Count > 0,
            "the peer");

        for (int i = 0; i < Count; i++)
        {
            publisher.Publish(Wire.Text($"{i}"));
        }

        spinner.Until(
            () => subscription.Take(Count, got) >= 0 && Wire.ReadText(got.Samples[^1]) == $"{Count - 1}", "the last sample");
        Assert.Equal(
            Enumerable.Range(0, Count).Select(i => $"{i}"),
            got.Samples.Select(sample => Wire.ReadText(sample)).SkipWhile(text => text == "first"));
    }
}
