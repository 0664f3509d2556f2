using ROS2;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

public sealed class ClockTests
{
    [Fact]
    public void Clock_WithoutSimulatedTime_ShowsTheTransportsTime()
    {
        using var graph = new TestGraph(options: new ROS2.Simulation.SimulatedBusOptions { SystemEpochNs = 5_000_000_000 });
        Node node = graph.Node("a", "n");
        graph.Bus.RunUntil(Ms(1500));

        Assert.Equal(6_500_000_000, node.Clock.NowNanoseconds);
        Assert.Equal(6, node.Clock.Now().Sec);
        Assert.Equal(500_000_000u, node.Clock.Now().Nanosec);
        Assert.Equal(1_500_000_000, node.Context.CreateClock(ClockType.SteadyTime).NowNanoseconds);
    }

    [Fact]
    public void Clock_UseSimTime_FollowsClockTopicAndDrivesTimers()
    {
        using var graph = new TestGraph();
        Node source = graph.Node("a", "source");
        Node node = graph.Host("b").CreateNode(
            "n", options: new NodeOptions { ParameterOverrides = [new Parameter("use_sim_time", true)] });
        Publisher<rosgraph_msgs.msg.Clock> clock =
            source.CreatePublisher<rosgraph_msgs.msg.Clock>("/clock", QosProfile.ClockProfile);
        var calls = new List<long>();
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => calls.Add(node.Clock.NowNanoseconds));
        graph.Bus.RunUntil(Ms(1000));
        Assert.True(node.Clock.RosTimeIsActive);
        Assert.Equal(0, node.Clock.NowNanoseconds);
        Assert.Empty(calls);

        foreach (double ms in new[] { 50.0, 99, 100, 250, 260, 300 })
        {
            clock.Publish(new rosgraph_msgs.msg.Clock { Clock_ = RosTime.ToMessage(Ms(ms)) });
            graph.Bus.RunUntil(graph.Bus.NowNs + Ms(1));
        }

        Assert.Equal([Ms(100), Ms(250), Ms(300)], calls);
    }

    [Fact]
    public void Clock_SwitchedOffSimulatedTime_ReturnsToSystemTimeAndTimersGoOn()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        int calls = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => calls++);
        node.SetParameter(new Parameter("use_sim_time", true));
        graph.Bus.RunUntil(Ms(1000));
        Assert.Equal(0, calls);

        node.SetParameter(new Parameter("use_sim_time", false));
        graph.Bus.RunUntil(Ms(1500));

        Assert.Equal(5, calls);
        Assert.Equal(Ms(1500), node.Clock.NowNanoseconds);
    }

    [Fact]
    public void JumpCallbacks_OverTheirThreshold_RunBeforeAndAfter()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var seen = new List<string>();
        var threshold = new JumpThreshold(true, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(-1));
        IDisposable registration = node.Clock.CreateJumpCallback(
            threshold,
            () => seen.Add($"before {node.Clock.NowNanoseconds / 1_000_000_000}"),
            j => seen.Add($"{j.ClockChange} {j.Delta.TotalSeconds}"));
        node.Clock.EnableRosTimeOverride();
        node.Clock.SetRosTimeOverride(500_000_000);
        node.Clock.SetRosTimeOverride(2_000_000_000);
        node.Clock.SetRosTimeOverride(1_500_000_000);
        node.Clock.SetRosTimeOverride(0);
        registration.Dispose();
        registration.Dispose();
        node.Clock.SetRosTimeOverride(50_000_000_000);

        Assert.Equal(
            ["before 0", "RosTimeActivated 0", "before 0", "RosTimeNoChange 1.5", "before 1", "RosTimeNoChange -1.5"], seen);
    }

    [Fact]
    public void JumpCallbacks_SwitchBetweenSystemAndSimulatedTime_TellNoDelta()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        graph.Bus.RunUntil(Ms(7000));
        var seen = new List<TimeJump>();
        node.Clock.CreateJumpCallback(new JumpThreshold(true, TimeSpan.Zero, TimeSpan.Zero), null, seen.Add);

        node.Clock.EnableRosTimeOverride();
        node.Clock.SetRosTimeOverride(5_000_000_000);
        node.Clock.DisableRosTimeOverride();

        Assert.Equal(
            [new TimeJump(ClockChange.RosTimeActivated, default), new TimeJump(ClockChange.RosTimeDeactivated, default)], seen);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public void CreateJumpCallback_BoundOfTheWrongSign_Throws(int forwardS, int backwardS)
    {
        using var graph = new TestGraph();
        var threshold = new JumpThreshold(false, TimeSpan.FromSeconds(forwardS), TimeSpan.FromSeconds(backwardS));

        Assert.Throws<ArgumentOutOfRangeException>(
            () => graph.Node("a", "n").Clock.CreateJumpCallback(threshold, null, null));
    }

    [Theory]
    [InlineData(0, 0, 0u)]
    [InlineData(1_500_000_000, 1, 500_000_000u)]
    [InlineData(-1, -1, 999_999_999u)]
    public void RosTime_ToMessage_KeepsNanosecondsPositive(long ns, int sec, uint nanosec)
    {
        builtin_interfaces.msg.Time message = RosTime.ToMessage(ns);

        Assert.Equal((sec, nanosec), (message.Sec, message.Nanosec));
        Assert.Equal(ns, RosTime.ToNanoseconds(message));
    }
}
