using ROS2;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

public sealed class QosEventTests
{
    [Fact]
    public void Handlers_MatchedAndDeadline_AreCalledOnTheExecutor()
    {
        using var graph = new TestGraph();
        QosProfile qos = QosProfile.DefaultProfile.WithDeadline(TimeSpan.FromMilliseconds(100));
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x", qos);
        var seen = new List<string>();
        publisher.AddEventHandler(QosEventKind.PublicationMatched, s => seen.Add($"publisher matched {s.CurrentCount}"));
        Subscription<Int32> subscription = graph.Node("b", "listener").CreateSubscription<Int32>("x", _ => { }, qos);
        subscription.AddEventHandler(QosEventKind.SubscriptionMatched, s => seen.Add($"subscription matched {s.CurrentCount}"));
        IDisposable deadline = subscription.AddEventHandler(
            QosEventKind.RequestedDeadlineMissed, s => seen.Add($"missed {s.TotalCount} at {graph.Bus.NowNs / 1_000_000}"));
        publisher.Publish(new Int32());
        graph.Bus.RunUntil(Ms(250));
        deadline.Dispose();
        graph.Bus.RunUntil(Ms(1000));
        publisher.Dispose();
        graph.Bus.RunUntil(Ms(1001));

        Assert.Equal(
            ["publisher matched 1", "subscription matched 1", "missed 1 at 100", "missed 2 at 200", "subscription matched 0"],
            seen);
    }

    [Fact]
    public void IncompatibleQos_WithoutHandler_IsLoggedOnBothSides()
    {
        using var graph = new TestGraph();
        var log = new MemoryLog();
        using var context = new RosContext(graph.Bus.CreateTransport("a"), new RosContextOptions { LogSink = log });
        Node node = context.CreateNode("n");
        node.CreatePublisher<Int32>("x", QosProfile.SensorDataProfile);
        node.CreateSubscription<Int32>("x", _ => { });
        node.CreateSubscription<std_msgs.msg.String>("x", _ => { });
        graph.Bus.RunUntil(1);

        Assert.Equal(4, log.Records.Count);
        Assert.Equal(2, log.Records.Count(r => r.Message.Contains("incompatible QoS (Reliability)", StringComparison.Ordinal)));
        Assert.Equal(2, log.Records.Count(r => r.Message.Contains("another type", StringComparison.Ordinal)));
    }

    [Fact]
    public void Handler_OfAnEventTheEndpointDoesNotHave_IsRefused()
    {
        using var graph = new TestGraph();
        Publisher<Int32> publisher = graph.Node("a", "n").CreatePublisher<Int32>("x");

        Assert.Throws<NotSupportedException>(() => publisher.AddEventHandler(QosEventKind.MessageLost, _ => { }));
    }
}
