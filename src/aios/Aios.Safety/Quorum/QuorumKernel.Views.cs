namespace Aios.Safety.Quorum;

public sealed partial class QuorumKernel
{
    /// <summary>Views ahead of the current one whose votes are taken in.</summary>
    private const uint ViewWindow = 16;

    private long _viewDeadlineNs = long.MaxValue;

    /// <summary>Whether this member has a reason to want the epoch decided.</summary>
    private bool HasWork(long nowNs) =>
        _locked || _table.TryHighestPrepared(State.Voters, VotesNeeded, out _, out _) || TryCandidate(nowNs, out _);

    private void AdvanceViewOnTimeout(long nowNs)
    {
        if (!State.IsVoter(Self) || !HasWork(nowNs))
        {
            _viewDeadlineNs = long.MaxValue;
            return;
        }

        if (_viewDeadlineNs == long.MaxValue)
        {
            _viewDeadlineNs = nowNs + ViewTimeoutNs();
        }

        if (nowNs >= _viewDeadlineNs)
        {
            EnterView(View + 1, nowNs);
        }
    }

    private long ViewTimeoutNs()
    {
        if (View > 0 && !_policy.IsReachable(QuorumRules.Leader(State.Voters, Epoch, View)))
        {
            return _options.DeadLeaderTimeoutNs;
        }

        long timeout = _options.ViewTimeoutNs;
        for (uint i = 0; i < View && timeout < _options.MostViewTimeoutNs; i++)
        {
            timeout += timeout / 4;
        }

        return Math.Min(timeout, _options.MostViewTimeoutNs);
    }

    private void EnterView(uint view, long nowNs)
    {
        View = view;
        Statistics.ViewChanges++;
        _viewDeadlineNs = nowNs + ViewTimeoutNs();
        _table.Trim(_lockedView, View);
        Report(QuorumEventKind.ViewChanged, nowNs, Self);
        WantToSend(nowNs);
        Step(nowNs);
    }

    /// <summary>
    /// Follows members that are ahead: one in the crash model; in the Byzantine model so many that one of them is honest.
    /// </summary>
    private void FollowClaims(long nowNs)
    {
        int needed = QuorumRules.ViewClaims(State.VoterCount, _options.Model);
        uint target = View;
        for (int i = 0; i < _options.Members; i++)
        {
            uint claim = State.IsVoter(i) && i != Self ? _claimedViews[i] : 0;
            if (claim > target && CountClaims(claim) >= needed)
            {
                target = claim;
            }
        }

        if (target > View)
        {
            EnterView(target, nowNs);
        }
    }

    private int CountClaims(uint atLeast)
    {
        int count = 0;
        for (int i = 0; i < _options.Members; i++)
        {
            count += State.IsVoter(i) && i != Self && _claimedViews[i] >= atLeast ? 1 : 0;
        }

        return count;
    }
}
