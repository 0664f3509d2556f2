using ROS2.Transport;

namespace ROS2;

/// <summary>The client's side of a transport: knows what is ready and runs it.</summary>
internal abstract class ContextExecutor : ITransportDispatcher
{
    private readonly Action _graphChanged;
    private volatile bool _isShutDown;

    protected ContextExecutor(IRosTransport transport, Action graphChanged)
    {
        Transport = transport;
        _graphChanged = graphChanged;
        Timers = new TimerScheduler(transport.Clock, transport.IsDriven, OnTimersChanged);
    }

    public TimerScheduler Timers { get; }

    protected IRosTransport Transport { get; }

    protected bool IsShutDown => _isShutDown;

    /// <summary>The executor that suits a transport, attached to it.</summary>
    public static ContextExecutor Create(IRosTransport transport, DispatchMode mode, Action graphChanged)
    {
        ContextExecutor executor = transport.IsDriven && mode == DispatchMode.Immediate
            ? new DrivenExecutor(transport, graphChanged)
            : new SpinExecutor(transport, graphChanged);
        transport.Attach(executor);
        return executor;
    }

    public abstract void OnReady(ITransportEndpoint endpoint, Readiness readiness);

    public void OnGraphChanged() => _graphChanged();

    public abstract void OnWake();

    /// <summary>Connects an endpoint with what runs for it.</summary>
    public abstract void Start(ITransportEndpoint endpoint, Executable executable);

    /// <summary>Asks for an executable to run; from any thread on a threaded transport.</summary>
    public abstract void Trigger(Executable executable);

    /// <summary>Waits for something to run, of one node or of any, and runs what is ready, each thing once.</summary>
    /// <param name="timeoutNs">Longest wait; negative for no bound, 0 to poll.</param>
    /// <param name="only">Run this node's callbacks alone; others stay ready.</param>
    /// <param name="maxPerEntity">Samples taken from one entity before the others have their turn.</param>
    /// <param name="cancellation">Ends the wait, together with a wake of the transport.</param>
    /// <returns>True if anything ran.</returns>
    public abstract bool SpinOnce(
        long timeoutNs, Node? only, int maxPerEntity, CancellationToken cancellation = default);

    /// <summary>Ends spinning for good.</summary>
    public void ShutDown()
    {
        _isShutDown = true;
        WakeAll();
    }

    /// <summary>Makes all spinning threads look at their tokens.</summary>
    public virtual void WakeAll() => Transport.Wake();

    /// <summary>A timer was started or stopped.</summary>
    protected abstract void OnTimersChanged();

    protected static long AddSaturating(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
