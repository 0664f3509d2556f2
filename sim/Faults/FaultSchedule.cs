namespace Aios.Sim;

/// <summary>Faults in the order in which they begin and end.</summary>
internal sealed class FaultSchedule
{
    private readonly List<FaultEvent> _events = [];
    private int _next;

    /// <summary>Adds a fault; one that should have begun already begins with the next step.</summary>
    public void Add(FaultSpec fault)
    {
        long at = (long)(fault.AtS * 1e9);
        Insert(new FaultEvent(at, fault, true));
        if (fault.DurationS > 0.0 && fault.Kind is not (FaultKind.RoverDeath or FaultKind.BatteryDrain))
        {
            Insert(new FaultEvent(at + (long)(fault.DurationS * 1e9), fault, false));
        }
    }

    /// <summary>Takes the next event that is due; false when there is none.</summary>
    public bool TryNext(long nowNs, out FaultEvent due)
    {
        if (_next < _events.Count && _events[_next].TimeNs <= nowNs)
        {
            due = _events[_next++];
            return true;
        }

        due = default;
        return false;
    }

    private void Insert(FaultEvent e)
    {
        int at = _events.Count;
        while (at > _next && _events[at - 1].TimeNs > e.TimeNs)
        {
            at--;
        }

        _events.Insert(at, e);
    }
}
