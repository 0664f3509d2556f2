using ROS2;

namespace Aios.Nodes;

/// <summary>Which nodes a rover's computer runs. Immutable.</summary>
public sealed record RoverParts
{
    /// <summary>Everything.</summary>
    public static RoverParts All { get; } = new();

    /// <summary>Gate, monitor and fleet link alone, for campaigns in which something else drives.</summary>
    public static RoverParts SafetyOnly { get; } = new() { Drives = false };

    /// <value>Whether it finds its way by itself: localiser, mapper, explorer, navigator, controller, executive. Default true.</value>
    public bool Drives { get; init; } = true;

    /// <value>Makes the node before the wheels. Default <see cref="SafetyGateNode"/>; a known-bad one shows that a campaign would notice.</value>
    public Func<Node, RoverConfiguration, ResumeDesk, object> Gate { get; init; } =
        (node, configuration, desk) => new SafetyGateNode(node, configuration, desk);

    /// <value>Makes the node that votes. Default <see cref="FleetLinkNode"/>; a known-bad one shows that a campaign would notice.</value>
    public Func<Node, RoverConfiguration, RoverStorage, ResumeDesk, object> FleetLink { get; init; } =
        (node, configuration, storage, desk) => new FleetLinkNode(node, configuration, storage, desk);
}
