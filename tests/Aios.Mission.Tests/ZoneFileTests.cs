using Aios.Numerics;

namespace Aios.Mission.Tests;

/// <summary>Zones, roles and orders about them in mission files.</summary>
public class ZoneFileTests
{
    private const string Zones = """
        name: zones
        world: {generator: crater-plain, size_m: 40}
        rovers:
          - {name: rover_1, role: scout, places: [[12, 9]], start: {x_m: 0, y_m: 0}}
          - {name: rover_2, role: relay, places: [[0, 9]], start: {x_m: 3, y_m: 0}}
        constraints:
          zones:
            - {name: vent, kind: hazard, corners: [[9, 6], [15, 6], [15, 13], [9, 13]]}
            - {name: cliff, kind: keep_out, corners: [[-9, 4], [-5, 4], [-5, 14]]}
        orders:
          - {at_s: 10, by: rover_1, order: enter_hazard_zone, rover: rover_2, zone: vent}
          - {at_s: 20, by: operator, order: change_speed_limit, speed_mps: 0.3}
        contingencies: {quorum: {voters: present}}
        acceptance: {places_reached: true, roles_taken_over: true}
        """;

    [Fact]
    public void Parse_ZonesRolesAndOrders_AreRead()
    {
        var mission = MissionFiles.Parse(Zones);

        var zones = mission.Constraints.Zones;
        Assert.Equal(["vent", "cliff"], zones.All.Select(zone => zone.Name));
        Assert.Equal(1u, zones.Hazards);
        Assert.True(zones.IsKeepOut(1));
        Assert.Equal(3, zones.All[1].Area.Vertices.Length / 2);
        Assert.Equal([new Vector2d(12, 9)], mission.Rovers[0].Places);
        Assert.Equal(("relay", "vent", "rover_2"), (mission.Rovers[1].Role, mission.Orders[0].Zone, mission.Orders[0].Rover));
        Assert.Equal(0.3, mission.Orders[1].Speed);
        Assert.True(mission.Contingencies.OnlyPresentVote);
        Assert.True(mission.Acceptance.PlacesReached && mission.Acceptance.RolesTakenOver);
    }

    [Theory]
    [InlineData("kind: keep_out", "kind: keepout", 9, "constraints.zones[1].kind: unknown kind 'keepout', did you mean 'keep_out'?")]
    [InlineData("[-5, 14]]", "[-5]]", 9, "constraints.zones[1].corners: expected 3 to 32 points as [[x, y], ...], each a number from -1000 to 1000 m, found a list of 1")]
    [InlineData("[-5, 4], [-5, 14]]", "[-5, 4]]", 9, "constraints.zones[1].corners: expected 3 to 32 points as [[x, y], ...], each a number from -1000 to 1000 m, found a list of 2")]
    [InlineData("[-5, 14]]", "[-5, .nan]]", 9, "constraints.zones[1].corners: expected 3 to 32 points as [[x, y], ...], each a number from -1000 to 1000 m, found .nan")]
    [InlineData("[15, 6], [15, 13], [9, 13]", "[15, 13], [15, 6], [9, 13]", 8, "constraints.zones[0].corners: two sides meet that are no neighbours")]
    [InlineData("name: cliff", "name: vent", 9, "constraints.zones[1].name: 'vent' is already the name of zones[0]")]
    [InlineData("x_m: 0, y_m: 0", "x_m: -6, y_m: 5", 4, "rovers[0].start: in or too near keep-out 'cliff', expected 1.1 m or more from its sides")]
    [InlineData("places: [[12, 9]]", "places: [[12, 9], [-4, 9]]", 4, "rovers[0].places: (-4, 9) is in or too near keep-out 'cliff', which nobody may enter")]
    [InlineData("places: [[12, 9]]", "places: [[30, 9]]", 4, "rovers[0].places: (30, 9) is outside the mission area, expected -20 to 20 m")]
    [InlineData("role: scout", "role: explorer", 4, "rovers[0].places: expected no places for an explorer, found 1")]
    [InlineData("places: [[0, 9]]", "places: [[0, 9], [1, 9]]", 5, "rovers[1].places: expected one place for a relay, its post, found 2")]
    [InlineData("role: relay, places: [[0, 9]]", "role: scout", 5, "rovers[1].places: expected one place or more for a scout, found 0")]
    [InlineData("zone: vent}", "zone: cliff}", 11, "orders[0].zone: keep-out 'cliff' is not to be entered by any order, expected a hazard zone")]
    [InlineData("zone: vent}", "zone: went}", 11, "orders[0].zone: unknown zone 'went', expected one of vent")]
    [InlineData(", zone: vent}", "}", 11, "orders[0].zone: key 'zone' is missing, expected beside order enter_hazard_zone")]
    [InlineData("rover: rover_2, zone", "rover: rover_9, zone", 11, "orders[0].rover: unknown rover 'rover_9'")]
    [InlineData("speed_mps: 0.3", "speed_mps: 0.01", 12, "orders[1].speed_mps: expected 0 or at least 0.1 m/s, found 0.01")]
    [InlineData("order: change_speed_limit, speed", "order: fleet_halt, speed", 12, "orders[1].speed_mps: expected not beside order fleet_halt")]
    [InlineData("voters: present", "model: byzantine", 13, "contingencies.quorum.model: byzantine with 2 rovers tolerates no liar, expected at least 4 rovers")]
    public void Parse_Mistake_IsNamedWithItsLine(string right, string wrong, int line, string expected)
    {
        Assert.Contains(right, Zones, StringComparison.Ordinal);

        var errors = MissionFile.Parse(Zones.Replace(right, wrong, StringComparison.Ordinal), "zones.yaml").Errors;

        Assert.Contains(errors, error => error.ToString().StartsWith($"zones.yaml:{line}: {expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void ClosedAt_PermittedHazard_IsOpenAndAKeepOutNever()
    {
        var zones = MissionFiles.Parse(Zones).Constraints.Zones;

        Assert.Equal("vent", zones.ClosedAt(new Vector2d(12, 9), 0, 0)?.Name);
        Assert.Null(zones.ClosedAt(new Vector2d(12, 9), 0b11, 0));
        Assert.Equal("cliff", zones.ClosedAt(new Vector2d(-5.5, 6), 0b11, 0)?.Name);
        Assert.Null(zones.ClosedAt(new Vector2d(-4, 6), 0, 0.9));
        Assert.Equal("cliff", zones.ClosedAt(new Vector2d(-4, 6), 0, 1.1)?.Name);
    }
}
