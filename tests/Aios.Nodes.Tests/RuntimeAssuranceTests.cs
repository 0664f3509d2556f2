using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Terrain;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Nodes.Tests;

/// <summary>Whole rovers whose controller drives straight on, whatever is there, before a gate with and without runtime assurance.</summary>
public sealed class RuntimeAssuranceTests
{
    private const long Second = 1_000_000_000;
    private const double MaxSlope = 0.349;

    [Trait("Requirement", "SAF-GATE-017")]
    [Trait("Requirement", "SAF-GATE-023")]
    [Fact]
    public void Gate_ControllerDrivesAtARock_TurnsTheRoverWhereThePlainGateHitsIt()
    {
        var rock = new Rock(3.5, 0, 0, 1.2, 0.6);

        var assured = Drive(Surface((_, _) => 0, rock), assurance: true);
        var plain = Drive(Surface((_, _) => 0, rock), assurance: false);

        Assert.True(plain.Collisions > 0, "the plain gate lets it hit the rock");
        Assert.Equal(0, assured.Collisions);
        Assert.True(assured.Takeovers > 0);
        Assert.True(assured.Turned > 0.3, $"turned {assured.Turned} rad");
    }

    [Trait("Requirement", "SAF-GATE-017")]
    [Fact]
    public void Gate_ControllerDrivesAtACraterEdge_KeepsOutWhereThePlainGateDrivesIn()
    {
        // A pit with walls of 40° whose rim is 3.4 m ahead.
        var pit = Surface((x, y) => -Math.Clamp(0.84 * (3.4 - DetMath.Hypot(x - 6.8, y)), 0, 1.4));

        var assured = Drive(pit, assurance: true);
        var plain = Drive(pit, assurance: false);

        Assert.True(plain.MaxTilt > MaxSlope + 0.05, $"plain: {plain.MaxTilt} rad");
        Assert.InRange(assured.MaxTilt, 0, MaxSlope);
        Assert.True(assured.Takeovers > 0);
    }

    [Trait("Requirement", "SAF-GATE-017")]
    [Fact]
    public void Gate_ControllerDrivesAtASteepSlope_KeepsOffWhereThePlainGateClimbs()
    {
        var bank = Surface((x, _) => Math.Clamp(0.7 * (x - 3.5), 0, 2.5));

        var assured = Drive(bank, assurance: true);
        var plain = Drive(bank, assurance: false);

        Assert.True(plain.MaxTilt > MaxSlope + 0.05, $"plain: {plain.MaxTilt} rad");
        Assert.InRange(assured.MaxTilt, 0, MaxSlope);
        Assert.True(assured.Takeovers > 0);
    }

    [Trait("Requirement", "SAF-GATE-023")]
    [Fact]
    public void Gate_ControllerDrivesAtAnotherRover_KeepsOff()
    {
        var flat = Surface((_, _) => 0);

        var assured = Drive(flat, assurance: true, others: 1);
        var plain = Drive(flat, assurance: false, others: 1);

        Assert.True(plain.Collisions > 0, "the plain gate lets it hit the other rover");
        Assert.Equal(0, assured.Collisions);
    }

    [Trait("Requirement", "SAF-GATE-026")]
    [Fact]
    public void Gate_TakesOverAndHandsBack_SaysSoInStatusAndEvents()
    {
        var run = Drive(Surface((_, _) => 0, new Rock(3.5, 0, 0, 1.2, 0.6)), assurance: true);

        Assert.Contains(run.Events, e => e is { Kind: "assurance_takeover", Subject: "rover_1" });
        Assert.Contains(run.Events, e => e is { Kind: "assurance_handback", Subject: "rover_1" });
        Assert.Contains(run.Statuses, s => s.Action == SafetyStatus.ACTION_FALLBACK);
        Assert.DoesNotContain(run.Events, e => e.Kind == "safety_stop");
    }

    [Trait("Requirement", "SAF-GATE-024")]
    [Fact]
    public void Gate_MapperDies_ControllerCannotMoveTheRoverOnceTheMapIsOld()
    {
        using var fleet = new TestFleet(1, Surface((_, _) => 0));
        var bad = new StubbornController(fleet);
        bad.DriveUntil(6 * Second, 0.1);
        Assert.True(fleet.Planet.Truth(0).DistanceM > 0.1, "drives while there is a map");

        fleet.Stacks[0].End("terrain_mapper");
        bad.DriveUntil(12 * Second, 0.1);
        var stood = fleet.Planet.Truth(0).DistanceM;
        bad.DriveUntil(15 * Second, 0.1);

        Assert.InRange(fleet.Planet.Truth(0).DistanceM - stood, 0, 0.02);
    }

    private static PlanetSurface Surface(Func<double, double, double> height, params Rock[] rocks)
    {
        var geometry = new GridGeometry(321, 321, 0.25, -40.125, -40.125);
        return new PlanetSurface(
            HeightField.FromFunction(geometry, height), new RockField(rocks), SoilMap.Uniform(SoilKind.Cohesive), 3.71, 0.7, 0.0);
    }

    private static Run Drive(PlanetSurface surface, bool assurance, int others = 0)
    {
        using var fleet = new TestFleet(1 + others, surface, c => c with { RuntimeAssurance = assurance });
        var events = fleet.Events();
        var statuses = new List<SafetyStatus>();
        fleet.Listener.CreateSubscription<SafetyStatus>(
            "/rover_1/safety_status", m => statuses.Add(new SafetyStatus { Action = m.Action, TakeoverCount = m.TakeoverCount }));
        var controller = new StubbornController(fleet);
        controller.DriveUntil(14 * Second, 0.5);
        var truth = fleet.Planet.Truth(0);
        return new Run(
            truth.Collisions, controller.MaxTilt, Math.Abs(truth.Yaw), statuses[^1].TakeoverCount, statuses, events);
    }

    private sealed record Run(
        int Collisions, double MaxTilt, double Turned, ulong Takeovers, List<SafetyStatus> Statuses, List<Event> Events);

    /// <summary>Stands in for the controllers of all rovers: the first drives straight on, the others stand.</summary>
    private sealed class StubbornController(TestFleet fleet)
    {
        private readonly Publisher<TwistStamped> _commands =
            fleet.Contexts["rover_1"].CreateNode("stubborn", "/rover_1").CreatePublisher<TwistStamped>("cmd_vel_nav");

        public double MaxTilt { get; private set; }

        public void DriveUntil(long end, double speed)
        {
            while (fleet.Bus.NowNs < end)
            {
                foreach (var stack in fleet.Stacks)
                {
                    stack.End("controller");
                }

                fleet.Bus.RunUntil(fleet.Bus.NowNs + (Second / 20));
                if (fleet.Bus.NowNs > 2 * Second)
                {
                    var command = new TwistStamped();
                    NodeTime.Write(command.Header.Stamp, fleet.Bus.NowNs);
                    command.Twist.Linear.X = speed;
                    _commands.Publish(command);
                }

                MaxTilt = Math.Max(MaxTilt, fleet.Planet.Truth(0).TiltRad);
            }
        }
    }
}
