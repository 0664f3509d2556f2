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

    /// <summary>Whether a scheduler drives time.</summary>
    public bool IsVirtual => isVirtual;

    public Timer Create(Node node, Clock clock, TimeSpan period, Action<TimeSpan> callback, CallbackGroup group, bool autostart)
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
            LastCallNs = clock.NowNanoseconds,
        };
        if (autostart)
        {
            Start(timer);
        }

        return timer;
    }

    public void Start(Timer timer)
    {
        lock (_gate)
        {
            Unqueue(timer);
            timer.NextCallNs = timer.Clock.NowNanoseconds + timer.PeriodNs;
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
    /// Takes the next due timer and moves it one period on. A timer already taken in this pass ends the pass, so that one
    /// that is always late cannot keep the others waiting.
    /// </summary>
    public bool TryTakeDue(long pass, out Timer timer)
    {
        lock (_gate)
        {
            return TryTakeDue(_system, time.SystemNowNs, pass, out timer)
                || TryTakeDue(_steady, time.SteadyNowNs, pass, out timer)
                || (_simulatedTimeMoved && TryTakeSimulated(pass, out timer));
        }
    }

    /// <summary>Notes that a taken timer is called now.</summary>
    /// <param name="timer">The timer.</param>
    /// <param name="elapsedNs">Time since its last call, or since it was started.</param>
    /// <returns>False if it was canceled meanwhile.</returns>
    public bool TryBeginCall(Timer timer, out long elapsedNs)
    {
        lock (_gate)
        {
            long nowNs = timer.Clock.NowNanoseconds;
            elapsedNs = nowNs - timer.LastCallNs;
            timer.LastCallNs = nowNs;
            timer.LastCall = new TimerCallInfo(timer.DueNs, nowNs);
            return timer.Queue is not null;
        }
    }

    /// <summary>Nanoseconds of wall or virtual time until a timer is due; 0 if one is, <see cref="long.MaxValue"/> if none waits.</summary>
    public long NextDueInNs()
    {
        lock (_gate)
        {
            long systemInNs = _system.First is { } system ? system.NextCallNs - time.SystemNowNs : long.MaxValue;
            long steadyInNs = _steady.First is { } steady ? steady.NextCallNs - time.SteadyNowNs : long.MaxValue;
            return Math.Max(0, Math.Min(systemInNs, steadyInNs));
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
                Move(_system, clock, time.SystemNowNs);
            }
            else
            {
                Move(clock.RosTimers, clock, clock.SimulatedNowNs);
            }

            _simulatedTimeMoved = true;
        }

        scheduleChanged();
    }

    public void OnRosTimeSet(Clock clock, bool wentBack)
    {
        lock (_gate)
        {
            if (clock.HasTimersWithoutTime)
            {
                clock.HasTimersWithoutTime = false;
                Restart(clock, timer => timer.NextCallNs == long.MaxValue);
            }

            if (wentBack)
            {
                Restart(clock, timer => clock.NowNanoseconds < timer.LastCallNs);
            }

            _simulatedTimeMoved = true;
        }
    }

    private static bool TryTakeDue(TimerQueue queue, long nowNs, long pass, out Timer timer)
    {
        timer = queue.First!;
        if (timer is null || timer.NextCallNs > nowNs || timer.LastPass == pass)
        {
            return false;
        }

        timer.LastPass = pass;
        timer.DueNs = timer.NextCallNs;
        timer.NextCallNs = NextCall(timer.NextCallNs, timer.PeriodNs, nowNs);
        queue.Update(timer);
        return true;
    }

    /// <summary>One period on; when that is past, the next whole period after now (rcl_timer_call).</summary>
    private static long NextCall(long dueNs, long periodNs, long nowNs)
    {
        long next = dueNs + periodNs;
        if (next > nowNs)
        {
            return next;
        }

        return periodNs == 0 ? nowNs : next + ((1 + ((nowNs - next) / periodNs)) * periodNs);
    }

    private bool TryTakeSimulated(long pass, out Timer timer)
    {
        foreach (Clock clock in _simulated)
        {
            if (TryTakeDue(clock.RosTimers, clock.NowNanoseconds, pass, out timer))
            {
                return true;
            }
        }

        _simulatedTimeMoved = false;
        timer = null!;
        return false;
    }

    private static void Restart(Clock clock, Func<Timer, bool> which)
    {
        long nowNs = clock.NowNanoseconds;
        foreach (Timer timer in clock.RosTimers.ToArray())
        {
            if (which(timer))
            {
                timer.LastCallNs = nowNs;
                timer.NextCallNs = nowNs + timer.PeriodNs;
                clock.RosTimers.Update(timer);
            }
        }
    }

    /// <summary>
    /// Timers of a clock whose time base changed wait for the rest of their period on the new one. Where no simulated time
    /// has come yet they wait for it, and then for one period.
    /// </summary>
    private void Move(TimerQueue from, Clock clock, long oldNowNs)
    {
        long nowNs = clock.NowNanoseconds;
        clock.HasTimersWithoutTime = nowNs == 0;
        foreach (Timer timer in from.ToArray())
        {
            if (ReferenceEquals(timer.Clock, clock))
            {
                Unqueue(timer);
                bool hasWaited = oldNowNs != 0 && timer.NextCallNs != long.MaxValue;
                long restNs = hasWaited ? Math.Clamp(timer.NextCallNs - oldNowNs, 0, timer.PeriodNs) : timer.PeriodNs;
                timer.NextCallNs = nowNs == 0 ? long.MaxValue : nowNs + restNs;
                timer.LastCallNs = nowNs + restNs - timer.PeriodNs;
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
