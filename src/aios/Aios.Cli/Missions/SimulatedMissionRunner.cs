using System.Diagnostics;
using Aios.Cli.Viewing;
using Aios.Mission;
using Aios.Nodes;
using Aios.Sim;
using ROS2;
using ROS2.Simulation;

namespace Aios.Cli.Missions;

/// <summary>
/// Runs a mission in this process on the simulated bus: virtual time, one thread, and the same event log for the same
/// seed on any machine. Several may run side by side, each on a thread of its own.
/// </summary>
internal sealed class SimulatedMissionRunner : IMissionRunner
{
    private const long SliceNs = 500_000_000;
    private const long WatchedSliceNs = 100_000_000;
    private const string PlanetHost = "planet";

    /// <inheritdoc/>
    public MissionResult Run(MissionRunRequest request, Action<MissionSnapshot>? progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var planet = WorldFactory.Create(request.Mission, request.FaultSet);
        using var bus = new SimulatedBus(request.Mission.Seed, planet.Radio, new SimulatedBusOptions { VerifiesChecksums = true });
        using var context = new RosContext(bus.CreateTransport(PlanetHost));
        var pace = new ViewPace(request.RealTimeFactor);
        using var session = new MissionSession(request, planet, context, pace);
        var control = session.Control;
        using var fleet = Populate(request, planet, control, bus, context);
        var snapshots = new SnapshotMaker(control, watch);
        string? aborted = null;
        while (control.Over is null && aborted is null)
        {
            bus.RunUntil(bus.NowNs + (!session.IsWatched ? SliceNs : WatchedSliceNs));
            progress?.Invoke(snapshots.Next());
            aborted = cancel.IsCancellationRequested ? "stopped by the operator" : null;
            session.UpdateViewers();
            pace.Keep(bus.NowNs, cancel);
        }

        var result = session.Conclude(aborted, watch.Elapsed.TotalSeconds);
        if (session.WriteReport(result) is { } failure)
        {
            Console.Error.WriteLine($"aios: {failure}");
        }

        progress?.Invoke(snapshots.Next());
        return result;
    }

    /// <summary>Puts the planet, the rovers and the operator's console on the bus.</summary>
    /// <returns>The rovers, to be disposed of.</returns>
    private static SimulatedFleet Populate(
        MissionRunRequest request, PlanetSimulation planet, MissionControl control, SimulatedBus bus, RosContext context)
    {
        var mission = request.Mission;
        var planetHost = context.CreateNode("planet");
        var node = new PlanetNode(planetHost, planet);
        planetHost.CreateTimer(TimeSpan.FromTicks(planet.StepNs / TimeSpan.NanosecondsPerTick), _ =>
        {
            node.Step();
            control.OnPlanetStep();
        });
        var fleet = new SimulatedFleet(bus, mission, request.OutputDirectory, node);
        if (mission.Spec.Orders.Any(order => order.By == OrderSpec.Operator))
        {
            _ = new OperatorConsoleNode(
                context.CreateNode("console", "/operator"), RoverConfigurations.Orders(mission.Spec), mission.Spec.Roster, mission.Seed);
        }

        return fleet;
    }
}
