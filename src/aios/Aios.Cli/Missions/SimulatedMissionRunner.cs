using System.Diagnostics;
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
    private const string PlanetHost = "planet";

    /// <inheritdoc/>
    public MissionResult Run(MissionRunRequest request, Action<MissionSnapshot>? progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var mission = request.Mission;
        var planet = WorldFactory.Create(mission);
        using var events = OpenEvents(request);
        using var log = new EventLog(events);
        using var bus = new SimulatedBus(mission.Seed, planet.Radio);
        using var contexts = new ContextSet();
        var control = Populate(request, planet, bus, contexts, log);
        var snapshots = new SnapshotMaker(control, watch);
        string? aborted = null;
        while (control.Over is null && aborted is null)
        {
            bus.RunUntil(bus.NowNs + SliceNs);
            progress?.Invoke(snapshots.Next());
            aborted = cancel.IsCancellationRequested ? "stopped by the operator" : null;
            KeepPace(request.RealTimeFactor, bus.NowNs, watch, cancel);
        }

        control.Conclude(aborted ?? control.Over!);
        log.Flush();
        var result = MissionOutput.Judge(request, control, planet, log, watch.Elapsed.TotalSeconds, aborted);
        if (request.OutputDirectory is { } directory)
        {
            MissionOutput.Write(directory, result, control, mission);
        }

        progress?.Invoke(snapshots.Next());
        return result;
    }

    private static FileStream? OpenEvents(MissionRunRequest request) => request.OutputDirectory is { } directory
        ? File.Create(Path.Combine(directory, MissionOutput.EventsFile))
        : null;

    private static MissionControl Populate(
        MissionRunRequest request, PlanetSimulation planet, SimulatedBus bus, ContextSet contexts, EventLog log)
    {
        var context = contexts.Add(bus.CreateTransport(PlanetHost));
        var control = new MissionControl(context.CreateNode("mission_control"), request.Mission, planet, log);
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
        for (var i = 0; i < request.Mission.Spec.Rovers.Count; i++)
        {
            var configuration = RoverConfigurations.Of(request.Mission, i);
            _ = new RoverStack(contexts.Add(bus.CreateTransport(configuration.Name)), configuration);
        }

        return control;
    }

    private static void KeepPace(double? rate, long nowNs, Stopwatch watch, CancellationToken cancel)
    {
        if (rate is { } factor)
        {
            var ahead = TimeSpan.FromSeconds((nowNs * 1e-9 / factor) - watch.Elapsed.TotalSeconds);
            if (ahead > TimeSpan.Zero)
            {
                cancel.WaitHandle.WaitOne(ahead);
            }
        }
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
