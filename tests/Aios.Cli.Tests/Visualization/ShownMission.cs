using Aios.Cli.Missions;
using Aios.Cli.Visualization;
using Aios.Mission;
using Aios.Nodes;
using Aios.Sim;
using ROS2;
using ROS2.Simulation;
using ROS2.Transport;

namespace Aios.Cli.Tests.Visualization;

/// <summary>A short mission on the simulated bus with the nodes for viewers.</summary>
internal sealed class ShownMission : IDisposable
{
    private readonly SimulatedBus _bus;
    private readonly List<RosContext> _contexts = [];

    public ShownMission(int rovers)
    {
        using var folder = new TemporaryFolder();
        var starts = string.Join('\n', Enumerable.Range(1, rovers).Select(i => $"  - {{name: rover_{i}, start: {{x_m: {3 * (i - 1)}, y_m: 0}}}}"));
        var file = folder.Write("shown.yaml", $$"""
            name: shown
            world:
              generator: crater-plain
              size_m: 20
              craters: {density: 0, steep: 0}
              rocks: {abundance: 0}
            rovers:
            {{starts}}
            goals:
              explore: {coverage: 1}
            constraints:
              time_limit_s: 600
              zones:
                - {name: cliff, kind: keep_out, corners: [[7, 7], [9, 7], [9, 9]]}
                - {name: vent, kind: hazard, corners: [[-9, -9], [-7, -9], [-7, -7], [-9, -7]]}
            """);
        var mission = MissionFile.Load(file).Mission!.Resolve(1);
        var planet = WorldFactory.Create(mission);
        _bus = new SimulatedBus(1, planet.Radio);
        var context = Add("planet");
        new PlanetNode(context.CreateNode("planet"), planet).Start();
        for (var i = 0; i < rovers; i++)
        {
            _ = new RoverStack(Add($"rover_{i + 1}"), RoverConfigurations.Of(mission, i));
        }

        FleetVisualization.Create(context, mission);
        Listener = context.CreateNode("listener");
    }

    /// <summary>A node on the planet's host.</summary>
    public Node Listener { get; }

    /// <summary>Everything that is published and subscribed to.</summary>
    public IReadOnlyList<GraphEndpoint> Endpoints => Listener.Context.Transport.Graph.GetEndpoints();

    /// <summary>Runs for a time, s.</summary>
    public void Run(double seconds) => _bus.RunUntil(_bus.NowNs + (long)(seconds * 1e9));

    public void Dispose()
    {
        _contexts.Reverse();
        _contexts.ForEach(context => context.Dispose());
        _bus.Dispose();
    }

    private RosContext Add(string host)
    {
        _contexts.Add(new RosContext(_bus.CreateTransport(host)));
        return _contexts[^1];
    }
}
