using ROS2.Transport;

namespace ROS2;

/// <summary>A callback the program asks the executor to run. Made by <see cref="Node.CreateGuardCondition"/>.</summary>
public sealed class GuardCondition
{
    private readonly Action _callback;
    private readonly ContextExecutor _executor;
    private readonly Job _job;
    private int _triggered;

    internal GuardCondition(Node node, ContextExecutor executor, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _executor = executor;
        _callback = callback;
        _job = new Job(this, node);
    }

    /// <summary>
    /// Asks for the callback. From any thread; does not block. Several calls before the callback runs count once. On the
    /// simulated bus it runs as an event of the present instant.
    /// </summary>
    public void Trigger()
    {
        if (Interlocked.Exchange(ref _triggered, 1) == 0)
        {
            _executor.Trigger(_job);
        }
    }

    private sealed class Job(GuardCondition owner, Node node) : Executable(node, node.DefaultCallbackGroup)
    {
        public override bool HasQueue => false;

        public override int Execute(Readiness what, int maxCallbacks)
        {
            Volatile.Write(ref owner._triggered, 0);
            owner._callback();
            return 1;
        }
    }
}
