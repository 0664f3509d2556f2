namespace ROS2;

/// <summary>A callback the program asks the executor to run. Made by <see cref="Node.CreateGuardCondition"/>.</summary>
public sealed class GuardCondition
{
    private readonly Action _callback;
    private readonly ContextExecutor _executor;
    private int _triggered;

    internal GuardCondition(Node node, ContextExecutor executor, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Node = node;
        _executor = executor;
        _callback = callback;
    }

    internal Node Node { get; }

    /// <summary>
    /// Asks for the callback. From any thread; does not block. Several calls before the callback runs count once. On the
    /// simulated bus it runs as an event of the present instant.
    /// </summary>
    public void Trigger()
    {
        if (Interlocked.Exchange(ref _triggered, 1) == 0)
        {
            _executor.Trigger(this);
        }
    }

    internal void Execute()
    {
        Volatile.Write(ref _triggered, 0);
        _callback();
    }
}
