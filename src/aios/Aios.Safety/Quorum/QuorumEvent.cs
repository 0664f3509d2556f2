namespace Aios.Safety.Quorum;

/// <summary>Something that the kernel reports; the codes are stable.</summary>
public enum QuorumEventKind : byte
{
    None = 0,

    /// <summary>An epoch is decided; <see cref="QuorumEvent.Decision"/> holds.</summary>
    Decided = 1,

    /// <summary>A human override takes effect.</summary>
    Overridden = 2,

    /// <summary>A member signed two decisions in one view: it lies or was cloned.</summary>
    Equivocation = 3,

    /// <summary>This member moved to a later view.</summary>
    ViewChanged = 4,

    /// <summary>The store refused a record: this member withholds its vote.</summary>
    StoreFailed = 5,

    /// <summary>A valid certificate contradicts this member's log. Must never happen; the rover should stop.</summary>
    ForkDetected = 6,

    /// <summary>The journal was damaged at start: this member does not vote in the epoch it was in.</summary>
    JournalDamaged = 7,

    /// <summary>This member cast its binding vote (commit) for the decision.</summary>
    Voted = 8,
}

/// <param name="Kind">What happened.</param>
/// <param name="Epoch">In which epoch (override: its sequence number).</param>
/// <param name="View">In which view.</param>
/// <param name="Member">The member it is about, or this one.</param>
/// <param name="Decision">The decision it is about.</param>
/// <param name="Voters">Decided: bit set of the members whose votes form the certificate.</param>
/// <param name="AtNs">Mission time, ns.</param>
public readonly record struct QuorumEvent(
    QuorumEventKind Kind, uint Epoch, uint View, int Member, Decision Decision, ulong Voters, long AtNs);

/// <summary>Counts since start. Rejections tell of faults and attacks.</summary>
public sealed class QuorumStatistics
{
    public ulong Sent { get; internal set; }

    public ulong Received { get; internal set; }

    /// <summary>Messages that do not parse: truncated, wrong version, trailing bytes.</summary>
    public ulong Malformed { get; internal set; }

    /// <summary>Messages of another fleet.</summary>
    public ulong Foreign { get; internal set; }

    /// <summary>Messages or votes whose signature does not verify, or from non-members.</summary>
    public ulong Forged { get; internal set; }

    /// <summary>Votes of another epoch than the current one; harmless.</summary>
    public ulong OutOfEpoch { get; internal set; }

    /// <summary>Votes with an impossible view, phase or decision.</summary>
    public ulong Invalid { get; internal set; }

    public ulong Equivocations { get; internal set; }

    public ulong StoreFailures { get; internal set; }

    public ulong ViewChanges { get; internal set; }

    public ulong Forks { get; internal set; }
}
