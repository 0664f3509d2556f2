using System.Numerics;

namespace Aios.Safety.Quorum;

/// <summary>What follows from all decisions so far. Every member that holds the same log holds the same state.</summary>
public sealed class FleetDecisionState
{
    /// <summary>Fastest limit that can be decided, µm/s.</summary>
    public const long MostSpeedLimit = 5_000_000;

    private readonly ulong[] _hazardPermits;
    private readonly uint[] _resumedStops;
    private readonly byte[] _roleHolder;
    private ulong _resumedByHuman;

    /// <param name="members">Number of members, 1 to 64.</param>
    public FleetDecisionState(int members)
    {
        Members = members;
        Voters = members == 64 ? ulong.MaxValue : (1UL << members) - 1;
        _hazardPermits = new ulong[members];
        _resumedStops = new uint[members];
        _roleHolder = [.. Enumerable.Range(0, members).Select(i => (byte)i)];
    }

    public int Members { get; }

    /// <summary>Bit set of the members that vote.</summary>
    public ulong Voters { get; private set; }

    public int VoterCount => BitOperations.PopCount(Voters);

    /// <summary>A halt is in force, by the fleet or by a human.</summary>
    public bool Halted => FleetHalted || HumanHalted;

    public bool FleetHalted { get; private set; }

    /// <summary>Only a human lifts it.</summary>
    public bool HumanHalted { get; private set; }

    /// <summary>Bit set of the members declared lost.</summary>
    public ulong Lost { get; private set; }

    /// <summary>Fleet speed limit, µm/s; 0 for none.</summary>
    public long SpeedLimit { get; private set; }

    public bool IsVoter(int member) => (uint)member < 64 && ((Voters >> member) & 1) != 0;

    public bool IsLost(int member) => (uint)member < 64 && ((Lost >> member) & 1) != 0;

    /// <summary>Keep-out areas that the member may enter, as bits.</summary>
    public ulong HazardPermits(int member) => _hazardPermits[member];

    /// <summary>The member that holds the role which the given one began with.</summary>
    public int RoleHolder(int member) => _roleHolder[member];

    /// <summary>Newest stop of the member's gate that may be lifted; 0 for none.</summary>
    public uint ResumedStop(int member) => _resumedStops[member];

    /// <summary>Whether the decision means something now. Members prepare one that does not only when a quorum did before.</summary>
    public bool Allows(in Decision d)
    {
        return IsWellFormed(d) && d.Kind switch
        {
            DecisionKind.FleetHalt => !FleetHalted,
            DecisionKind.FleetResume => FleetHalted,
            DecisionKind.DeclareLost => !IsLost(d.Subject),
            DecisionKind.Readmit => IsLost(d.Subject),
            DecisionKind.TakeOverRole => IsLost(_roleHolder[d.Subject]) && !IsLost(d.Object),
            DecisionKind.EnterHazardZone => ((_hazardPermits[d.Subject] >> d.Object) & 1) == 0,
            DecisionKind.LeaveHazardZone => ((_hazardPermits[d.Subject] >> d.Object) & 1) != 0,
            DecisionKind.ChangeSpeedLimit => d.Value != SpeedLimit,
            DecisionKind.ResumeRover => d.Argument > _resumedStops[d.Subject],
            DecisionKind.ChangeVoters => BitOperations.PopCount((ulong)d.Value ^ Voters) == 1,
            _ => false,
        };
    }

    /// <summary>
    /// Whether every field is in range and every unused one is zero, so that equal decisions are equal bytes and cannot
    /// compete.
    /// </summary>
    public bool IsWellFormed(in Decision d) => IsCanonical(d) && d.Kind switch
    {
        DecisionKind.FleetHalt or DecisionKind.FleetResume => true,
        DecisionKind.DeclareLost or DecisionKind.Readmit => d.Subject < Members,
        DecisionKind.ResumeRover => d.Subject < Members && d.Argument > 0,
        DecisionKind.TakeOverRole => d.Subject < Members && d.Object < Members,
        DecisionKind.EnterHazardZone or DecisionKind.LeaveHazardZone => d.Subject < Members && d.Object < 64,
        DecisionKind.ChangeSpeedLimit => d.Value is >= 0 and <= MostSpeedLimit,
        DecisionKind.ChangeVoters => d.Value != 0 && (Members == 64 || (ulong)d.Value >> Members == 0),
        _ => false,
    };

    /// <summary>Whether the newest lifted stop of the member was lifted by a human.</summary>
    public bool IsResumedByHuman(int member) => ((_resumedByHuman >> member) & 1) != 0;

    /// <summary>Follows a decision; one that is not well-formed changes nothing.</summary>
    internal void Apply(in Decision d, bool human)
    {
        if (!IsWellFormed(d))
        {
            return;
        }

        switch (d.Kind)
        {
            case DecisionKind.FleetHalt:
                FleetHalted |= !human;
                HumanHalted |= human;
                break;
            case DecisionKind.FleetResume:
                FleetHalted = false;
                HumanHalted &= !human;
                break;
            case DecisionKind.ChangeSpeedLimit:
                SpeedLimit = d.Value;
                break;
            case DecisionKind.ChangeVoters:
                Voters = (ulong)d.Value;
                break;
            default:
                ApplyToMember(d, human);
                break;
        }
    }

    private void ApplyToMember(in Decision d, bool human)
    {
        switch (d.Kind)
        {
            case DecisionKind.DeclareLost:
                Lost |= 1UL << d.Subject;
                break;
            case DecisionKind.Readmit:
                Lost &= ~(1UL << d.Subject);
                break;
            case DecisionKind.TakeOverRole:
                _roleHolder[d.Subject] = d.Object;
                break;
            case DecisionKind.EnterHazardZone:
                _hazardPermits[d.Subject] |= 1UL << d.Object;
                break;
            case DecisionKind.LeaveHazardZone:
                _hazardPermits[d.Subject] &= ~(1UL << d.Object);
                break;
            case DecisionKind.ResumeRover:
                ApplyResume(d, human);
                break;
        }
    }

    /// <summary>On whose word the newest lifted stop was lifted: that of an older one does not count for it.</summary>
    private void ApplyResume(in Decision d, bool human)
    {
        ulong bit = 1UL << d.Subject;
        if (d.Argument > _resumedStops[d.Subject])
        {
            _resumedStops[d.Subject] = d.Argument;
            _resumedByHuman &= ~bit;
        }

        _resumedByHuman |= human && d.Argument == _resumedStops[d.Subject] ? bit : 0;
    }

    private static bool IsCanonical(in Decision d) => d == d.Kind switch
    {
        DecisionKind.FleetHalt or DecisionKind.FleetResume => new Decision(d.Kind),
        DecisionKind.DeclareLost or DecisionKind.Readmit => new Decision(d.Kind, d.Subject),
        DecisionKind.TakeOverRole or DecisionKind.EnterHazardZone or DecisionKind.LeaveHazardZone =>
            new Decision(d.Kind, d.Subject, d.Object),
        DecisionKind.ResumeRover => new Decision(d.Kind, d.Subject, Argument: d.Argument),
        _ => new Decision(d.Kind, Value: d.Value),
    };
}
