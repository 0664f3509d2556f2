namespace Aios.Safety.Quorum;

/// <summary>What members are assumed to do at worst.</summary>
public enum FaultModel : byte
{
    /// <summary>They fall silent and may come back: a majority decides.</summary>
    Crash = 0,

    /// <summary>Up to f of 3f+1 lie: 2f+1 decide.</summary>
    Byzantine = 1,
}

/// <summary>Sizes that make any two quorums share a member that tells the truth.</summary>
public static class QuorumRules
{
    /// <summary>Most members that may be faulty in every tolerated way.</summary>
    public static int TolerableFaults(int members, FaultModel model) =>
        model == FaultModel.Crash ? (members - 1) / 2 : (members - 1) / 3;

    /// <summary>
    /// Votes needed. Crash: ⌊n/2⌋+1, so two quorums intersect. Byzantine: ⌈(n+f+1)/2⌉ (2f+1 when n = 3f+1), so two
    /// quorums share at least f+1 members, one of which is honest.
    /// </summary>
    public static int Votes(int members, FaultModel model) =>
        model == FaultModel.Crash ? (members / 2) + 1 : (members + TolerableFaults(members, model) + 2) / 2;

    /// <summary>
    /// Members that must ask for something that one alone must not bring about, a halt of all: one more than may lie, and
    /// never only one, as also under crash faults a single member may be wrong. A fleet of one decides for itself.
    /// </summary>
    public static int IndependentReasons(int members) =>
        Math.Min(members, Math.Max(2, TolerableFaults(members, FaultModel.Byzantine) + 1));

    /// <summary>View-changes that prove that an honest member wants to be in a later view.</summary>
    public static int ViewClaims(int members, FaultModel model) =>
        model == FaultModel.Crash ? 1 : TolerableFaults(members, model) + 1;

    /// <summary>Member index of the leader of a view: the voters take turns.</summary>
    /// <param name="voters">Bit set of voters, not 0.</param>
    /// <param name="epoch">Epoch.</param>
    /// <param name="view">View.</param>
    public static int Leader(ulong voters, uint epoch, uint view)
    {
        int count = System.Numerics.BitOperations.PopCount(voters);
        int turn = (int)(((ulong)epoch + view) % (ulong)count);
        ulong left = voters;
        for (; turn > 0; turn--)
        {
            left &= left - 1;
        }

        return System.Numerics.BitOperations.TrailingZeroCount(left);
    }
}
