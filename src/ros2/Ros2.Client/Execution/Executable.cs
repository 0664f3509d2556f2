using ROS2.Transport;

namespace ROS2;

/// <summary>The order in which what is ready at once runs, that of rclcpp.</summary>
internal enum ExecutionOrder
{
    Timer,
    Subscription,
    Service,
    Client,

    /// <summary>Guard conditions, actions, events of publishers.</summary>
    Waitable,
}

/// <summary>
/// Something the executor runs: it sits behind a transport endpoint as its tag, or belongs to a timer or a guard condition.
/// </summary>
internal abstract class Executable(Node node, CallbackGroup group)
{
    public Node Node { get; } = node;

    public CallbackGroup Group { get; } = group;

    /// <summary>What is waiting. Under the executor's lock.</summary>
    public Readiness Pending { get; set; }

    /// <summary>Whether it stands in the executor's queue. Under the executor's lock.</summary>
    public bool IsQueued { get; set; }

    /// <summary>The spin that ran it last. Under the executor's lock.</summary>
    public long LastPass { get; set; }

    /// <summary>Its place among what is ready at once.</summary>
    public virtual ExecutionOrder Order => ExecutionOrder.Waitable;

    /// <summary>Whether it may leave samples behind that have to be taken in another turn.</summary>
    public virtual bool HasQueue => true;

    /// <summary>Runs what is waiting, at most <paramref name="maxCallbacks"/> samples of it.</summary>
    /// <returns>Samples taken; <paramref name="maxCallbacks"/> means that more may be left.</returns>
    public abstract int Execute(Readiness what, int maxCallbacks);
}
