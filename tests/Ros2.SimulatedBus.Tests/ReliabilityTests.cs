using ROS2;
using ROS2.Simulation;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.SimulatedBus.Tests;

public sealed class ReliabilityTests
{
    [Fact]
    public void Reliable_OverALossyJitteryLink_DeliversAllOnceInOrder()
    {
        var links = new SeededLinkModel(7, new LinkParameters
        {
            DelayNs = Ms(10),
            JitterNs = Ms(40),
            LossProbability = 0.4,
            DuplicationProbability = 0.2,
            ReorderingProbability = 0.2,
        });
        using var graph = new TestGraph(links: links);
        List<int> received = Stream(graph, QosProfile.KeepLast(1000), 500, Ms(20));
        graph.Bus.RunUntil(Ms(60_000));

        Assert.Equal(Enumerable.Range(1, 500), received);
        LinkStatistics statistics = graph.Bus.LinkStatistics.Single();
        Assert.True(statistics.Retransmissions > 100);
        Assert.True(statistics.Duplicates > 0);
        Assert.Equal(0, statistics.Dropped);
    }

    [Fact]
    public void BestEffort_OverALossyJitteryLink_LosesSomeAndKeepsOrder()
    {
        var links = new SeededLinkModel(7, new LinkParameters { JitterNs = Ms(40), LossProbability = 0.4 });
        using var graph = new TestGraph(links: links);
        List<int> received = Stream(graph, QosProfile.SensorDataProfile, 500, Ms(20));
        graph.Bus.RunUntil(Ms(60_000));

        Assert.InRange(received.Count, 150, 320);
        Assert.Equal(received.Order().Distinct(), received);
        LinkStatistics statistics = graph.Bus.LinkStatistics.Single();
        Assert.Equal(500, statistics.Messages);
        Assert.Equal(500, statistics.Delivered + statistics.Dropped);
    }

    [Fact]
    public void Reliable_DuringAPartition_KeepsTheLastDepthAndDeliversThemAfterwards()
    {
        var links = new SeededLinkModel(1);
        links.Partition("a", "b", Ms(1000), Ms(5000));
        using var graph = new TestGraph(links: links);
        List<int> received = Stream(graph, QosProfile.KeepLast(5), 60, Ms(100));
        graph.Bus.RunUntil(Ms(4999));
        Assert.Equal(Enumerable.Range(1, 9), received);

        graph.Bus.RunUntil(Ms(10_000));

        Assert.Equal(60, received[^1]);
        Assert.Equal(received.Order().Distinct(), received);
        Assert.InRange(60 - received.Count, 30, 40);
        Assert.Equal(60 - received.Count, graph.Bus.LinkStatistics.Single().Dropped);
    }

    [Fact]
    public void Reliable_AfterLoss_DelayGrowsByTheRetryTime()
    {
        var links = new ScriptedLinks([false, false, false, true]);
        using var graph = new TestGraph(links: links);
        long arrived = -1;
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        graph.Node("b", "listener").CreateSubscription<Int32>("x", _ => arrived = graph.Bus.NowNs);
        publisher.Publish(new Int32());
        graph.Bus.RunUntil(Ms(10_000));

        Assert.Equal(Ms(100 + 200 + 400), arrived);
    }

    [Fact]
    public void Reliable_BigMessage_SendsAgainOnlyWhatWasLost()
    {
        var links = new SeededLinkModel(3, new LinkParameters { LossProbability = 0.1 });
        using var graph = new TestGraph(links: links);
        int received = 0;
        Publisher<std_msgs.msg.UInt8MultiArray> publisher =
            graph.Node("a", "talker").CreatePublisher<std_msgs.msg.UInt8MultiArray>("x");
        graph.Node("b", "listener").CreateSubscription<std_msgs.msg.UInt8MultiArray>("x", m => received = m.Data.Count);
        publisher.Publish(new std_msgs.msg.UInt8MultiArray { Data = [.. new byte[200_000]] });
        graph.Bus.RunUntil(Ms(5000));

        Assert.Equal(200_000, received);
        Assert.InRange(graph.Bus.LinkStatistics.Single().Bytes, 205_000, 250_000);
    }

    [Fact]
    public void Bandwidth_Limited_SpacesMessagesAndDropsAtTheTail()
    {
        var links = new SeededLinkModel(1, new LinkParameters
        {
            BandwidthBps = 80_000,
            OverheadBytes = 92,
            QueueBytes = 1000,
        });
        using var graph = new TestGraph(links: links);
        var arrivals = new List<long>();
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x", QosProfile.SensorDataProfile);
        graph.Node("b", "listener").CreateSubscription<Int32>("x", _ => arrivals.Add(graph.Bus.NowNs), QosProfile.SensorDataProfile);
        for (int i = 0; i < 20; i++)
        {
            publisher.Publish(new Int32());
        }

        graph.Bus.RunUntil(Ms(1000));

        Assert.Equal(Enumerable.Range(1, 10).Select(i => Ms(10) * i), arrivals);
        Assert.Equal(10, graph.Bus.LinkStatistics.Single().Dropped);
    }

