namespace ROS2;

/// <summary>Whose callbacks a spin runs: those of one executor, or of the context itself, of one node or of all.</summary>
/// <param name="Executor">The executor that spins; null for the context.</param>
/// <param name="Only">Run this node's callbacks alone; null for all.</param>
internal readonly record struct SpinScope(Executor? Executor, Node? Only = null)
{
    /// <summary>Whether a callback belongs to it.</summary>
    public bool Includes(Executable executable)
    {
        CallbackGroup group = executable.Group;
        Executor? owner = group.Executor ?? (group.IsAddedWithNode ? group.Node.Executor : null);
        return group.HasExecutor && ReferenceEquals(owner, Executor) && (Only is null || ReferenceEquals(executable.Node, Only));
    }
}
