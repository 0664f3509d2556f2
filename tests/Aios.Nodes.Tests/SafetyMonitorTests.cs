using aios_interfaces.msg;
using diagnostic_msgs.msg;
using geometry_msgs.msg;

namespace Aios.Nodes.Tests;

/// <summary>The monitor of a whole rover on the simulated bus.</summary>
public sealed class SafetyMonitorTests
{
    private const long Second = 1_000_000_000;

    [Trait("Requirement", "SAF-MON-007")]
    [Fact]
    public void Diagnostics_HealthyRover_TellEveryComponentLimitAndRequirement()
    {
        using var fleet = new TestFleet(2);
        var arrays = new List<DiagnosticArray>();
        fleet.Listener.CreateSubscription<DiagnosticArray>("/diagnostics", arrays.Add);

        fleet.Bus.RunUntil(5 * Second);

        Assert.InRange(arrays.Count, 8, 12);
        var last = arrays[^1].Status;
        Assert.Contains(last, s => s.Name.EndsWith(": safety_gate", StringComparison.Ordinal) && s.Message == "answers");
        Assert.Contains(last, s => s.Name.EndsWith(": energy", StringComparison.Ordinal));
        Assert.Contains(last, s => s.Name.EndsWith(": SAF-GATE-016", StringComparison.Ordinal) && s.Message == "holds");
        Assert.All(last, s => Assert.Equal(DiagnosticStatus.OK, s.Level));
    }

    [Trait("Requirement", "SAF-MON-005")]
    [Fact]
    public void Controller_Dies_IsRestartedAndTheRoverDrivesOn()
    {
        using var fleet = new TestFleet(2);
        var events = fleet.Events();
        fleet.Bus.RunUntil(5 * Second);
        fleet.Stacks[0].End("controller");
        fleet.Bus.RunUntil(7 * Second);
        var stood = fleet.Planet.Truth(0).DistanceM;

        fleet.Bus.RunUntil(25 * Second);

        Assert.Contains(events, e => e.Kind == "component_dead" && e.Detail == "controller");
        Assert.Single(events, e => e.Kind == "component_restarted");
        Assert.True(fleet.Planet.Truth(0).DistanceM > stood + 0.5, "drives again");
    }

    [Trait("Requirement", "SAF-MON-008")]
    [Fact]
    public void Controller_DiesAgainAndAgain_SafeModeStopsTheRoverAndTheQuorumLetsItOn()
    {
        using var fleet = new TestFleet(3);
        var events = fleet.Events();
        SafetyStatus? status = null;
        fleet.Listener.CreateSubscription<SafetyStatus>("/rover_1/safety_status", m => status = m);
        var latched = false;
        for (var second = 5; second < 120 && !latched; second++)
        {
            fleet.Stacks[0].End("controller");
            fleet.Bus.RunUntil(second * Second);
            latched = status!.Action == SafetyStatus.ACTION_STOPPED;
        }

        Assert.True(latched);
        Assert.Equal(3, events.Count(e => e.Kind == "component_restarted"));
        Assert.Contains(events, e => e.Kind == "safe_mode");
        Assert.Equal(1u, status!.StopId);

        // A technician brings the controller back; well again for a while, the rover appeals and the fleet decides.
        fleet.Stacks[0].Restart("controller");
        fleet.Bus.RunUntil(fleet.Bus.NowNs + (15 * Second));

        Assert.NotEqual(SafetyStatus.ACTION_STOPPED, status!.Action);
        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "resume_rover", Subject: "rover_1" } && e.Values[0] >= 2);
    }

    [Trait("Requirement", "SAF-MON-008")]
    [Fact]
    public void Requirement_SomeoneElseCommandsTheWheels_IsViolatedAndStops()
    {
        using var fleet = new TestFleet(2);
        var events = fleet.Events();
        var intruder = fleet.Contexts["rover_1"].CreateNode("intruder", "/rover_1").CreatePublisher<TwistStamped>("/rover_1/cmd_vel");
        fleet.Bus.RunUntil(5 * Second);
        var wild = new TwistStamped();
        wild.Twist.Linear.X = 3;
        for (var i = 0; i < 20; i++)
        {
            intruder.Publish(wild);
            fleet.Bus.RunUntil(fleet.Bus.NowNs + (Second / 50));
        }

        Assert.Contains(events, e => e is { Kind: "requirement_violated", Detail: "SAF-GATE-001" });
        Assert.Contains(events, e => e is { Kind: "safety_stop", Subject: "rover_1", Detail: "MonitorStop" });
    }

    [Fact]
    public void Gate_Dies_MonitorAsksForAStopAndTheWheelsStand()
    {
        using var fleet = new TestFleet(2);
        var events = fleet.Events();
        fleet.Bus.RunUntil(5 * Second);
        fleet.Stacks[0].End("safety_gate");
        fleet.Bus.RunUntil(7 * Second);
        var stood = fleet.Planet.Truth(0).DistanceM;
        fleet.Bus.RunUntil(15 * Second);

        Assert.Contains(events, e => e.Kind == "component_dead" && e.Detail == "safety_gate");
        Assert.InRange(fleet.Planet.Truth(0).DistanceM - stood, 0, 0.05);
    }
}
