using aios_interfaces.msg;
using Aios.Numerics;
using geometry_msgs.msg;
using grid_map_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Simulation;

namespace Aios.Nodes.Tests;

/// <summary>The planned way home, and what the gate makes of it.</summary>
public sealed class WayHomeTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private readonly SimulatedBus _bus = new(1);
    private readonly RosContext _context;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration = Configurations.Of("rover_1", ["rover_1"]);
    private readonly HomeEnergy _energy;
    private readonly Publisher<WayHome> _ways;

    public WayHomeTests()
    {
        _context = new RosContext(_bus.CreateTransport("rover_1"));
        _node = _context.CreateNode("tester");
        _energy = new HomeEnergy(_node, _configuration);
        _ways = _context.CreateNode("speaker").CreatePublisher<WayHome>(Topics.WayHome);
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Trait("Requirement", "SAF-GATE-028")]
    [Fact]
    public void EnergyWh_WithoutAPlan_IsTheStraightLineAndADetour() =>
        Assert.Equal(10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor, Energy(10), 12);

    [Trait("Requirement", "SAF-GATE-028")]
    [Theory]
    [InlineData(true, 3.0, 3.0)]
    [InlineData(true, 0.1, 10 * DriveEnergy.WhPerM)]
    [InlineData(true, double.NaN, 10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor)]
    [InlineData(true, -5.0, 10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor)]
    [InlineData(true, double.PositiveInfinity, 10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor)]
    [InlineData(false, 3.0, 10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor)]
    public void EnergyWh_WithAPlan_IsNeverLessThanTheStraightLine(bool known, double planned, double expected)
    {
        Say(known, planned);

        Assert.Equal(expected, Energy(10), 12);
    }

    [Trait("Requirement", "SAF-GATE-028")]
    [Fact]
    public void EnergyWh_StalePlan_CountsForNothing()
    {
        Say(known: true, 3.0);
        _bus.RunUntil((long)(HomeEnergy.PlanTimeout + 1) * Second);

        Assert.Equal(10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor, Energy(10), 12);
    }

    [Fact]
    public void EnergyWh_PlanOfTheFuture_CountsForNothing()
    {
        var way = new WayHome { Known = true, Energy = 3 };
        NodeTime.Write(way.Header.Stamp, 100 * Second);
        _ways.Publish(way);
        _bus.RunUntil(Second);

        Assert.Equal(10 * DriveEnergy.WhPerM * DriveEnergy.DetourFactor, Energy(10), 12);
    }

    [Trait("Requirement", "SAF-GATE-028")]
    [Fact]
    public void Navigator_HomeBehindAWallOnASlope_TellsTheDetourAndTheClimb()
    {
        WayHome? way = null;
        _node.CreateSubscription<WayHome>(Topics.WayHome, m => way = m);
        _ = new NavigatorNode(_context.CreateNode("navigator"), _configuration);
        var geometry = MapGeometry.Of(_configuration.Area);
        var ground = Grounds.Traversability(geometry, (x, y) => Math.Abs(x - 6) < 0.5 && Math.Abs(y) < 10 ? (sbyte)100 : (sbyte)0);
        var heights = Grounds.Elevation(geometry, (x, _) => -0.1 * x);
        _node.CreatePublisher<OccupancyGrid>(Topics.Traversability, QosProfile.KeepLast(1)).Publish(ground);
        _node.CreatePublisher<GridMap>(Topics.ElevationMap, QosProfile.KeepLast(1)).Publish(heights);
        var pose = new PoseWithCovarianceStamped();
        (pose.Pose.Pose.Position.X, pose.Pose.Pose.Orientation.W) = (12, 1);
        _node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Pose).Publish(pose);
        _bus.RunUntil(2 * Second);

        Assert.NotNull(way);
        Assert.True(way.Known);
        Assert.InRange(way.Length, 17, 26);
        Assert.InRange(way.Climb, 0.8, 1.3);
        Assert.Equal(DriveEnergy.Of(way.Length, way.Climb, _configuration), way.Energy, 9);
        Assert.True(way.Energy > way.Length * DriveEnergy.WhPerM);
    }

    private double Energy(double x) => _energy.EnergyWh(new Vector2d(x, 0), _bus.NowNs);

    private void Say(bool known, double energy)
    {
        var way = new WayHome { Known = known, Energy = energy };
        NodeTime.Write(way.Header.Stamp, _bus.NowNs);
        _ways.Publish(way);
        _bus.RunUntil(Second);
    }
}
