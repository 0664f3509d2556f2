using System.Numerics;
using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Fleet;
using Aios.Mission;
using Aios.Safety.Audit;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// The rover's vote in the fleet (<see cref="QuorumKernel"/>) on <c>fleet/quorum</c>: asks for a rover that nobody hears
/// to be declared lost and for one that is heard again to be readmitted, and judges what the others ask for.
/// </summary>
internal sealed class QuorumLink : IDecisionPolicy
{
    private const long ReadmitAfterNs = 3_000_000_000;

    /// <summary>How late a rover that starts still takes up an order, s.</summary>
    private const double OrderPatience = 2;

    /// <summary>
    /// Of every <see cref="PeriodNs"/> the best wish is asked for so long, by all rovers at the same times; then the others have
    /// their turn: a halt that nobody seconds must not keep back what else the rover wants.
    /// </summary>
    private const long BestNs = 7_000_000_000;
    private const long PeriodNs = 10_000_000_000;

    /// <summary>A lower speed limit would strand the fleet: not endorsed, µm/s.</summary>
    private const long LeastSpeedLimit = 100_000;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly FleetMembership _membership;
    private readonly EventReporter _events;
    private readonly QuorumKernel _kernel;
    private readonly Publisher<QuorumMessage> _publisher;
    private readonly QuorumMessage _message = new();
    private readonly AuditTrail? _trail;
    private readonly List<FleetOrder> _orders;
    private readonly StopAppeal _appeal;
    private readonly FleetWishes _wishes;
    private bool _asked;

    /// <summary>Sets up topics and timer on <paramref name="node"/>.</summary>
    public QuorumLink(
        Node node, RoverConfiguration configuration, FleetMembership membership, EventReporter events, RoverStorage storage,
        ResumeDesk desk)
    {
        _node = node;
        _configuration = configuration;
        _membership = membership;
        _events = events;
        var options = configuration.Quorum;
        var keys = storage.Keys ?? EcdsaKeyRing.ForSimulation(membership.Self, options.Members, configuration.Seed);
        _kernel = new QuorumKernel(membership.Self, options, keys, storage.Votes, this, node.Clock.NowNanoseconds);
        foreach (var member in membership.Members.Where(member => _kernel.State.IsLost(member.Index)))
        {
            membership.MarkLost(member.Index, node.Clock.NowNanoseconds); // decided before a crash
        }

        _trail = storage.Audit is { } audit && keys is EcdsaKeyRing ring
            ? new AuditTrail(audit, AuditGenesis.Of(options, membership.Self, configuration.Roster, ring))
            : null;
        _orders = [.. configuration.Orders.Where(order => order.By == configuration.Name)];
        _message.Rover = configuration.Name;
        _publisher = node.CreatePublisher<QuorumMessage>(Topics.Quorum, QosProfile.SensorDataProfile);
        foreach (var peer in configuration.Roster.Where(name => name != configuration.Name))
        {
            node.CreateSubscription<QuorumMessage>(Topics.Of(peer, Topics.Quorum), OnMessage, QosProfile.SensorDataProfile);
        }

        _appeal = new StopAppeal(node, desk);
        _wishes = new FleetWishes(node, configuration, membership);
        if (configuration.Orders.Any(order => order.By == FleetOrder.Operator))
        {
            node.CreateSubscription<QuorumMessage>(Topics.OperatorOrders, OnOrder);
        }

        node.CreateTimer(TimeSpan.FromMilliseconds(50), _ => Advance());
    }

    /// <summary>Decisions of the fleet that this rover holds.</summary>
    public uint Height => _kernel.Log.Height;

