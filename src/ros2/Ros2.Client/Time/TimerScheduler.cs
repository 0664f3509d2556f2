using ROS2.Transport;

namespace ROS2;

/// <summary>
/// All timers of a context: one queue for system time, one for steady time, one per clock that follows <c>/clock</c>.
/// The lock is held for bookkeeping only, never during a callback.
/// </summary>
internal sealed class TimerScheduler(ITransportClock time, bool isVirtual, Action scheduleChanged)
{
    private readonly Lock _gate = new();
    private readonly TimerQueue _system = new();
    private readonly TimerQueue _steady = new();
    private readonly List<Clock> _simulated = [];
    private long _created;
    private bool _simulatedTimeMoved;

    public Timer Create(Node node, Clock clock, TimeSpan period, Action<TimeSpan> callback, CallbackGroup group)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (period < TimeSpan.Zero || (isVirtual && period == TimeSpan.Zero))
        {
            throw new ArgumentOutOfRangeException(
                nameof(period), period, "a timer's period must not be negative, and on virtual time not zero: time would stand");
        }

        var timer = new Timer(node, clock, this, Nanoseconds.From(period), callback, group)
        {
            Number = Interlocked.Increment(ref _created),
        };
        Start(timer);
        return timer;
    }

    public void Start(Timer timer)
    {
        lock (_gate)
        {
            Unqueue(timer);
            timer.LastCallNs = timer.Clock.NowNanoseconds;
            timer.NextCallNs = timer.LastCallNs + timer.PeriodNs;
            Enqueue(timer);
        }

        scheduleChanged();
    }

    public void Cancel(Timer timer)
    {
        lock (_gate)
        {
            Unqueue(timer);
        }

        scheduleChanged();
    }

    public bool IsCanceled(Timer timer)
    {
        lock (_gate)
        {
            return timer.Queue is null;
        }
    }

    /// <summary>
    /// Takes the next due timer, of one node or of any, and moves it one period on. A timer already taken in this pass ends
    /// the pass.
    /// </summary>
    public bool TryTakeDue(Node? only, long pass, out Timer timer, out long elapsedNs)
    {
        lock (_gate)
        {
            if (TryTakeDue(_system, time.SystemNowNs, only, pass, out timer, out elapsedNs)
                || TryTakeDue(_steady, time.SteadyNowNs, only, pass, out timer, out elapsedNs))
            {
                return true;
            }

            return _simulatedTimeMoved && TryTakeSimulated(only, pass, out timer, out elapsedNs);
        }
    }

    /// <summary>Nanoseconds of wall or virtual time until a timer is due; 0 if one is, <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDueInNs(Node? only)
    {
        lock (_gate)
        {
            long inNs = Math.Min(
                RemainingNs(_system, time.SystemNowNs, only),
                RemainingNs(_steady, time.SteadyNowNs, only));
            return Math.Max(0, inNs);
        }
    }

    public void OnRosTimeSwitched(Clock clock)
    {
        lock (_gate)
        {
            _simulated.Remove(clock);
            if (clock.RosTimeIsActive)
            {
                _simulated.Add(clock);
                Move(_system, clock);
            }
            else
            {
                Move(clock.RosTimers, clock);
            }

            _simulatedTimeMoved = true;
        }

        scheduleChanged();
    }

    public void OnRosTimeSet(Clock clock, bool wentBack)
    {
        lock (_gate)
        {
            if (wentBack)
            {
                RestartAfterJumpBack(clock);
            }

            _simulatedTimeMoved = true;
        }
    }

    private static long RemainingNs(TimerQueue queue, long nowNs, Node? only)
    {
        Timer? first = only is null ? queue.First : queue.FirstOf(only);
        return first is null ? long.MaxValue : first.NextCallNs - nowNs;
    }

    private static bool TryTakeDue(
        TimerQueue queue, long nowNs, Node? only, long pass, out Timer timer, out long elapsedNs)
    {
        Timer? first = only is null ? queue.First : queue.FirstOf(only);
        if (first is null || first.NextCallNs > nowNs || first.LastPass == pass)
        {
            timer = null!;
            elapsedNs = 0;
            return false;
        }

        timer = first;
        first.LastPass = pass;
        elapsedNs = nowNs - first.LastCallNs;
        first.LastCallNs = nowNs;
        first.NextCallNs = NextCall(first.NextCallNs, first.PeriodNs, nowNs);
        queue.Update(first);
        return true;
    }

    /// <summary>One period on; when that is past, the next whole period after now (rcl_timer_call).</summary>
    private static long NextCall(long dueNs, long periodNs, long nowNs)
    {
        long next = dueNs + periodNs;
        if (next >= nowNs)
        {
            return next;
        }

        return periodNs == 0 ? nowNs : next + ((1 + ((nowNs - next) / periodNs)) * periodNs);
    }

    private bool TryTakeSimulated(Node? only, long pass, out Timer timer, out long elapsedNs)
    {
        foreach (Clock clock in _simulated)
        {
            if (TryTakeDue(clock.RosTimers, clock.NowNanoseconds, only, pass, out timer, out elapsedNs))
            {
                return true;
            }
        }

        _simulatedTimeMoved = only is not null;
        timer = null!;
        elapsedNs = 0;
        return false;
    }

    private static void RestartAfterJumpBack(Clock clock)
    {
        long nowNs = clock.NowNanoseconds;
        foreach (Timer timer in clock.RosTimers.ToArray())
        {
            if (nowNs < timer.LastCallNs)
            {
                timer.LastCallNs = nowNs;
                timer.NextCallNs = nowNs + timer.PeriodNs;
                clock.RosTimers.Update(timer);
            }
        }
    }

    /// <summary>Timers of a clock whose time base changed start their period anew.</summary>
    private void Move(TimerQueue from, Clock clock)
    {
        foreach (Timer timer in from.ToArray())
        {
            if (ReferenceEquals(timer.Clock, clock))
            {
                Unqueue(timer);
                timer.LastCallNs = clock.NowNanoseconds;
                timer.NextCallNs = timer.LastCallNs + timer.PeriodNs;
                Enqueue(timer);
            }
        }
    }

    private void Enqueue(Timer timer)
    {
        timer.Queue = timer.Clock.Type == ClockType.SteadyTime
            ? _steady
            : timer.Clock.RosTimeIsActive ? timer.Clock.RosTimers : _system;
        timer.Queue.Add(timer);
        _simulatedTimeMoved |= timer.Clock.RosTimeIsActive;
    }

    private static void Unqueue(Timer timer)
    {
        timer.Queue?.Remove(timer);
        timer.Queue = null;
    }
}
