using aios_interfaces.msg;
using Aios.Numerics;
using geometry_msgs.msg;
using grid_map_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Simulation;
using Path = nav_msgs.msg.Path;

namespace Aios.Nodes.Tests;

/// <summary>The navigator alone, with the test as explorer, mapper and controller.</summary>
public sealed class NavigatorNodeTests : IDisposable
{
    private const long Half = 500_000_000;
    private readonly SimulatedBus _bus = new(1);
    private readonly RosContext _context;
    private readonly GridGeometry _geometry;
    private readonly Publisher<PoseStamped> _goals;
    private readonly Publisher<ControllerStatus> _controller;
    private readonly Publisher<Slip> _slip;
    private readonly Publisher<GridMap> _heights;
    private readonly List<long> _plans = [];
    private byte _status;
    private int _waypoints;
    private double _widest;

    public NavigatorNodeTests()
    {
        var configuration = Configurations.Of("rover_1", ["rover_1"]);
        _geometry = MapGeometry.Of(configuration.Area);
        _context = new RosContext(_bus.CreateTransport("rover_1"));
        _ = new NavigatorNode(_context.CreateNode("navigator"), configuration);
        var node = _context.CreateNode("tester");
        node.CreateSubscription<NavigationStatus>(Topics.NavigationStatus, message => _status = message.Status);
        node.CreateSubscription<Path>(Topics.Plan, message =>
        {
            _plans.Add(NodeTime.ToNanoseconds(message.Header.Stamp));
            _waypoints = message.Poses.Count;
            _widest = message.Poses.Select(pose => Math.Abs(pose.Pose.Position.Y)).DefaultIfEmpty().Max();
        });
        _goals = node.CreatePublisher<PoseStamped>(Topics.Goal);
        _slip = node.CreatePublisher<Slip>(Topics.Slip);
        _heights = node.CreatePublisher<GridMap>(Topics.ElevationMap, QosProfile.KeepLast(1));
        _controller = node.CreatePublisher<ControllerStatus>(Topics.ControllerStatus);
        node.CreatePublisher<OccupancyGrid>(Topics.Traversability, QosProfile.KeepLast(1)).Publish(Grounds.Traversability(_geometry, (_, _) => 0));
        node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Pose).Publish(new PoseWithCovarianceStamped());
        _bus.RunUntil(Half / 5);
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void Reached_OfAPlanOfTheSameInstantAsTheNextGoal_IsNotThatGoalReached()
    {
        PublishGoal(5);
        _bus.RunUntil(Half);
        Assert.Equal([Half], _plans);

        PublishGoal(-5);
        PublishReached(_plans[0]);
        _bus.RunUntil(2 * Half);
        Assert.Equal(NavigationStatus.NAVIGATING, _status);
        Assert.Equal([Half, 2 * Half], _plans);

        PublishReached(_plans[1]);
        _bus.RunUntil(3 * Half);
        Assert.Equal(NavigationStatus.REACHED, _status);
    }

    [Fact]
    public void Goal_ThatDoesNotComeNearer_IsStuckInTheEndAndTheRoverStands()
    {
        PublishGoal(5);
        _bus.RunUntil(30 * 2 * Half);
        Assert.Equal(NavigationStatus.NAVIGATING, _status);

        _bus.RunUntil(45 * 2 * Half);
        Assert.Equal(NavigationStatus.STUCK, _status);
        Assert.Equal(0, _waypoints);
    }

    [Fact]
    public void Climb_OnSoilThatSlips_IsGoneAround()
    {
        // Level ground but for a climb along x, from 1 m to 4 m, and a drop after it, where y is less than 2 m.
        _heights.Publish(Grounds.Elevation(_geometry, (x, y) => y < 2 && x < 4 ? 0.3 * Math.Max(x - 1, 0) : 0));
        PublishGoal(6);
        _bus.RunUntil(Half);
        Assert.Equal(0, _widest);

        _slip.Publish(new Slip { Climb = 8 });
        _bus.RunUntil(6 * Half);
        Assert.InRange(_widest, 1.8, 4);
    }

    private void PublishGoal(double x)
    {
        var goal = new PoseStamped();
        goal.Pose.Position.X = x;
        NodeTime.Write(goal.Header.Stamp, _bus.NowNs);
        _goals.Publish(goal);
    }

    private void PublishReached(long planStamp)
    {
        var status = new ControllerStatus { Status = ControllerStatus.REACHED };
        NodeTime.Write(status.PlanStamp, planStamp);
        _controller.Publish(status);
    }
}
