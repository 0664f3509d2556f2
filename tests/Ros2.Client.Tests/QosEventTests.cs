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
        Assert.Equal(2, log.Records.Count(r => r.Message.Contains("Last incompatible policy: RELIABILITY_QOS_POLICY", StringComparison.Ordinal)));
        Assert.Equal(2, log.Records.Count(r => r.Message.Contains("Incompatible type on topic '/x'", StringComparison.Ordinal)));
    }

    [Fact]
    public void IncompatibleQos_DefaultsSwitchedOff_IsNotLoggedAndCanStillBeHandled()
    {
        using var graph = new TestGraph();
        var log = new MemoryLog();
        using var context = new RosContext(graph.Bus.CreateTransport("a"), new RosContextOptions { LogSink = log });
        Node node = context.CreateNode("n");
        Publisher<Int32> publisher = node.CreatePublisher<Int32>(
            "x", QosProfile.DefaultProfile, new PublisherOptions { UseDefaultCallbacks = false });
        node.CreateSubscription<Int32>(
            "x", _ => { }, QosProfile.DefaultProfile.WithTransientLocal(), new SubscriptionOptions { UseDefaultCallbacks = false });
        var policies = new List<QosPolicyKind>();
        publisher.AddEventHandler(QosEventKind.OfferedIncompatibleQos, s => policies.Add(s.LastPolicy));
        graph.Bus.RunUntil(1);

        Assert.Empty(log.Records);
        Assert.Equal([QosPolicyKind.Durability], policies);
    }

    [Fact]
    public void IncompatibleLease_IsALivelinessMismatch() => Assert.Equal(
        QosPolicyKind.Liveliness,
        QosCompatibility.FirstMismatch(
            QosProfile.DefaultProfile.WithLivelinessLeaseDuration(TimeSpan.FromSeconds(2)),
            QosProfile.DefaultProfile.WithLivelinessLeaseDuration(TimeSpan.FromSeconds(1))));

    [Fact]
    public void Matched_PublishersComeAndGo_TotalsGrowAndCurrentsFollow()
    {
        using var graph = new TestGraph();
        var seen = new List<(int, int, int, int)>();
        graph.Node("a", "listener").CreateSubscription<Int32>("x", _ => { }).AddEventHandler(
            QosEventKind.SubscriptionMatched, s => seen.Add((s.TotalCount, s.TotalCountChange, s.CurrentCount, s.CurrentCountChange)));
        Node talker = graph.Node("b", "talker");
        Publisher<Int32> first = talker.CreatePublisher<Int32>("x");
        graph.Bus.RunUntil(Ms(1));
        Publisher<Int32> second = talker.CreatePublisher<Int32>("x");
        graph.Bus.RunUntil(Ms(2));
        first.Dispose();
        graph.Bus.RunUntil(Ms(3));
        second.Dispose();
        graph.Bus.RunUntil(Ms(4));

        Assert.Equal([(1, 1, 1, 1), (2, 1, 2, 1), (2, 0, 1, -1), (2, 0, 0, -1)], seen);
    }

    public static TheoryData<QosProfile, QosProfile, QosCompatibilityLevel, string> Pairs
    {
        get
        {
            QosProfile plain = QosProfile.DefaultProfile.WithReliability(QosReliabilityPolicy.Reliable)
                .WithVolatile().WithLiveliness(QosLivelinessPolicy.Automatic);
            QosProfile effort = plain.WithReliability(QosReliabilityPolicy.BestEffort);
            QosProfile open = QosProfile.SystemDefaultProfile.WithDurability(QosDurabilityPolicy.Volatile).WithLiveliness(QosLivelinessPolicy.Automatic);
            return new()
            {
                { plain, plain, QosCompatibilityLevel.Ok, "" },
                { plain, effort, QosCompatibilityLevel.Ok, "" },
                { effort, plain, QosCompatibilityLevel.Error, "ERROR: Best effort publisher and reliable subscription;" },
                {
                    effort, plain.WithTransientLocal().WithDeadline(TimeSpan.FromSeconds(1)), QosCompatibilityLevel.Error,
                    "ERROR: Best effort publisher and reliable subscription;ERROR: Volatile publisher and transient local subscription;"
                        + "ERROR: Subscription has a deadline, but publisher does not;"
                },
                {
                    plain.WithDeadline(TimeSpan.FromSeconds(2)), plain.WithDeadline(TimeSpan.FromSeconds(1)), QosCompatibilityLevel.Error,
                    "ERROR: Subscription deadline is less than publisher deadline;"
                },
                {
                    plain, plain.WithLiveliness(QosLivelinessPolicy.ManualByTopic).WithLivelinessLeaseDuration(TimeSpan.FromSeconds(1)),
                    QosCompatibilityLevel.Error,
                    "ERROR: Publisher's liveliness is automatic and subscription's is manual by topic;"
                        + "ERROR: Subscription has a liveliness lease duration, but publisher does not;"
                },
                { open, plain, QosCompatibilityLevel.Warning, "WARNING: Reliable subscription, but publisher is system_default;" },
                { open, effort, QosCompatibilityLevel.Ok, "" },
                { effort, open, QosCompatibilityLevel.Warning, "WARNING: Best effort publisher, but subscription is system_default;" },
                { open, open, QosCompatibilityLevel.Warning, "WARNING: Publisher reliability is system_default and subscription reliability is system_default;" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void CheckCompatible_TwoProfiles_SaysWhatRmwSays(
        QosProfile publisher, QosProfile subscription, QosCompatibilityLevel expected, string reason) => Assert.Equal(
        new QosCheckCompatibleResult(expected, reason), QosChecks.CheckCompatible(publisher, subscription));

    [Fact]
    public void Handler_OfAnEventTheEndpointDoesNotHave_IsRefused()
    {
        using var graph = new TestGraph();
        Publisher<Int32> publisher = graph.Node("a", "n").CreatePublisher<Int32>("x");

        Assert.Throws<NotSupportedException>(() => publisher.AddEventHandler(QosEventKind.MessageLost, _ => { }));
    }
}
