using ROS2;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.SimulatedBus.Tests;

public sealed class TimerTests
{
    [Fact]
    public void Timer_OnVirtualTime_IsExact()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var calls = new List<(long, TimeSpan)>();
        node.CreateTimer(TimeSpan.FromMilliseconds(50), e => calls.Add((node.Clock.NowNanoseconds, e)));

        graph.Bus.RunUntil(Ms(160));

        TimeSpan period = TimeSpan.FromMilliseconds(50);
        Assert.Equal([(Ms(50), period), (Ms(100), period), (Ms(150), period)], calls);
    }

    [Fact]
    public void Timer_ManyOfOnePeriod_RunInOrderOfCreation()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var order = new List<int>();
        for (int i = 0; i < 20; i++)
        {
            int number = i;
            node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => order.Add(number));
        }

        graph.Bus.RunUntil(Ms(20));

        Assert.Equal(Enumerable.Range(0, 20).Concat(Enumerable.Range(0, 20)), order);
    }

    [Fact]
    public void Timer_CanceledInItsCallback_StopsUntilReset()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        int calls = 0;
        ROS2.Timer? timer = null;
        timer = node.CreateTimer(TimeSpan.FromMilliseconds(10), _ =>
        {
            calls++;
            timer!.Cancel();
        });
        graph.Bus.RunUntil(Ms(100));
        Assert.Equal(1, calls);
        Assert.True(timer.IsCanceled);

        timer.Reset();
        graph.Bus.RunUntil(Ms(109));
        Assert.Equal(1, calls);
        graph.Bus.RunUntil(Ms(110));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void Timer_DisposedByAnother_DoesNotRun()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        int calls = 0;
        ROS2.Timer? second = null;
        node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => second!.Dispose());
        second = node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => calls++);

        graph.Bus.RunUntil(Ms(50));

        Assert.Equal(0, calls);
        Assert.Single(node.Timers);
    }

    [Fact]
    public void Timer_ZeroPeriodOnVirtualTime_IsRefused()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");

        Assert.Throws<ArgumentOutOfRangeException>(() => node.CreateTimer(TimeSpan.Zero, _ => { }));
    }

    [Fact]
    public void GuardCondition_TriggeredTwice_RunsOnceAtThePresentInstant()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var calls = new List<long>();
        GuardCondition guard = node.CreateGuardCondition(() => calls.Add(graph.Bus.NowNs));
        graph.Bus.Schedule(Ms(3), () =>
        {
            guard.Trigger();
            guard.Trigger();
        });

        graph.Bus.RunUntil(Ms(10));

        Assert.Equal([Ms(3)], calls);
    }

    [Fact]
    public void Run_InsideACallback_IsRefused()
    {
        using var graph = new TestGraph();
        graph.Bus.Schedule(1, () => graph.Bus.RunUntil(2));

        Assert.Throws<InvalidOperationException>(() => graph.Bus.RunUntil(5));
        graph.Bus.RunUntil(6);
    }
}
