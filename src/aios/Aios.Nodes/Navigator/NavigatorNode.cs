using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Planning;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using Path = nav_msgs.msg.Path;

namespace Aios.Nodes;

/// <summary>
/// Finds the way to the newest <c>goal</c>, or to where an operator sends the rover (<c>goal_operator</c>, after which the goal
/// of before is taken up again), over the <c>traversability</c> grid and around the other rovers, publishes it
/// as <c>plan</c>, plans again as the map grows, and says in <c>navigation_status</c> how it goes.
/// </summary>
public sealed class NavigatorNode
{
    /// <summary>Distance to keep from another rover's centre, m: two footprints and a margin.</summary>
    public const double PeerClearance = 1.8;

    private const double ReplanPeriod = 2.0;
    private const int PatienceWithoutPath = 5;

    /// <summary>Failures after which unknown and narrow ground is tried as well; the controller's guard still checks it.</summary>
    private const int PatienceBeforeBold = 2;
    private const double BoldEscape = 4.0;

    /// <summary>Failures after which the rover's own trail is tried: the map may have closed behind it.</summary>
    private const int PatienceBeforeRetrace = 3;
    private const double SameGoal = 0.6;
    private readonly Node _node;
    private readonly CostGrid _grid;
    private readonly GridPlanner _planner;
    private readonly GridPlanner _boldPlanner;
    private readonly GoalProgress _progress = new();
    private readonly Peers _peers;
    private readonly GoalRefusals _refusals;
    private readonly HeightGrid _heights;
    private readonly WayHomePlanner _wayHome;
    private readonly Publisher<Path> _planPublisher;
    private readonly Publisher<NavigationStatus> _statusPublisher;
    private Vector2d? _position;
    private Vector2d _goal;
    private long _goalStamp;
    private byte _status = NavigationStatus.IDLE;
    private double _remaining;
    private bool _isOperators;
    private PoseStamped? _deferred;
    private int _failures;
    private bool _wantsPlan;
    private bool _retraces;
    private long _plannedAt;
    private long _firstPlanAt = long.MaxValue;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    public NavigatorNode(Node node, RoverConfiguration configuration)
    {
        _node = node;
        var geometry = MapGeometry.Of(configuration.Area);
        _grid = CostGrid.ForPlanning(configuration);
        _refusals = new GoalRefusals(node, configuration);
        _heights = new HeightGrid(node, geometry);
        _wayHome = new WayHomePlanner(node, configuration, _heights);
        _planner = new GridPlanner(geometry, new GridPlannerOptions { GoalToleranceM = 1.0 });
        _boldPlanner = new GridPlanner(
            geometry, new GridPlannerOptions { GoalToleranceM = 1.0, EscapeRadiusM = BoldEscape, AllowUnknown = true, UnknownCost = 90 });
        _peers = new Peers(configuration);
        _planPublisher = node.CreatePublisher<Path>(Topics.Plan);
        _statusPublisher = node.CreatePublisher<NavigationStatus>(Topics.NavigationStatus);
        node.CreateSubscription<OccupancyGrid>(Topics.Traversability, m => _grid.TryTake(m), QosProfile.KeepLast(1));
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<PoseStamped>(Topics.Goal, OnGoal);
        node.CreateSubscription<PoseStamped>(Topics.GoalOperator, OnOperatorGoal);
        node.CreateSubscription<ControllerStatus>(Topics.ControllerStatus, OnControllerStatus);
        node.CreateSubscription<FleetState>(Topics.FleetState, OnFleetState);
        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => Tick());
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var position = message.Pose.Pose.Position;
        _position = new Vector2d(position.X, position.Y);
        _grid.Trace(_position.Value);
    }

    private void OnFleetState(FleetState message)
    {
        _peers.Take(message);
        _grid.Permit(message.HazardPermits);
        _refusals.Permits = message.HazardPermits;
    }

    private void OnGoal(PoseStamped message)
    {
        if (_isOperators)
        {
            _deferred = message;
        }
        else
        {
            Take(message);
        }
    }

    private void OnOperatorGoal(PoseStamped message)
    {
        if (!IsPlace(message))
        {
            return;
        }

        if (!_isOperators && _status == NavigationStatus.NAVIGATING)
        {
            _deferred = new PoseStamped();
            (_deferred.Pose.Position.X, _deferred.Pose.Position.Y) = (_goal.X, _goal.Y);
            NodeTime.Write(_deferred.Header.Stamp, _goalStamp);
        }

        _isOperators = true;
        Take(message);
    }

    private static bool IsPlace(PoseStamped message) => double.IsFinite(message.Pose.Position.X + message.Pose.Position.Y);

    /// <summary>Makes a place the goal.</summary>
    private void Take(PoseStamped message)
    {
        var position = message.Pose.Position;
        if (!IsPlace(message))
        {
            return;
        }

        var goal = new Vector2d(position.X, position.Y);
        if (!(goal.DistanceTo(_goal) <= SameGoal))
        {
            _failures = 0;
            _progress.Reset();
        }

        _goal = goal;
        _goalStamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        _status = NavigationStatus.NAVIGATING;
        _wantsPlan = true;
        _firstPlanAt = long.MaxValue;
        if (_refusals.Refuses(goal))
        {
            PublishPlan([], _node.Clock.NowNanoseconds);
            SetStatus(NavigationStatus.NO_PATH);
        }
    }

    private void OnControllerStatus(ControllerStatus message)
    {
        // The plan before may be of the same instant as the goal: that one was reached says nothing of this goal.
        if (_status != NavigationStatus.NAVIGATING || NodeTime.ToNanoseconds(message.PlanStamp) < _firstPlanAt)
        {
            return;
        }

        _remaining = message.Remaining;
        switch (message.Status)
        {
            case ControllerStatus.REACHED:
                SetStatus(NavigationStatus.REACHED);
                break;
            case ControllerStatus.STUCK:
                SetStatus(NavigationStatus.STUCK);
                break;
            case ControllerStatus.BLOCKED:
                _wantsPlan = true;
                break;
        }
    }

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        if (_position is not { } position || !_grid.IsKnown)
        {
            return;
        }

        _wayHome.Tick(_grid.Cost, position, now);
        if (_status != NavigationStatus.NAVIGATING)
        {
            return;
        }

        if (_wantsPlan || NodeTime.ToSeconds(now - _plannedAt) >= ReplanPeriod)
        {
            Plan(position, now);
        }
    }

    private void Plan(Vector2d position, long now)
    {
        _wantsPlan = false;
        _plannedAt = now;
        _firstPlanAt = Math.Min(_firstPlanAt, now);
        _retraces = false;
        _grid.Draw(_peers.Positions, PeerClearance);
        var planner = _planner;
        var result = planner.Plan(_grid.Cost, position, _goal, _heights.Climbs);
        if (!result.HasPath && _failures >= PatienceBeforeBold)
        {
            planner = _boldPlanner;
            result = planner.Plan(_grid.Cost, position, _goal, _heights.Climbs);
        }

        if (!result.HasPath && _failures >= PatienceBeforeRetrace)
        {
            _retraces = true;
            _grid.Draw(_peers.Positions, PeerClearance, openTrail: true);
            result = planner.Plan(_grid.Cost, position, _goal, _heights.Climbs);
        }

        if (!result.HasPath)
        {
            // Another rover may only be passing: ask again a few times before giving up.
            if (++_failures >= PatienceWithoutPath)
            {
                SetStatus(NavigationStatus.NO_PATH);
            }

            PublishPlan([], now);
            return;
        }

        _failures = planner == _planner ? 0 : _failures;
        _remaining = result.LengthM;
        if (_progress.IsStalled(result.LengthM, NodeTime.ToSeconds(now)))
        {
            _progress.Reset();
            SetStatus(NavigationStatus.STUCK);
            PublishPlan([], now);
            return;
        }

        PublishStatus(now);
        PublishPlan(planner.Path, now);
    }

    private void SetStatus(byte status)
    {
        _status = status;
        PublishStatus(_node.Clock.NowNanoseconds);
        if (_isOperators)
        {
            _isOperators = false;
            if (_deferred is { } goal)
            {
                _deferred = null;
                Take(goal);
            }
        }
    }

    private void PublishStatus(long now)
    {
        var message = new NavigationStatus { Status = _status, Remaining = _remaining, Retracing = _retraces };
        NodeTime.Write(message.Header.Stamp, now);
        NodeTime.Write(message.GoalStamp, _goalStamp);
        _statusPublisher.Publish(message);
    }

    /// <summary>Publishes waypoints; none tells the controller to stand.</summary>
    private void PublishPlan(ReadOnlySpan<Vector2d> waypoints, long now)
    {
        var message = new Path();
        message.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(message.Header.Stamp, now);
        foreach (var waypoint in waypoints)
        {
            var pose = new PoseStamped();
            pose.Header.FrameId = Topics.MapFrame;
            NodeTime.Write(pose.Header.Stamp, now);
            pose.Pose.Position.X = waypoint.X;
            pose.Pose.Position.Y = waypoint.Y;
            pose.Pose.Orientation.W = 1;
            message.Poses.Add(pose);
        }

        _planPublisher.Publish(message);
    }
}
