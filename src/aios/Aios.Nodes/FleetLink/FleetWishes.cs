using System.Numerics;
using Aios.Fleet;
using Aios.Mission;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// What a rover asks of the fleet by itself beside losses: hazard zones that it wants to enter and to give back, heirs for
/// the roles of lost scouts and relays, and, where only those present vote, the votes of the lost.
/// </summary>
internal sealed class FleetWishes
{
    private readonly RoverConfiguration _configuration;
    private readonly FleetMembership _membership;
    private readonly QuorumOptions _options;
    private readonly List<Decision> _before = [];
    private readonly List<Decision> _now = [];
    private ulong _zones;
    private ulong _asked;

    /// <summary>Sets up subscriptions on <paramref name="node"/>.</summary>
    public FleetWishes(Node node, RoverConfiguration configuration, FleetMembership membership)
    {
        _configuration = configuration;
        _membership = membership;
        _options = configuration.Quorum;
        if (configuration.Zones.Hazards != 0)
        {
            node.CreateSubscription<std_msgs.msg.UInt64>(Topics.ZoneWish, OnZoneWish);
        }
    }

    /// <summary>Decisions wanted now, and those wanted before that no longer are.</summary>
    public IEnumerable<(Decision Decision, bool IsWanted)> Update(FleetDecisionState state)
    {
        _before.Clear();
        _before.AddRange(_now);
        _now.Clear();
        AddZones(state);
        AddRoles(state);
        AddVoters(state);
        return [.. _before.Except(_now).Select(decision => (decision, false)), .. _now.Select(decision => (decision, true))];
    }

    /// <summary>Members whose role this rover holds, as bits.</summary>
    public ulong RolesHeld(FleetDecisionState state)
    {
        ulong held = 0;
        for (var member = 0; member < state.Members; member++)
        {
            held |= state.RoleHolder(member) == _membership.Self ? 1UL << member : 0;
        }

        return held;
    }

    private void OnZoneWish(std_msgs.msg.UInt64 message)
    {
        _zones = message.Data & _configuration.Zones.Hazards;
        _asked |= _zones;
    }

    private void AddZones(FleetDecisionState state)
    {
        var self = (byte)_membership.Self;
        var permits = state.HazardPermits(self);
        for (var enter = _zones & ~permits; enter != 0; enter &= enter - 1)
        {
            _now.Add(new Decision(DecisionKind.EnterHazardZone, self, (byte)BitOperations.TrailingZeroCount(enter)));
        }

        for (var leave = permits & _asked & ~_zones; leave != 0; leave &= leave - 1)
        {
            _now.Add(new Decision(DecisionKind.LeaveHazardZone, self, (byte)BitOperations.TrailingZeroCount(leave)));
        }
    }

    private void AddRoles(FleetDecisionState state)
    {
        for (var member = 0; _configuration.TakeOver && member < _configuration.Roles.Count; member++)
        {
            if (HasDuty(member) && state.IsLost(state.RoleHolder(member)) && Heir(state) is { } heir)
            {
                _now.Add(new Decision(DecisionKind.TakeOverRole, (byte)member, (byte)heir));
            }
        }
    }

    /// <summary>The first of the roster that is there and free of duties, else the first that is there.</summary>
    private int? Heir(FleetDecisionState state)
    {
        int? fallback = null;
        for (var candidate = 0; candidate < state.Members; candidate++)
        {
            if (state.IsLost(candidate) || !IsThere(candidate))
            {
                continue;
            }

            fallback ??= candidate;
            if (!Enumerable.Range(0, state.Members).Any(member => HasDuty(member) && state.RoleHolder(member) == candidate))
            {
                return candidate;
            }
        }

        return fallback;
    }

    /// <summary>Who is lost votes no more, who is back votes again; no further than keeps as many liars tolerable as at first.</summary>
    private void AddVoters(FleetDecisionState state)
    {
        if (!_configuration.OnlyPresentVote)
        {
            return;
        }

        var leaving = state.Voters & state.Lost;
        var tolerable = _options.Model == FaultModel.Crash
            || QuorumRules.TolerableFaults(state.VoterCount - 1, _options.Model) >= QuorumRules.TolerableFaults(state.Members, _options.Model);
        var coming = 0UL;
        for (var member = 0; member < state.Members; member++)
        {
            coming |= !state.IsVoter(member) && !state.IsLost(member) && IsThere(member) ? 1UL << member : 0;
        }

        var change = leaving != 0 && state.VoterCount > 1 && tolerable ? leaving & (~leaving + 1) : coming & (~coming + 1);
        if (change != 0)
        {
            _now.Add(new Decision(DecisionKind.ChangeVoters, Value: (long)(state.Voters ^ change)));
        }
    }

    private bool HasDuty(int member) => member < _configuration.Roles.Count && _configuration.Roles[member].Places.Count > 0;

    private bool IsThere(int member) => member == _membership.Self || _membership.Members[member].State == PeerState.Alive;
}
