namespace Aios.Safety.Quorum;

/// <summary>What all members of a fleet must agree on beforehand, and the timing of one. Immutable.</summary>
public sealed record QuorumOptions
{
    /// <value>Tells fleets and missions apart: votes of one mean nothing in another.</value>
    public ulong FleetId { get; init; }

    /// <value>Number of members, 1 to 64.</value>
    public int Members { get; init; } = 3;

    /// <value>What members may do at worst.</value>
    public FaultModel Model { get; init; } = FaultModel.Crash;

    /// <value>
    /// Kinds of decisions that one member alone must not bring about, as bits by <see cref="DecisionKind"/>: a member supports
    /// one, its own wish too, only while <see cref="QuorumRules.IndependentReasons"/> voters ask for it. Default: the fleet
    /// halt and its end. All members must agree on it.
    /// </value>
    public uint SharedReasonKinds { get; init; } = (1u << (int)DecisionKind.FleetHalt) | (1u << (int)DecisionKind.FleetResume);

    /// <value>Time for the first view of an epoch, ns; later ones take a quarter more each.</value>
    public long ViewTimeoutNs { get; init; } = 500_000_000;

    /// <value>Longest view, ns.</value>
    public long MostViewTimeoutNs { get; init; } = 8_000_000_000;

    /// <value>Time for a view whose leader this member holds to be unreachable, ns.</value>
    public long DeadLeaderTimeoutNs { get; init; } = 150_000_000;

    /// <value>Least time between two messages, ns.</value>
    public long SpacingNs { get; init; } = 10_000_000;

    /// <value>Time between repetitions while something is undecided, ns.</value>
    public long RepeatNs { get; init; } = 100_000_000;

    /// <value>Time between messages when nothing is undecided, ns: tells who lacks decisions.</value>
    public long IdleNs { get; init; } = 5_000_000_000;

    /// <value>Largest message, bytes; must hold a certificate of all members.</value>
    public int MostMessageBytes { get; init; } = 8192;

    /// <summary>Checks every bound; one message per broken one.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        int least = 256 + (Members * (1 + ISignatureScheme.SignatureBytes) * 2);
        Require(errors, Members is >= 1 and <= 64, nameof(Members), "1 to 64");
        Require(errors, Model is FaultModel.Crash or FaultModel.Byzantine, nameof(Model), "crash or byzantine");
        Require(errors, ViewTimeoutNs is > 0 and < long.MaxValue / 4, nameof(ViewTimeoutNs), "above 0 ns");
        Require(errors, MostViewTimeoutNs >= ViewTimeoutNs && MostViewTimeoutNs < long.MaxValue / 4, nameof(MostViewTimeoutNs), "ViewTimeoutNs or more");
        Require(errors, DeadLeaderTimeoutNs > 0, nameof(DeadLeaderTimeoutNs), "above 0 ns");
        Require(errors, SpacingNs >= 0, nameof(SpacingNs), "0 ns or more");
        Require(errors, RepeatNs > 0, nameof(RepeatNs), "above 0 ns");
        Require(errors, IdleNs >= RepeatNs, nameof(IdleNs), "RepeatNs or more");
        Require(errors, MostMessageBytes >= least && MostMessageBytes <= 65_000, nameof(MostMessageBytes), $"{least} to 65000 bytes");
        return errors;
    }

    private static void Require(List<string> errors, bool holds, string name, string expected)
    {
        if (!holds)
        {
            errors.Add($"{name} is out of range, expected {expected}");
        }
    }
}
