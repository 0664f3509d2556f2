using ROS2;

namespace Ros2.Client.Tests;

/// <summary>A component that containers find by its attribute.</summary>
[RosComponent("lib::Beacon")]
public sealed class Beacon(RosContext context, NodeOptions options) : LifecycleNode(context, "beacon", options: options);

/// <summary>A component whose constructor throws.</summary>
[RosComponent("lib::Broken")]
public sealed class BrokenComponent : IRosComponent
{
    /// <summary>Never succeeds.</summary>
    public BrokenComponent(RosContext context, NodeOptions options) =>
        throw new InvalidOperationException(context is not null && options is not null ? "out of order" : "no arguments");

    /// <inheritdoc/>
    public Node Node => throw new InvalidOperationException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