    [Fact]
    public void Corruption_ReachesTheReceiverAndNeverKillsIt()
    {
        var links = new SeededLinkModel(5, new LinkParameters { CorruptionProbability = 1 });
        using var graph = new TestGraph(links: links);
        int delivered = 0;
        Publisher<std_msgs.msg.String> publisher = graph.Node("a", "talker").CreatePublisher<std_msgs.msg.String>("x");
        Subscription<std_msgs.msg.String> subscription = graph.Node("b", "listener")
            .CreateSubscription<std_msgs.msg.String>("x", _ => delivered++);
        var message = new std_msgs.msg.String { Data = "abcdefgh" };
        for (int i = 0; i < 1000; i++)
        {
            publisher.Publish(message);
        }

        graph.Bus.RunUntil(Ms(1000));

        Assert.Equal("abcdefgh", message.Data);
        Assert.True(subscription.MalformedCount > 100);
        Assert.Equal(1000, delivered + subscription.MalformedCount);
        Assert.Equal(1000, graph.Bus.LinkStatistics.Single().Corrupted);
    }

    [Fact]
    public void OneParticipant_WithSeveralReaders_CrossesTheLinkOnce()
    {
        using var graph = new TestGraph();
        RosContext b = graph.Host("b");
        int received = 0;
        for (int i = 0; i < 3; i++)
        {
            b.CreateNode($"listener_{i}").CreateSubscription<Int32>("x", _ => received++);
        }

        graph.Node("a", "talker").CreatePublisher<Int32>("x").Publish(new Int32());
        graph.Bus.RunUntil(1);

        Assert.Equal(3, received);
        Assert.Equal(1, graph.Bus.LinkStatistics.Single(s => s.FromHost == "a").Messages);
    }

    [Fact]
    public void QosEvents_DeadlineAndLiveliness_AreRaisedWhenTheWriterFallsSilent()
    {
        using var graph = new TestGraph();
        IRosTransport a = graph.Bus.CreateTransport("a");
        IRosTransport b = graph.Bus.CreateTransport("b");
        var type = new TransportType("t/msg/T", "t::msg::dds_::T_", string.Empty);
        QosProfile qos = QosProfile.DefaultProfile
            .WithDeadline(TimeSpan.FromMilliseconds(100))
            .WithLiveliness(QosLivelinessPolicy.ManualByTopic)
            .WithLivelinessLeaseDuration(TimeSpan.FromMilliseconds(300));
        IPublisherEndpoint publisher = a.CreatePublisher(a.CreateNode("p", "/"), "/x", type, qos);
        ISubscriptionEndpoint subscription = b.CreateSubscription(b.CreateNode("s", "/"), "/x", type, qos);
        TransportBuffer buffer = publisher.Rent(8);
        publisher.Send(buffer);
        graph.Bus.RunUntil(Ms(1));
        subscription.Take(10, new NullHandler());
        graph.Bus.RunUntil(Ms(450));

        Assert.True(publisher.TryTakeEvent(QosEventKind.OfferedDeadlineMissed, out QosEventStatus offered));
        Assert.Equal(4, offered.TotalCount);
        Assert.True(subscription.TryTakeEvent(QosEventKind.RequestedDeadlineMissed, out _));
        Assert.True(publisher.TryTakeEvent(QosEventKind.LivelinessLost, out QosEventStatus lost));
        Assert.Equal(1, lost.TotalCount);
        Assert.True(subscription.TryTakeEvent(QosEventKind.LivelinessChanged, out QosEventStatus liveliness));
        Assert.Equal((0, 1), (liveliness.TotalCount, liveliness.CurrentCount));
    }

    private static List<int> Stream(TestGraph graph, QosProfile qos, int count, long periodNs)
    {
        var received = new List<int>();
        Node talker = graph.Node("a", "talker");
        Publisher<Int32> publisher = talker.CreatePublisher<Int32>("x", qos);
        graph.Node("b", "listener").CreateSubscription<Int32>("x", m => received.Add(m.Data), qos);
        int sent = 0;
        ROS2.Timer? timer = null;
        timer = talker.CreateTimer(TimeSpan.FromTicks(periodNs / 100), _ =>
        {
            publisher.Publish(new Int32 { Data = ++sent });
            if (sent == count)
            {
                timer!.Cancel();
            }
        });
        return received;
    }

    private sealed class NullHandler : ISampleHandler
    {
        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info)
        {
        }
    }

    private sealed class ScriptedLinks(bool[] script) : ILinkModel
    {
        private int _next;

        public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs) =>
            new(fromHost != "a" || script[Math.Min(_next++, script.Length - 1)], 0);
    }
}
