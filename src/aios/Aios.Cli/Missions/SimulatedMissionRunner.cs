using System.Diagnostics;
using Aios.Cli.Safety;
using Aios.Cli.Viewing;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
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
        using var bus = new SimulatedBus(request.Mission.Seed, planet.Radio);
        using var contexts = new ContextSet();
        var context = contexts.Add(bus.CreateTransport(PlanetHost));
        var pace = new ViewPace(request.RealTimeFactor);
        using var session = new MissionSession(request, planet, context, pace);
        var control = session.Control;
        using var storage = new StorageSet(request.OutputDirectory);
        Populate(request.Mission, planet, control, bus, context, contexts, storage);
        var snapshots = new SnapshotMaker(control, watch);
        string? aborted = null;
        while (control.Over is null && aborted is null)
        {
            bus.RunUntil(bus.NowNs + (session.Viewer is null ? SliceNs : WatchedSliceNs));
            progress?.Invoke(snapshots.Next());
            aborted = cancel.IsCancellationRequested ? "stopped by the operator" : null;
            session.Viewer?.Update();
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

    private static void Populate(
        ResolvedMission mission,
        PlanetSimulation planet,
        MissionControl control,
        SimulatedBus bus,
        RosContext context,
        ContextSet contexts,
        StorageSet storage)
    {
        var planetHost = context.CreateNode("planet");
        var node = new PlanetNode(planetHost, planet);
        node.ConditionChanged += (rover, condition) =>
        {
            if (condition is RoverCondition.ComputerDead or RoverCondition.BatteryEmpty)
            {
                bus.KillHost(rover.Name);
            }
        };
        planetHost.CreateTimer(TimeSpan.FromTicks(planet.StepNs / TimeSpan.NanosecondsPerTick), _ =>
        {
            node.Step();
            control.OnPlanetStep();
        });
        for (var i = 0; i < mission.Spec.Rovers.Count; i++)
        {
            var configuration = RoverConfigurations.Of(mission, i);
            _ = new RoverStack(contexts.Add(bus.CreateTransport(configuration.Name)), configuration, storage.Open(configuration.Name));
        }

        if (mission.Spec.Orders.Any(order => order.By == OrderSpec.Operator))
        {
            _ = new OperatorConsoleNode(
                context.CreateNode("console", "/operator"), RoverConfigurations.Orders(mission.Spec), mission.Spec.Roster, mission.Seed);
        }
    }

    /// <summary>The rovers' stores: files in the mission's folder, closed in the end.</summary>
    private sealed class StorageSet : IDisposable
    {
        private readonly string? _directory;
        private readonly List<RoverStorage> _open = [];

        public StorageSet(string? directory)
        {
            _directory = directory;
            if (directory is not null)
            {
                SafetyFiles.Clear(directory);
            }
        }

        public RoverStorage Open(string rover)
        {
            var storage = SafetyFiles.Open(_directory, rover);
            _open.Add(storage);
            return storage;
        }

        public void Dispose() => _open.ForEach(storage => storage.Dispose());
    }

    /// <summary>Disposes of contexts in the reverse order of their creation.</summary>
    private sealed class ContextSet : IDisposable
    {
        private readonly Stack<RosContext> _contexts = new();

        public RosContext Add(ROS2.Transport.IRosTransport transport)
        {
            var context = new RosContext(transport);
            _contexts.Push(context);
            return context;
        }

        public void Dispose()
        {
            while (_contexts.TryPop(out var context))
            {
                context.Dispose();
            }
        }
    }
}
