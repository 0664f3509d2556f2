using System.Diagnostics;
using Aios.Fleet;
using Aios.Numerics;

namespace Aios.Cli.Benchmarks;

/// <summary>Failure detection over one lossy link, without help by third rovers: the worst case.</summary>
/// <param name="Detector"><c>phi</c> or a fixed time-out such as <c>2 s</c>.</param>
/// <param name="Loss">Part of the heartbeats lost.</param>
/// <param name="MedianS">Median time from the death, at any time between two heartbeats, to suspicion, s.</param>
/// <param name="P99S">99th percentile of it, s.</param>
/// <param name="FalsePerMillion">False suspicions per 10⁶ heartbeat intervals.</param>
internal sealed record DetectionBenchmark(string Detector, double Loss, double MedianS, double P99S, double FalsePerMillion)
{
    /// <summary>Silences per point of the full measurement.</summary>
    public const int FullTrials = 1000;

    /// <summary>Heartbeat intervals per point of the full measurement.</summary>
    public const int FullIntervals = 1_000_000;

    /// <summary>Times of <see cref="Suspected"/>, s of silence.</summary>
    public static readonly IReadOnlyList<double> Silences = [.. Enumerable.Range(0, 17).Select(i => 0.25 * i)];

    private const long PeriodNs = 200_000_000;
    private const long TickNs = 100_000_000;
    private const int WarmUp = 600;
    private static readonly double[] Losses = [0, 0.1, 0.2, 0.3, 0.4];
    private static readonly double[] Timeouts = [1, 2, 4];

    /// <summary>Part of the silences that are suspected by each of <see cref="Silences"/>, 0..1.</summary>
    public IReadOnlyList<double> Suspected { get; init; } = [];

    /// <summary>The whole curve.</summary>
    /// <param name="trials">Silences per point.</param>
    /// <param name="intervals">Heartbeat intervals per point for the count of false suspicions.</param>
    public static IReadOnlyList<DetectionBenchmark> Measure(int trials, int intervals)
    {
        var points = new List<DetectionBenchmark>();
        foreach (var loss in Losses)
        {
            points.Add(Phi(loss, trials, intervals));
            points.AddRange(Timeouts.Select(timeout => Fixed(timeout, loss, trials, intervals)));
        }

        return points;
    }

    /// <summary>CPU time over mission time of one rover that watches nine others, each heard at 10 % loss.</summary>
    public static double CpuShare(double seconds)
    {
        var roster = Enumerable.Range(1, 10).Select(i => $"rover_{i}").ToArray();
        var membership = new FleetMembership("rover_1", roster, new FailureDetectorOptions(), 0);
        var random = SeededRandom.ForStream(3, "cpu");
        var heartbeat = new Heartbeat();
        foreach (var name in roster)
        {
            heartbeat.Peers.Add(new PeerKnowledge(name, PeerState.Alive, 1, 1, 0.1f, 0));
        }

        var watch = Stopwatch.StartNew();
        for (long now = TickNs; now < seconds * 1e9; now += TickNs)
        {
            for (var i = 1; now % PeriodNs == 0 && i < roster.Length; i++)
            {
                (heartbeat.Rover, heartbeat.Incarnation, heartbeat.Sequence) = (roster[i], 1, (ulong)(now / PeriodNs));
                if (!random.NextBool(0.1))
                {
                    membership.OnHeartbeat(heartbeat, now);
                }
            }

            membership.Tick(now);
        }

        return watch.Elapsed.TotalSeconds / seconds;
    }

    private static DetectionBenchmark Phi(double loss, int trials, int intervals)
    {
        var random = SeededRandom.ForStream(1, FormattableString.Invariant($"phi/{loss}"));
        var link = new Link(random, loss);
        link.Run(1500);
        var before = link.Suspicions;
        link.Run(intervals);
        var wrong = link.Suspicions - before;
        var times = new List<double>();
        for (var i = 0; i < trials; i++)
        {
            var fresh = new Link(random, loss);
            fresh.Run(WarmUp + random.NextInt(50));
            times.Add(fresh.Silence());
        }

        return Point("phi", loss, times, wrong, intervals);
    }

    private static DetectionBenchmark Fixed(double timeoutS, double loss, int trials, int intervals)
    {
        var random = SeededRandom.ForStream(1, FormattableString.Invariant($"fixed/{timeoutS}/{loss}"));
        var most = (int)Math.Floor(timeoutS * 1e9 / PeriodNs);
        long wrong = 0;
        var missed = 0;
        for (var i = 0; i < intervals; i++)
        {
            missed = random.NextBool(loss) ? missed + 1 : 0;
            wrong += missed == most ? 1 : 0;
        }

        var times = new List<double>();
        for (var i = 0; i < trials; i++)
        {
            var lost = 0;
            while (random.NextBool(loss) && lost < most)
            {
                lost++;
            }

            var afterLast = Math.Ceiling((timeoutS - (lost * PeriodNs * 1e-9)) / (TickNs * 1e-9)) * TickNs * 1e-9;
            times.Add(Math.Max(0, afterLast - (random.NextDouble() * PeriodNs * 1e-9)));
        }

        return Point(FormattableString.Invariant($"{timeoutS} s"), loss, times, wrong, intervals);
    }

    private static DetectionBenchmark Point(string detector, double loss, List<double> times, long wrong, int intervals)
    {
        times.Sort();
        return new DetectionBenchmark(detector, loss, times[times.Count / 2], times[(int)(0.99 * (times.Count - 1))], wrong * 1e6 / intervals)
        {
            Suspected = [.. Silences.Select(silence => times.Count(time => time <= silence) / (double)times.Count)],
        };
    }

    /// <summary>One rover that hears another over a link.</summary>
    private sealed class Link(SeededRandom random, double loss)
    {
        private readonly FleetMembership _membership = new("a", ["a", "b"], new FailureDetectorOptions(), 0);
        private readonly Heartbeat _heartbeat = new() { Rover = "b", Incarnation = 1 };
        private long _nowNs;

        public long Suspicions { get; private set; }

        public void Run(int intervals)
        {
            for (var i = 0; i < intervals; i++)
            {
                _heartbeat.Sequence++;
                _nowNs += PeriodNs / 2;
                _membership.Tick(_nowNs);
                _nowNs += PeriodNs / 2;
                if (!random.NextBool(loss))
                {
                    _membership.OnHeartbeat(_heartbeat, _nowNs + random.NextInt(10_000_000));
                }

                _membership.Tick(_nowNs + 20_000_000);
                Count();
            }
        }

        /// <summary>Time from the death, at any time within a period, until the other is suspected, s.</summary>
        public double Silence()
        {
            var start = _nowNs + (long)(random.NextDouble() * PeriodNs);
            while (_membership.Members[1].State == PeerState.Alive)
            {
                _nowNs += TickNs;
                _membership.Tick(_nowNs);
            }

            Count();
            return (_nowNs - start) * 1e-9;
        }

        private void Count()
        {
            while (_membership.TryTakeChange(out var change))
            {
                Suspicions += change.To == PeerState.Suspected ? 1 : 0;
            }
        }
    }
}
