using Aios.Safety;
using Aios.Safety.Quorum;

namespace Aios.Nodes;

/// <summary>
/// What the gate of a rover gets by hand: resume permits from the quorum, and its stop of the life before. A permit is a value that only the quorum kernel
/// can make; it goes by hand, because a message could be forged by anyone on the bus.
/// </summary>
public sealed class ResumeDesk
{
    /// <summary>Stops that a computer can make between two starts.</summary>
    private const uint StopsPerBoot = 1 << 16;
    private const uint MostBoots = 30_000;
    private ResumePermit _permit;

    /// <summary>Starts of the rover's computer, this one included; 0 where nobody counts them.</summary>
    public uint Boots { get; init; }

    /// <value>Where the gate keeps its latched stop. Default: in memory.</value>
    public StopJournal Stops { get; init; } = new(new MemoryVoteStore());

    /// <summary>Number beyond all stops of the rover's former lives.</summary>
    public uint FormerStopId => Boots > 1 ? (Boots - 1) % MostBoots * StopsPerBoot : 0;

    /// <summary>Leaves a permit; the newest counts.</summary>
    public void Deposit(in ResumePermit permit) => _permit = permit;

    /// <summary>Takes the permit that lies there, once.</summary>
    public bool TryTake(out ResumePermit permit)
    {
        permit = _permit;
        _permit = default;
        return permit.IsValid;
    }
}
