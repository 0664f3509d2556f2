namespace Aios.Safety.Monitor;

/// <summary>A component that must answer pings.</summary>
/// <param name="Name">Unique.</param>
/// <param name="WarningCycles">Cycles without an answer that are worth a warning, 1 or more.</param>
/// <param name="FatalCycles">Cycles after which it counts as dead, more than those of the warning.</param>
public sealed record PingTarget(string Name, int WarningCycles, int FatalCycles);

/// <summary>
/// Pings components and strokes the watchdog only while none is dead: the semantics of F´'s Svc::Health. Each ping has a
/// key, the answer must carry it; the next ping goes out in the cycle after the answer; a warning comes once, then a fatal
/// one, per missed answer.
/// </summary>
/// <remarks>
/// Departure: a wrong key and a late answer are reported but not asserted on, and a component that answers again is well
/// again; a dead one is pinged in every cycle, so that it shows when it is back. Not thread-safe.
/// </remarks>
public sealed class HealthMonitor
{
    private readonly PingTarget[] _targets;
    private readonly int[] _cycles;
    private readonly uint[] _keys;
    private readonly bool[] _enabled;
    private readonly Queue<(int Target, uint Key)> _pings = new();
    private readonly Queue<MonitorEvent> _events;
    private uint _key;

    /// <exception cref="ArgumentException">Time-outs are not 1 ≤ warning &lt; fatal, or a name comes twice.</exception>
    public HealthMonitor(IReadOnlyList<PingTarget> targets, Queue<MonitorEvent> events)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _events = events ?? throw new ArgumentNullException(nameof(events));
        _targets = [.. targets];
        if (!_targets.All(t => t.WarningCycles >= 1 && t.FatalCycles > t.WarningCycles)
            || _targets.DistinctBy(t => t.Name, StringComparer.Ordinal).Count() != _targets.Length)
        {
            throw new ArgumentException("Targets need names of their own and 1 <= warning < fatal cycles.", nameof(targets));
        }

        _cycles = new int[_targets.Length];
        _keys = new uint[_targets.Length];
        _enabled = new bool[_targets.Length];
        Array.Fill(_enabled, true);
    }

    /// <summary>Components, in their order.</summary>
    public IReadOnlyList<PingTarget> Targets => _targets;

    /// <summary>Whether the watchdog is to be stroked in this cycle: no enabled component is dead.</summary>
    public bool StrokesWatchdog { get; private set; } = true;

    /// <summary>Strokes so far.</summary>
    public ulong Strokes { get; private set; }

    /// <summary>Cycles for which the component has owed an answer; 0 when it owes none.</summary>
    public int Waited(int target) => _cycles[target];

    /// <summary>Whether the component has not answered for its fatal time.</summary>
    public bool IsDead(int target) => _enabled[target] && _cycles[target] > _targets[target].FatalCycles;

    /// <summary>Key of the last ping to the component.</summary>
    public uint KeyOf(int target) => _keys[target];

    /// <summary>Turns checking of a component off or on, as when it is stopped on purpose.</summary>
    public void SetEnabled(int target, bool enabled)
    {
        _enabled[target] = enabled;
        _cycles[target] = 0;
    }

    /// <summary>One cycle: looks for late answers, sends pings, strokes the watchdog.</summary>
    public void Cycle(long nowNs)
    {
        bool well = true;
        for (int i = 0; i < _targets.Length; i++)
        {
            if (_enabled[i])
            {
                Check(i, nowNs);
                well &= !IsDead(i);
            }
        }

        StrokesWatchdog = well;
        Strokes += well ? 1UL : 0;
    }

    /// <summary>Next ping to send.</summary>
    public bool TryTakePing(out int target, out uint key)
    {
        bool any = _pings.TryDequeue(out (int Target, uint Key) ping);
        (target, key) = ping;
        return any;
    }

    /// <summary>Takes an answer.</summary>
    /// <returns>False when its key is not that of the last ping.</returns>
    public bool OnAnswer(int target, uint key, long nowNs)
    {
        if (key != _keys[target] || _cycles[target] == 0)
        {
            Report(MonitorEventKind.PingWrongKey, target, key, nowNs);
            return false;
        }

        if (_cycles[target] > _targets[target].WarningCycles)
        {
            Report(MonitorEventKind.PingRecovered, target, _cycles[target], nowNs);
        }

        _cycles[target] = 0;
        return true;
    }

    private void Check(int target, long nowNs)
    {
        if (_cycles[target] == 0)
        {
            _keys[target] = ++_key;
            _pings.Enqueue((target, _key));
        }
        else if (_cycles[target] == _targets[target].WarningCycles)
        {
            Report(MonitorEventKind.PingLate, target, _cycles[target], nowNs);
        }
        else if (_cycles[target] == _targets[target].FatalCycles)
        {
            Report(MonitorEventKind.PingFatal, target, _cycles[target], nowNs);
        }
        else if (IsDead(target))
        {
            // Whoever comes back has not heard the ping that went out before.
            _pings.Enqueue((target, _keys[target]));
        }

        _cycles[target] = Math.Min(_cycles[target] + 1, int.MaxValue - 1);
    }

    private void Report(MonitorEventKind kind, int target, long value, long nowNs) =>
        _events.Enqueue(new MonitorEvent(kind, target, _targets[target].Name, value, nowNs));
}
