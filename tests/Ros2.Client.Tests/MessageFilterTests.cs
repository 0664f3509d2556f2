using geometry_msgs.msg;
using ROS2;
using ROS2.MessageFilters;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Client.Tests.FilterSamples;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>Filters with one input.</summary>
public sealed class MessageFilterTests
{
    private readonly PassThrough<PointStamped> _input = new();

    [Fact]
    public void Callback_Disconnected_GetsNoMore()
    {
        var first = new List<double>();
        var second = new List<double>();
        void Same(PointStamped m) => first.Add(m.Point.X);
        IDisposable once = _input.RegisterCallback(Same);
        _input.RegisterCallback(Same);
        _input.RegisterCallback((in MessageEvent<PointStamped> e) => second.Add(e.Message.Point.X));

        _input.Add(At(1, 1));
        once.Dispose();
        once.Dispose();
        _input.Add(At(2, 2));

        Assert.Equal([1, 1, 2], first);
        Assert.Equal([1, 2], second);
    }

    [Fact]
    public void Input_ConnectedAnew_LeavesTheOneBefore()
    {
        var other = new PassThrough<PointStamped>();
        using var filter = new PassThrough<PointStamped>(_input);
        int got = 0;
        filter.RegisterCallback(_ => got++);

        filter.ConnectInput(other);
        _input.Add(At(1, 1));
        Assert.Equal(0, got);
        other.Add(At(1, 1));
        Assert.Equal(1, got);
        filter.Dispose();
        other.Add(At(1, 1));
        Assert.Equal(1, got);
    }

    [Fact]
    public void Subscriber_OnATopic_TellsWhereMessagesCameFrom()
    {
        using var graph = new TestGraph();
        Node sender = graph.Node("a", "sender");
        Publisher<PointStamped> publisher = sender.CreatePublisher<PointStamped>("points");
        Node node = graph.Node("b", "n");
        using var subscriber = new Subscriber<PointStamped>(node, "points");
        var from = new List<Gid>();
        subscriber.RegisterCallback((in MessageEvent<PointStamped> e) => from.Add(e.Info.Publisher));
        sender.CreateTimer(TimeSpan.FromMilliseconds(100), _ => publisher.Publish(At(1, 1)));
        graph.Bus.RunUntil(Ms(150));
        Assert.Equal([publisher.Gid], from);
        Assert.Equal(("points", "/points"), (subscriber.Topic, subscriber.Subscription!.Topic));

        subscriber.Unsubscribe();
        graph.Bus.RunUntil(Ms(350));
        Assert.Single(from);
        subscriber.Subscribe();
        graph.Bus.RunUntil(Ms(450));
        Assert.Equal(2, from.Count);
        Assert.Throws<ArgumentException>(() => subscriber.Subscribe(node, "points", options: new SubscriptionOptions { ReuseMessage = true }));
    }