    /// <inheritdoc/>
    public bool Endorses(in Decision decision, long nowNs) => decision.Kind switch
    {
        DecisionKind.FleetHalt => true, // the kernel counts who asks for a halt, and for its end
        DecisionKind.DeclareLost => _membership.ShouldDeclareLost(decision.Subject, nowNs),
        DecisionKind.Readmit => decision.Subject == _membership.Self || IsBackForGood(_membership.Members[decision.Subject], nowNs),
        DecisionKind.ResumeRover => decision.Subject == _membership.Self
            ? _appeal.IsReady(decision.Argument, nowNs)
            : _membership.Members[decision.Subject].State == PeerState.Alive && IsOwnWish(decision),
        DecisionKind.FleetResume => _membership.Members.All(member => member.State != PeerState.Suspected),
        DecisionKind.ChangeSpeedLimit => decision.Value is 0 or >= LeastSpeedLimit,
        DecisionKind.LeaveHazardZone => IsOwnWish(decision) || !IsWell(decision.Subject),
        DecisionKind.EnterHazardZone => IsOwnWish(decision) && IsWell(decision.Subject) && !_kernel.State.Halted && !_configuration.Zones.IsKeepOut(decision.Object),
        DecisionKind.TakeOverRole => IsWell(decision.Object),
        DecisionKind.ChangeVoters => EndorsesVoters((ulong)decision.Value),
        _ => false,
    };

    /// <inheritdoc/>
    public bool IsReachable(int member) =>
        member == _membership.Self || _membership.Members[member].State is PeerState.Alive or PeerState.Returned;

    /// <summary>Asks for what this rover wants decided, and reports what was.</summary>
    /// <returns>True when a decision fell since the last call.</returns>
    public bool Tick(long now)
    {
        foreach (var member in _membership.Members)
        {
            if (member.Index == _membership.Self)
            {
                continue;
            }

            var lost = new Decision(DecisionKind.DeclareLost, (byte)member.Index);
            var back = new Decision(DecisionKind.Readmit, (byte)member.Index);
            Want(lost, _membership.ShouldDeclareLost(member.Index, now), now);
            Want(back, IsBackForGood(member, now), now);
        }

        foreach (var (decision, isWanted) in _wishes.Update(_kernel.State))
        {
            Want(decision, isWanted, now);
        }

        AskForOrders(now);
        _kernel.Turn = now % PeriodNs < BestNs ? 0 : 1 + (now / PeriodNs);
        _appeal.Tick(_kernel, now);
        Advance();
        var decided = Report(now);
        _trail?.Write(_kernel.Log, _kernel.Overrides, now);
        return decided;
    }

    /// <summary>Adds what the fleet has decided to a state message.</summary>
    public void Write(FleetState message)
    {
        message.Halted = _kernel.State.Halted;
        message.HazardPermits = _kernel.State.HazardPermits(_membership.Self);
        message.SpeedLimit = _kernel.State.SpeedLimit * 1e-6;
        message.Roles = _wishes.RolesHeld(_kernel.State);
    }

    /// <summary>By all that this rover knows, the member is there.</summary>
    private bool IsWell(int member) => member == _membership.Self || _membership.Members[member].State == PeerState.Alive;

    /// <summary>The rover that it is about asks for it: nobody else knows what it needs.</summary>
    private bool IsOwnWish(in Decision decision) => _kernel.IsAskedBy(decision.Subject, decision);

    /// <summary>Who joins must be there; who leaves must be declared lost.</summary>
    private bool EndorsesVoters(ulong voters)
    {
        var state = _kernel.State;
        return _membership.Members.All(member => ((voters >> member.Index) & 1) != 0
            ? state.IsVoter(member.Index) || IsWell(member.Index)
            : !state.IsVoter(member.Index) || state.IsLost(member.Index));
    }

    private static bool IsBackForGood(FleetMember member, long now) =>
        member.State == PeerState.Returned && now - member.StateSinceNs >= ReadmitAfterNs;

    private void Want(in Decision decision, bool wanted, long now)
    {
        if (wanted && !_kernel.IsProposed(decision))
        {
            _kernel.Propose(decision, now);
        }
        else if (!wanted && _kernel.IsProposed(decision))
        {
            _kernel.Withdraw(decision);
        }
    }

