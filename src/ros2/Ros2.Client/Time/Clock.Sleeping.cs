namespace ROS2;

/// <content>Sleeping.</content>
public sealed partial class Clock
{
    /// <summary>
    /// Blocks this thread until a time has come on this clock. On simulated time another thread must spin, or time stands
    /// still. A jump ahead of the time ends the sleep, one back prolongs it.
    /// </summary>
    /// <param name="timeNs">Nanoseconds on this clock; returns at once if past.</param>
    /// <param name="cancellationToken">Ends the sleep; for instance that of <see cref="RosContext.GetShutdownToken"/>.</param>
    /// <returns>False if it was ended before, or the clock changed between system and simulated time.</returns>
    /// <exception cref="NotSupportedException">A scheduler drives the transport: it would stand still. Use a timer.</exception>
    public bool SleepUntil(long timeNs, CancellationToken cancellationToken = default)
    {
        if (Scheduler is { IsVirtual: true })
        {
            throw new NotSupportedException("a scheduler drives this clock, and a thread that sleeps would stop it: use a timer");
        }

        bool wasSimulated = RosTimeIsActive;
        using var jumped = new SemaphoreSlim(0);
        var anyJump = new JumpThreshold(true, TimeSpan.FromTicks(1), TimeSpan.FromTicks(-1));
        using IDisposable registration = CreateJumpCallback(anyJump, null, _ => jumped.Release());
        try
        {
            while (!cancellationToken.IsCancellationRequested && RosTimeIsActive == wasSimulated)
            {
                long leftNs = timeNs - NowNanoseconds;
                if (leftNs <= 0)
                {
                    return true;
                }

                long leftMs = Math.Min(int.MaxValue, (leftNs + 999_999) / 1_000_000);
                jumped.Wait(wasSimulated ? Timeout.Infinite : (int)leftMs, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return false;
    }

    /// <summary>Whether time has begun: false while simulated time is in use and none has come.</summary>
    public bool IsStarted => NowNanoseconds != 0;

    /// <summary>Blocks this thread until time has begun. Another thread must spin meanwhile.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False if it was ended before.</returns>
    /// <exception cref="NotSupportedException">A scheduler drives the transport: it would stand still.</exception>
    public bool WaitUntilStarted(CancellationToken cancellationToken = default)
    {
        while (!IsStarted && !cancellationToken.IsCancellationRequested)
        {
            SleepUntil(1, cancellationToken); // comes back as well when the clock changes its source
        }

        return IsStarted;
    }

    /// <summary>Blocks this thread for a duration on this clock.</summary>
    /// <inheritdoc cref="SleepUntil"/>
    public bool SleepFor(TimeSpan duration, CancellationToken cancellationToken = default) =>
        SleepUntil(NowNanoseconds + Nanoseconds.From(duration), cancellationToken);
}

/// <summary>
/// Sleeps so that a loop keeps a rate, on a clock; rclcpp's <c>Rate</c>. For one thread. A loop of callbacks is better off
/// with a timer.
/// </summary>
public sealed class Rate
{
    private readonly CancellationToken _end;
    private long _lastNs;

    /// <summary>For a period.</summary>
    /// <param name="period">Time between two wake-ups; positive.</param>
    /// <param name="clock">Measures it; see <see cref="Clock.SleepUntil"/>.</param>
    /// <param name="cancellationToken">Ends every sleep.</param>
    public Rate(TimeSpan period, Clock clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        (Period, Clock, _end) = (period, clock, cancellationToken);
        Reset();
    }

    /// <summary>For a frequency in Hz, positive.</summary>
    /// <inheritdoc cref="Rate(TimeSpan, Clock, CancellationToken)"/>
    public Rate(double frequency, Clock clock, CancellationToken cancellationToken = default)
        : this(PeriodOf(frequency), clock, cancellationToken)
    {
    }

    /// <summary>Time between two wake-ups.</summary>
    public TimeSpan Period { get; }

    /// <summary>Measures it.</summary>
    public Clock Clock { get; }

    /// <summary>Sleeps for the rest of the period.</summary>
    /// <returns>
    /// False without sleeping when the period was over already; one that is more than a whole period late starts anew from now.
    /// </returns>
    public bool Sleep()
    {
        long periodNs = Nanoseconds.From(Period);
        long nowNs = Clock.NowNanoseconds;
        long nextNs = (nowNs < _lastNs ? nowNs : _lastNs) + periodNs;
        _lastNs = nextNs;
        if (nextNs > nowNs)
        {
            return Clock.SleepUntil(nextNs, _end);
        }

        if (nowNs > nextNs + periodNs)
        {
            _lastNs = nowNs + periodNs;
        }

        return false;
    }

    /// <summary>Begins a period now.</summary>
    public void Reset() => _lastNs = Clock.NowNanoseconds;

    private static TimeSpan PeriodOf(double frequency) => frequency > 0 && frequency <= TimeSpan.TicksPerSecond
        ? TimeSpan.FromSeconds(1 / frequency)
        : throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "a rate must be greater than 0 and at most 10 MHz");
}
