namespace ROS2;

/// <summary>What an action server and an action client have in common.</summary>
public abstract class ActionEntity : IDisposable
{
    private protected ActionEntity(Node node, string actionName)
    {
        Node = node;
        ActionName = actionName;
    }

    /// <summary>Fully qualified, remapped name of the action.</summary>
    public string ActionName { get; }

    internal Node Node { get; }

    internal abstract RosActionType ActionType { get; }

    private protected abstract IEnumerable<IntrospectionSwitch> Introspections { get; }

    /// <summary>
    /// Publishes what this end sends and receives over the action's three services on their topics <c>_service_event</c>, for
    /// <c>ros2 action echo</c>; off at first. Safe from any thread of a threaded transport.
    /// </summary>
    /// <param name="state">How much.</param>
    /// <param name="qosProfile">Of the topics; <see cref="QosProfile.SystemDefaultProfile"/> when null.</param>
    /// <param name="clock">Stamps the events; the node's when null.</param>
    public void ConfigureIntrospection(
        ServiceIntrospectionState state, QosProfile? qosProfile = null, Clock? clock = null)
    {
        foreach (IntrospectionSwitch part in Introspections)
        {
            part.Configure(state, qosProfile, clock);
        }
    }

    /// <summary>Takes it off the graph; pending tasks of a client are canceled.</summary>
    public abstract void Dispose();
}
