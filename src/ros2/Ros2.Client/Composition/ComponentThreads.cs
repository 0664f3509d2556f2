namespace ROS2;

/// <summary>Which threads run the components of a container.</summary>
public enum ComponentIsolation
{
    /// <summary>Those that spin the context, one or several.</summary>
    None,

    /// <summary>One thread for each component, as in <c>component_container_isolated</c>.</summary>
    SingleThreaded,

    /// <summary>Several threads for each component, as in <c>component_container_isolated --use_multi_threaded_executor</c>.</summary>
    MultiThreaded,
}

/// <summary>The threads of one component and the executor they spin.</summary>
internal sealed class ComponentThreads : IDisposable
{
    private readonly Logger _log;
    private Thread? _thread;

    private ComponentThreads(Executor executor, Logger log)
    {
        Executor = executor;
        _log = log;
    }

    /// <summary>The executor; nodes made for the component join it before anything of theirs can run.</summary>
    public Executor Executor { get; }

    /// <summary>Prepares them; null for a container that does not isolate.</summary>
    public static ComponentThreads? For(ComponentContainer container)
    {
        RosContext context = container.Node.Context;
        return container.Isolation switch
        {
            ComponentIsolation.SingleThreaded => new ComponentThreads(new SingleThreadedExecutor(context), container.Node.Logger),
            ComponentIsolation.MultiThreaded => new ComponentThreads(
                new MultiThreadedExecutor(context, container.ThreadCount), container.Node.Logger),
            _ => null,
        };
    }

    /// <summary>Begins to run a component.</summary>
    public void Start(Node node)
    {
        if (node.Executor is null)
        {
            Executor.AddNode(node);
        }

        _thread = new Thread(() => Spin(node)) { IsBackground = true, Name = $"ROS component {node.FullyQualifiedName}" };
        _thread.Start();
    }

    /// <summary>Waits for the callback that runs, then ends them.</summary>
    public void Dispose()
    {
        while (_thread is { IsAlive: true })
        {
            Executor.Cancel();
            _thread.Join(TimeSpan.FromMilliseconds(10)); // it may not have begun to spin, then nothing was canceled
        }

        Executor.Dispose();
    }

    private void Spin(Node node)
    {
        try
        {
            Executor.Spin(CancellationToken.None);
        }
#pragma warning disable CA1031 // A component is somebody else's program; the container outlives what it throws.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.Fatal($"component '{node.FullyQualifiedName}' threw an exception and stands still: {error.Message}");
        }
    }
}
