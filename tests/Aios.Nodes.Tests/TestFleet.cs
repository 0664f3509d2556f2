using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Sim;
using Aios.Terrain;
using ROS2;
using ROS2.Simulation;

namespace Aios.Nodes.Tests;

/// <summary>Whole rovers on the simulated bus, with the planet under them.</summary>
internal sealed class TestFleet : IDisposable
{
    private readonly List<RosContext> _contexts = [];

    /// <param name="rovers">How many, 4 m apart along x.</param>
    /// <param name="surface">The ground; null: a gentle plain.</param>
    /// <param name="configure">Changes what each rover is told.</param>
    public TestFleet(int rovers, PlanetSurface? surface = null, Func<RoverConfiguration, RoverConfiguration>? configure = null)
    {
        var roster = Enumerable.Range(1, rovers).Select(i => $"rover_{i}").ToArray();
        var spec = new TerrainSpec
        {
            MissionSizeM = 40,
            MarginM = 14,
            Craters = new CraterSpec { SteepCraters = 0, DensityAt1M = 0.005, MaxDiameterM = 4 },
            LandingSites = [.. roster.Select((_, i) => new Vector2d(4.0 * i, 0))],
        };
        Planet = new PlanetSimulation(
            surface ?? TerrainGenerator.Generate(spec, 1),
            new SimulationOptions(),
            [.. roster.Select((name, i) => new RoverSpec(name, RoverCatalogue.RockerBogie6, new Pose2(4.0 * i, 0, 0)))],
            1);
        Bus = new SimulatedBus(1, Planet.Radio);
        PlanetContext = Add("planet");
        var host = PlanetContext.CreateNode("planet");
        Listener = PlanetContext.CreateNode("listener");
        new PlanetNode(host, Planet).Start();
        foreach (var name in roster)
        {
            Contexts[name] = Add(name);
            Stacks.Add(new RoverStack(Contexts[name], (configure ?? (c => c))(Configurations.Of(name, roster))));
        }
    }

    public PlanetSimulation Planet { get; }

    public SimulatedBus Bus { get; }

    public RosContext PlanetContext { get; }

    public Node Listener { get; }

    public List<RoverStack> Stacks { get; } = [];

    public Dictionary<string, RosContext> Contexts { get; } = new(StringComparer.Ordinal);

    /// <summary>All events of all rovers from now on.</summary>
    public List<Event> Events()
    {
        var events = new List<Event>();
        foreach (var name in Contexts.Keys.Order(StringComparer.Ordinal))
        {
            Listener.CreateSubscription<Event>($"/{name}/events", events.Add, QosProfile.KeepLast(100));
        }

        return events;
    }

    public void Dispose()
    {
        for (var i = _contexts.Count - 1; i >= 0; i--)
        {
            _contexts[i].Dispose();
        }

        Bus.Dispose();
    }

    private RosContext Add(string host)
    {
        var context = new RosContext(Bus.CreateTransport(host));
        _contexts.Add(context);
        return context;
    }
}
