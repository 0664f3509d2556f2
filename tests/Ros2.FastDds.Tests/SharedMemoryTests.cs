using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.FastDds.Tests;

/// <summary>
/// Beside programs on Fast DDS' usual transports, as those of rmw_fastrtps: shared memory, and UDP on all interfaces.
/// </summary>
[Collection("alone")]
public sealed class SharedMemoryTests
{
    private const string Range = "ROS_AUTOMATIC_DISCOVERY_RANGE";

    [Theory]
    [InlineData("SUBNET", true)]
    [InlineData("LOCALHOST", false)]
    [InlineData(null, false)]
    public void Messages_WithAProgramOnTheUsualTransports_GoBothWays(string? range, bool bySharedMemory)
    {
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain, name => name == Range ? range : null);
        using PeerProcess peer = PeerProcess.StartWith([], "topic_peer_fastdds", domain, ["60"], ("PEER_USUAL_TRANSPORTS", "1"));
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("tester", "/");
        IPublisherEndpoint publisher = transport.CreatePublisher(node, "/in/string", Wire.String, QosProfile.DefaultProfile);
        ISubscriptionEndpoint subscription = transport.CreateSubscription(node, "/out/string", Wire.String, QosProfile.DefaultProfile);
        var collector = new Collector();

        spinner.Until(
            () =>
            {
                publisher.Publish(Wire.Text("hello"));
                return subscription.Take(10, collector) > 0;
            },
            "the peer's answer");

        Assert.Equal("hello", Wire.ReadText(collector.Samples[0]));
        Assert.True(
            !bySharedMemory || File.ReadLines("/proc/self/maps").Any(line => line.Contains("/dev/shm/fastrtps_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Processes_AfterOthersWereKilledOnSharedMemory_StillMeet()
    {
        uint domain = Domain.Next();
        Domain.Open(domain).Dispose(); // skips where this DDS is not installed
        (string, string) subnet = (Range, "SUBNET");
        for (int i = 0; i < 2; i++)
        {
            using PeerProcess talker = PeerProcess.StartRole([], TalkPeer.Talk, domain, subnet);
            using PeerProcess listener = PeerProcess.StartRole([], TalkPeer.Hear, domain, subnet);
            listener.ExpectExit(0);
            // The talker is killed, and leaves its files in /dev/shm to the next round.
        }
    }
}
