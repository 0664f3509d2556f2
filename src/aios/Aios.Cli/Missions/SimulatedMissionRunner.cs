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
        var planet = WorldFactory.Create(request.Mission);
        using var bus = new SimulatedBus(request.Mission.Seed, planet.Radio);
        using var contexts = new ContextSet();
        var context = contexts.Add(bus.CreateTransport(PlanetHost));
        using var session = new MissionSession(request, planet, context);
        var control = session.Control;
        Populate(request.Mission, planet, control, bus, context, contexts);
        var snapshots = new SnapshotMaker(control, watch);
        string? aborted = null;
        while (control.Over is null && aborted is null)
        {
            bus.RunUntil(bus.NowNs + SliceNs);
            progress?.Invoke(snapshots.Next());
            aborted = cancel.IsCancellationRequested ? "stopped by the operator" : null;
            KeepPace(request.RealTimeFactor, bus.NowNs, watch, cancel);
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
        ContextSet contexts)
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
            _ = new RoverStack(contexts.Add(bus.CreateTransport(configuration.Name)), configuration);
        }
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
