namespace Aios.Fleet;

/// <summary>Tuning of failure detection. Immutable; the same on all rovers.</summary>
public sealed record FailureDetectorOptions
{
    /// <value>Time between two heartbeats of a rover, ns.</value>
    public long PeriodNs { get; init; } = 200_000_000;

    /// <value>
    /// Suspicion level φ at which a rover counts as suspected: the believed probability that it is alive and merely
    /// unlucky is 10^-φ. 6.4 gives at most one false suspicion in 10⁶ heartbeat intervals.
    /// </value>
    public double SuspicionThreshold { get; init; } = 6.4;

    /// <value>How long suspicion must last before this rover asks the fleet to declare the peer lost, ns.</value>
    public long DeclareLostAfterNs { get; init; } = 3_000_000_000;

    /// <value>Heartbeats over which the slow loss estimate forgets.</value>
    public double SlowWindow { get; init; } = 500;

    /// <value>Heartbeats over which the fast loss estimate forgets; the greater of both estimates counts.</value>
    public double FastWindow { get; init; } = 60;

    /// <value>Loss believed before anything is measured, with the weight <see cref="PriorWeight"/>.</value>
    public double PriorLoss { get; init; } = 0.25;

    /// <value>Heartbeats that the prior weighs.</value>
    public double PriorWeight { get; init; } = 10;

    /// <value>Loss never believed to be less than this.</value>
    public double LeastLoss { get; init; } = 0.02;

    /// <value>Loss never believed to be more than this, which bounds the time to suspicion.</value>
    public double MostLoss { get; init; } = 0.6;

    /// <value>Longest gap, in heartbeats, that counts as loss; beyond it the link was down, which says nothing of its loss when up.</value>
    public int OutageGap { get; init; } = 12;

    /// <value>Least standard deviation of the delay, ns.</value>
    public long LeastDelayDeviationNs { get; init; } = 5_000_000;

    /// <summary>Checks every bound; one message per broken one.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Require(errors, PeriodNs is > 0 and <= 60_000_000_000, nameof(PeriodNs), "1 to 6e10 ns");
        Require(errors, SuspicionThreshold is > 0 and <= 100, nameof(SuspicionThreshold), "above 0 up to 100");
        Require(errors, DeclareLostAfterNs >= 0, nameof(DeclareLostAfterNs), "0 ns or more");
        Require(errors, FastWindow is >= 2 and <= 1e6, nameof(FastWindow), "2 to 1e6");
        Require(errors, SlowWindow >= FastWindow && SlowWindow <= 1e6, nameof(SlowWindow), "FastWindow to 1e6");
        Require(errors, LeastLoss is > 0 and < 1, nameof(LeastLoss), "between 0 and 1");
        Require(errors, MostLoss >= LeastLoss && MostLoss < 1, nameof(MostLoss), "LeastLoss to below 1");
        Require(errors, PriorLoss is >= 0 and < 1, nameof(PriorLoss), "0 to below 1");
        Require(errors, PriorWeight is > 0 and <= 1e6, nameof(PriorWeight), "above 0 up to 1e6");
        Require(errors, OutageGap is >= 1 and <= 1000, nameof(OutageGap), "1 to 1000");
        Require(errors, LeastDelayDeviationNs is > 0 and <= 10_000_000_000, nameof(LeastDelayDeviationNs), "1 to 1e10 ns");
        return errors;
    }

    private static void Require(List<string> errors, bool holds, string name, string expected)
    {
        if (!holds)
        {
            errors.Add($"{name} is out of range, expected {expected}");
        }
    }
}
