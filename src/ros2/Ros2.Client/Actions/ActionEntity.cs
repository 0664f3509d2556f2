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

    /// <summary>Takes it off the graph; pending tasks of a client are canceled.</summary>
    public abstract void Dispose();
}
