using ROS2.Transport;

namespace ROS2;

/// <summary>The client's side of a transport: knows what is ready and runs it.</summary>
internal abstract class ContextExecutor : ITransportDispatcher
{
    private readonly Func<bool> _graphChanged;
    private volatile bool _isShutDown;

    protected ContextExecutor(IRosTransport transport, Func<bool> graphChanged)
    {
        Transport = transport;
        _graphChanged = graphChanged;
        Timers = new TimerScheduler(transport.Clock, transport.IsDriven, OnTimersChanged);
    }

    public TimerScheduler Timers { get; }

    protected IRosTransport Transport { get; }

    protected bool IsShutDown => _isShutDown;

    /// <summary>The executor that suits a transport, attached to it.</summary>
    /// <param name="transport">Its transport.</param>
    /// <param name="mode">How a scheduler's callbacks run.</param>
    /// <param name="graphChanged">Tells who waits for a change of the graph; returns whether anybody had something to run.</param>
    public static ContextExecutor Create(IRosTransport transport, DispatchMode mode, Func<bool> graphChanged)
    {
        ContextExecutor executor = transport.IsDriven && mode == DispatchMode.Immediate
            ? new DrivenExecutor(transport, graphChanged)
            : new SpinExecutor(transport, graphChanged);
        transport.Attach(executor);
        return executor;
    }

    public abstract void OnReady(ITransportEndpoint endpoint, Readiness readiness);

    public virtual void OnGraphChanged() => TellGraphChanged();

    public abstract void OnWake();

    /// <summary>Connects an endpoint with what runs for it.</summary>
    public abstract void Start(ITransportEndpoint endpoint, Executable executable);

    /// <summary>A group that nobody ran was given to an executor.</summary>
    public virtual void OnGroupAdded(CallbackGroup group) => WakeAll();

    /// <summary>Asks for an executable to run; from any thread on a threaded transport.</summary>
    public abstract void Trigger(Executable executable);

    /// <summary>Waits for something to run, of one node or of any, and runs what is ready, each thing once.</summary>
    /// <param name="timeoutNs">Longest wait; negative for no bound, 0 to poll.</param>
    /// <param name="scope">Run these callbacks alone; others stay ready.</param>
    /// <param name="maxPerEntity">Samples taken from one entity before the others have their turn.</param>
    /// <param name="cancellation">Ends the wait, together with a wake of the transport.</param>
    /// <param name="untilNs">Steady time after which no further callback begins.</param>
    /// <returns>True if anything ran.</returns>
    public abstract bool SpinOnce(
        long timeoutNs, SpinScope scope, int maxPerEntity, CancellationToken cancellation = default, long untilNs = long.MaxValue);

    /// <summary>Spins until a task is complete, until time runs out, or until spinning ends for good.</summary>
    public virtual void SpinUntil(Task task, long timeoutNs, int maxPerEntity, SpinScope scope, CancellationToken cancellation) =>
        SpinWhile(task, timeoutNs, maxPerEntity, scope, cancellation);

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

    /// <inheritdoc cref="SpinUntil"/>
    protected void SpinWhile(Task task, long timeoutNs, int maxPerEntity, SpinScope scope, CancellationToken cancellation)
    {
        long endNs = timeoutNs < 0 ? long.MaxValue : AddSaturating(Transport.Clock.SteadyNowNs, timeoutNs);
        while (!task.IsCompleted && !IsShutDown && !cancellation.IsCancellationRequested)
        {
            long leftNs = endNs == long.MaxValue ? -1 : endNs - Transport.Clock.SteadyNowNs;
            if (endNs != long.MaxValue && leftNs <= 0)
            {
                break;
            }

            SpinOnce(leftNs, scope, maxPerEntity, cancellation);
        }
    }

    /// <summary>Runs what waits for a change of the graph.</summary>
    /// <returns>Whether there was anything to run.</returns>
    protected bool TellGraphChanged() => _graphChanged();

    protected static long AddSaturating(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
