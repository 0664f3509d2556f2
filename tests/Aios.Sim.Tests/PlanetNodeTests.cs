using System.Runtime.InteropServices;
using Aios.Numerics;
using ROS2;
using ROS2.Simulation;
using TwistStamped = geometry_msgs.msg.TwistStamped;

namespace Aios.Sim.Tests;

public sealed class PlanetNodeTests : IDisposable
{
    private readonly SimulatedBus _bus;
    private readonly RosContext _planetContext;
    private readonly RosContext _roverContext;
    private readonly Node _rover;
    private readonly Node _planetHost;
    private readonly PlanetSimulation _simulation;

    public PlanetNodeTests()
    {
        RoverModel coarse = RoverCatalogue.RockerBogie6 with
        {
            Sensors = new SensorModel { Lidar = new LidarModel { Azimuths = 24, GroundRings = 6, SkyRings = 2 } },
        };
        _simulation = new PlanetSimulation(
            TestWorlds.Flat(), new SimulationOptions(),
            [
                new RoverSpec("rover_1", coarse, new Pose2(0, 0, 0.5)),
                new RoverSpec("rover_2", coarse, new Pose2(5, 5, 0)),
            ], 4);
        _bus = new SimulatedBus(4, _simulation.Radio);
        _planetContext = new RosContext(_bus.CreateTransport("planet"));
        _roverContext = new RosContext(_bus.CreateTransport("rover_1"));
        _planetHost = _planetContext.CreateNode("planet");
        _rover = _roverContext.CreateNode("listener", "/rover_1");
    }

    public void Dispose()
    {
        _planetContext.Dispose();
        _roverContext.Dispose();
        _bus.Dispose();
    }

    private PlanetNode StartPlanet(PlanetNodeOptions? options = null)
    {
        PlanetNode planet = new(_planetHost, _simulation, options);
        planet.Start();
        return planet;
    }

    private List<T> Listen<T>(string topic, QosProfile? qos = null)
        where T : IRosMessage, new()
    {
        List<T> heard = [];
        _rover.CreateSubscription<T>(topic, heard.Add, qos ?? QosProfile.SensorDataProfile);
        return heard;
    }

    private void RunFor(double seconds) => _bus.RunUntil(_bus.NowNs + (long)(seconds * 1e9));

    [Fact]
    public void Topics_OverTenSeconds_KeepTheirRatesStampsAndFrames()
    {
        List<sensor_msgs.msg.PointCloud2> points = Listen<sensor_msgs.msg.PointCloud2>("/rover_1/points");
        List<sensor_msgs.msg.Imu> imu = Listen<sensor_msgs.msg.Imu>("/rover_1/imu");
        List<nav_msgs.msg.Odometry> odometry = Listen<nav_msgs.msg.Odometry>("/rover_1/wheel_odom");
        List<aios_interfaces.msg.Heading> heading = Listen<aios_interfaces.msg.Heading>("/rover_1/heading");
        List<sensor_msgs.msg.BatteryState> battery = Listen<sensor_msgs.msg.BatteryState>("/rover_1/battery_state");
        List<aios_interfaces.msg.RadioLinks> links = Listen<aios_interfaces.msg.RadioLinks>("/radio/links");
        using PlanetNode planet = StartPlanet();

        RunFor(10.0);

        Assert.InRange(points.Count, 39, 41);
        Assert.Equal(500, imu.Count);
        Assert.InRange(odometry.Count, 199, 201);
        Assert.InRange(heading.Count, 9, 11);
        Assert.InRange(battery.Count, 9, 11);
        Assert.InRange(links.Count, 9, 11);
        Assert.Equal(2, links[^1].Links.Count);
        Assert.Equal(_bus.NowNs, RosTime.ToNanoseconds(imu[^1].Header.Stamp));
        Assert.Equal("rover_1/lidar", points[0].Header.FrameId);
        Assert.Equal("rover_1/base_link", imu[0].Header.FrameId);
        Assert.Equal("rover_1/odom", odometry[0].Header.FrameId);
        Assert.Equal("rover_1/base_link", odometry[0].ChildFrameId);
        Assert.Equal("map", heading[0].Header.FrameId);
        Assert.Equal(-1.0, imu[0].OrientationCovariance[0]);
        Assert.InRange(battery[^1].Percentage, 0.85, 0.91);
    }

