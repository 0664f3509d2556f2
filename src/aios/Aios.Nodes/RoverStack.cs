using Aios.Safety;
using ROS2;

namespace Aios.Nodes;

/// <summary>All nodes of one rover in one context: what runs on a rover's computer.</summary>
public sealed class RoverStack : IComponentHost
{
    private readonly RosContext _context;
    private readonly string _space;
    private readonly List<Component> _components = [];
    private readonly SafetyMonitorNode _monitor;

    /// <summary>Creates the nodes in the rover's namespace. They live as long as <paramref name="context"/>.</summary>
    /// <param name="context">The rover's own context; on the simulated bus its host has the rover's name.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="storage">What outlives its power; null: in memory. Not owned.</param>
    /// <param name="parts">Which nodes; null: all.</param>
    public RoverStack(RosContext context, RoverConfiguration configuration, RoverStorage? storage = null, RoverParts? parts = null)
    {
        _context = context;
        _space = "/" + configuration.Name;
        var stores = storage ?? RoverStorage.InMemory();
        stores.Memory.CountBoot();
        var desk = new ResumeDesk { Boots = stores.Memory.Boots, Stops = new StopJournal(stores.Stops) };
        var chosen = parts ?? RoverParts.All;
        if (chosen.Drives)
        {
            Add("localiser", false, node => new LocaliserNode(node, configuration, stores.Memory));
            Add("terrain_mapper", false, node => new TerrainMapperNode(node, configuration, stores.Memory.Boots));
        }

        Add("fleet_link", false, node => chosen.FleetLink(node, configuration, stores, desk));
        if (chosen.Drives)
        {
            Add("explorer", true, node => new ExplorerNode(node, configuration));
            Add("navigator", true, node => new NavigatorNode(node, configuration));
            Add("controller", true, node => new ControllerNode(node, configuration));
        }

        Add("safety_gate", false, node => chosen.Gate(node, configuration, desk));
        if (chosen.Drives)
        {
            Add("executive", true, node => new ExecutiveNode(node, configuration));
        }

        Components = [.. _components.Select(component => component.Name)];
        _monitor = new SafetyMonitorNode(context.CreateNode("safety_monitor", _space), configuration, this);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Components { get; }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => _components.Count + (_monitor is null ? 0 : 1);

    /// <inheritdoc/>
    public bool IsRestartable(string component) => Find(component).IsRestartable;

    /// <inheritdoc/>
    public void Restart(string component)
    {
        End(component);
        Find(component).Start(_context, _space);
    }

    /// <summary>Ends a component as a crash would: it says nothing any more.</summary>
    public void End(string component) => Find(component).End();

    private void Add(string name, bool restartable, Func<Node, object> create)
    {
        var component = new Component(name, restartable, create);
        component.Start(_context, _space);
        _components.Add(component);
    }

    private Component Find(string name) => _components.Find(component => component.Name == name)
        ?? throw new ArgumentException($"there is no component '{name}'", nameof(name));

    private sealed class Component(string name, bool restartable, Func<Node, object> create)
    {
        private Node? _node;
        private object? _behaviour;

        public string Name => name;

        public bool IsRestartable => restartable;

        public void Start(RosContext context, string space)
        {
            _node = context.CreateNode(name, space);
            _behaviour = create(_node);
            _ = new PingResponder(_node);
        }

        public void End()
        {
            (_behaviour as IDisposable)?.Dispose();
            _node?.Dispose();
            (_node, _behaviour) = (null, null);
        }
    }
}
