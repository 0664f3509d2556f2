namespace Aios.Safety;

/// <summary>Counts of what the gate did: ticks and onsets per reason, ticks per action. Never reset.</summary>
public sealed class GateStatistics
{
    private readonly ulong[] _ticks = new ulong[64];
    private readonly ulong[] _onsets = new ulong[64];
    private readonly ulong[] _actions = new ulong[5];
    private ulong _previous;

    /// <summary>Ticks evaluated.</summary>
    public ulong Ticks { get; private set; }

    /// <summary>Times that the output went from driving to held or stopped.</summary>
    public ulong Stops { get; private set; }

    private bool _wasStopped = true;

    /// <summary>Ticks during which the reason applied.</summary>
    public ulong TicksOf(GateReason reason) => _ticks[(int)reason & 63];

    /// <summary>Times that the reason began to apply.</summary>
    public ulong OnsetsOf(GateReason reason) => _onsets[(int)reason & 63];

    /// <summary>Ticks that ended in the action.</summary>
    public ulong TicksOf(GateAction action) => _actions[(int)action];

    internal void Count(ulong reasons, GateAction action)
    {
        Ticks++;
        _actions[(int)action]++;
        bool stopped = action >= GateAction.Hold;
        if (stopped && !_wasStopped)
        {
            Stops++;
        }

        _wasStopped = stopped;
        ulong begun = reasons & ~_previous;
        _previous = reasons;
        for (ulong left = reasons; left != 0; left &= left - 1)
        {
            int code = System.Numerics.BitOperations.TrailingZeroCount(left);
            _ticks[code]++;
            _onsets[code] += (begun >> code) & 1;
        }
    }
}