    [Fact]
    public void Points_OneScan_IsAnOrganisedCloudOfTheLidarsPoints()
    {
        List<sensor_msgs.msg.PointCloud2> points = Listen<sensor_msgs.msg.PointCloud2>("/rover_1/points");
        using PlanetNode planet = StartPlanet();
        RunFor(0.1);
        sensor_msgs.msg.PointCloud2 cloud = Assert.Single(points);
        Assert.Equal((8u, 24u, 12u, 288u), (cloud.Height, cloud.Width, cloud.PointStep, cloud.RowStep));
        Assert.Equal(["x", "y", "z"], cloud.Fields.Select(f => f.Name));
        Assert.False(cloud.IsDense);
        ReadOnlySpan<float> xyz = MemoryMarshal.Cast<byte, float>(CollectionsMarshal.AsSpan(cloud.Data));
        Assert.True(xyz.SequenceEqual(_simulation.Rovers[0].Sensors.Lidar.Points));
        Assert.Equal(-1.5f, xyz[2], 0.05f);
        Assert.True(float.IsNaN(xyz[^1]));
    }

    [Fact]
    public void Command_Received_DrivesUntilTheWatchdogStops()
    {
        Publisher<TwistStamped> command = _rover.CreatePublisher<TwistStamped>("cmd_vel");
        using PlanetNode planet = StartPlanet();
        TwistStamped message = new();
        message.Twist.Linear.X = 0.4;
        for (int i = 0; i < 20; i++)
        {
            command.Publish(message);
            RunFor(0.1);
        }

        Assert.InRange(_simulation.Truth(0).RimLeftMps, 0.39, 0.41);
        Assert.Equal(0.0, _simulation.Truth(1).RimLeftMps);
        RunFor(2.0);
        Assert.Equal(0.0, _simulation.Truth(0).RimLeftMps);
    }

    [Fact]
    public void RoverDeath_Injected_TopicsFallSilentAndConditionIsReported()
    {
        List<sensor_msgs.msg.Imu> imu = Listen<sensor_msgs.msg.Imu>("/rover_2/imu");
        List<aios_interfaces.msg.Fault> faults = Listen<aios_interfaces.msg.Fault>("/sim/faults");
        using PlanetNode planet = StartPlanet();
        List<(string, RoverCondition)> changes = [];
        planet.ConditionChanged += (rover, condition) => changes.Add((rover.Name, condition));
        _simulation.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_2", 2.0));
        RunFor(5.0);
        Assert.Equal(99, imu.Count);
        Assert.Equal([("rover_2", RoverCondition.ComputerDead)], changes);
        aios_interfaces.msg.Fault fault = Assert.Single(faults);
        Assert.Equal(("rover_death", "rover_2", true), (fault.Kind, fault.Subject, fault.Active));
        Assert.Equal(2_000_000_000, RosTime.ToNanoseconds(fault.Stamp));
    }

    [Fact]
    public void Clock_WhenAskedFor_FollowsMissionTime()
    {
        List<rosgraph_msgs.msg.Clock> clock = Listen<rosgraph_msgs.msg.Clock>("/clock");
        using PlanetNode planet = new(_planetHost, _simulation, new PlanetNodeOptions { PublishClock = true });
        planet.Step();
        planet.Step();
        RunFor(0.0);
        Assert.Equal([20_000_000L, 40_000_000L], clock.Select(c => RosTime.ToNanoseconds(c.Clock_)));
    }

    [Fact]
    public void StaticFrames_LateListener_LearnsWhereTheLidarSits()
    {
        using PlanetNode planet = StartPlanet();
        RunFor(1.0);
        List<tf2_msgs.msg.TFMessage> frames = Listen<tf2_msgs.msg.TFMessage>("/tf_static", QosProfile.StaticTransformProfile);
        RunFor(0.1);
        geometry_msgs.msg.TransformStamped lidar = Assert.Single(frames).Transforms[0];
        Assert.Equal(("rover_1/base_link", "rover_1/lidar"), (lidar.Header.FrameId, lidar.ChildFrameId));
        Assert.Equal(1.5, lidar.Transform.Translation.Z);
    }

    [Fact]
    public void Topics_AllOfThem_AreMeasurementsNotTruth()
    {
        using PlanetNode planet = StartPlanet();
        string[] hardware = ["battery_state", "heading", "imu", "initialpose", "points", "wheel_odom"];
        string[] expected =
        [
            "/radio/links", "/sim/faults", "/tf_static",
            .. hardware.Select(t => "/rover_1/" + t), .. hardware.Select(t => "/rover_2/" + t),
        ];
        string[] builtIn = ["/rosout", "/parameter_events"];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            _planetHost.Publishers.Select(p => p.Topic).Except(builtIn).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WheelOdometry_StartPose_SaysNothingOfTheTruePose()
    {
        List<nav_msgs.msg.Odometry> odometry = Listen<nav_msgs.msg.Odometry>("/rover_2/wheel_odom");
        using PlanetNode planet = StartPlanet();
        RunFor(0.2);
        Assert.Equal(0.0, odometry[^1].Pose.Pose.Position.X);
        Assert.Equal(5.0, _simulation.Truth(1).Position.X);
    }
}
