using ROS2.Transport;

namespace ROS2;

/// <summary>Something the executor runs: it sits behind a transport endpoint as its tag, or is triggered by the program.</summary>
internal abstract class Executable(Node node, CallbackGroup group)
{
    public Node Node { get; } = node;

    public CallbackGroup Group { get; } = group;

    /// <summary>What is waiting. Touched by the executor only.</summary>
    public Readiness Pending { get; set; }

    /// <summary>Whether it stands in the executor's ready queue. Touched by the executor only.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Runs what is waiting, at most <paramref name="maxCallbacks"/> samples of it.</summary>
    /// <returns>Samples taken; <paramref name="maxCallbacks"/> means that more may be left.</returns>
    public abstract int Execute(Readiness what, int maxCallbacks);
}
