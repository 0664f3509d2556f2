using aios_interfaces.msg;
using Aios.Numerics;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Simulation;

namespace Aios.Nodes.Tests;

/// <summary>Where an operator sends a rover outranks where it was going, until it is there.</summary>
public sealed class OperatorGoalTests : IDisposable
{
    private readonly SimulatedBus _bus = new(1, new IdealLinkModel());
    private readonly RosContext _context;
    private readonly Node _test;
    private readonly Publisher<PoseStamped> _goal;
    private readonly Publisher<PoseStamped> _operator;
    private readonly Publisher<ControllerStatus> _controller;
    private nav_msgs.msg.Path _plan = new();
    private NavigationStatus _status = new();

    public OperatorGoalTests()
    {
        _context = new RosContext(_bus.CreateTransport("rover_1"));
        var configuration = Configurations.Of("rover_1", "rover_1");
        _ = new NavigatorNode(_context.CreateNode("navigator", "/rover_1"), configuration);
        _test = _context.CreateNode("test", "/rover_1");
        _goal = _test.CreatePublisher<PoseStamped>(Topics.Goal);
        _operator = _test.CreatePublisher<PoseStamped>(Topics.GoalOperator);
        _controller = _test.CreatePublisher<ControllerStatus>(Topics.ControllerStatus);
        _test.CreateSubscription<nav_msgs.msg.Path>(Topics.Plan, m => _plan = m);
        _test.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, m => _status = m);
        PublishGround(MapGeometry.Of(configuration.Area));
        Run(1);
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void OperatorGoal_WhileDriving_TakesOverAndGivesBack()
    {
        _goal.Publish(Goal(10, 0));
        Run(1);
        var stamp = _status.GoalStamp.Nanosec + (1e9 * _status.GoalStamp.Sec);
        AssertPlanEnds(10, 0);

        _operator.Publish(Goal(0, 8));
        Run(1);
        AssertPlanEnds(0, 8);

        Reached();
        Run(3);
        AssertPlanEnds(10, 0);
        Assert.Equal(stamp, _status.GoalStamp.Nanosec + (1e9 * _status.GoalStamp.Sec));
        Assert.Equal(NavigationStatus.NAVIGATING, _status.Status);
    }

    [Fact]
    public void Goal_WhileTheOperatorsIsUnderWay_WaitsForIt()
    {
        _operator.Publish(Goal(0, 8));
        Run(1);
        _goal.Publish(Goal(10, 0));
        Run(1);
        AssertPlanEnds(0, 8);

        Reached();
        Run(3);
        AssertPlanEnds(10, 0);
    }

    [Fact]
    public void OperatorGoal_NotFinite_ChangesNothing()
    {
        _goal.Publish(Goal(10, 0));
        _operator.Publish(Goal(double.NaN, 0));
        Run(1);
        AssertPlanEnds(10, 0);
    }

    private static PoseStamped Goal(double x, double y)
    {
        var goal = new PoseStamped();
        (goal.Pose.Position.X, goal.Pose.Position.Y, goal.Pose.Orientation.W) = (x, y, 1);
        return goal;
    }

    private void Reached() => _controller.Publish(new ControllerStatus { Status = ControllerStatus.REACHED, PlanStamp = _plan.Header.Stamp });

    private void Run(double seconds) => _bus.RunUntil(_bus.NowNs + (long)(seconds * 1e9));

    private void AssertPlanEnds(double x, double y)
    {
        var end = _plan.Poses[^1].Pose.Position;
        Assert.InRange(new Vector2d(end.X, end.Y).DistanceTo(new Vector2d(x, y)), 0, 1.2);
    }

    private void PublishGround(GridGeometry geometry)
    {
        var grid = Grounds.Traversability(geometry, (_, _) => 0);
        var ground = _test.CreatePublisher<OccupancyGrid>(Topics.Traversability);
        var pose = _test.CreatePublisher<PoseWithCovarianceStamped>(Topics.Pose);
        _test.CreateTimer(TimeSpan.FromSeconds(0.4), _ =>
        {
            ground.Publish(grid);
            pose.Publish(new PoseWithCovarianceStamped());
        });
    }
}
