using ROS2.Transport;

namespace ROS2;

/// <summary>
/// A source of time. A node's clock is of type <see cref="ClockType.RosTime"/>: system time of the transport (virtual time
/// on the simulated bus), or the time of <c>/clock</c> once the node's parameter <c>use_sim_time</c> is true.
/// Reading is safe from any thread and does not allocate.
/// </summary>
public sealed partial class Clock
{
    private readonly ITransportClock _source;
    private readonly Lock _gate = new();
    private readonly List<JumpHandler> _handlers = [];
    private long _rosTimeNs;
    private volatile bool _rosTimeIsActive;

    internal Clock(ITransportClock source, ClockType type, TimerScheduler? timers = null)
    {
        _source = source;
        Type = type;
        Scheduler = timers;
        RosTimers = new TimerQueue();
    }

    /// <summary>The source of this clock's time.</summary>
    public ClockType Type { get; }

    /// <summary>
    /// The time in nanoseconds: since 1970 for system time, since the start of the simulation for simulated time, 0 while
    /// simulated time is in use and none has been received.
    /// </summary>
    public long NowNanoseconds => Type switch
    {
        ClockType.SteadyTime => _source.SteadyNowNs,
        ClockType.RosTime when _rosTimeIsActive => Interlocked.Read(ref _rosTimeNs),
        _ => _source.SystemNowNs,
    };

    /// <summary>Whether this clock follows <c>/clock</c> now.</summary>
    public bool RosTimeIsActive => _rosTimeIsActive;

    /// <summary>The last time of <c>/clock</c>, whether in use or not; 0 before the first.</summary>
    internal long SimulatedNowNs => Interlocked.Read(ref _rosTimeNs);

    /// <summary>Whether timers wait for the first simulated time. Under the scheduler's lock.</summary>
    internal bool HasTimersWithoutTime { get; set; }

    /// <summary>Timers that wait for simulated time on this clock.</summary>
    internal TimerQueue RosTimers { get; }

    internal TimerScheduler? Scheduler { get; }

    /// <summary>
    /// Registers callbacks for jumps of this clock. They run on the thread that sets the clock, the executor's for
    /// <c>/clock</c>; what they throw is ignored, so that one of them cannot stop time.
    /// </summary>
    /// <param name="threshold">Which jumps.</param>
    /// <param name="preJumpCallback">Before the new time is set; may be null.</param>
    /// <param name="postJumpCallback">After the new time is set; may be null.</param>
    /// <returns>Dispose it to remove the callbacks; twice does no harm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A bound has the wrong sign.</exception>
    public IDisposable CreateJumpCallback(
        JumpThreshold threshold, PreJumpCallback? preJumpCallback, PostJumpCallback? postJumpCallback)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threshold.MinForward, TimeSpan.Zero, nameof(threshold));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold.MinBackward, TimeSpan.Zero, nameof(threshold));
        var handler = new JumpHandler(this, threshold, preJumpCallback, postJumpCallback);
        lock (_gate)
        {
            _handlers.Add(handler);
        }

        return handler;
    }

    internal void EnableRosTimeOverride()
    {
        if (Type == ClockType.RosTime && !_rosTimeIsActive)
        {
            Jump(ClockChange.RosTimeActivated, 0, () => _rosTimeIsActive = true);
            Scheduler?.OnRosTimeSwitched(this);
        }
    }

    internal void DisableRosTimeOverride()
    {
        if (_rosTimeIsActive)
        {
            Jump(ClockChange.RosTimeDeactivated, 0, () => _rosTimeIsActive = false);
            Scheduler?.OnRosTimeSwitched(this);
        }
    }

    internal void SetRosTimeOverride(long timeNs)
    {
        if (!_rosTimeIsActive)
        {
            Interlocked.Exchange(ref _rosTimeNs, timeNs);
            return;
        }

        long delta = timeNs - Interlocked.Read(ref _rosTimeNs);
        if (_handlers.Count == 0)
        {
            Interlocked.Exchange(ref _rosTimeNs, timeNs);
        }
        else
        {
            JumpTo(timeNs, delta);
        }

        Scheduler?.OnRosTimeSet(this, delta < 0);
    }

    /// <summary>Apart from its caller so that the closure is made only when somebody listens.</summary>
    private void JumpTo(long timeNs, long delta) =>
        Jump(ClockChange.RosTimeNoChange, delta, () => Interlocked.Exchange(ref _rosTimeNs, timeNs));

    private void Jump(ClockChange change, long deltaNs, Action apply)
    {
        JumpHandler[] interested;
        lock (_gate)
        {
            interested = [.. _handlers.Where(h => h.Wants(change, deltaNs))];
        }

        foreach (JumpHandler handler in interested)
        {
            handler.Before();
        }

        apply();
        foreach (JumpHandler handler in interested)
        {
            handler.After(new TimeJump(change, Nanoseconds.ToTimeSpan(deltaNs)));
        }
    }

    private sealed class JumpHandler(
        Clock clock, JumpThreshold threshold, PreJumpCallback? before, PostJumpCallback? after) : IDisposable
    {
        public bool Wants(ClockChange change, long deltaNs)
        {
            if (change is ClockChange.RosTimeActivated or ClockChange.RosTimeDeactivated)
            {
                return threshold.OnClockChange;
            }

            long forwardNs = Nanoseconds.From(threshold.MinForward);
            long backwardNs = Nanoseconds.From(threshold.MinBackward);
            return (forwardNs > 0 && deltaNs >= forwardNs) || (backwardNs < 0 && deltaNs <= backwardNs);
        }

        public void Before() => Guarded(() => before?.Invoke());

        public void After(TimeJump jump) => Guarded(() => after?.Invoke(jump));

        public void Dispose()
        {
            lock (clock._gate)
            {
                clock._handlers.Remove(this);
            }
        }

        private static void Guarded(Action call)
        {
            try
            {
                call();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Console.Error.WriteLine($"a time jump callback failed: {e.Message}");
            }
        }
    }
}
