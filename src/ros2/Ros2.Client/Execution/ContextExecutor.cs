using System.Collections.Concurrent;
using ROS2.Transport;

namespace ROS2;

/// <summary>
/// The client's side of a transport: keeps what is ready and runs it. On a driven transport in immediate mode, callbacks
/// run inside the scheduler's calls; otherwise they run when a thread spins. One thread spins at a time; it may spin again
/// inside a callback.
/// </summary>
internal sealed class ContextExecutor : ITransportDispatcher
{
    private readonly IRosTransport _transport;
    private readonly Queue<Executable> _ready = new();
    private readonly ConcurrentQueue<GuardCondition> _triggered = new();
    private readonly ConcurrentQueue<Executable> _started = new();
    private readonly bool _immediate;
    private readonly Action _graphChanged;
    private volatile bool _shutDown;
    private int _spinningThread;
    private int _spinDepth;
    private long _pass;

    public ContextExecutor(IRosTransport transport, DispatchMode mode, Action graphChanged)
    {
        _transport = transport;
        _immediate = transport.IsDriven && mode != DispatchMode.OnSpin;
        _graphChanged = graphChanged;
        Timers = new TimerScheduler(transport.Clock, transport.IsDriven, OnTimersChanged);
        transport.Attach(this);
    }

    public TimerScheduler Timers { get; }

    public void OnReady(ITransportEndpoint endpoint, Readiness readiness)
    {
        if (endpoint.Tag is not Executable executable)
        {
            return;
        }

        executable.Pending |= readiness;
        if (_immediate)
        {
            Run(executable, int.MaxValue);
            RunDueTimers(null);
        }
        else
        {
            Enqueue(executable);
        }
    }

    public void OnGraphChanged() => _graphChanged();

    public void OnWake()
    {
        if (_immediate)
        {
            RunTriggered(null);
            RunDueTimers(null);
            RequestWake();
        }
    }

    /// <summary>
    /// Connects an endpoint with what runs for it. On a threaded transport samples may have come before, and their signal
    /// found no tag: it is looked at once without one.
    /// </summary>
    public void Start(ITransportEndpoint endpoint, Executable executable)
    {
        endpoint.Tag = executable;
        if (!_transport.IsDriven)
        {
            _started.Enqueue(executable);
            _transport.Wake();
        }
    }

    public void Trigger(GuardCondition condition)
    {
        _triggered.Enqueue(condition);
        _transport.Wake();
    }

    public void ShutDown()
    {
        _shutDown = true;
        _transport.Wake();
    }

    /// <summary>Waits for something to run, of one node or of any, and runs it.</summary>
    /// <param name="timeoutNs">Longest wait; negative for no bound, 0 to poll.</param>
    /// <param name="only">Run this node's callbacks alone; others stay ready.</param>
    /// <param name="maxPerEntity">Samples taken from one entity before the others have their turn.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>True if anything ran.</returns>
    public bool SpinOnce(long timeoutNs, Node? only, int maxPerEntity, CancellationToken cancellation = default)
    {
        EnterSpin();
        try
        {
            long deadlineNs = timeoutNs < 0 ? long.MaxValue : AddSaturating(_transport.Clock.SteadyNowNs, timeoutNs);
            bool ran;
            do
            {
                _transport.Wait(WaitNs(deadlineNs, only));
                AcceptStarted();
                ran = RunTriggered(only) | RunDueTimers(only) | RunReady(only, maxPerEntity);
            }
            while (!ran && !_shutDown && !cancellation.IsCancellationRequested
                && _transport.Clock.SteadyNowNs < deadlineNs);
            return ran;
        }
        finally
        {
            ExitSpin();
        }
    }

    private static long AddSaturating(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;

    private static bool Belongs(Node? owner, Node? only) => only is null || ReferenceEquals(owner, only);

    private long WaitNs(long deadlineNs, Node? only)
    {
        if (HasWork(only))
        {
            return 0;
        }

        long remainingNs = deadlineNs == long.MaxValue
            ? long.MaxValue
            : Math.Max(0, deadlineNs - _transport.Clock.SteadyNowNs);
        long waitNs = Math.Min(remainingNs, Timers.NextDueInNs(only));
        return waitNs == long.MaxValue ? -1 : waitNs;
    }

    private bool HasWork(Node? only)
    {
        if (only is null)
        {
            return _ready.Count > 0 || !_triggered.IsEmpty;
        }

        foreach (Executable executable in _ready)
        {
            if (ReferenceEquals(executable.Node, only))
            {
                return true;
            }
        }

        return _triggered.Any(g => ReferenceEquals(g.Node, only));
    }

    private void AcceptStarted()
    {
        while (_started.TryDequeue(out Executable? executable))
        {
            executable.Pending |= Readiness.Data;
            Enqueue(executable);
        }
    }

    private bool RunTriggered(Node? only)
    {
        bool ran = false;
        for (int left = _triggered.Count; left > 0 && _triggered.TryDequeue(out GuardCondition? condition); left--)
        {
            if (Belongs(condition.Node, only))
            {
                ran = true;
                condition.Execute();
            }
            else
            {
                _triggered.Enqueue(condition);
            }
        }

        return ran;
    }

    /// <summary>Each due timer once, so that one that is always late cannot keep the others waiting.</summary>
    private bool RunDueTimers(Node? only)
    {
        bool ran = false;
        long pass = ++_pass;
        while (Timers.TryTakeDue(only, pass, out Timer timer, out long elapsedNs))
        {
            ran = true;
            timer.Invoke(elapsedNs);
        }

        return ran;
    }

    private bool RunReady(Node? only, int maxPerEntity)
    {
        bool ran = false;
        for (int left = _ready.Count; left > 0 && _ready.TryDequeue(out Executable? executable); left--)
        {
            executable.IsQueued = false;
            if (!Belongs(executable.Node, only))
            {
                Enqueue(executable);
                continue;
            }

            ran |= Run(executable, maxPerEntity);
        }

        return ran;
    }

    private bool Run(Executable executable, int maxCallbacks)
    {
        Readiness what = executable.Pending;
        executable.Pending = Readiness.None;
        int callbacks = executable.Execute(what, maxCallbacks);
        if (callbacks >= maxCallbacks)
        {
            executable.Pending |= Readiness.Data;
            Enqueue(executable);
        }

        return callbacks > 0;
    }

    private void Enqueue(Executable executable)
    {
        if (!executable.IsQueued)
        {
            executable.IsQueued = true;
            _ready.Enqueue(executable);
        }
    }

    private void OnTimersChanged()
    {
        if (_transport.IsDriven)
        {
            RequestWake();
        }
        else if (Environment.CurrentManagedThreadId != Volatile.Read(ref _spinningThread))
        {
            _transport.Wake();
        }
    }

    private void RequestWake()
    {
        if (_immediate)
        {
            long inNs = Timers.NextDueInNs(null);
            _transport.RequestWake(inNs == long.MaxValue ? inNs : AddSaturating(_transport.Clock.SteadyNowNs, inNs));
        }
    }

    private void EnterSpin()
    {
        int self = Environment.CurrentManagedThreadId;
        int other = Interlocked.CompareExchange(ref _spinningThread, self, 0);
        if (other != 0 && other != self)
        {
            throw new InvalidOperationException("another thread is spinning this context: one executor thread per context");
        }

        _spinDepth++;
    }

    private void ExitSpin()
    {
        if (--_spinDepth == 0)
        {
            Volatile.Write(ref _spinningThread, 0);
        }
    }
}
