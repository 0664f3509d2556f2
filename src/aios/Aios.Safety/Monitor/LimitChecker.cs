namespace Aios.Safety.Monitor;

/// <summary>
/// Watches values against bounds and acts when a condition over them persists: the semantics of the limit checker of
/// NASA's core Flight System (watchpoints, actionpoints with reverse Polish equations, staleness, persistence counts,
/// event limits, an active actionpoint turning passive once it has acted).
/// </summary>
/// <remarks>Departure: staleness is an age in time, not a count of samples. Not thread-safe; allocates at construction only, apart from events.</remarks>
public sealed class LimitChecker
{
    private readonly Watchpoint[] _watchpoints;
    private readonly double[] _values;
    private readonly long[] _stampsNs;
    private readonly Actionpoint[] _actionpoints;
    private readonly RpnEquation[] _equations;
    private readonly ActionpointRecord[] _records;
    private readonly WatchResult[] _results;
    private readonly Queue<MonitorEvent> _events;
    private readonly Queue<int> _sequences = new();

    /// <param name="watchpoints">What to watch.</param>
    /// <param name="actionpoints">What to conclude.</param>
    /// <param name="events">Receives events; shared with the other monitors.</param>
    /// <exception cref="ArgumentException">A double name, a bound that is not finite, a count below 1 or a bad equation.</exception>
    public LimitChecker(IReadOnlyList<Watchpoint> watchpoints, IReadOnlyList<Actionpoint> actionpoints, Queue<MonitorEvent> events)
    {
        ArgumentNullException.ThrowIfNull(watchpoints);
        ArgumentNullException.ThrowIfNull(actionpoints);
        _events = events ?? throw new ArgumentNullException(nameof(events));
        _watchpoints = [.. watchpoints];
        _actionpoints = [.. actionpoints];
        string[] names = [.. watchpoints.Select(w => w.Name)];
        if (names.Distinct(StringComparer.Ordinal).Count() != names.Length || !_watchpoints.All(w => double.IsFinite(w.Bound)))
        {
            throw new ArgumentException("Watchpoints need names of their own and finite bounds.", nameof(watchpoints));
        }

        if (_actionpoints.Any(a => a.FailuresToAct < 1))
        {
            throw new ArgumentException("An actionpoint needs 1 or more failures to act.", nameof(actionpoints));
        }

        _equations = [.. actionpoints.Select(a => new RpnEquation(a.Equation, names))];
        _records = [.. actionpoints.Select(a => new ActionpointRecord { State = a.State })];
        _values = new double[names.Length];
        _stampsNs = new long[names.Length];
        _results = new WatchResult[names.Length];
        Array.Fill(_stampsNs, long.MinValue);
        Array.Fill(_results, WatchResult.Stale);
    }

    /// <summary>Records of the actionpoints, in their order.</summary>
    public IReadOnlyList<ActionpointRecord> Records => _records;

    /// <summary>Actionpoints, in their order.</summary>
    public IReadOnlyList<Actionpoint> Actionpoints => _actionpoints;

    /// <summary>Result of a watchpoint at the last sample.</summary>
    public WatchResult ResultOf(int watchpoint) => _results[watchpoint];

    /// <summary>Index of a watchpoint; -1 when there is none.</summary>
    public int IndexOf(string watchpoint) => Array.FindIndex(_watchpoints, w => string.Equals(w.Name, watchpoint, StringComparison.Ordinal));

    /// <summary>Takes a new value; NaN is an error at the next sample.</summary>
    public void Update(int watchpoint, double value, long nowNs)
    {
        _values[watchpoint] = value;
        _stampsNs[watchpoint] = nowNs;
    }

    /// <summary>Judges all watchpoints, then all actionpoints.</summary>
    public void Sample(long nowNs)
    {
        for (int i = 0; i < _watchpoints.Length; i++)
        {
            _results[i] = Judge(_watchpoints[i], _values[i], _stampsNs[i], nowNs);
        }

        for (int i = 0; i < _actionpoints.Length; i++)
        {
            if (_records[i].State != ActionpointState.Disabled)
            {
                Sample(_actionpoints[i], _records[i], _equations[i].Evaluate(_results), nowNs);
            }
        }
    }

