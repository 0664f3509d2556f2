using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using Aios.Planning;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Nodes;

/// <summary>
/// Looks for the next ground to see: finds frontiers on the <c>traversability</c> grid, agrees with the others by
/// <c>fleet/task_bid</c> on who takes which, and publishes its <c>goal</c>. When a rover is lost, its frontier is anybody's.
/// </summary>
public sealed class ExplorerNode
{
    private const double Period = 0.5;
    private const double BanDuration = 300.0;

    /// <summary>Time between two looks for frontiers while a task is under way, s; without a task there is no wait.</summary>
    private const double LookPeriod = 2.0;

    /// <summary>The same while not exploring: only new ground brings the rover back to it, s.</summary>
    private const double IdleLookPeriod = 4.0;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly CostGrid _grid;
    private readonly TravelField _travel;
    private readonly FrontierDetector _detector;
    private readonly FrontierAllocator _allocator;
    private readonly LostWork _lostWork;
    private readonly EventReporter _events;
    private readonly ExplorationMessages _messages;
    private readonly RoleDuty? _duty;
    private Vector2d? _position;
    private bool _exploring;
    private bool _gridIsNew;
    private ExplorationTask? _task;
    private uint _taskCount;
    private long _lookedAt;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    public ExplorerNode(Node node, RoverConfiguration configuration)
    {
        _node = node;
        _configuration = configuration;
        var geometry = MapGeometry.Of(configuration.Area);
        var area = configuration.Area;
        _grid = CostGrid.ForPlanning(configuration);
        _travel = new TravelField(geometry);
        _detector = new FrontierDetector(geometry, new MissionArea(area.MinX, area.MinY, area.MaxX, area.MaxY));
        _allocator = new FrontierAllocator(configuration.Name, new AllocatorOptions { BanDurationS = BanDuration });
        _lostWork = new LostWork();
        _events = new EventReporter(node, configuration.Name);
        _messages = new ExplorationMessages(node, configuration.Name);
        _duty = configuration.HasDuties ? new RoleDuty(node, configuration, _messages, _events) : null;
        node.CreateSubscription<OccupancyGrid>(Topics.Traversability, OnGrid, QosProfile.KeepLast(1));
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<MissionPhase>(Topics.MissionPhase, m => _exploring = m.Phase == MissionPhase.EXPLORING);
        node.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, OnNavigationStatus);
        node.CreateSubscription<FleetState>(Topics.FleetState, OnFleetState);
        foreach (var peer in configuration.Roster.Where(name => name != configuration.Name))
        {
            node.CreateSubscription<TaskBid>(Topics.Of(peer, Topics.TaskBid), OnBid);
        }

