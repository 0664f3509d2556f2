using System.Runtime.InteropServices;
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
        node.CreatePublisher<OccupancyGrid>(Topics.Traversability, QosProfile.KeepLast(1)).Publish(FreeGround(configuration));
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
        _heights.Publish(Bank(MapGeometry.Of(Configurations.Of("rover_1", ["rover_1"]).Area)));
        PublishGoal(6);
        _bus.RunUntil(Half);
        Assert.Equal(0, _widest);

        _slip.Publish(new Slip { Climb = 8 });
        _bus.RunUntil(6 * Half);
        Assert.InRange(_widest, 1.8, 4);
    }

    /// <summary>Level ground but for a climb of 0.3 along x, from 1 m to 4 m, and a drop after it, where y is less than 2 m.</summary>
    private static GridMap Bank(GridGeometry geometry)
    {
        var layer = new std_msgs.msg.Float32MultiArray();
        CollectionsMarshal.SetCount(layer.Data, geometry.CellCount);
        for (var row = 0; row < geometry.Height; row++)
        {
            for (var col = 0; col < geometry.Width; col++)
            {
                // grid_map counts from the corner with the largest x and y.
                var index = ((geometry.Height - 1 - row) * geometry.Width) + geometry.Width - 1 - col;
                var (x, y) = (geometry.CenterX(col), geometry.CenterY(row));
                layer.Data[index] = y < 2 && x < 4 ? 0.3f * (float)Math.Max(x - 1, 0) : 0;
            }
        }

        var map = new GridMap();
        map.Data.Add(layer);
        return map;
    }

    private static OccupancyGrid FreeGround(RoverConfiguration configuration)
    {
        GridGeometry geometry = MapGeometry.Of(configuration.Area);
        var grid = new OccupancyGrid();
        (grid.Info.Width, grid.Info.Height) = ((uint)geometry.Width, (uint)geometry.Height);
        grid.Info.Resolution = (float)geometry.Resolution;
        CollectionsMarshal.SetCount(grid.Data, geometry.CellCount);
        return grid;
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
