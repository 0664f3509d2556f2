using Aios.Numerics;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using ROS2.Simulation;
using sensor_msgs.msg;

namespace Aios.Nodes.Tests;

/// <summary>A rover's whole stack at a desk: no planet, hardware that only plays along.</summary>
public sealed class LoopbackDriverTests : IDisposable
{
    private readonly SimulatedBus _bus = new(1, new IdealLinkModel());
    private readonly RosContext _context;
    private readonly RoverConfiguration _configuration = Configurations.Of("rover_1", "rover_1");

    public LoopbackDriverTests() => _context = new RosContext(_bus.CreateTransport("rover_1"));

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Fact]
    public void Stack_OnTheLoopbackDriver_LocalisesMapsAndExplores()
    {
        var driver = new LoopbackDriverNode(_context.CreateNode("driver", "/rover_1"), _configuration);
        _ = new RoverStack(_context, _configuration);
        var listener = _context.CreateNode("listener", "/rover_1");
        PoseWithCovarianceStamped? pose = null;
        OccupancyGrid? traversability = null;
        listener.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, m => pose = m);
        listener.CreateSubscription<OccupancyGrid>(Topics.Traversability, m => traversability = m);

        _bus.RunUntil(40_000_000_000);

        var truth = driver.Motion.Pose;
        Assert.True(new Vector2d(truth.X, truth.Y).Length > 2, $"it stands at {truth}");
        Assert.InRange(pose!.Pose.Pose.Position.X - truth.X, -0.3, 0.3);
        Assert.InRange(pose.Pose.Pose.Position.Y - truth.Y, -0.3, 0.3);
        Assert.True(traversability!.Data.Count(cell => cell is >= 0 and < 50) > 1000, "a flat floor can be driven on");
    }

    [Fact]
    public void Driver_Hardware_KeepsItsRatesFramesAndUnits()
    {
        _ = new LoopbackDriverNode(_context.CreateNode("driver", "/rover_1"), _configuration);
        var listener = _context.CreateNode("listener", "/rover_1");
        var (imus, odometries, scans, headings, batteries) = (0, 0, 0, 0, 0);
        listener.CreateSubscription<Imu>(Topics.Imu, m =>
        {
            imus++;
            Assert.Equal(("rover_1/base_link", -1, 3.71), (m.Header.FrameId, m.OrientationCovariance[0], m.LinearAcceleration.Z));
        }, QosProfile.SensorDataProfile);
        listener.CreateSubscription<Odometry>(Topics.WheelOdom, m =>
        {
            odometries++;
            Assert.Equal(("rover_1/odom", "rover_1/base_link"), (m.Header.FrameId, m.ChildFrameId));
        });
        listener.CreateSubscription<PointCloud2>(Topics.Points, m =>
        {
            scans++;
            Assert.Equal("rover_1/lidar", m.Header.FrameId);
        }, QosProfile.SensorDataProfile);
        listener.CreateSubscription<aios_interfaces.msg.Heading>(Topics.Heading, _ => headings++);
        listener.CreateSubscription<BatteryState>(Topics.BatteryState, m =>
        {
            batteries++;
            Assert.InRange(m.Percentage, 0, 1);
        });

        _bus.RunUntil(10_050_000_000);

        Assert.Equal((500, 200, 40, 10, 10), (imus, odometries, scans, headings, batteries), new Near(3));
    }

    [Theory]
    [InlineData(0.4, 0.0, true)]
    [InlineData(double.NaN, 0.0, false)]
    [InlineData(0.3, double.PositiveInfinity, false)]
    public void Motion_Command_IsObeyedWhileFreshAndFinite(double speed, double yawRate, bool moves)
    {
        var motion = new LoopbackMotion(new Pose2(1, 2, 0));
        const long Step = 20_000_000;
        long now = 0;
        for (; now < 2_000_000_000; now += Step)
        {
            motion.Command(speed, yawRate, now);
            motion.Step(0.02, now + Step);
        }

        Assert.Equal(moves ? speed : 0, motion.Speed, 9);
        Assert.Equal(moves, motion.Pose.X > 1.5);

        for (var silent = now + LoopbackMotion.CommandTimeoutNs + 1_000_000_000; now < silent; now += Step)
        {
            motion.Step(0.02, now);
        }

        Assert.Equal((0, 0), (motion.Speed, motion.YawRate));
    }

    /// <summary>Counts that differ by a few: whether the first falls at the start is the timer's affair.</summary>
    private sealed class Near(int most) : IEqualityComparer<(int A, int B, int C, int D, int E)>
    {
        public bool Equals((int A, int B, int C, int D, int E) x, (int A, int B, int C, int D, int E) y) =>
            Math.Abs(x.A - y.A) <= most && Math.Abs(x.B - y.B) <= most && Math.Abs(x.C - y.C) <= most
            && Math.Abs(x.D - y.D) <= 1 && Math.Abs(x.E - y.E) <= 1;

        public int GetHashCode((int A, int B, int C, int D, int E) obj) => 0;
    }
}
