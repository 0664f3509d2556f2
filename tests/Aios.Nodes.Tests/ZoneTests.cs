using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using Aios.Planning;
using geometry_msgs.msg;
using nav_msgs.msg;
using Polygon = Aios.Numerics.Polygon;

namespace Aios.Nodes.Tests;

/// <summary>Zones and roles: what the cost grid closes, and what rovers do about them.</summary>
public sealed class ZoneTests
{
    private const long Second = 1_000_000_000;
    private static readonly ZoneSpec Vent = new("vent", ZoneKind.Hazard, Polygon.Rectangle(3, 3, 8, 8));
    private static readonly ZoneSpec Cliff = new("cliff", ZoneKind.KeepOut, Polygon.Rectangle(-8, -8, -4, -4));
    private static readonly ZoneSet Zones = new([Vent, Cliff]);

    [Trait("Requirement", "SAF-GATE-027")]
    [Fact]
    public void CostGrid_Zones_AreClosedWithTheirClearanceKnownOrNot()
    {
        var grid = Planning();
        grid.TryTake(Ground(grid, unchecked((sbyte)GridCost.Unknown)));

        Assert.Equal(GridCost.Inscribed, At(grid, 5, 5));
        Assert.Equal(GridCost.Inscribed, At(grid, 2.1, 5));
        Assert.Equal(GridCost.Unknown, At(grid, 1.5, 5));
        Assert.Equal(GridCost.Inscribed, At(grid, -6, -6));
    }

    [Fact]
    public void CostGrid_BesideAZone_CostsMoreTheNearerItIs()
    {
        var grid = Planning();
        grid.TryTake(Ground(grid, 0));

        Assert.InRange(At(grid, 1.7, 5), (byte)50, GridCost.MaxFree);
        Assert.InRange(At(grid, 1.1, 5), (byte)1, (byte)50);
        Assert.Equal(0, At(grid, 0.5, 5));
    }

    [Trait("Requirement", "SAF-GATE-027")]
    [Fact]
    public void CostGrid_Permit_OpensTheHazardZoneAndNoKeepOut()
    {
        var grid = Planning();
        grid.Permit(ulong.MaxValue);
        grid.TryTake(Ground(grid, 0));

        Assert.Equal(0, At(grid, 5, 5));
        Assert.Equal(GridCost.Inscribed, At(grid, -6, -6));

        grid.Permit(0);
        grid.TryTake(Ground(grid, 0));
        Assert.Equal(GridCost.Inscribed, At(grid, 5, 5));
    }

    [Trait("Requirement", "SAF-FLEET-006")]
    [Fact]
    public void Scout_PlaceInAHazardZone_AsksEntersAndGivesThePermitBack()
    {
        using var fleet = new TestFleet(3, configure: c => c with { Zones = Zones, Roles = Roles(RoleSpec.Scout, new(5.5, 5.5), new(0, 6)) });
        var events = fleet.Events();

        RunUntil(fleet, 120, () => events.Exists(e => e is { Kind: "quorum_decision", Detail: "leave_hazard_zone" }));

        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "enter_hazard_zone", Subject: "rover_1" });
        Assert.Contains(events, e => e is { Kind: "zone_entered", Subject: "rover_1", Detail: "vent" } && e.Values[2] == 1);
        Assert.DoesNotContain(events, e => e is { Kind: "zone_entered" } && (e.Detail != "vent" || e.Subject != "rover_1"));
        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "leave_hazard_zone", Subject: "rover_1" });
    }

    [Trait("Requirement", "SAF-FLEET-006")]
    [Fact]
    public void Scout_OfAHaltedFleet_IsNotPermittedAndStaysOut()
    {
        using var fleet = new TestFleet(3, configure: c => c with
        {
            Zones = Zones,
            Roles = Roles(RoleSpec.Scout, new Vector2d(5.5, 5.5)),
            Orders = [.. new[] { "rover_2", "rover_3" }.Select(rover => new FleetOrder(0.2, rover, Aios.Safety.Quorum.DecisionKind.FleetHalt))],
        });
        var events = fleet.Events();
        RunUntil(fleet, 20, () => false);

        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "fleet_halt" });
        Assert.DoesNotContain(events, e => e is { Kind: "zone_entered" });
    }

    [Trait("Requirement", "SAF-FLEET-007")]
    [Fact]
    public void Relay_Dies_AnotherTakesItsRoleAndItsPostAndTheDeadVotesNoMore()
    {
        using var fleet = new TestFleet(4, configure: c => c with
        {
            Roles = Roles(RoleSpec.Relay, new Vector2d(0, 4)),
            OnlyPresentVote = true,
        });
        var events = fleet.Events();
        RunUntil(fleet, 60, () => events.Exists(e => e is { Kind: "place_reached", Subject: "rover_1" }));
        Assert.Contains(events, e => e is { Kind: "place_reached", Source: "rover_1" });

        fleet.Bus.KillHost("rover_1");
        RunUntil(fleet, 90, () => events.Exists(e => e is { Kind: "place_reached", Source: not "rover_1" }));

        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "take_over_role", Subject: "rover_1" });
        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "change_voters" });
        var heir = Assert.Single(events.Where(e => e.Kind == "role_taken").Select(e => e.Source).Distinct());
        Assert.Equal("rover_2", heir);
        Assert.Contains(events, e => e is { Kind: "place_reached", Subject: "rover_1", Source: "rover_2" });
    }

    [Trait("Requirement", "SAF-GATE-027")]
    [Theory]
    [InlineData(5, 5, "the goal lies in hazard zone 'vent', which the fleet has not permitted")]
    [InlineData(-6, -6, "the goal lies in keep-out 'cliff'")]
    public void Navigator_GoalInAClosedZone_IsRefusedByItsName(double x, double y, string expected)
    {
        using var fleet = new TestFleet(2, configure: c => c with { Zones = Zones });
        var events = fleet.Events();
        NavigationStatus? answer = null;
        fleet.Bus.RunUntil(5 * Second);
        fleet.Listener.CreateSubscription<NavigationStatus>(
            "/rover_1/navigation_status", m => answer = m.Status == NavigationStatus.NO_PATH ? m : answer);
        var goal = new PoseStamped();
        (goal.Pose.Position.X, goal.Pose.Position.Y) = (x, y);
        fleet.Contexts["rover_1"].CreateNode("operator", "/rover_1").CreatePublisher<PoseStamped>(Topics.GoalOperator).Publish(goal);
        fleet.Bus.RunUntil(6 * Second);

        Assert.Contains(events, e => e.Kind == "goal_refused" && e.Detail == expected);
        Assert.NotNull(answer);
    }

    private static void RunUntil(TestFleet fleet, int seconds, Func<bool> done)
    {
        for (var second = 0; second < seconds && !done(); second++)
        {
            fleet.Bus.RunUntil(fleet.Bus.NowNs + Second);
        }
    }

    private static RoleSpec[] Roles(string first, params Vector2d[] places) =>
        [new(first, places), .. Enumerable.Repeat(new RoleSpec(RoleSpec.Explorer, []), 3)];

    private static CostGrid Planning() => CostGrid.ForPlanning(Configurations.Of("rover_1", "rover_1") with { Zones = Zones });

    private static byte At(CostGrid grid, double x, double y)
    {
        Assert.True(grid.Geometry.TryCell(x, y, out var col, out var row));
        return grid.Cost[grid.Geometry.Index(col, row)];
    }

    private static OccupancyGrid Ground(CostGrid grid, sbyte value) => Grounds.Traversability(grid.Geometry, (_, _) => value);
}
