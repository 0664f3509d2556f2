using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Calls back periodically on its clock. A timer that is late calls once and goes on with the next whole period, as rcl's
/// timers do; on virtual time it is never late. Methods may be called from any thread on a threaded transport.
/// </summary>
public sealed class Timer : IDisposable
{
    private readonly Action<TimeSpan> _callback;
    private readonly TimerScheduler _scheduler;

    internal Timer(
        Node node, Clock clock, TimerScheduler scheduler, long periodNs, Action<TimeSpan> callback, CallbackGroup group)
    {
        Node = node;
        Clock = clock;
        PeriodNs = periodNs;
        _scheduler = scheduler;
        _callback = callback;
        Job = new TimerJob(this, group);
    }

    /// <summary>Time between two calls.</summary>
    public TimeSpan Period => Nanoseconds.ToTimeSpan(PeriodNs);

    /// <summary>Whether <see cref="Cancel"/> was called and <see cref="Reset"/> was not since.</summary>
    public bool IsCanceled => _scheduler.IsCanceled(this);

    /// <summary>Whether the next call is due.</summary>
    public bool IsReady => !IsCanceled && (Job.IsQueued || NextCallNs <= Clock.NowNanoseconds);

    /// <summary>Time until the next call, negative if due; <see cref="TimeSpan.MaxValue"/> if canceled.</summary>
    public TimeSpan TimeUntilNextCall =>
        IsCanceled ? TimeSpan.MaxValue : Nanoseconds.ToTimeSpan(NextCallNs - Clock.NowNanoseconds);

    internal Node Node { get; }

    internal Clock Clock { get; }

    /// <summary>What the executor runs when the timer is due.</summary>
    internal Executable Job { get; }

    internal long Number { get; init; }

    internal long PeriodNs { get; }

    /// <summary>Place in its queue; -1 while in none. Under the scheduler's lock.</summary>
    internal int HeapIndex { get; set; } = -1;

    /// <summary>The queue it belongs to while not canceled. Under the scheduler's lock.</summary>
    internal TimerQueue? Queue { get; set; }

    /// <summary>When the call that was taken was due. Under the scheduler's lock.</summary>
    internal long DueNs { get; set; }

    /// <summary>Time of the next call on <see cref="Clock"/>. Under the scheduler's lock.</summary>
    internal long NextCallNs { get; set; }

    /// <summary>Time of the last call, or of creation. Under the scheduler's lock.</summary>
    internal long LastCallNs { get; set; }

    /// <summary>The executor's pass that called it last. Under the scheduler's lock.</summary>
    internal long LastPass { get; set; }

    /// <summary>Time since the last call, or since creation.</summary>
    public TimeSpan TimeSinceLastCall => Nanoseconds.ToTimeSpan(Clock.NowNanoseconds - LastCallNs);

    /// <summary>When the last call was due and when it came; for the callback. Zero before the first call.</summary>
    public TimerCallInfo LastCall { get; internal set; }

    /// <summary>Stops the timer; it keeps existing.</summary>
    public void Cancel() => _scheduler.Cancel(this);

    /// <summary>
    /// Starts anew: the next call comes one period from now, also after <see cref="Cancel"/> or without autostart. The time its
    /// callback is given still counts from the last call.
    /// </summary>
    public void Reset() => _scheduler.Start(this);

    /// <summary>Stops the timer and removes it from its node.</summary>
    public void Dispose()
    {
        Cancel();
        Node.Remove(this);
    }

    private sealed class TimerJob(Timer timer, CallbackGroup group) : Executable(timer.Node, group)
    {
        public override ExecutionOrder Order => ExecutionOrder.Timer;

        public override bool HasQueue => false;

        public override int Execute(Readiness what, int maxCallbacks)
        {
            if (!timer._scheduler.TryBeginCall(timer, out long elapsedNs))
            {
                return 0;
            }

            timer._callback(Nanoseconds.ToTimeSpan(elapsedNs));
            return 1;
        }
    }
}

/// <summary>When a call of a timer was due and when it came, nanoseconds on the timer's clock.</summary>
/// <param name="ExpectedNs">When it was due.</param>
/// <param name="ActualNs">When it came.</param>
public readonly record struct TimerCallInfo(long ExpectedNs, long ActualNs);