    /// <summary>Next stored sequence to start, in the order of the actionpoints.</summary>
    public bool TryTakeSequence(out int sequence) => _sequences.TryDequeue(out sequence);

    /// <summary>Sets an actionpoint's state, by ground command or when a recovery is over; its count of failures starts anew.</summary>
    public void SetState(int actionpoint, ActionpointState state)
    {
        _records[actionpoint].State = state;
        _records[actionpoint].ConsecutiveFailures = 0;
    }

    private static WatchResult Judge(Watchpoint point, double value, long stampNs, long nowNs)
    {
        // A value of times to come is as little of now as an old one.
        ulong apartNs = nowNs >= stampNs ? (ulong)nowNs - (ulong)stampNs : (ulong)stampNs - (ulong)nowNs;
        if (stampNs == long.MinValue || (point.StaleAfterNs > 0 && apartNs > (ulong)point.StaleAfterNs))
        {
            return WatchResult.Stale;
        }

        if (double.IsNaN(value))
        {
            return WatchResult.Error;
        }

        bool holds = point.Comparison switch
        {
            Comparison.Less => value < point.Bound,
            Comparison.LessOrEqual => value <= point.Bound,
            Comparison.Greater => value > point.Bound,
            Comparison.GreaterOrEqual => value >= point.Bound,
            Comparison.Equal => value == point.Bound,
            _ => value != point.Bound,
        };
        return holds ? WatchResult.True : WatchResult.False;
    }

    private void Sample(Actionpoint point, ActionpointRecord record, WatchResult result, long nowNs)
    {
        ActionResult before = record.Result;
        record.Result = result switch
        {
            WatchResult.True => ActionResult.Fail,
            WatchResult.False => ActionResult.Pass,
            WatchResult.Error => ActionResult.Error,
            _ => ActionResult.Stale,
        };
        if (record.Result != ActionResult.Fail)
        {
            record.ConsecutiveFailures = 0;
            if (record.Result == ActionResult.Pass && before == ActionResult.Fail)
            {
                record.Passes++;
                Report(point, MonitorEventKind.LimitPassed, record.Passes, nowNs);
            }

            return;
        }

        record.CumulativeFailures++;
        record.ConsecutiveFailures++;
        if (before == ActionResult.Pass)
        {
            record.Failures++;
            Report(point, MonitorEventKind.LimitFailed, record.Failures, nowNs);
        }

        if (record.ConsecutiveFailures >= point.FailuresToAct)
        {
            Act(point, record, nowNs);
        }
    }

    private void Act(Actionpoint point, ActionpointRecord record, long nowNs)
    {
        if (record.State == ActionpointState.Passive)
        {
            record.PassiveCount++;
            Report(point, MonitorEventKind.LimitPassive, record.PassiveCount, nowNs);
            return;
        }

        record.State = ActionpointState.Passive;
        record.Actions++;
        _events.Enqueue(new MonitorEvent(MonitorEventKind.LimitActed, point.EventId, point.Name, record.ConsecutiveFailures, nowNs));
        if (point.Sequence >= 0)
        {
            _sequences.Enqueue(point.Sequence);
        }
    }

    private void Report(Actionpoint point, MonitorEventKind kind, int count, long nowNs)
    {
        if (point.MostEvents == 0 || count <= point.MostEvents)
        {
            _events.Enqueue(new MonitorEvent(kind, point.EventId, point.Name, count, nowNs));
        }
    }
}

/// <summary>State and counts of an actionpoint.</summary>
public sealed class ActionpointRecord
{
    public ActionpointState State { get; internal set; }

    public ActionResult Result { get; internal set; } = ActionResult.Stale;

    public int ConsecutiveFailures { get; internal set; }

    public int CumulativeFailures { get; internal set; }

    /// <summary>Changes from pass to fail.</summary>
    public int Failures { get; internal set; }

    /// <summary>Changes from fail to pass.</summary>
    public int Passes { get; internal set; }

    /// <summary>Samples in which it would have acted, had it been active.</summary>
    public int PassiveCount { get; internal set; }

    /// <summary>Times it acted.</summary>
    public int Actions { get; internal set; }
}
