using Aios.Safety.Quorum;

namespace Aios.Safety.Conformance;

/// <summary>The model's shared state: votes ever cast, and its guards over them (<c>MAY_SUPPORT</c>, <c>PREPARE_QUORUM</c>).</summary>
internal sealed class ModelState
{
    private readonly ModelTrace _trace;
    private readonly int _needed;
    private readonly SortedSet<(VotePhase Phase, uint View, int Value, int Member)> _votes = [];
    private readonly (int Value, uint View)[] _locks;

    /// <param name="trace">Whose members they are.</param>
    /// <param name="model">What they may do at worst.</param>
    public ModelState(ModelTrace trace, FaultModel model)
    {
        _trace = trace;
        _needed = QuorumRules.Votes(trace.Total, model);
        _locks = new (int, uint)[trace.Members];
    }

    /// <summary>Follows the state that the model printed.</summary>
    public void Follow(in ModelAction action)
    {
        _locks[action.Member] = (action.LockedValue, action.LockedView);
        if (action.Kind == ModelActionKind.Prepare)
        {
            Cast(action.Member, VotePhase.Prepare, action.View, action.Prepared);
        }
        else if (action.Kind == ModelActionKind.Commit)
        {
            Cast(action.Member, VotePhase.Commit, action.View, action.Committed);
        }
    }

    /// <summary>A vote is out.</summary>
    public void Cast(int member, VotePhase phase, uint view, int value) => _votes.Add((phase, view, value, member));

    /// <summary>Members that cast the vote; liars cast every vote.</summary>
    public IEnumerable<int> Voters(VotePhase phase, uint view, int value) =>
        Enumerable.Range(0, _trace.Total).Where(m => IsLiar(m) || _votes.Contains((phase, view, value, m)));

    public bool HasQuorum(VotePhase phase, uint view, int value) => Voters(phase, view, value).Count() >= _needed;

    public int Leader(uint view) => _trace.LeaderOf(view);

    /// <summary>
    /// Whether the model lets the member cast the vote now. That members of the last view wait for the calm is the model's
    /// way to state liveness and binds nobody.
    /// </summary>
    public bool Allows(int member, VotePhase phase, uint view, int value) => phase switch
    {
        VotePhase.Request or VotePhase.ViewChange => true,
        VotePhase.Commit => HasQuorum(VotePhase.Prepare, view, value),
        _ when view == 0 => true,
        _ => MaySupport(member, view, value)
            && (Leader(view) == member || IsLiar(Leader(view)) || _votes.Contains((VotePhase.Prepare, view, value, Leader(view)))),
    };

    /// <summary>The newest view up to the given one, from the member's lock on, with a prepare quorum for the value.</summary>
    public uint? Justification(int member, uint view, int value)
    {
        for (uint v = view + 1; v-- > _locks[member].View;)
        {
            if (HasQuorum(VotePhase.Prepare, v, value))
            {
                return v;
            }
        }

        return null;
    }

    public int LockOf(int member) => _locks[member].Value;

    private bool IsLiar(int member) => member >= _trace.Members;

    private bool MaySupport(int member, uint view, int value) =>
        _locks[member].Value == 0 || _locks[member].Value == value || Justification(member, view, value) is not null;
}
