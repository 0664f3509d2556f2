using geometry_msgs.msg;
using ROS2;
using ROS2.MessageFilters;
using Ros2.Tests.Support;
using sensor_msgs.msg;
using static Ros2.Client.Tests.FilterSamples;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>Synchronizers and the policies other than approximate time.</summary>
public sealed class SynchronizerTests
{
    private readonly PassThrough<PointStamped> _a = new();
    private readonly PassThrough<PointStamped> _b = new();
    private readonly List<(double A, double B)> _sets = [];

    [Fact]
    public void ExactTime_SameStamps_MakeSetsAndOlderOnesAreDropped()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ExactTime(10), _a, _b);
        Register(matched);
        var dropped = new List<(double?, double?)>();
        matched.Dropped += set => dropped.Add((Number(set[0]), Number(set[1])));

        _a.Add(At(1, 1));
        _b.Add(At(3, 2));
        _a.Add(At(2, 3));
        _b.Add(At(2, 4));
        _a.Add(At(3, 5));

        Assert.Equal([(3, 4), (5, 2)], _sets);
        Assert.Equal([(1.0, null)], dropped);
    }

    [Fact]
    public void ExactTime_QueueFull_DropsTheOldestSet()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ExactTime(1), _a, _b);
        Register(matched);
        int dropped = 0;
        matched.Dropped += _ => dropped++;

        _a.Add(At(1, 1));
        _a.Add(At(2, 2));
        _b.Add(At(1, 1)); // its partner is gone, and it is the oldest itself
        _b.Add(At(2, 2));

        Assert.Equal([(2, 2)], _sets);
        Assert.Equal(2, dropped);
    }

    [Fact]
    public void Epsilon_HeadsWithinIt_AreASetElseTheOldestGo()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ApproximateEpsilonTime(2, TimeSpan.FromTicks(1)), _a, _b);
        Register(matched);

        _a.Add(At(0, 1));
        _b.Add(At(101, 1)); // 101 ns apart: the older goes
        _a.Add(At(201, 2)); // 100 ns
        Array.ForEach([3, 4, 5], i => _a.Add(At(i * 1000, i))); // room for two
        _b.Add(At(4000, 4));

        Assert.Equal([(2, 1), (4, 4)], _sets);
    }

    [Fact]
    public void Slop_FirstCombinationWithinIt_IsTaken()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ApproximateSlop(3, TimeSpan.FromTicks(1)), _a, _b);
        Register(matched);

        _a.Add(At(1000, 1));
        _a.Add(At(1060, 2));
        _b.Add(At(1050, 1)); // the nearer
        _b.Add(At(1100, 2)); // as far as the slop: less is wanted
        _b.Add(At(1099, 3));
        Array.ForEach([4, 5, 6, 7], i => _a.Add(At(i * 1000, i))); // room for three, the oldest stamp goes
        _b.Add(At(4000, 8));
        _b.Add(At(7000, 9));

        Assert.Equal([(2, 1), (1, 3), (7, 9)], _sets);
    }

    [Fact]
    public void LatestTime_FastestInput_BringsTheLatestOfTheOthers()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        using var matched = new Synchronizer<PointStamped, PointStamped>(new LatestTime(node.Clock), _a, _b);
        var sets = new List<(double A, double B)>();
        matched.RegisterCallback((x, y) => sets.Add((x.Point.X, y.Point.X)));
        int fast = 0;
        int slow = 0;
        ROS2.Timer fastTimer = node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => _a.Add(At(0, ++fast)));
        node.CreateTimer(TimeSpan.FromMilliseconds(45.25), _ => _b.Add(At(0, ++slow)));

        graph.Bus.RunUntil(Ms(1005));
        Assert.InRange(sets.Count, 80, 100);
        Assert.Equal(Enumerable.Range(100 - sets.Count + 1, sets.Count), sets.Select(s => (int)s.A));
        Assert.All(sets, s => Assert.Equal((int)(s.A * 10 / 45.25), (int)s.B, 1.0));

        fastTimer.Cancel(); // late from now on, so the slower takes its place
        sets.Clear();
        graph.Bus.RunUntil(Ms(2005));
        Assert.Equal(Enumerable.Repeat(100, sets.Count), sets.Select(s => (int)s.A));
        Assert.InRange(sets.Count, 20, 23);
    }

    [Fact]
    public void Callback_PutsAMessageIn_GetsItsSetAfterwards()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ExactTime(10), _a, _b);
        var order = new List<string>();
        matched.RegisterCallback((x, _) =>
        {
            order.Add($"begin {x.Point.X}");
            if (x.Point.X < 3)
            {
                _a.Add(At((long)x.Point.X + 1, x.Point.X + 1));
                _b.Add(At((long)x.Point.X + 1, 0));
            }

            order.Add($"end {x.Point.X}");
        });

        _a.Add(At(1, 1));
        _b.Add(At(1, 0));

        Assert.Equal(["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"], order);
    }

    [Fact]
    public void Callback_Throws_OtherSetsStillCome()
    {
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ExactTime(10), _a, _b);
        IDisposable failing = matched.RegisterCallback((_, _) => throw new InvalidOperationException("no"));
        _a.Add(At(1, 1));
        Assert.Throws<InvalidOperationException>(() => _b.Add(At(1, 1)));
        failing.Dispose();
        Register(matched);

        _a.Add(At(2, 2));
        _b.Add(At(2, 2));

        Assert.Equal([(2, 2)], _sets);
    }

    [Fact]
    public void Threads_BringMessagesAtOnce_SetsComeInOrderOneAtATime()
    {
        const int Count = 5000;
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ExactTime(0), _a, _b);
        int inside = 0;
        matched.RegisterCallback((x, y) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref inside));
            _sets.Add((x.Point.X, y.Point.X));
            Interlocked.Decrement(ref inside);
        });
        Parallel.Invoke(
            () => Array.ForEach([.. Enumerable.Range(1, Count)], i => _a.Add(At(i, i))),
            () => Array.ForEach([.. Enumerable.Range(1, Count)], i => _b.Add(At(i, i))));

        Assert.All(_sets, set => Assert.Equal(set.A, set.B));
        Assert.All(_sets.Zip(_sets.Skip(1)), pair => Assert.True(pair.First.A < pair.Second.A));
        Assert.Equal(Count, _sets[^1].A);
    }

    [Fact]
    public void TypeWithoutHeader_NeedsAClock()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        var plain = new PassThrough<Int32>();
        Assert.Throws<ArgumentException>(() => new Synchronizer<PointStamped, Int32>(new ExactTime(1), _a, plain));
        using var matched = new Synchronizer<PointStamped, Int32>(new ExactTime(10) { ArrivalClock = node.Clock }, _a, plain);
        int got = 0;
        matched.RegisterCallback((_, number) => got = number.Data);

        graph.Bus.RunUntil(Ms(5));
        _a.Add(At(Ms(5), 1));
        plain.Add(new Int32 { Data = 7 });

        Assert.Equal(7, got);
    }

    [Fact]
    public void NineTopicsOfDifferentTypes_OnTheBus_MakeOneSet()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        Node sender = graph.Node("b", "sender");
        var imu = new Subscriber<Imu>(node, "imu");
        var image = new Subscriber<Image>(node, "image");
        Subscriber<PointStamped>[] points = [.. Enumerable.Range(0, 7).Select(i => new Subscriber<PointStamped>(node, $"p{i}"))];
        using var matched = new Synchronizer<Imu, Image, PointStamped, PointStamped, PointStamped, PointStamped, PointStamped, PointStamped, PointStamped>(
            new ExactTime(2), imu, image, points[0], points[1], points[2], points[3], points[4], points[5], points[6]);
        string got = "";
        matched.RegisterCallback((i, m, a, b, c, d, e, f, g) => got = $"{i.Header.FrameId} {m.Width} {a.Point.X}{b.Point.X}{c.Point.X}{d.Point.X}{e.Point.X}{f.Point.X}{g.Point.X}");

        Publisher<Imu> imus = sender.CreatePublisher<Imu>("imu");
        Publisher<Image> images = sender.CreatePublisher<Image>("image");
        Publisher<PointStamped>[] publishers = [.. points.Select((_, i) => sender.CreatePublisher<PointStamped>($"p{i}"))];
        sender.CreateTimer(TimeSpan.FromMilliseconds(100), _ =>
        {
            Array.ForEach([.. publishers.Index()], p => p.Item.Publish(At(Ms(100), p.Index)));
            imus.Publish(new Imu { Header = { FrameId = "base", Stamp = RosTime.ToMessage(Ms(100)) } });
            images.Publish(new Image { Width = 640, Header = { Stamp = RosTime.ToMessage(Ms(100)) } });
        });
        graph.Bus.RunUntil(Ms(150));

        Assert.Equal("base 640 0123456", got);
    }

    private static double? Number(IRosMessage? message) => (message as PointStamped)?.Point.X;

    private void Register(Synchronizer<PointStamped, PointStamped> matched) =>
        matched.RegisterCallback((x, y) => _sets.Add((x.Point.X, y.Point.X)));
}
