using ROS2;
using ROS2.IntraProcess;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

/// <summary>Timers as rcl's: what is skipped, reset, carried over to another time; and sleeping.</summary>
public sealed class TimerSemanticsTests
{
    [Fact]
    public void Timer_TimeMovesByWholePeriods_CallsOncePerStep()
    {
        using var graph = new TestGraph();
        Node node = Simulated(graph, 1000);
        var calls = new List<(double, double)>();
        ROS2.Timer? timer = null;
        timer = node.CreateTimer(
            TimeSpan.FromMilliseconds(100), e => calls.Add((timer!.LastCall.ExpectedNs / 1e6, timer.LastCall.ActualNs / 1e6)));
        foreach (double ms in new[] { 1100.0, 1300, 1350, 1400, 1750, 1800 })
        {
            Step(graph, node, ms);
        }

        // 1.3 s is late by one whole period and skips to 1.4 s; 1.75 s is late by two and a half and goes on at 1.8 s.
        Assert.Equal([(1100, 1100), (1200, 1300), (1400, 1400), (1500, 1750), (1800, 1800)], calls);
    }

    [Fact]
    public void Timer_WithoutAutostart_StandsUntilReset()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var calls = new List<long>();
        ROS2.Timer timer = node.CreateTimer(
            TimeSpan.FromMilliseconds(100), _ => calls.Add(graph.Bus.NowNs), node.Clock, autostart: false);
        graph.Bus.RunUntil(Ms(1000));
        Assert.True(timer.IsCanceled);
        Assert.Empty(calls);

        timer.Reset();
        graph.Bus.RunUntil(Ms(1250));

