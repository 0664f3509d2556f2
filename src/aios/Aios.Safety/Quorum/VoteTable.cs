namespace Aios.Safety.Quorum;

internal enum VoteOutcome : byte
{
    Added,
    Known,

    /// <summary>The voter signed two decisions in one view and phase: proof that it lies.</summary>
    Equivocation,
}

/// <summary>The votes of one view and phase, by voter.</summary>
internal sealed class VoteRound(uint view, VotePhase phase, int members)
{
    private readonly Decision[] _decisions = new Decision[members];
    private readonly byte[]?[] _signatures = new byte[]?[members];

    public uint View { get; } = view;

    public VotePhase Phase { get; } = phase;

    public bool Has(int voter) => _signatures[voter] is not null;

    public Decision DecisionOf(int voter) => _decisions[voter];

    public byte[]? SignatureOf(int voter) => _signatures[voter];

    public void Set(int voter, in Decision decision, byte[] signature)
    {
        _decisions[voter] = decision;
        _signatures[voter] = signature;
    }

    public int Count(in Decision decision, ulong voters)
    {
        int count = 0;
        for (int i = 0; i < _signatures.Length; i++)
        {
            count += ((voters >> i) & 1) != 0 && _signatures[i] is not null && _decisions[i] == decision ? 1 : 0;
        }

        return count;
    }

    public bool TryQuorum(ulong voters, int needed, out Decision decision)
    {
        for (int i = 0; i < _signatures.Length; i++)
        {
            if (((voters >> i) & 1) != 0 && _signatures[i] is not null && Count(_decisions[i], voters) >= needed)
            {
                decision = _decisions[i];
                return true;
            }
        }

        decision = default;
        return false;
    }

    public List<VoterSignature> Signatures(in Decision decision, ulong voters)
    {
        var signatures = new List<VoterSignature>();
        for (int i = 0; i < _signatures.Length; i++)
        {
            if (((voters >> i) & 1) != 0 && _signatures[i] is { } signature && _decisions[i] == decision)
            {
                signatures.Add(new VoterSignature((byte)i, signature));
            }
        }

        return signatures;
    }
}

/// <summary>
/// The valid votes of the current epoch that this member has seen. Grows only; the order of arrival does not matter
/// except between two contradicting votes of a liar.
/// </summary>
internal sealed class VoteTable(int members)
{
    /// <summary>Rounds kept. A liar can open a round only for its own vote, and only near the current view.</summary>
    private const int MostRounds = 48;

    private readonly List<VoteRound> _rounds = [];

    /// <summary>Ascending by view, then phase.</summary>
    public IReadOnlyList<VoteRound> Rounds => _rounds;

    public VoteRound? Find(uint view, VotePhase phase)
    {
        foreach (VoteRound round in _rounds)
        {
            if (round.View == view && round.Phase == phase)
            {
                return round;
            }
        }

        return null;
    }

    public bool Has(uint view, VotePhase phase, int voter) => Find(view, phase)?.Has(voter) ?? false;

    public VoteOutcome Add(in Vote vote, byte[] signature)
    {
        VoteRound round = Find(vote.View, vote.Phase) ?? Open(vote.View, vote.Phase);
        if (round.Has(vote.Voter))
        {
            bool same = round.DecisionOf(vote.Voter) == vote.Decision;
            if (!same && vote.Phase == VotePhase.Request)
            {
                round.Set(vote.Voter, vote.Decision, signature);
                return VoteOutcome.Added;
            }

            return same ? VoteOutcome.Known : VoteOutcome.Equivocation;
        }

        round.Set(vote.Voter, vote.Decision, signature);
        return VoteOutcome.Added;
    }

    public bool IsKnown(in Vote vote) =>
        Find(vote.View, vote.Phase) is { } round && round.Has(vote.Voter) && round.DecisionOf(vote.Voter) == vote.Decision;

    /// <summary>The prepare quorum of the highest view.</summary>
    public bool TryHighestPrepared(ulong voters, int needed, out uint view, out Decision decision)
    {
        for (int i = _rounds.Count - 1; i >= 0; i--)
        {
            if (_rounds[i].Phase == VotePhase.Prepare && _rounds[i].TryQuorum(voters, needed, out decision))
            {
                view = _rounds[i].View;
                return true;
            }
        }

        view = 0;
        decision = default;
        return false;
    }

    public void Clear() => _rounds.Clear();

    /// <summary>Forgets old rounds beyond the most kept, but never the one named or the requests.</summary>
    public void Trim(uint keepView, uint currentView)
    {
        for (int i = 0; i < _rounds.Count && _rounds.Count > MostRounds; i++)
        {
            VoteRound round = _rounds[i];
            if (round.Phase != VotePhase.Request && round.View != keepView && round.View < currentView)
            {
                _rounds.RemoveAt(i--);
            }
        }
    }

    private VoteRound Open(uint view, VotePhase phase)
    {
        var round = new VoteRound(view, phase, members);
        int at = 0;
        while (at < _rounds.Count && (_rounds[at].View < view || (_rounds[at].View == view && _rounds[at].Phase < phase)))
        {
            at++;
        }

        _rounds.Insert(at, round);
        return round;
    }
}
