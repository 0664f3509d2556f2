using aios_interfaces.msg;
using Aios.Control;
using Aios.Numerics;
using Aios.Safety;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using Path = nav_msgs.msg.Path;

namespace Aios.Nodes;

/// <summary>
/// Drives along the newest <c>plan</c> at 10 Hz (<see cref="PathFollower"/>): publishes <c>cmd_vel_nav</c>, which reaches
/// the wheels only through the safety gate, and <c>controller_status</c>. Gives way to rovers earlier in the roster.
/// </summary>
public sealed class ControllerNode
{
    /// <summary>Within this distance of another rover in front, the later one in the roster waits, m.</summary>
    private const double YieldDistance = 2.6;
    private const double YieldLimit = 20.0;

    /// <summary>The guard stops the rover this far from another's centre, m: two footprints and the error of two poses.</summary>
    private const double PeerClearance = 1.5;
    private const double ArrivalSpeedFraction = 0.85;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly CostGrid _grid;
    private readonly Peers _peers;
    private readonly PathFollower _follower;
    private readonly Publisher<TwistStamped> _commandPublisher;
    private readonly Publisher<ControllerStatus> _statusPublisher;
    private readonly EventReporter _events;
    private readonly TwistStamped _command = new();
    private readonly ControllerStatus _status = new();
    private FollowInput? _input;
    private Vector2d _planEnd;
    private Vector2d[] _waypoints = [];
    private double _yieldedFor;
    private bool _retraces;
    private bool _held;
    private byte _reported = ControllerStatus.IDLE;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    public ControllerNode(Node node, RoverConfiguration configuration)
    {
        _node = node;
        _configuration = configuration;
        _grid = CostGrid.ForPlanning(configuration);
        _peers = new Peers(configuration);
        _follower = new PathFollower(new PathFollowerOptions { MaxSpeedMps = configuration.MaxSpeed * ArrivalSpeedFraction });
        _events = new EventReporter(node, configuration.Name);
        _commandPublisher = node.CreatePublisher<TwistStamped>(Topics.CommandNavigation);
        _statusPublisher = node.CreatePublisher<ControllerStatus>(Topics.ControllerStatus);
        _command.Header.FrameId = Topics.BaseFrame(configuration.Name);
        node.CreateSubscription<Path>(Topics.Plan, OnPlan);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, m => _retraces = m.Retracing);
        node.CreateSubscription<OccupancyGrid>(Topics.Traversability, m => _grid.TryTake(m), QosProfile.KeepLast(1));
        node.CreateSubscription<aios_interfaces.msg.FleetState>(Topics.FleetState, OnFleetState);
        node.CreateSubscription<SafetyStatus>(Topics.SafetyStatus, OnSafetyStatus);
        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => Tick());
    }

    private void OnFleetState(aios_interfaces.msg.FleetState message)
    {
        _peers.Take(message);
        _grid.Permit(message.HazardPermits);
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (PoseMessages.IsUsable(pose))
        {
            pose.Orientation.ToRollPitchYaw(out var roll, out var pitch, out var yaw);
            _input = new FollowInput(
                new Pose2(pose.Position.X, pose.Position.Y, yaw), roll, pitch, NodeTime.ToNanoseconds(message.Header.Stamp));
            _grid.Trace(_input.Value.MapFromBase.Position);
        }
    }

    private void OnPlan(Path message)
    {
        var count = message.Poses.Count;
        if (_waypoints.Length < count)
        {
            _waypoints = new Vector2d[count * 2];
        }

        for (var i = 0; i < count; i++)
        {
            var position = message.Poses[i].Pose.Position;
            _waypoints[i] = new Vector2d(position.X, position.Y);
        }

        NodeTime.Write(_status.PlanStamp, NodeTime.ToNanoseconds(message.Header.Stamp));
        if (count == 0)
        {
            _follower.Stop();
            return;
        }

        var end = _waypoints[count - 1];
        const double SameGoal = 0.6;
        _follower.SetPath(_waypoints.AsSpan(0, count), end.DistanceTo(_planEnd) > SameGoal);
        _planEnd = end;
    }

    /// <summary>A stop of the gate is no want of progress; its refusal of this controller's own command is.</summary>
    private void OnSafetyStatus(SafetyStatus message) =>
        _held = message.Action >= SafetyStatus.ACTION_HOLD && !new GateReasonSet(message.Reasons).Contains(GateReason.NotRecoverable);

    private void Tick()
    {
        if (_input is not { } input)
        {
            return;
        }

        var now = _node.Clock.NowNanoseconds;
        _grid.Draw(_peers.Positions, PeerClearance, _retraces);
        var cost = _grid.IsKnown ? _grid.Cost : default;
        var yields = MustYield(input.MapFromBase);
        var command = yields
            ? new FollowCommand(0, 0, _follower.Status, FollowReason.None, 0, 0)
            : _follower.Update(input with { TimeNs = now, IsHeld = _held }, cost, _grid.Geometry);
        NodeTime.Write(_command.Header.Stamp, now);
        _command.Twist.Linear.X = command.ForwardMps;
        _command.Twist.Angular.Z = command.TurnRadps;
        _commandPublisher.Publish(_command);
        PublishStatus(command, now);
    }

    /// <summary>
    /// A rover earlier in the roster is close in front: stand until it has passed, though not for ever (it may be dead).
    /// </summary>
    private bool MustYield(Pose2 pose)
    {
        var near = false;
        var (sin, cos) = DetMath.SinCos(pose.Yaw);
        for (var i = 0; i < _peers.Indices.Length; i++)
        {
            var offset = _peers.Positions[i] - pose.Position;
            var ahead = (offset.X * cos) + (offset.Y * sin) > 0;
            near |= _peers.Indices[i] < _configuration.Index && ahead && offset.Length < YieldDistance;
        }

        _yieldedFor = near ? _yieldedFor + 0.1 : 0;
        return near && _yieldedFor < YieldLimit;
    }

    private void PublishStatus(in FollowCommand command, long now)
    {
        _status.Status = command.Status switch
        {
            FollowStatus.Rotating or FollowStatus.Following => ControllerStatus.FOLLOWING,
            FollowStatus.Arrived => ControllerStatus.REACHED,
            FollowStatus.BackingUp => ControllerStatus.RECOVERING,
            FollowStatus.WantsPath => ControllerStatus.BLOCKED,
            FollowStatus.Failed => ControllerStatus.STUCK,
            _ => ControllerStatus.IDLE,
        };
        _status.Remaining = command.RemainingM;
        NodeTime.Write(_status.Header.Stamp, now);
        _statusPublisher.Publish(_status);
        if (_status.Status is ControllerStatus.STUCK or ControllerStatus.RECOVERING && _reported != _status.Status)
        {
            _events.Warning(
                Aios.Mission.EventKinds.Stuck, _configuration.Name, command.Reason.ToString(), _input!.Value.MapFromBase.X, _input.Value.MapFromBase.Y);
        }

        _reported = _status.Status;
    }
}