        Assert.Equal([Ms(1100), Ms(1200)], calls);
    }

    [Fact]
    public void Timer_ResetBetweenCalls_CountsElapsedTimeFromTheLastCall()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var elapsed = new List<double>();
        ROS2.Timer timer = node.CreateTimer(TimeSpan.FromMilliseconds(100), e => elapsed.Add(e.TotalMilliseconds));
        graph.Bus.RunUntil(Ms(150));
        Assert.Equal(50, timer.TimeSinceLastCall.TotalMilliseconds);
        timer.Reset();
        graph.Bus.RunUntil(Ms(300));

        Assert.Equal([100, 150], elapsed);
    }

    [Fact]
    public void Timer_ResetInItsOwnCallbackAfterCancel_GoesOn()
    {
        using var graph = new TestGraph();
        int calls = 0;
        ROS2.Timer? timer = null;
        timer = graph.Node("a", "n").CreateTimer(TimeSpan.FromMilliseconds(100), _ =>
        {
            calls++;
            timer!.Cancel();
            timer.Reset();
        });
        graph.Bus.RunUntil(Ms(350));

        Assert.Equal(3, calls);
    }

    [Fact]
    public void Timer_SimulatedTimeSwitchedOn_WaitsForTheRestOfItsPeriodThere()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var calls = new List<long>();
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => calls.Add(node.Clock.NowNanoseconds / 1_000_000));
        node.Clock.SetRosTimeOverride(Ms(5000));
        graph.Bus.RunUntil(Ms(130));
        node.Clock.EnableRosTimeOverride();
        foreach (double ms in new[] { 5069.0, 5070, 5169, 5170 })
        {
            Step(graph, node, ms);
        }

        Assert.Equal([100, 5070, 5170], calls);
    }

    [Fact]
    public void Timer_SimulatedTimeNotYetCome_WaitsForItAndThenOnePeriod()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var calls = new List<long>();
        ROS2.Timer before = node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => calls.Add(node.Clock.NowNanoseconds / 1_000_000));
        graph.Bus.RunUntil(Ms(50));
        node.Clock.EnableRosTimeOverride();
        Assert.False(before.IsReady);
        foreach (double ms in new[] { 7000.0, 7099, 7100 })
        {
            Step(graph, node, ms);
        }

        Assert.Equal([7100], calls);
    }

    [Fact]
    public void Timer_SimulatedTimeGoesBack_WaitsForOnePeriodFromThere()
    {
        using var graph = new TestGraph();
        Node node = Simulated(graph, 10_000);
        var calls = new List<long>();
        node.CreateTimer(TimeSpan.FromMilliseconds(100), _ => calls.Add(node.Clock.NowNanoseconds / 1_000_000));
        foreach (double ms in new[] { 10_100.0, 500, 599, 600, 700 })
        {
            Step(graph, node, ms);
        }

        Assert.Equal([10_100, 600, 700], calls);
    }

    [Fact]
    public void WallTimer_SimulatedTimeStands_GoesOn()
    {
        using var graph = new TestGraph();
        Node node = Simulated(graph, 1000);
        int calls = 0;
        node.CreateWallTimer(TimeSpan.FromMilliseconds(100), _ => calls++);
        graph.Bus.RunUntil(graph.Bus.NowNs + Ms(550));

        Assert.Equal(5, calls);
    }

    [Fact]
    public void Sleep_OnAScheduledClock_IsRefused()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");

        Assert.Throws<NotSupportedException>(() => node.Clock.SleepFor(TimeSpan.FromSeconds(1), CancellationToken.None));
    }

    [Fact]
    public void Sleep_UntilATimeOrTheEnd_TellsWhich()
    {
        using var context = new RosContext(new IntraProcessDomain().CreateTransport());
        Clock clock = context.CreateClock(ClockType.SteadyTime);
        long untilNs = clock.NowNanoseconds + Ms(5);

        Assert.True(clock.SleepUntil(untilNs, CancellationToken.None));
        Assert.True(clock.NowNanoseconds >= untilNs);
        CancellationToken end = context.GetShutdownToken();
        var sleeper = new Thread(() => Assert.False(clock.SleepFor(TimeSpan.FromHours(1), end)));
        sleeper.Start();
        context.Shutdown();
        Assert.True(sleeper.Join(TimeSpan.FromSeconds(30)));
        Assert.True(context.GetShutdownToken().IsCancellationRequested);
    }

    [Fact]
    public void Sleep_OnSimulatedTime_EndsWhenItsTimeComesOrItsSourceChanges()
    {
        using var context = new RosContext(new IntraProcessDomain().CreateTransport());
        Clock clock = context.CreateClock();
        clock.EnableRosTimeOverride();
        clock.SetRosTimeOverride(Ms(1000));
        var results = new List<bool>();
        var sleeper = new Thread(() =>
        {
            results.Add(clock.SleepUntil(Ms(2000), CancellationToken.None));
            results.Add(clock.SleepUntil(Ms(9000), CancellationToken.None));
        });
        sleeper.Start();
        clock.SetRosTimeOverride(Ms(500));
        clock.SetRosTimeOverride(Ms(2000));
        while (results.Count == 0)
        {
            Thread.Yield();
        }

        while (!sleeper.Join(TimeSpan.FromMilliseconds(10)))
        {
            clock.DisableRosTimeOverride(); // again and again: the second sleep may not have begun
            clock.EnableRosTimeOverride();
        }

        Assert.Equal([true, false], results);
    }

    [Fact]
    public void Rate_LateOrNot_KeepsItsGrid()
    {
        using var context = new RosContext(new IntraProcessDomain().CreateTransport());
        Clock clock = context.CreateClock();
        clock.EnableRosTimeOverride();
        clock.SetRosTimeOverride(Ms(1000));
        var rate = new Rate(10, clock, TestContext.Current.CancellationToken);

        clock.SetRosTimeOverride(Ms(1130));
        Assert.False(rate.Sleep()); // 1.1 s is over; the next is 1.2 s
        clock.SetRosTimeOverride(Ms(1200));
        Assert.False(rate.Sleep());
        clock.SetRosTimeOverride(Ms(1950));
        Assert.False(rate.Sleep()); // more than a period late: anew from 1.95 s
        var woken = new List<bool>();
        var sleeper = new Thread(() => woken.Add(rate.Sleep()));
        sleeper.Start();
        while (sleeper.ThreadState != ThreadState.WaitSleepJoin)
        {
            Assert.True(sleeper.IsAlive, "the next period ends at 2.15 s");
            Thread.Yield();
        }

        clock.SetRosTimeOverride(Ms(2150));
        Assert.True(sleeper.Join(TimeSpan.FromSeconds(30)));
        Assert.Equal([true], woken);
        Assert.Equal(TimeSpan.FromMilliseconds(100), rate.Period);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(0, clock, CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rate(double.NaN, clock, CancellationToken.None));
    }

    private static Node Simulated(TestGraph graph, double ms)
    {
        Node node = graph.Node("a", "n");
        node.Clock.EnableRosTimeOverride();
        node.Clock.SetRosTimeOverride(Ms(ms));
        return node;
    }

    private static void Step(TestGraph graph, Node node, double ms)
    {
        node.Clock.SetRosTimeOverride(Ms(ms));
        node.CreateGuardCondition(() => { }).Trigger();
        graph.Bus.RunUntil(graph.Bus.NowNs + 1);
    }
}
