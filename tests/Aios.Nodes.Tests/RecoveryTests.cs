using aios_interfaces.msg;
using Aios.Mission;
using geometry_msgs.msg;
using ROS2;
using ROS2.Simulation;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Nodes.Tests;

/// <summary>The stored sequence by which the monitor frees a rover that does not get on.</summary>
public sealed class RecoveryTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private readonly SimulatedBus _bus = new(1);
    private readonly RosContext _context;
    private readonly Publisher<PoseWithCovarianceStamped> _pose;
    private readonly Publisher<NavigationStatus> _navigation;
    private readonly Publisher<MissionPhase> _phase;
    private readonly Publisher<SafetyStatus> _gate;
    private readonly List<(double Linear, double Angular)> _commands = [];

    public RecoveryTests()
    {
        _context = new RosContext(_bus.CreateTransport("rover_1"));
        _ = new SafetyMonitorNode(_context.CreateNode("safety_monitor"), Configurations.Of("rover_1", "rover_1"), new NoComponents());
        var node = _context.CreateNode("tester");
        _pose = node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Pose);
        _navigation = node.CreatePublisher<NavigationStatus>(Topics.NavigationStatus);
        _phase = node.CreatePublisher<MissionPhase>(Topics.MissionPhase);
        _gate = node.CreatePublisher<SafetyStatus>(Topics.SafetyStatus);
        node.CreateSubscription<TwistStamped>(Topics.CommandRecovery, m => _commands.Add((m.Twist.Linear.X, m.Twist.Angular.Z)));
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Trait("Requirement", "SAF-MON-009")]
    [Fact]
    public void Standstill_OnTheWay_BacksOffTurnsWaitsAndEnds()
    {
        Run(89);
        Assert.Empty(_commands);

        Run(20);
        Assert.Equal([(-0.15, 0.0), (0.0, 0.4), (0.0, 0.0)], _commands.Distinct());
        Assert.Equal((0.0, 0.0), _commands[^1]);
        Assert.InRange(_commands.Count, 95, 105);
    }

    [Fact]
    public void Standstill_ThatLasts_IsTriedAgain()
    {
        Run(150);
        Assert.InRange(_commands.Count(command => command.Linear < 0), 75, 85);
    }

    [Trait("Requirement", "SAF-MON-009")]
    [Theory]
    [InlineData(NavigationStatus.REACHED, MissionPhase.EXPLORING, 0)]
    [InlineData(NavigationStatus.IDLE, MissionPhase.EXPLORING, 0)]
    [InlineData(NavigationStatus.NAVIGATING, MissionPhase.HOME, 0)]
    [InlineData(NavigationStatus.NAVIGATING, MissionPhase.EXPLORING, 1 << 10)]
    [InlineData(NavigationStatus.NAVIGATING, MissionPhase.EXPLORING, 1 << 3)]
    public void Standstill_ThatIsWantedOrOrdered_IsLeftAlone(byte status, byte phase, int reasons)
    {
        Run(120, status: status, phase: phase, reasons: (ulong)reasons);
        Assert.Empty(_commands);
    }

    [Fact]
    public void Rover_ThatGetsOn_IsLeftAlone()
    {
        Run(120, speed: 0.02);
        Assert.Empty(_commands);
    }

    [Trait("Requirement", "SAF-GATE-014")]
    [Fact]
    public void Gate_RecoveryBesideTheExecutive_DrivesByTheRecovery()
    {
        using var fleet = new TestFleet(2);
        TwistStamped? command = null;
        fleet.Listener.CreateSubscription<TwistStamped>("/rover_1/cmd_vel", m => command = m);
        fleet.Bus.RunUntil(10 * Second);
        var recovery = fleet.Contexts["rover_1"].CreateNode("recovery", "/rover_1").CreatePublisher<TwistStamped>(Topics.CommandRecovery);
        for (var i = 0; i < 20; i++)
        {
            var back = new TwistStamped();
            NodeTime.Write(back.Header.Stamp, fleet.Bus.NowNs);
            back.Twist.Angular.Z = -0.3;
            recovery.Publish(back);
            fleet.Bus.RunUntil(fleet.Bus.NowNs + (Second / 10));
        }

        Assert.Equal((0.0, -0.3), (command!.Twist.Linear.X, Math.Round(command.Twist.Angular.Z, 6)));
    }

    private void Run(
        int seconds, byte status = NavigationStatus.NAVIGATING, byte phase = MissionPhase.EXPLORING, ulong reasons = 0, double speed = 0)
    {
        var end = _bus.NowNs + (seconds * Second);
        while (_bus.NowNs < end)
        {
            var pose = new PoseWithCovarianceStamped();
            NodeTime.Write(pose.Header.Stamp, _bus.NowNs);
            pose.Pose.Pose.Position.X = speed * NodeTime.ToSeconds(_bus.NowNs);
            pose.Pose.Pose.Orientation.W = 1;
            _pose.Publish(pose);
            _navigation.Publish(new NavigationStatus { Status = status });
            _phase.Publish(new MissionPhase { Phase = phase });
            _gate.Publish(new SafetyStatus { Reasons = reasons });
            _bus.RunUntil(_bus.NowNs + (Second / 2));
        }
    }

    private sealed class NoComponents : IComponentHost
    {
        public IReadOnlyList<string> Components => [];

        public bool IsRestartable(string component) => false;

        public void Restart(string component) => throw new InvalidOperationException(component);
    }
}
