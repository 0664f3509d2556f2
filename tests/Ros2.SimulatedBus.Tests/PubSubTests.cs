using ROS2;
using ROS2.Simulation;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.SimulatedBus.Tests;

public sealed class PubSubTests
{
    [Fact]
    public void Publish_SameHost_ArrivesAtTheSameInstantAfterTheCallback()
    {
        using var graph = new TestGraph();
        Node talker = graph.Node("a", "talker");
        Node listener = graph.Node("a", "listener");
        var received = new List<string>();
        Publisher<std_msgs.msg.String> publisher = talker.CreatePublisher<std_msgs.msg.String>("chatter");
        listener.CreateSubscription<std_msgs.msg.String>("chatter", m => received.Add($"{m.Data} at {graph.Bus.NowNs}"));
        int before = -1;
        graph.Bus.Schedule(Ms(5), () =>
        {
            publisher.Publish(new std_msgs.msg.String { Data = "hello" });
            before = received.Count;
        });

        graph.Bus.RunUntil(Ms(10));

        Assert.Equal(0, before);
        Assert.Equal(["hello at 5000000"], received);
        Assert.Equal(Ms(10), graph.Bus.NowNs);
    }

    [Fact]
    public void Publish_OverALinkWithDelay_ArrivesAfterTheDelay()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(20) });
        using var graph = new TestGraph(links: links);
        long arrived = -1;
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        graph.Node("b", "listener").CreateSubscription<Int32>("x", _ => arrived = graph.Bus.NowNs);

        publisher.Publish(new Int32());
        graph.Bus.RunUntil(Ms(100));

        Assert.Equal(Ms(20), arrived);
    }

    [Fact]
    public void Subscription_EachCall_GetsAMessageOfItsOwn()
    {
        using var graph = new TestGraph();
        var kept = new List<Int32>();
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        graph.Node("a", "listener").CreateSubscription<Int32>("x", kept.Add);

        PublishCounting(publisher, 3);
        graph.Bus.RunUntil(0);

        Assert.Equal([1, 2, 3], kept.Select(m => m.Data));
    }

    [Fact]
    public void Subscription_ReusingItsMessage_GetsTheSameObject()
    {
        using var graph = new TestGraph();
        var seen = new HashSet<Int32>(ReferenceEqualityComparer.Instance);
        int sum = 0;
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        graph.Node("a", "listener").CreateSubscription<Int32>(
            "x",
            m =>
            {
                seen.Add(m);
                sum += m.Data;
            },
            null,
            reuseMessage: true);

        PublishCounting(publisher, 3);
        graph.Bus.RunUntil(0);

        Assert.Single(seen);
        Assert.Equal(6, sum);
    }

    [Fact]
    public void LateSubscription_TransientLocal_GetsTheLastDepthSamples()
    {
        using var graph = new TestGraph();
        QosProfile latched = QosProfile.KeepLast(2).WithTransientLocal();
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x", latched);
        PublishCounting(publisher, 5);
        graph.Bus.RunUntil(Ms(1));
        var received = new List<int>();
        graph.Node("b", "late").CreateSubscription<Int32>("x", m => received.Add(m.Data), latched);
        graph.Node("b", "late_volatile").CreateSubscription<Int32>("x", m => received.Add(-m.Data));
        graph.Bus.RunUntil(Ms(2));

        Assert.Equal([4, 5], received);
    }

    [Fact]
    public void LateSubscription_JoiningWhileSamplesAreUnderWay_GetsEachOnce()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(20) });
        using var graph = new TestGraph(links: links);
        QosProfile latched = QosProfile.KeepLast(5).WithTransientLocal();
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x", latched);
        RosContext b = graph.Host("b");
        var early = new List<int>();
        var late = new List<int>();
        b.CreateNode("early").CreateSubscription<Int32>("x", m => early.Add(m.Data), latched);
        PublishCounting(publisher, 3);
        graph.Bus.RunUntil(Ms(10));
        b.CreateNode("late").CreateSubscription<Int32>("x", m => late.Add(m.Data), latched);
        graph.Bus.RunUntil(Ms(100));

        Assert.Equal([1, 2, 3], early);
        Assert.Equal([1, 2, 3], late);
    }

    [Theory]
    [InlineData(true, false, QosPolicyKind.Reliability)]
    [InlineData(false, true, QosPolicyKind.Durability)]
    public void Matching_OfferBelowRequest_DoesNotMatchAndIsTold(
        bool bestEffortOffer, bool transientRequest, QosPolicyKind expected)
    {
        using var graph = new TestGraph();
        IRosTransport transport = graph.Bus.CreateTransport("a");
        INodeEndpoint node = transport.CreateNode("n", "/");
        var type = new TransportType("std_msgs/msg/Int32", "std_msgs::msg::dds_::Int32_", string.Empty);
        QosProfile offer = bestEffortOffer ? QosProfile.SensorDataProfile : QosProfile.DefaultProfile;
        QosProfile request = transientRequest ? QosProfile.DefaultProfile.WithTransientLocal() : QosProfile.DefaultProfile;
        IPublisherEndpoint publisher = transport.CreatePublisher(node, "/x", type, offer);
        ISubscriptionEndpoint subscription = transport.CreateSubscription(node, "/x", type, request);

        Assert.Equal(0, publisher.SubscriptionCount);
        Assert.True(publisher.TryTakeEvent(QosEventKind.OfferedIncompatibleQos, out QosEventStatus offered));
        Assert.True(subscription.TryTakeEvent(QosEventKind.RequestedIncompatibleQos, out QosEventStatus requested));
        Assert.Equal(expected, offered.LastPolicy);
        Assert.Equal(expected, requested.LastPolicy);
        Assert.False(publisher.TryTakeEvent(QosEventKind.OfferedIncompatibleQos, out _));
    }

    [Fact]
    public void Subscription_MalformedSample_IsCountedLoggedOnceAndDropped()
    {
        using var graph = new TestGraph();
        var log = new MemoryLog();
        using var context = new RosContext(graph.Bus.CreateTransport("a"), new RosContextOptions { LogSink = log });
        Node listener = context.CreateNode("listener");
        int calls = 0;
        Subscription<std_msgs.msg.String> subscription =
            listener.CreateSubscription<std_msgs.msg.String>("x", _ => calls++);
        SerializedPublisher publisher = graph.Node("b", "evil").CreateSerializedPublisher(
            "x", new TransportType("std_msgs/msg/String", "std_msgs::msg::dds_::String_", string.Empty));

        publisher.Publish([0, 1, 0, 0, 255, 255, 255, 127]);
        publisher.Publish([0, 1, 0, 0]);
        publisher.Publish([0, 1, 0, 0, 2, 0, 0, 0, 65, 0]);
        graph.Bus.RunUntil(Ms(1));

        Assert.Equal(1, calls);
        Assert.Equal(2, subscription.MalformedCount);
        Assert.Single(log.Records, r => r.Level == LogLevel.Warn);
    }

    [Fact]
    public void Subscription_DisposedInItsCallback_GetsNothingMore()
    {
        using var graph = new TestGraph();
        int calls = 0;
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x");
        Subscription<Int32>? subscription = null;
        subscription = graph.Node("a", "listener").CreateSubscription<Int32>(
            "x",
            _ =>
            {
                calls++;
                subscription!.Dispose();
            });
        PublishCounting(publisher, 3);
        graph.Bus.RunUntil(Ms(1));

        Assert.Equal(1, calls);
        Assert.Equal(0, publisher.SubscriptionCount);
    }

    [Fact]
    public void Publish_WithLifespan_DoesNotDeliverWhatIsTooOld()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(20) });
        using var graph = new TestGraph(links: links);
        var received = new List<int>();
        Node talker = graph.Node("a", "talker");
        Publisher<Int32> brief = talker.CreatePublisher<Int32>(
            "x", QosProfile.DefaultProfile.WithLifespan(TimeSpan.FromMilliseconds(19)));
        Publisher<Int32> lasting = talker.CreatePublisher<Int32>(
            "x", QosProfile.DefaultProfile.WithLifespan(TimeSpan.FromMilliseconds(20)));
        graph.Node("b", "listener").CreateSubscription<Int32>("x", m => received.Add(m.Data));
        brief.Publish(new Int32 { Data = 1 });
        lasting.Publish(new Int32 { Data = 2 });
        graph.Bus.RunUntil(Ms(100));

        Assert.Equal([2], received);
    }

    private static void PublishCounting(Publisher<Int32> publisher, int count)
    {
        var message = new Int32();
        for (int i = 1; i <= count; i++)
        {
            message.Data = i;
            publisher.Publish(message);
        }
    }
}
