using ROS2;

namespace Aios.Nodes;

/// <summary>All nodes of one rover in one context: what runs on a rover's computer.</summary>
public sealed class RoverStack
{
    private readonly object[] _nodes;

    /// <summary>Creates the nodes in the rover's namespace. They live as long as <paramref name="context"/>.</summary>
    /// <param name="context">The rover's own context; on the simulated bus its host has the rover's name.</param>
    /// <param name="configuration">What the rover is told.</param>
    public RoverStack(RosContext context, RoverConfiguration configuration)
    {
        var space = "/" + configuration.Name;
        _nodes =
        [
            new LocaliserNode(context.CreateNode("localiser", space), configuration),
            new TerrainMapperNode(context.CreateNode("terrain_mapper", space), configuration),
            new FleetLinkNode(context.CreateNode("fleet_link", space), configuration),
            new ExplorerNode(context.CreateNode("explorer", space), configuration),
            new NavigatorNode(context.CreateNode("navigator", space), configuration),
            new ControllerNode(context.CreateNode("controller", space), configuration),
            new SafetyGateNode(context.CreateNode("safety_gate", space), configuration),
            new ExecutiveNode(context.CreateNode("executive", space), configuration),
        ];
    }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => _nodes.Length;
}
