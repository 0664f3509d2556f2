using FsCheck;
using FsCheck.Fluent;
using geometry_msgs.msg;
using ROS2;
using ROS2.MessageFilters;
using ROS2.Simulation;
using Ros2.Tests.Support;
using static Ros2.Client.Tests.FilterSamples;
using static Ros2.Tests.Support.TestGraph;

namespace Ros2.Client.Tests;

/// <summary>The approximate time policy, against its definition tried out on all sets there are.</summary>
public sealed class ApproximateTimeTests
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(20251, 3);

    /// <summary>Three inputs in order, the last stamp of each far behind all others so that everything before is decided.</summary>
    private static Gen<long[][]> Stamps => Gen.Choose(0, 60).ListOf().Select(list => list.Take(6).Select(x => 2L * x).Order().Append(10_000).ToArray()).ArrayOf(3);

    [Fact]
    public void Sets_AnyStampsInAnyOrderOfArrival_AreTheBestOfAll() => Prop
        .ForAll(
            (from stamps in Stamps
             from seed in Gen.Choose(0, int.MaxValue)
             from penalty in Gen.Elements(0.0, 0.5)
             from longest in Gen.Elements(6L, 30L, 100_000L)
             select (stamps, seed, penalty, longest)).ToArbitrary(),
            x =>
            {
                var policy = new ApproximateTime(1000) { AgePenalty = x.penalty, MaxIntervalDuration = TimeSpan.FromTicks(x.longest) };
                List<long[]> got = Match(policy, x.stamps, new Random(x.seed));
                return got.SequenceEqual(BestSets(x.stamps, 1 + x.penalty, x.longest), new SetComparer());
            })
        .Check(Fixed);

    [Fact]
    public void Sets_WithTrueLowerBounds_AreTheSameAndNotLater() => Prop
        .ForAll(
            (from gaps in Gen.Choose(4, 20).ListOf(8).ArrayOf(2) from seed in Gen.Choose(0, int.MaxValue) select (gaps, seed)).ToArbitrary(),
            x =>
            {
                long[][] stamps = [.. x.gaps.Select(list => list.Aggregate(new List<long> { 0 }, (all, gap) => [.. all, all[^1] + gap]).Append(10_000).ToArray())];
                var bounded = new List<int>();
                var free = new List<int>();
                var policy = new ApproximateTime(1000);
                List<long[]> with = Match(policy with { InterMessageLowerBounds = [TimeSpan.FromTicks(4), TimeSpan.FromTicks(4)] }, stamps, new Random(x.seed), bounded);
                List<long[]> without = Match(policy, stamps, new Random(x.seed), free);
                return with.SequenceEqual(without, new SetComparer()) && bounded.Zip(free).All(p => p.First <= p.Second);
            })
        .Check(Fixed);

    [Fact]
    public void LowerBound_NextMessageCannotBeBetter_SetComesWithoutIt()
    {
        Assert.Empty(Match(new ApproximateTime(10), [[0], [10]], random: null));
        Assert.Empty(Match(new ApproximateTime(10) { InterMessageLowerBounds = [TimeSpan.FromTicks(1), TimeSpan.Zero] }, [[0], [10]], random: null));
        Assert.Equal([0, 10], Assert.Single(Match(
            new ApproximateTime(10) { InterMessageLowerBounds = [TimeSpan.FromTicks(40), TimeSpan.Zero] }, [[0], [10]], random: null)));
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Sets_OverLinksWithDelayAndSmallQueues_UseEachMessageOnceAndInOrder(ulong seed)
    {
        using var graph = new TestGraph(seed, new RandomDelays(seed));
        Node robot = graph.Node("robot", "fusion");
        int[] periods = [50, 100, 130];
        for (int i = 0; i < periods.Length; i++)
        {
            Node sensor = graph.Node($"sensor_{i}", "driver");
            Publisher<PointStamped> publisher = sensor.CreatePublisher<PointStamped>($"/t{i}", QosProfile.KeepLast(50));
            int count = 0;
            sensor.CreateTimer(TimeSpan.FromMilliseconds(periods[i]), _ => publisher.Publish(At(sensor.Clock.NowNanoseconds, count++)));
        }

        Subscriber<PointStamped>[] topics = [.. periods.Select((_, i) => new Subscriber<PointStamped>(robot, $"/t{i}", QosProfile.KeepLast(50)))];
        using var matched = new Synchronizer<PointStamped, PointStamped, PointStamped>(
            new ApproximateTime(4) { MaxIntervalDuration = TimeSpan.FromMilliseconds(120) }, topics[0], topics[1], topics[2]);
        var sets = new List<PointStamped[]>();
        matched.RegisterCallback((a, b, c) => sets.Add([a, b, c]));
        graph.Bus.RunUntil(Ms(20_000));

        Assert.True(sets.Count > 50, $"only {sets.Count} sets");
        Assert.All(Enumerable.Range(0, periods.Length), i =>
            Assert.All(sets.Zip(sets.Skip(1)), pair => Assert.True(pair.First[i].Point.X < pair.Second[i].Point.X)));
        Assert.All(sets, set => Assert.InRange(set.Max(Stamp) - set.Min(Stamp), 0, Ms(120)));
    }

    [Fact]
    public void Queue_Overflows_LosesTheOldestAndGoesOn()
    {
        var a = new PassThrough<PointStamped>();
        var b = new PassThrough<PointStamped>();
        using var matched = new Synchronizer<PointStamped, PointStamped>(new ApproximateTime(2), a, b);
        var got = new List<(double, double)>();
        matched.RegisterCallback((x, y) => got.Add((x.Point.X, y.Point.X)));

        Array.ForEach([1, 2, 3], i => a.Add(At(i * 100, i)));
        b.Add(At(101, 1)); // its partner is gone; the input that lost it may not be the pivot
        b.Add(At(201, 2));
        b.Add(At(301, 3));
        a.Add(At(400, 4));
        b.Add(At(401, 4));

        Assert.Equal([(2, 2), (3, 3)], got.Take(2));
    }

    [Fact]
    public void Policy_SettingOutOfRange_SaysWhich()
    {
        var a = new PassThrough<PointStamped>();
        foreach (ApproximateTime policy in new[]
        {
            new ApproximateTime(0),
            new ApproximateTime(1) { AgePenalty = double.NaN },
            new ApproximateTime(1) { AgePenalty = -1 },
            new ApproximateTime(1) { MaxIntervalDuration = TimeSpan.FromTicks(-1) },
            new ApproximateTime(1) { InterMessageLowerBounds = [TimeSpan.Zero] },
            new ApproximateTime(1) { InterMessageLowerBounds = [TimeSpan.Zero, TimeSpan.MaxValue] },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => new Synchronizer<PointStamped, PointStamped>(policy, a, a));
        }
    }

    [Fact]
    public void Input_OutOfOrderOrTooClose_IsWarnedOfOnce()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("a");
        Logger logger = host.CreateNode("n").Logger;
        var policy = new ApproximateTime(10) { Logger = logger, InterMessageLowerBounds = [TimeSpan.Zero, TimeSpan.FromTicks(5)] };

        Match(policy, [[10, 5, 4], [1, 2, 3]], random: null);

        Assert.Equal(
            ["Messages of type 0 arrived out of order (will print only once)", "Messages of type 1 arrived closer (100) than the lower bound you provided (500) (will print only once)"],
            ((MemoryLog)host.Options.LogSink!).Records.Select(r => r.Message));
    }

    /// <summary>Feeds stamps (in units of 100 ns) in a random order of inputs, or input by input, and tells the sets.</summary>
    private static List<long[]> Match(ApproximateTime policy, long[][] stamps, Random? random, List<int>? foundAt = null)
    {
        PassThrough<PointStamped>[] inputs = [.. stamps.Select(_ => new PassThrough<PointStamped>())];
        var sets = new List<long[]>();
        int fed = 0;
        void Found(params PointStamped[] set)
        {
            sets.Add([.. set.Select(m => Stamp(m) / 100)]);
            foundAt?.Add(fed);
        }

        using Synchronizer matched = inputs.Length == 2
            ? Registered(new Synchronizer<PointStamped, PointStamped>(policy, inputs[0], inputs[1]), s => s.RegisterCallback((a, b) => Found(a, b)))
            : Registered(
                new Synchronizer<PointStamped, PointStamped, PointStamped>(policy, inputs[0], inputs[1], inputs[2]),
                s => s.RegisterCallback((a, b, c) => Found(a, b, c)));
        int[] order = [.. stamps.SelectMany((list, i) => Enumerable.Repeat(i, list.Length))];
        random?.Shuffle(order);
        var next = new int[stamps.Length];
        foreach (int input in order)
        {
            fed++;
            inputs[input].Add(At(stamps[input][next[input]++] * 100, 0));
        }

        return sets;
    }

    private static T Registered<T>(T synchronizer, Func<T, IDisposable> register)
    {
        register(synchronizer);
        return synchronizer;
    }

    /// <summary>The definition: of all sets with the pivot the cheapest, the earliest of equals; then on with what lies behind it.</summary>
    private static List<long[]> BestSets(long[][] stamps, double endWeight, long longest)
    {
        var sets = new List<long[]>();
        long[][] left = stamps;
        while (Array.TrueForAll(left, list => list.Length > 0))
        {
            long start = left.Min(list => list[0]);
            long end = left.Max(list => list[0]);
            if (end - start > longest)
            {
                int first = Array.FindIndex(left, list => list[0] == start);
                left = [.. left.Select((list, i) => i == first ? list[1..] : list)];
                continue;
            }

            int pivot = Array.FindLastIndex(left, list => list[0] == end);
            int[] best = (from a in Enumerable.Range(0, pivot == 0 ? 1 : left[0].Length)
                          from b in Enumerable.Range(0, pivot == 1 ? 1 : left[1].Length)
                          from c in Enumerable.Range(0, pivot == 2 ? 1 : left[2].Length)
                          let set = new[] { left[0][a], left[1][b], left[2][c] }
                          orderby (set.Max() * endWeight) - set.Min(), set.Min(), a, b, c
                          select new[] { a, b, c }).First();
            sets.Add([.. left.Select((list, i) => list[best[i]])]);
            left = [.. left.Select((list, i) => list[(best[i] + 1)..])];
        }

        return sets;
    }

    private sealed class SetComparer : IEqualityComparer<long[]>
    {
        public bool Equals(long[]? x, long[]? y) => x!.SequenceEqual(y!);

        public int GetHashCode(long[] obj) => obj.Length;
    }

    private sealed class RandomDelays(ulong seed) : ILinkModel
    {
        private readonly Random _random = new((int)seed);

        public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs) => new(true, _random.NextInt64(0, Ms(200)));
    }
}
