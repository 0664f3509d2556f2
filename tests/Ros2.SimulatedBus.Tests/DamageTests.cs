using ROS2;
using ROS2.Simulation;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.SimulatedBus.Tests;

/// <summary>Damaged samples behind a checksum, and hosts whose clocks are wrong.</summary>
public sealed class DamageTests
{
    private const int Count = 2000;

    private static (long Received, long Wrong, LinkStatistics Statistics) Send(QosProfile qos, double corruption, double duplication)
    {
        var links = new SeededLinkModel(
            5, new LinkParameters { CorruptionProbability = corruption, DuplicationProbability = duplication, DelayNs = Ms(1) });
        using var graph = new TestGraph(links: links, options: new SimulatedBusOptions { VerifiesChecksums = true });
        long received = 0, wrong = 0;
        Publisher<Int32> publisher = graph.Node("a", "talker").CreatePublisher<Int32>("x", qos);
        graph.Node("b", "listener").CreateSubscription<Int32>(
            "x",
            m =>
            {
                received++;
                wrong += m.Data == 0x12345678 ? 0 : 1;
            },
            qos);
        for (int i = 0; i < Count; i++)
        {
            graph.Bus.Schedule(Ms(10 * i), () => publisher.Publish(new Int32 { Data = 0x12345678 }));
        }

        graph.Bus.RunUntil(Ms(60_000));
        return (received, wrong, graph.Bus.LinkStatistics.Single());
    }

    [Fact]
    public void Checksum_DamagedBestEffortSamples_AreCountedAndMostlyNotDelivered()
    {
        var (received, wrong, statistics) = Send(QosProfile.SensorDataProfile, corruption: 0.5, duplication: 0);

        Assert.InRange(statistics.Corrupted, 900, 1100);
        Assert.True(statistics.Rejected > 0.9 * statistics.Corrupted, $"{statistics.Rejected} of {statistics.Corrupted}");
        Assert.Equal(Count - statistics.Rejected, received);
        Assert.True(wrong <= statistics.Corrupted - statistics.Rejected, "nothing that the checksum shows reaches a reader");
    }

    [Fact]
    public void Checksum_DamagedReliableSamples_AreSentAgain()
    {
        var (received, _, statistics) = Send(QosProfile.KeepLast(1000), corruption: 0.3, duplication: 0.2);

        Assert.Equal(Count, received);
        Assert.True(statistics.Retransmissions > 100);
        Assert.True(statistics.Rejected > 100);
    }

    [Fact]
    public void ClockError_OfOneHost_MovesItsTimeAndTimersAndNobodyElses()
    {
        using var graph = new TestGraph();
        Node wrong = graph.Node("a", "early"), right = graph.Node("b", "right");
        List<long> wrongTicks = [], rightTicks = [];
        wrong.CreateTimer(TimeSpan.FromSeconds(1), _ => wrongTicks.Add(graph.Bus.NowNs));
        right.CreateTimer(TimeSpan.FromSeconds(1), _ => rightTicks.Add(graph.Bus.NowNs));
        graph.Bus.RunUntil(Ms(500));

        graph.Bus.SetClockError("a", _ => Ms(700));

        graph.Bus.RunUntil(Ms(500));
        Assert.Equal(Ms(1200), wrong.Clock.NowNanoseconds);
        Assert.Equal(Ms(500), right.Clock.NowNanoseconds);
        Assert.Equal([Ms(500)], wrongTicks);

        graph.Bus.SetClockError("a", null);

        graph.Bus.RunUntil(Ms(3000));
        Assert.Equal(Ms(3000), wrong.Clock.NowNanoseconds);
        Assert.Equal([Ms(1000), Ms(2000), Ms(3000)], rightTicks);
    }

    [Fact]
    public void ClockError_Drifting_LetsTimersComeByTheWrongClock()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "fast");
        int ticks = 0;
        graph.Bus.SetClockError("a", now => now / 10);
        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => ticks++);

        graph.Bus.RunUntil(Ms(10_000));

        Assert.InRange(ticks, 109, 110);
    }
}
