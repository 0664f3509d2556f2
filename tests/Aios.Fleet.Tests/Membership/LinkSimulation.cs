using Aios.Numerics;

namespace Aios.Fleet.Tests.Membership;

/// <summary>Loss as a two-state Markov chain.</summary>
internal readonly record struct BurstLoss(double LossAfterArrival, double LossAfterLoss);

/// <summary>One sender, one receiver, one lossy link with 20 to 60 ms of delay; virtual time, fixed seeds.</summary>
internal static class LinkSimulation
{
    private const int TicksPerPeriod = 2;

    public static double DetectionTimeS(FailureDetectorOptions options, double loss, SeededRandom random)
    {
        var stream = new HeartbeatStream(options);
        int beats = 100 + random.NextInt(900);
        long deathNs = (long)((beats + random.NextDouble()) * options.PeriodNs);
        for (int i = 1; i <= beats; i++)
        {
            if (random.NextDouble() >= loss)
            {
                stream.Observe(1, (ulong)i, (i * options.PeriodNs) + Delay(random));
            }
        }

        long now = deathNs;
        while (stream.Phi(now) < options.SuspicionThreshold)
        {
            now += options.PeriodNs / TicksPerPeriod;
        }

        return (now - deathNs) * 1e-9;
    }

    public static long FalseSuspicions(FailureDetectorOptions options, double loss, int intervals, SeededRandom random) =>
        FalseSuspicions(options, new BurstLoss(loss, loss), intervals, random);

    public static long FalseSuspicions(FailureDetectorOptions options, BurstLoss loss, int intervals, SeededRandom random)
    {
        var stream = new HeartbeatStream(options);
        long suspicions = 0;
        bool suspected = false, lost = false;
        for (long i = 1; i <= intervals; i++)
        {
            for (int tick = 0; tick < TicksPerPeriod; tick++)
            {
                bool suspects = stream.Phi((i * options.PeriodNs) + (tick * options.PeriodNs / TicksPerPeriod))
                    >= options.SuspicionThreshold;
                suspicions += suspects && !suspected ? 1 : 0;
                suspected = suspects;
            }

            lost = random.NextDouble() < (lost ? loss.LossAfterLoss : loss.LossAfterArrival);
            if (!lost)
            {
                stream.Observe(1, (ulong)i, (i * options.PeriodNs) + Delay(random));
            }
        }

        return suspicions;
    }

    private static long Delay(SeededRandom random) => 20_000_000 + (long)(random.NextDouble() * 40e6);
}