    [Fact]
    public void Cache_Full_KeepsTheLastInOrderOfStamps()
    {
        var cache = new Cache<PointStamped>(_input, 3);
        var passed = new List<double>();
        cache.RegisterCallback(m => passed.Add(m.Point.X));
        Assert.Null(cache.LatestTimeNs);
        Assert.Null(cache.Last);
        Assert.Empty(cache.GetSurroundingInterval(0, 10));

        Array.ForEach([10, 30, 20, 40], i => _input.Add(At(i, i)));

        Assert.Equal([10, 30, 20, 40], passed);
        Assert.Equal((20, 40, 40), (cache.OldestTimeNs, cache.LatestTimeNs, cache.Last!.Point.X));
        _input.Add(At(5, 5)); // the oldest goes first, then the new one takes its place
        Assert.Equal((5, 40), (cache.OldestTimeNs, cache.LatestTimeNs));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Size = 0);
    }

    [Theory]
    [InlineData(20, 30, "20 30", "20 30")]
    [InlineData(15, 25, "20", "10 20 30")]
    [InlineData(21, 22, "", "20 30")]
    [InlineData(0, 5, "", "10")]
    [InlineData(50, 60, "", "40")]
    [InlineData(-5, 99, "10 20 30 40", "10 20 30 40")]
    public void Cache_Interval_IsWithinOrSurrounds(long start, long end, string within, string surrounding)
    {
        Cache<PointStamped> cache = Filled();

        Assert.Equal(within, Numbers(cache.GetInterval(start, end)));
        Assert.Equal(surrounding, Numbers(cache.GetSurroundingInterval(start, end)));
    }

    [Theory]
    [InlineData(10, null, 20.0)]
    [InlineData(25, 20.0, 30.0)]
    [InlineData(30, 20.0, 40.0)]
    [InlineData(99, 40.0, null)]
    public void Cache_Neighbours_AreBeforeAndAfter(long time, double? before, double? after)
    {
        Cache<PointStamped> cache = Filled();

        Assert.Equal((before, after), (cache.GetElemBeforeTime(time)?.Point.X, cache.GetElemAfterTime(time)?.Point.X));
    }

    [Fact]
    public void Cache_TypeWithoutHeader_CountsAsOfArrival()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        Assert.Throws<ArgumentException>(() => new Cache<Int32>());
        var cache = new Cache<Int32>(2, node.Clock);
        graph.Bus.RunUntil(Ms(30));

        cache.Add(new Int32());

        Assert.Equal(Ms(30), cache.LatestTimeNs);
    }

    [Fact]
    public void TimeSequencer_MessagesOutOfOrder_ComeInOrderAfterTheDelay()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        using var sequencer = new TimeSequencer<PointStamped>(_input, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(10), 3, node);
        var got = new List<(double, double)>();
        sequencer.RegisterCallback(m => got.Add((m.Point.X, node.Clock.NowNanoseconds / 1e6)));
        Array.ForEach([30, 10, 20], i => _input.Add(At(Ms(i), i)));

        graph.Bus.RunUntil(Ms(125));
        Assert.Equal([(10, 110), (20, 120)], got);
        _input.Add(At(Ms(15), 15)); // after one with a later stamp was handed on
        _input.Add(At(Ms(20), 21));
        graph.Bus.RunUntil(Ms(200));
        Assert.Equal([(21, 130), (30, 130)], got.Skip(2));
        Assert.Equal(1, sequencer.DroppedCount);

        Array.ForEach([504, 502, 501, 503], i => _input.Add(At(Ms(i), i)));
        graph.Bus.RunUntil(Ms(700));
        Assert.Equal([502, 503, 504], got.Skip(4).Select(g => g.Item1));
        Assert.Equal(2, sequencer.DroppedCount);
    }

    [Fact]
    public void Chain_Filters_PassMessagesOn()
    {
        var chain = new Chain<PointStamped>(_input);
        int got = 0;
        chain.RegisterCallback(_ => got++);
        _input.Add(At(1, 1));
        Assert.Equal(0, got);

        var cache = new Cache<PointStamped>(5);
        Assert.Equal((0, 1), (chain.AddFilter(new PassThrough<PointStamped>()), chain.AddFilter(cache)));
        _input.Add(At(2, 2));
        chain.Add(At(3, 3));

        Assert.Equal(2, got);
        Assert.Equal("2 3", Numbers(cache.GetInterval(0, 9)));
        Assert.Same(cache, chain.GetFilter<Cache<PointStamped>>(1));
        Assert.Null(chain.GetFilter<Cache<PointStamped>>(0));
        Assert.Null(chain.GetFilter<Cache<PointStamped>>(2));
        Assert.Throws<ArgumentException>(() => chain.AddFilter(new Subscriber<PointStamped>()));
    }

    [Fact]
    public void TransformFilter_BetweenSubscriberAndCache_HandsOnWhatCanBeTransformed()
    {
        var buffer = new TransformBuffer();
        using var graph = new TestGraph();
        using var filter = new TransformMessageFilter<PointStamped>(graph.Node("a", "n"), buffer, "map", _input);
        var cache = new Cache<PointStamped>(filter, 10);
        PointStamped message = At(1_000_000_000, 1);
        message.Header.FrameId = "base";

        _input.Add(message);
        Assert.Null(cache.Last);
        buffer.SetTransform(TransformSamples.Make("map", "base", 1_000_000_000));

        Assert.Same(message, cache.Last);
    }

    private static string Numbers(IEnumerable<PointStamped> messages) => string.Join(' ', messages.Select(m => m.Point.X));

    private Cache<PointStamped> Filled()
    {
        var cache = new Cache<PointStamped>(_input, 10);
        Array.ForEach([40, 10, 30, 20], i => _input.Add(At(i, i)));
        return cache;
    }
}
