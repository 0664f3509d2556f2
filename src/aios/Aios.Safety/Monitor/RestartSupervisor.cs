namespace Aios.Safety.Monitor;

/// <summary>What to do about a dead component.</summary>
public enum RestartVerdict : byte
{
    /// <summary>Nothing new: it is being restarted, or safe mode holds.</summary>
    Wait = 0,

    /// <summary>Restart it now.</summary>
    Restart = 1,

    /// <summary>It has been restarted often enough: enter safe mode.</summary>
    SafeMode = 2,
}

/// <summary>
/// Restarts a dead component at most N times, with growing pauses, then gives up for good: safe mode ends only by
/// <see cref="Reset"/>, which is a human's or the quorum's affair.
/// </summary>
/// <param name="names">Components.</param>
/// <param name="mostRestarts">Restarts of one component before safe mode, 0 or more.</param>
/// <param name="pauseNs">Time that a component gets after its first restart, ns; doubles with each.</param>
/// <param name="events">Receives events.</param>
public sealed class RestartSupervisor(IReadOnlyList<string> names, int mostRestarts, long pauseNs, Queue<MonitorEvent> events)
{
    private readonly int[] _restarts = new int[names.Count];
    private readonly long[] _nextNs = new long[names.Count];

    /// <summary>Whether some component used up its restarts.</summary>
    public bool IsSafeMode { get; private set; }

    /// <summary>Restarts of a component since the last reset.</summary>
    public int Restarts(int component) => _restarts[component];

    /// <summary>Tells that the component is dead; call in every cycle in which it is.</summary>
    public RestartVerdict OnDead(int component, long nowNs)
    {
        if (IsSafeMode || nowNs < _nextNs[component])
        {
            return RestartVerdict.Wait;
        }

        if (_restarts[component] >= mostRestarts)
        {
            IsSafeMode = true;
            events.Enqueue(new MonitorEvent(MonitorEventKind.SafeMode, component, names[component], _restarts[component], nowNs));
            return RestartVerdict.SafeMode;
        }

        _nextNs[component] = nowNs + (pauseNs << Math.Min(_restarts[component], 20));
        _restarts[component]++;
        events.Enqueue(new MonitorEvent(MonitorEventKind.Restart, component, names[component], _restarts[component], nowNs));
        return RestartVerdict.Restart;
    }

    /// <summary>Ends safe mode and forgets all restarts.</summary>
    public void Reset()
    {
        IsSafeMode = false;
        Array.Clear(_restarts);
        Array.Clear(_nextNs);
    }
}