        node.CreateTimer(TimeSpan.FromSeconds(Period), _ => Tick());
    }

    private void OnGrid(OccupancyGrid message) => _gridIsNew |= _grid.TryTake(message);

    private void OnPose(PoseWithCovarianceStamped message)
    {
        var position = message.Pose.Pose.Position;
        _position = new Vector2d(position.X, position.Y);
    }

    private void OnBid(TaskBid message)
    {
        var claim = new FrontierClaim(
            message.Rover,
            new Vector2d(message.Target.X, message.Target.Y),
            message.Cost,
            message.Gain,
            NodeTime.ToNanoseconds(message.Header.Stamp),
            message.Active);
        if (!_lostWork.IsLost(message.Rover) && _allocator.Observe(claim))
        {
            _lostWork.OnClaim(claim);
        }
    }

    private void OnFleetState(FleetState message)
    {
        _grid.Permit(message.HazardPermits);
        foreach (var rover in message.Lost)
        {
            if (_configuration.TakeOver && _lostWork.OnLost(rover))
            {
                _allocator.Release(rover);
            }
        }
    }

    private void OnNavigationStatus(NavigationStatus message)
    {
        if (_task is not { } task || NodeTime.ToNanoseconds(message.GoalStamp) != task.GoalStampNs)
        {
            return;
        }

        switch (message.Status)
        {
            case NavigationStatus.REACHED:
                // What cannot be seen from here will not be seen by coming again soon.
                _allocator.ReportFailure(task.Frontier.Viewpoint, _node.Clock.NowNanoseconds);
                _allocator.DropGoal();
                EndTask(EventKinds.TaskCompleted, "reached");
                break;
            case NavigationStatus.NO_PATH or NavigationStatus.STUCK:
                _allocator.ReportFailure(task.Frontier.Viewpoint, _node.Clock.NowNanoseconds);
                EndTask(EventKinds.TaskAbandoned, message.Status == NavigationStatus.STUCK ? "stuck" : "no path");
                break;
        }
    }

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        var wait = !_exploring ? IdleLookPeriod : _task is null ? 0 : LookPeriod;
        if (_position is not { } position || !_grid.IsKnown || !_gridIsNew || NodeTime.ToSeconds(now - _lookedAt) < wait)
        {
            return;
        }

        _gridIsNew = false;
        _lookedAt = now;
        _travel.Compute(_grid.Cost, position);
        _detector.Detect(_grid.Cost, _travel);
        if (_exploring)
        {
            Choose(now);
        }
        else if (_task is not null)
        {
            _allocator.DropGoal();
            EndTask(EventKinds.TaskAbandoned, "not exploring any more");
        }

        SettleLostWork();
        var claim = _allocator.OwnClaim(now);
        _messages.PublishBid(claim, _task?.Number ?? 0);
        _messages.PublishStatus(now, _detector.Frontiers, IsExhausted(now), _task);
        _messages.PublishFrontiers(now, _detector.Frontiers);
    }

    private void Choose(long now)
    {
        if (IsOnDuty)
        {
            _allocator.DropGoal();
            EndTask(EventKinds.TaskAbandoned, "the role's places come first");
            return;
        }

        var allocation = _allocator.Select(_detector.Frontiers, now);
        if (!allocation.HasGoal)
        {
            if (_task is not null)
            {
                EndTask(EventKinds.TaskCompleted, "nothing left to see there");
            }

            return;
        }

        var moved = _task is { } task && task.Frontier.Viewpoint.DistanceTo(allocation.Goal.Viewpoint) > 0.5;
        if (allocation.Status == AllocationStatus.Assigned && _task is not null)
        {
            EndTask(EventKinds.TaskCompleted, "seen on the way, or another is better now");
        }

        if (_task is null)
        {
            StartTask(allocation.Goal, now);
        }
        else if (moved)
        {
            _task = _task with { Frontier = allocation.Goal, GoalStampNs = now };
            _messages.PublishGoal(allocation.Goal.Viewpoint, now);
        }
    }

    private void StartTask(in Frontier goal, long now)
    {
        _task = new ExplorationTask(++_taskCount, goal, now);
        _messages.PublishGoal(goal.Viewpoint, now);
        _events.Info(
            EventKinds.TaskAssigned, _configuration.Name, $"{goal.GainM2:0} m² to see", _taskCount, goal.Viewpoint.X, goal.Viewpoint.Y);
    }

    private void SettleLostWork()
    {
        foreach (var (claim, how) in _lostWork.Settle(_task?.Frontier.Viewpoint, _detector.Frontiers))
        {
            _events.Notice(EventKinds.WorkTakenOver, claim.Rover, how, claim.Target.X, claim.Target.Y);
        }
    }

    private void EndTask(string kind, string why)
    {
        if (_task is { } task)
        {
            _events.Info(kind, _configuration.Name, why, task.Number, task.Frontier.Viewpoint.X, task.Frontier.Viewpoint.Y);
        }

        _task = null;
    }

    private bool IsOnDuty => _duty is { IsBusy: true };

    /// <summary>Nothing left that this rover could go to. What another rover goes to does not count as left.</summary>
    private bool IsExhausted(long now) =>
        _task is null && !IsOnDuty && _allocator.Select(_detector.Frontiers, now).Status
            is AllocationStatus.NoFrontier or AllocationStatus.AllBanned or AllocationStatus.AllClaimed;
}

/// <summary>A trip to a frontier.</summary>
/// <param name="Number">Counts this rover's tasks from 1.</param>
/// <param name="Frontier">Where to and why.</param>
/// <param name="GoalStampNs">Stamp of the goal message, by which navigation reports.</param>
internal sealed record ExplorationTask(uint Number, Frontier Frontier, long GoalStampNs);
