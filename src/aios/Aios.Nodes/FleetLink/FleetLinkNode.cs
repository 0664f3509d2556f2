using aios_interfaces.msg;
using Aios.Fleet;
using Aios.Mission;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using Heartbeat = Aios.Fleet.Heartbeat;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Nodes;

/// <summary>
/// The rover's place in the fleet: sends a heartbeat every 0.2 s, hears the others', judges who is there
/// (<see cref="FleetMembership"/>), has the quorum declare lost who is not (<see cref="QuorumLink"/>), and tells the
/// rover's other nodes on <c>fleet_state</c>.
/// </summary>
public sealed class FleetLinkNode
{
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly FleetMembership _membership;
    private readonly QuorumLink _quorum;
    private readonly EventReporter _events;
    private readonly Publisher<aios_interfaces.msg.Heartbeat> _heartbeatPublisher;
    private readonly Publisher<FleetState> _statePublisher;
    private readonly Heartbeat _own = new();
    private readonly Heartbeat _heard = new();
    private readonly aios_interfaces.msg.Heartbeat _message = new();
    private readonly bool[] _linkDown;
    private readonly uint _boots;
    private int _ticks;

    /// <summary>Sets up the node's topics and timers on <paramref name="node"/>.</summary>
    public FleetLinkNode(Node node, RoverConfiguration configuration, RoverStorage storage, ResumeDesk desk)
    {
        _node = node;
        _configuration = configuration;
        var now = node.Clock.NowNanoseconds;
        var options = new FailureDetectorOptions { DeclareLostAfterNs = (long)(configuration.LostAfter * 1e9) };
        _membership = new FleetMembership(configuration.Name, configuration.Roster, options, now);
        _linkDown = new bool[configuration.Roster.Count];
        _events = new EventReporter(node, configuration.Name);
        _quorum = new QuorumLink(node, configuration, _membership, _events, storage, desk);
        _own.Rover = configuration.Name;
        _boots = storage.Memory.Boots;
        _heartbeatPublisher = node.CreatePublisher<aios_interfaces.msg.Heartbeat>(Topics.Heartbeat, QosProfile.SensorDataProfile);
        _statePublisher = node.CreatePublisher<FleetState>(Topics.FleetState);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<BatteryState>(Topics.BatteryState, m => _own.Battery = m.Percentage);
        node.CreateSubscription<MissionPhase>(Topics.MissionPhase, m => _own.Phase = m.Phase);
        node.CreateSubscription<PoseStamped>(Topics.Goal, OnGoal);
        foreach (var peer in configuration.Roster.Where(name => name != configuration.Name))
        {
            node.CreateSubscription<aios_interfaces.msg.Heartbeat>(
                Topics.Of(peer, Topics.Heartbeat), m => OnHeartbeat(peer, m), QosProfile.SensorDataProfile);
        }

        node.CreateTimer(TimeSpan.FromMilliseconds(options.PeriodNs / 1_000_000), _ => SendHeartbeat());
        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => Tick());
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (PoseMessages.IsUsable(pose))
        {
            (_own.X, _own.Y, _own.Yaw) = (pose.Position.X, pose.Position.Y, pose.Orientation.Yaw);
        }
    }

    private void OnGoal(PoseStamped message)
    {
        _own.HasGoal = true;
        (_own.GoalX, _own.GoalY) = (message.Pose.Position.X, message.Pose.Position.Y);
    }

    private void OnHeartbeat(string sender, aios_interfaces.msg.Heartbeat message)
    {
        if (!string.Equals(message.Rover, sender, StringComparison.Ordinal))
        {
            return; // damaged, or somebody speaks in another's name
        }

        HeartbeatMessages.Read(message, _heard);
        _membership.OnHeartbeat(_heard, _node.Clock.NowNanoseconds);
    }

    private void SendHeartbeat()
    {
        var now = _node.Clock.NowNanoseconds;
        if (_own.Sequence++ == 0)
        {
            // Greater after every restart, also of a rover that forgets, so that new heartbeats are not taken for old ones.
            _own.Incarnation = Math.Max(_boots, 1 + (uint)Math.Max(0, now / 1_000_000_000));
        }

        _own.StampNs = now;
        _own.DecisionHeight = _quorum.Height;
        _membership.WriteKnowledge(_own, now);
        HeartbeatMessages.Write(_message, _own);
        _heartbeatPublisher.Publish(_message);
    }

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        _membership.Tick(now);
        var changed = ReportLinks(now);
        while (_membership.TryTakeChange(out var change))
        {
            Report(change);
            changed = true;
        }

        changed |= _quorum.Tick(now);
        const int StateEvery = 5;
        if (changed || _ticks++ % StateEvery == 0)
        {
            PublishState(now);
        }
    }

    private bool ReportLinks(long now)
    {
        var changed = false;
        foreach (var member in _membership.Members)
        {
            if (member.Index == _membership.Self || !member.Direct.Heard || member.LinkDown == _linkDown[member.Index])
            {
                continue;
            }

            _linkDown[member.Index] = member.LinkDown;
            changed = true;
            var silence = NodeTime.ToSeconds(now - member.Direct.LastArrivalNs);
            if (member.LinkDown)
            {
                _events.Warning(EventKinds.LinkLost, member.Name, $"not heard directly for {silence:0.0} s", silence);
            }
            else
            {
                _events.Notice(EventKinds.LinkRestored, member.Name, "heard directly again", silence);
            }
        }

        return changed;
    }

    private void Report(in MembershipChange change)
    {
        var name = _membership.Members[change.Peer].Name;
        var silence = NodeTime.ToSeconds(change.SilentNs);
        if (change.To == PeerState.Suspected)
        {
            _events.Warning(EventKinds.PeerSuspected, name, $"silent for {silence:0.0} s", silence);
        }
        else if (change.From == PeerState.Suspected && change.To == PeerState.Alive)
        {
            _events.Notice(EventKinds.PeerTrusted, name, $"heard again after {silence:0.0} s", silence);
        }
    }

    private void PublishState(long now)
    {
        var message = new FleetState { Rover = _configuration.Name };
        NodeTime.Write(message.Header.Stamp, now);
        foreach (var member in _membership.Members)
        {
            if (member.Index == _membership.Self || !member.Direct.Heard)
            {
                continue;
            }

            var heartbeat = new aios_interfaces.msg.Heartbeat();
            HeartbeatMessages.Write(heartbeat, member.LastHeartbeat);
            message.Members.Add(heartbeat);
            message.Reports.Add(new PeerReport
            {
                Rover = member.Name,
                State = (byte)member.State,
                Incarnation = member.Evidence.Incarnation,
                Sequence = member.Evidence.Sequence,
                Age = (float)NodeTime.ToSeconds(now - member.Evidence.LastArrivalNs),
                Suspicion = (float)member.Suspicion,
            });
            if (member.State is PeerState.Lost or PeerState.Returned)
            {
                message.Lost.Add(member.Name);
            }
        }

        _quorum.Write(message);
        _statePublisher.Publish(message);
    }
}
