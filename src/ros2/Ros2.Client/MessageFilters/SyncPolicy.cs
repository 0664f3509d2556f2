using ROS2.MessageFilters.Matching;

namespace ROS2.MessageFilters;

/// <summary>How a <see cref="Synchronizer"/> finds the messages that belong together. Immutable; may serve several.</summary>
public abstract record SyncPolicy
{
    private protected SyncPolicy()
    {
    }

    /// <summary>For types without header: their messages count as of their arrival on this clock.</summary>
    /// <value>Default null: such types are refused.</value>
    public Clock? ArrivalClock { get; init; }

    /// <summary>Whether stamps matter at all.</summary>
    internal virtual bool UsesStamps => true;

    /// <summary>Makes what matches for one synchronizer.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal abstract SetMatcher CreateMatcher(int inputs);
}

/// <summary>Messages with the same stamp, to the nanosecond: message_filters' TimeSynchronizer.</summary>
/// <param name="QueueSize">Sets that may wait for their missing messages; one more drops the oldest. 0 for no bound.</param>
public sealed record ExactTime(int QueueSize) : SyncPolicy
{
    internal override SetMatcher CreateMatcher(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(QueueSize);
        return new ExactMatcher(inputs, QueueSize);
    }
}

/// <summary>
/// Sets whose stamps lie close together, message_filters' ApproximateTime: it needs no bound on how close. Of all sets with the
/// message that comes latest among the oldest unused ones of each input (the pivot) it takes the one that spans the
/// least time. Sets neither share messages nor overtake each other, and which they are depends on stamps alone, not on the
/// order of arrival, as long as each input is in order and the queue does not overflow. See http://wiki.ros.org/message_filters/ApproximateTime.
/// </summary>
/// <param name="QueueSize">Messages of each input that may wait, at least 1; 2 and more are of use. One more drops the oldest.</param>
public sealed record ApproximateTime(int QueueSize) : SyncPolicy
{
    /// <summary>How much later sets must be better: their end counts 1 + this much.</summary>
    /// <value>Default 0.1; not negative.</value>
    public double AgePenalty { get; init; } = 0.1;

    /// <summary>Sets that span more time are not made.</summary>
    /// <value>Default 2³¹ s, the most.</value>
    public TimeSpan MaxIntervalDuration { get; init; } = ApproximateMatcher.LongestDuration;

    /// <summary>
    /// Least time between two messages of each input, from what the program knows of its rates: sets come out earlier, because
    /// no better one can follow. Zero says nothing.
    /// </summary>
    /// <value>Default none; else one for each input, 0 to 2³¹ s.</value>
    public IReadOnlyList<TimeSpan> InterMessageLowerBounds { get; init; } = [];

    /// <summary>Warned once for each input whose messages come out of order, or closer than their bound.</summary>
    /// <value>Default null: nobody is.</value>
    public Logger? Logger { get; init; }

    internal override SetMatcher CreateMatcher(int inputs) => new ApproximateMatcher(inputs, this);
}

/// <summary>
/// Takes the oldest message of each input as soon as all lie within a time of the oldest of them; else drops the oldest, with those
/// within that time of it.
/// </summary>
/// <param name="QueueSize">Messages of each input that may wait, at least 1.</param>
/// <param name="Epsilon">The most time a set may span, not negative.</param>
public sealed record ApproximateEpsilonTime(int QueueSize, TimeSpan Epsilon) : SyncPolicy
{
    internal override SetMatcher CreateMatcher(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epsilon, TimeSpan.Zero);
        return new EpsilonMatcher(inputs, QueueSize, Nanoseconds.From(Epsilon));
    }
}

/// <summary>
/// What Python's ApproximateTimeSynchronizer does: a message that comes makes a set at once if each other input has one nearby.
/// Nearer ones are tried first; the first combination wins, not the best of those to come.
/// </summary>
/// <param name="QueueSize">Messages of each input that may wait, at least 1; one more drops the one of the oldest stamp.</param>
/// <param name="Slop">A set spans less time than this.</param>
public sealed record ApproximateSlop(int QueueSize, TimeSpan Slop) : SyncPolicy
{
    internal override SetMatcher CreateMatcher(int inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(Slop, TimeSpan.Zero);
        return new SlopMatcher(inputs, QueueSize, Nanoseconds.From(Slop));
    }
}

/// <summary>
/// A set for each message of the fastest input, with the latest of the others; stamps do not matter. Rates are measured as
/// messages arrive. While the fastest input is late the next fastest takes its place. Sets begin once each input
/// brought a message and the fastest a rate.
/// </summary>
/// <param name="Clock">Measures the rates; a node's, to follow simulated time.</param>
public sealed record LatestTime(Clock Clock) : SyncPolicy
{
    /// <summary>How rates are averaged: one for all inputs or one for each.</summary>
    /// <value>Default none: <see cref="RateConfig.Default"/> for all.</value>
    public IReadOnlyList<RateConfig> RateConfigs { get; init; } = [];

    internal override bool UsesStamps => false;

    internal override SetMatcher CreateMatcher(int inputs)
    {
        ArgumentNullException.ThrowIfNull(Clock);
        if (RateConfigs.Count > 1 && RateConfigs.Count != inputs)
        {
            throw new ArgumentException($"{RateConfigs.Count} configurations of rates were given, expected one or {inputs}, one for each input");
        }

        return new LatestMatcher(inputs, this);
    }
}

/// <summary>How <see cref="LatestTime"/> averages the rate of an input.</summary>
/// <param name="RateEmaAlpha">Weight of the newest rate, 0 to 1.</param>
/// <param name="ErrorEmaAlpha">Weight of the newest deviation from the rate, 0 to 1.</param>
/// <param name="RateStepChangeMarginFactor">A deviation of this many times the mean begins a new average.</param>
public readonly record struct RateConfig(double RateEmaAlpha, double ErrorEmaAlpha, double RateStepChangeMarginFactor)
{
    /// <summary>0.9, 0.3 and 10.</summary>
    public static RateConfig Default { get; } = new(0.9, 0.3, 10.0);
}
