using aios_interfaces.msg;
using Aios.Sim;
using ROS2.Transport;

namespace Aios.Nodes.Tests;

/// <summary>Whole rovers on the simulated bus, with the planet of <c>sim</c> under them.</summary>
public sealed class RoverStackTests
{
    /// <summary>What a rover's hardware gives it; everything else on its topics comes from rovers.</summary>
    private static readonly string[] Hardware =
        ["points", "imu", "wheel_odom", "heading", "battery_state", "initialpose"];

    [Fact]
    public void Rover_HearsFromThePlanet_OnlyWhatItsHardwareMeasures()
    {
        using var fleet = new TestFleet(2);
        var endpoints = fleet.PlanetContext.Transport.Graph.GetEndpoints();
        var published = endpoints.Where(e => e.Kind == GraphEndpointKind.Publisher && e.NodeName == "planet").Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var heard = endpoints.Where(e => e.Kind == GraphEndpointKind.Subscription && e.NodeNamespace.StartsWith("/rover_", StringComparison.Ordinal))
            .Select(e => e.Name).Where(published.Contains).ToList();

        Assert.NotEmpty(heard);
        Assert.All(heard, topic => Assert.Contains(topic[(topic.LastIndexOf('/') + 1)..], Hardware));
        Assert.DoesNotContain(published, topic => topic.Contains("truth", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Rovers_LeftAlone_ExploreAndKnowEachOther()
    {
        using var fleet = new TestFleet(2);
        var states = new Dictionary<string, FleetState>(StringComparer.Ordinal);
        fleet.Listener.CreateSubscription<FleetState>("/rover_1/fleet_state", m => states[m.Rover] = m);

        fleet.Bus.RunUntil(20_000_000_000);

        Assert.True(fleet.Planet.Truth(0).DistanceM > 1, "rover_1 drove");
        Assert.Equal("rover_2", Assert.Single(states["rover_1"].Members).Rover);
        Assert.Empty(states["rover_1"].Lost);
    }

    [Fact]
    public void DeadRover_IsDeclaredLost_ByTheOthers()
    {
        using var fleet = new TestFleet(3);
        FleetState? last = null;
        fleet.Listener.CreateSubscription<FleetState>("/rover_1/fleet_state", m => last = m);

        fleet.Bus.RunUntil(5_000_000_000);
        fleet.Bus.KillHost("rover_3");
        fleet.Bus.RunUntil(20_000_000_000);

        Assert.Equal(["rover_3"], last!.Lost);
    }

    [Fact]
    public void OneRoverOfThreeAlone_DeclaresNobodyLost()
    {
        using var fleet = new TestFleet(3);
        FleetState? last = null;
        fleet.Listener.CreateSubscription<FleetState>("/rover_1/fleet_state", m => last = m);

        fleet.Bus.RunUntil(5_000_000_000);
        fleet.Planet.Inject(new FaultSpec(FaultKind.LinkCut, "rover_1", 5.0));
        fleet.Bus.RunUntil(30_000_000_000);

        Assert.Empty(last!.Lost);
        Assert.All(last.Reports, report => Assert.Equal(PeerReport.STATE_SUSPECTED, report.State));
    }
}
