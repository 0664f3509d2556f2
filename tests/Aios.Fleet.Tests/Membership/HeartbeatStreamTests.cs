using Aios.Numerics;

namespace Aios.Fleet.Tests.Membership;

public class HeartbeatStreamTests
{
    private static readonly FailureDetectorOptions Options = new();

    [Trait("Requirement", "SAF-FLEET-001")]
    [Theory]
    [InlineData(0.0, 0.9, 1.2)]
    [InlineData(0.1, 1.5, 2.0)]
    [InlineData(0.2, 2.0, 3.0)]
    [InlineData(0.3, 2.7, 3.8)]
    [InlineData(0.4, 3.4, 5.0)]
    public void Phi_SenderFallsSilent_CrossesTheThresholdInTime(double loss, double medianS, double p99S)
    {
        const int Trials = 1000;
        var times = new List<double>();
        for (int trial = 0; trial < Trials; trial++)
        {
            times.Add(LinkSimulation.DetectionTimeS(Options, loss, SeededRandom.ForStream((ulong)trial, "detection")));
        }

        times.Sort();
        Assert.True(times[Trials / 2] <= medianS, $"median {times[Trials / 2]} s");
        Assert.True(times[Trials * 99 / 100] <= p99S, $"p99 {times[Trials * 99 / 100]} s");
    }

    [Trait("Requirement", "SAF-FLEET-002")]
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Phi_LossyButAliveSender_AtMostOneFalseSuspicionInAMillionIntervals(double loss) =>
        Assert.InRange(LinkSimulation.FalseSuspicions(Options, loss, 1_000_000, new SeededRandom(11)), 0, 1);

    [Fact]
    public void Phi_BurstyLoss_RarelySuspects()
    {
        // Mean burst of four at 20 % loss: a plain loss model would suspect ten thousand times as often.
        long count = LinkSimulation.FalseSuspicions(
            Options, new BurstLoss(0.0625, 0.75), 200_000, SeededRandom.ForStream(5, "burst"));

        Assert.InRange(count, 0, 20);
    }

    [Fact]
    public void Phi_NothingHeardOrNothingOverdue_IsZero()
    {
        var stream = new HeartbeatStream(Options);
        Assert.Equal(0, stream.Phi(1_000_000_000_000));
        stream.Observe(1, 1, 0);

        Assert.True(stream.Phi(0) < 0.2);
        Assert.True(stream.Phi(long.MaxValue / 2) > 15);
    }

    [Fact]
    public void Phi_SilenceGrows_NeverFalls()
    {
        var stream = new HeartbeatStream(Options);
        for (ulong i = 1; i < 50; i++)
        {
            stream.Observe(1, i, (long)i * Options.PeriodNs);
        }

        double before = 0;
        for (long t = 49 * Options.PeriodNs; t < 70 * Options.PeriodNs; t += Options.PeriodNs / 10)
        {
            double phi = stream.Phi(t);
            Assert.True(phi >= before - 1e-9);
            before = phi;
        }
    }

    [Fact]
    public void Observe_DuplicateOldOrFormerIncarnation_IsNoNews()
    {
        var stream = new HeartbeatStream(Options);
        Assert.True(stream.Observe(2, 5, 100));
        Assert.False(stream.Observe(2, 5, 200));
        Assert.False(stream.Observe(2, 4, 300));
        Assert.False(stream.Observe(1, 900, 400));
        Assert.Equal(100, stream.LastArrivalNs);
    }

    [Fact]
    public void Observe_Restart_CountsFromTheNewIncarnation()
    {
        var stream = new HeartbeatStream(Options);
        stream.Observe(1, 1000, 100);

        Assert.True(stream.Observe(2, 1, 200));

        Assert.Equal((2u, 1UL), (stream.Incarnation, stream.Sequence));
    }

    [Fact]
    public void Observe_LongOutage_DoesNotCountAsLoss()
    {
        var stream = new HeartbeatStream(Options);
        for (ulong i = 1; i <= 600; i++)
        {
            stream.Observe(1, i, (long)i * Options.PeriodNs);
        }

        stream.Observe(1, 1200, 1200 * Options.PeriodNs);

        Assert.True(stream.Loss < 0.25, $"loss {stream.Loss}");
    }

    [Fact]
    public void Observe_SteadyLoss_IsEstimated()
    {
        var stream = new HeartbeatStream(new FailureDetectorOptions { FastWindow = 500 });
        var random = new SeededRandom(3);
        for (ulong i = 1; i <= 5000; i++)
        {
            if (random.NextDouble() >= 0.3)
            {
                stream.Observe(1, i, (long)i * Options.PeriodNs);
            }
        }

        Assert.InRange(stream.Loss, 0.25, 0.35);
    }

    [Trait("Requirement", "SAF-FLEET-005")]
    [Theory]
    [InlineData(1u, 110UL, true)]
    [InlineData(1u, 117UL, false)]
    [InlineData(1u, ulong.MaxValue, false)]
    [InlineData(2u, 3UL, true)]
    [InlineData(3u, 3UL, false)]
    [InlineData(0u, 3UL, true)]
    public void IsPlausible_SecondHandNumber_IsBoundedByTime(uint incarnation, ulong sequence, bool plausible)
    {
        var stream = new HeartbeatStream(Options);
        stream.Observe(1, 100, 0);

        Assert.Equal(plausible, stream.IsPlausible(incarnation, sequence, 0));
        Assert.True(stream.IsPlausible(1, 150, 40 * Options.PeriodNs));
    }

    [Fact]
    public void Validate_EachBound_IsReported()
    {
        var bad = new FailureDetectorOptions
        {
            PeriodNs = 0, SuspicionThreshold = double.NaN, DeclareLostAfterNs = -1, FastWindow = 1, SlowWindow = double.NaN,
            LeastLoss = 0, MostLoss = 1, PriorLoss = -1, PriorWeight = 0, OutageGap = 0, LeastDelayDeviationNs = 0,
        };

        Assert.Equal(11, bad.Validate().Count);
        Assert.Empty(Options.Validate());
    }
}
