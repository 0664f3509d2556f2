namespace Aios.Safety.Quorum;

public sealed partial class QuorumKernel
{
    /// <summary>Does all that the votes known so far call for.</summary>
    private void Step(long nowNs)
    {
        bool moved = true;
        while (moved)
        {
            moved = TryDecide(nowNs);
            if (State.IsVoter(Self) && !Abstains)
            {
                moved |= TryRequest(nowNs) | TryPrepare(nowNs) | TryCommit(nowNs);
            }
        }
    }

    private bool TryDecide(long nowNs)
    {
        foreach (VoteRound round in _table.Rounds)
        {
            if (round.Phase == VotePhase.Commit && round.TryQuorum(State.Voters, VotesNeeded, out Decision decision))
            {
                Adopt(new QuorumCertificate(Epoch, round.View, decision, round.Signatures(decision, State.Voters)), nowNs);
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends a valid certificate of the current epoch and begins the next epoch.</summary>
    private void Adopt(QuorumCertificate certificate, long nowNs)
    {
        Store(CertificateFrame(JournalRecordKind.Decided, certificate), nowNs);
        ulong voters = 0;
        foreach (VoterSignature s in certificate.Signatures)
        {
            voters |= 1UL << s.Voter;
        }

        _events.Enqueue(new QuorumEvent(
            QuorumEventKind.Decided, certificate.Epoch, certificate.View, Self, certificate.Decision, voters, nowNs));
        Log.Append(certificate);
        RebuildState();
        BeginEpoch();
        WantToSend(nowNs);
    }

    private void BeginEpoch()
    {
        _table.Clear();
        _viewChanges.Clear();
        View = 0;
        _locked = false;
        _reportedLiars = 0;
        _viewDeadlineNs = long.MaxValue;
        _wishes.RemoveAll(w => !State.Allows(w));
        RestoreOwnVotes();
    }

    private bool TryRequest(long nowNs)
    {
        if (!TryWish(out Decision wish))
        {
            return false;
        }

        var vote = new Vote(Epoch, 0, VotePhase.Request, (byte)Self, wish);
        return !_table.IsKnown(vote) && Cast(vote, nowNs);
    }

    private bool TryPrepare(long nowNs) =>
        !_table.Has(View, VotePhase.Prepare, Self) && TryChoosePrepare(nowNs, out Decision decision)
        && Cast(new Vote(Epoch, View, VotePhase.Prepare, (byte)Self, decision), nowNs);

    private bool TryChoosePrepare(long nowNs, out Decision decision)
    {
        bool prepared = _table.TryHighestPrepared(State.Voters, VotesNeeded, out uint preparedView, out Decision preparedDecision);
        if (View == 0)
        {
            return TryCandidate(nowNs, out decision);
        }

        int leader = QuorumRules.Leader(State.Voters, Epoch, View);
        if (leader == Self)
        {
            // A leader carries on the newest prepared decision; its own lock is never newer than that.
            decision = preparedDecision;
            return prepared || TryCandidate(nowNs, out decision);
        }

        VoteRound? round = _table.Find(View, VotePhase.Prepare);
        decision = round?.DecisionOf(leader) ?? default;
        if (round is null || !round.Has(leader))
        {
            return false;
        }

        // What a quorum prepared is carried on also when an override has taken its meaning: others may be locked on it.
        bool justified = prepared && preparedDecision == decision;
        return _locked
            ? decision == _lockedDecision || (justified && preparedView >= _lockedView)
            : justified || (State.Allows(decision) && IsEndorsed(decision, nowNs));
    }

    private bool TryCommit(long nowNs)
    {
        VoteRound? round = _table.Find(View, VotePhase.Prepare);
        if (round is null || _table.Has(View, VotePhase.Commit, Self)
            || !round.TryQuorum(State.Voters, VotesNeeded, out Decision decision))
        {
            return false;
        }

        byte[] lockFrame = CertificateFrame(
            JournalRecordKind.Lock, new QuorumCertificate(Epoch, View, decision, round.Signatures(decision, State.Voters)));
        if (!Cast(new Vote(Epoch, View, VotePhase.Commit, (byte)Self, decision), nowNs, lockFrame))
        {
            return false;
        }

        _locked = true;
        _lockedView = View;
        _lockedDecision = decision;
        Report(QuorumEventKind.Voted, nowNs, Self, decision);
        return true;
    }

    /// <summary>The best of everything requested or prepared in this epoch that means something and that this member endorses.</summary>
    private bool TryCandidate(long nowNs, out Decision best)
    {
        best = default;
        bool found = false;
        foreach (VoteRound round in _table.Rounds)
        {
            if (round.Phase == VotePhase.Commit)
            {
                continue;
            }

            for (int i = 0; i < _options.Members; i++)
            {
                Decision d = round.DecisionOf(i);
                if (round.Has(i) && (!found || Decision.Compare(d, best) < 0) && State.Allows(d) && IsEndorsed(d, nowNs))
                {
                    best = d;
                    found = true;
                }
            }
        }

        return found;
    }

    /// <summary>What one alone must not bring about it does not support either, its own wish as little as another's.</summary>
    private bool IsEndorsed(in Decision decision, long nowNs) =>
        HasReasons(decision) && (_wishes.Contains(decision) || _policy.Endorses(decision, nowNs));

    private bool HasReasons(in Decision decision) => ((_options.SharedReasonKinds >> (int)decision.Kind) & 1) == 0
        || Askers(decision) >= QuorumRules.IndependentReasons(State.VoterCount);

    /// <summary>The wish whose <see cref="Turn"/> it is, of those that mean something.</summary>
    private bool TryWish(out Decision wish)
    {
        wish = default;
        if (_wishes.Count == 0)
        {
            return false;
        }

        List<Decision> wishes = _wishes.FindAll(d => State.Allows(d));
        wishes.Sort((a, b) => Decision.Compare(a, b));
        int turn = Turn == 0 || wishes.Count < 2 ? 0 : 1 + (int)((Turn - 1) % (wishes.Count - 1));
        wish = wishes.Count == 0 ? default : wishes[turn];
        return wishes.Count > 0;
    }

    /// <summary>Journals, signs and records an own vote, in this order. Requests bind to nothing and are not journalled.</summary>
    private bool Cast(in Vote vote, long nowNs, byte[]? before = null)
    {
        if (vote.Phase != VotePhase.Request && !JournalVote(vote, before, nowNs))
        {
            return false;
        }

        Keep(vote, Sign(vote));
        WantToSend(nowNs);
        return true;
    }

    private VoteOutcome Keep(in Vote vote, byte[] signature)
    {
        if (vote.Phase != VotePhase.ViewChange)
        {
            return _table.Add(vote, signature);
        }

        _viewChanges.Add(vote.Voter, vote.View, signature);
        return VoteOutcome.Added;
    }

    private byte[] Sign(in Vote vote)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        vote.WriteSigned(signed, _options.FleetId, Log.Head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        _keys.Sign(signed, signature);
        return signature;
    }
}
