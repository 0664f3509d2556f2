namespace Aios.Safety.Quorum;

/// <summary>
/// View synchronisation, as FastSync of Bravo, Chockler and Gotsman (Making Byzantine consensus live, DISC 2020,
/// section 3): who has waited long enough signs a view-change and stays where it is; a member enters a view only when a
/// quorum of view-changes names it or a later one. So no member is ever alone ahead: f + 1 honest ones want to be there, all
/// others join their wish, and with the same messages all enter. No liar, and no clock that runs fast, moves anyone.
/// </summary>
/// <remarks>
/// Departures: view-changes are passed on, as links may be missing; they are journalled, as members restart; only a member
/// that has something to decide joins, so that views do not run away while too few endorse. <c>docs/specs/views.pml</c> is
/// the model.
/// </remarks>
public sealed partial class QuorumKernel
{
    /// <summary>Views ahead of the current one whose votes are taken in.</summary>
    private const uint ViewWindow = 16;

    private readonly ViewChanges _viewChanges;
    private long _viewDeadlineNs = long.MaxValue;

    /// <summary>Whether this member has a reason to want the epoch decided.</summary>
    private bool HasWork(long nowNs) =>
        _locked || _table.TryHighestPrepared(State.Voters, VotesNeeded, out _, out _) || TryCandidate(nowNs, out _);

    /// <summary>Enters the view that a quorum wants; wants a later one when time is up or when an honest member does.</summary>
    private void SynchroniseViews(long nowNs)
    {
        EnterAgreedView(nowNs);
        if (!State.IsVoter(Self) || Abstains || !HasWork(nowNs))
        {
            _viewDeadlineNs = long.MaxValue;
            return;
        }

        if (_viewDeadlineNs == long.MaxValue)
        {
            _viewDeadlineNs = nowNs + ViewTimeoutNs();
        }

        uint wanted = _viewChanges.WantedBy(QuorumRules.ViewClaims(State.VoterCount, _options.Model), State.Voters);
        wanted = nowNs >= _viewDeadlineNs ? Math.Max(wanted, View + 1) : wanted;
        if (wanted > View && wanted > _viewChanges.Of(Self)
            && Cast(new Vote(Epoch, wanted, VotePhase.ViewChange, (byte)Self, default), nowNs))
        {
            EnterAgreedView(nowNs);
        }
    }

    private void EnterAgreedView(long nowNs)
    {
        uint agreed = _viewChanges.WantedBy(VotesNeeded, State.Voters);
        if (agreed > View)
        {
            EnterView(agreed, nowNs);
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
}