    /// <summary>Puts the mission's drills to the vote when their time has come; one that the fleet has followed is done.</summary>
    private void AskForOrders(long now)
    {
        if (!_asked && now > 0)
        {
            // What was asked before a crash has had its answer.
            _asked = true;
            _orders.RemoveAll(order => order.At + OrderPatience < NodeTime.ToSeconds(now));
        }

        for (var i = _orders.Count - 1; i >= 0; i--)
        {
            var order = _orders[i];
            if (NodeTime.ToSeconds(now) >= order.At && !_kernel.IsProposed(order.Decision) && !_kernel.Propose(order.Decision, now))
            {
                _orders.RemoveAt(i);
            }
        }
    }

    private void OnOrder(QuorumMessage message)
    {
        if (HumanOverride.Decode(CollectionsMarshal.AsSpan(message.Data)) is { } order)
        {
            _kernel.ApplyOverride(order, _node.Clock.NowNanoseconds);
            Send();
        }
    }

    private void OnMessage(QuorumMessage message)
    {
        _kernel.Receive(CollectionsMarshal.AsSpan(message.Data), _node.Clock.NowNanoseconds);
        Send();
    }

    private void Advance()
    {
        _kernel.Tick(_node.Clock.NowNanoseconds);
        Send();
    }

    private void Send()
    {
        var now = _node.Clock.NowNanoseconds;
        var data = _kernel.PollMessage(now);
        if (data.IsEmpty)
        {
            return;
        }

        NodeTime.Write(_message.Header.Stamp, now);
        CollectionsMarshal.SetCount(_message.Data, data.Length);
        data.CopyTo(CollectionsMarshal.AsSpan(_message.Data));
        _publisher.Publish(_message);
    }

    private bool Report(long now)
    {
        var decided = false;
        while (_kernel.TryTakeEvent(out var happened))
        {
            switch (happened.Kind)
            {
                case QuorumEventKind.Decided:
                    Apply(happened, now);
                    decided = true;
                    break;
                case QuorumEventKind.Voted:
                    _events.Notice(
                        EventKinds.QuorumVote, NameOf(happened.Decision), EventKinds.DecisionName(happened.Decision.Kind.ToString()),
                        happened.Epoch, happened.View);
                    break;
                case QuorumEventKind.Overridden:
                    _events.Alert(
                        EventKinds.HumanOverride, NameOf(happened.Decision), EventKinds.DecisionName(happened.Decision.Kind.ToString()),
                        happened.Epoch);
                    decided = true;
                    break;
                case QuorumEventKind.Equivocation or QuorumEventKind.ForkDetected or QuorumEventKind.StoreFailed
                    or QuorumEventKind.JournalDamaged:
                    _trail?.Note(happened);
                    _events.Alert(EventKinds.QuorumAlarm, NameOf(happened.Member), happened.Kind.ToString(), happened.Epoch);
                    break;
            }
        }

        return decided;
    }

    private void Apply(in QuorumEvent happened, long now)
    {
        var decision = happened.Decision;

        // Asked for again, two orders that contradict each other would be decided in turns for ever.
        _orders.RemoveAll(order => order.Decision == decision && NodeTime.ToSeconds(now) >= order.At);
        if (decision.Kind == DecisionKind.DeclareLost)
        {
            _membership.MarkLost(decision.Subject, now);
        }
        else if (decision.Kind == DecisionKind.Readmit)
        {
            _membership.MarkReadmitted(decision.Subject, now);
        }

        _events.Alert(
            EventKinds.QuorumDecision, NameOf(decision), EventKinds.DecisionName(decision.Kind.ToString()),
            BitOperations.PopCount(happened.Voters), happened.Epoch);
    }

    private string NameOf(in Decision decision) => decision.Kind switch
    {
        DecisionKind.FleetHalt or DecisionKind.FleetResume or DecisionKind.ChangeSpeedLimit or DecisionKind.ChangeVoters => "fleet",
        _ => NameOf(decision.Subject),
    };

    private string NameOf(int member) =>
        (uint)member < (uint)_configuration.Roster.Count ? _configuration.Roster[member] : "fleet";
}
