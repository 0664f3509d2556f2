using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Runs callbacks on the threads that spin. Of these, one at a time (the leader) waits in the transport; the others wait
/// for it to find something. A callback may spin again. Callback groups decide what may overlap.
/// </summary>
internal sealed class SpinExecutor(IRosTransport transport, Func<bool> graphChanged)
    : ContextExecutor(transport, graphChanged)
{
    private readonly object _gate = new();
    private readonly List<Executable> _ready = [];
    private bool _hasLeader;
    private bool _graphRan; // of the leader: what waited for the graph ran in its last wait
    private long _pass;

    public override void OnReady(ITransportEndpoint endpoint, Readiness readiness)
    {
        if (endpoint.Tag is Executable executable)
        {
            lock (_gate)
            {
                Enqueue(executable, readiness);
            }
        }
    }

    public override void OnGraphChanged() => _graphRan |= TellGraphChanged();

    public override void OnWake()
    {
    }

    /// <summary>
    /// Samples may have come before the tag was set, and their signal found none: the endpoint is looked at once without.
    /// </summary>
    public override void Start(ITransportEndpoint endpoint, Executable executable)
    {
        endpoint.Tag = executable;
        Trigger(executable);
    }

    public override void Trigger(Executable executable)
    {
        lock (_gate)
        {
            Enqueue(executable, Readiness.Data);
            Monitor.PulseAll(_gate);
        }

        Transport.Wake();
    }

    public override bool SpinOnce(
        long timeoutNs, SpinScope scope, int maxPerEntity, CancellationToken cancellation = default, long untilNs = long.MaxValue)
    {
        long deadlineNs = timeoutNs < 0 ? long.MaxValue : AddSaturating(Transport.Clock.SteadyNowNs, timeoutNs);
        bool ran = false;
        do
        {
            // A look at an endpoint that found nothing must not keep it from running when a sample comes: a pass is one round.
            long pass = Interlocked.Increment(ref _pass);
            ran |= Gather(deadlineNs, scope, pass, cancellation);
            while ((untilNs == long.MaxValue || Transport.Clock.SteadyNowNs < untilNs)
                && TryStart(scope, pass, out Executable executable, out Readiness what))
            {
                ran |= Run(executable, what, maxPerEntity);
            }
        }
        while (!ran && !IsShutDown && !cancellation.IsCancellationRequested && Transport.Clock.SteadyNowNs < deadlineNs);
        return ran;
    }

    /// <summary>The task may be completed by a change of the graph or on another thread: that ends the wait as well.</summary>
    public override void SpinUntil(Task task, long timeoutNs, int maxPerEntity, SpinScope scope, CancellationToken cancellation)
    {
        // Never disposed: the task may complete at any time.
        var completed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var left = new CancellationTokenSource();
        _ = task.ContinueWith(
            _ =>
            {
                completed.Cancel();
                WakeAll();
            },
            left.Token,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        SpinWhile(task, timeoutNs, maxPerEntity, scope, completed.Token);
        left.Cancel();
    }

    public override void WakeAll()
    {
        base.WakeAll();
        lock (_gate)
        {
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The leader may have to wait shorter, a follower to look again.</summary>
    protected override void OnTimersChanged()
    {
        lock (_gate)
        {
            if (!_hasLeader)
            {
                return;
            }

            Monitor.PulseAll(_gate);
        }

        Transport.Wake();
    }

    /// <summary>Waits until something may be ready: in the transport as leader, else for the leader.</summary>
    /// <returns>Whether what waits for the graph ran meanwhile.</returns>
    private bool Gather(long deadlineNs, SpinScope scope, long pass, CancellationToken cancellation)
    {
        long waitNs;
        lock (_gate)
        {
            if (IsShutDown || cancellation.IsCancellationRequested)
            {
                return false;
            }

            waitNs = HasWork(scope, pass) ? 0 : WaitNs(deadlineNs);
            if (_hasLeader)
            {
                Follow(waitNs);
                CollectTimers();
                return false;
            }

            _hasLeader = true;
            _graphRan = false;
        }

        try
        {
            Transport.Wait(waitNs);
            return _graphRan;
        }
        finally
        {
            lock (_gate)
            {
                _hasLeader = false;
                CollectTimers();
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Follow(long waitNs)
    {
        if (waitNs < 0)
        {
            Monitor.Wait(_gate);
        }
        else if (waitNs > 0)
        {
            Monitor.Wait(_gate, (int)Math.Min(int.MaxValue, (waitNs + 999_999) / 1_000_000));
        }
    }

    private long WaitNs(long deadlineNs)
    {
        long remainingNs = deadlineNs == long.MaxValue
            ? long.MaxValue
            : Math.Max(0, deadlineNs - Transport.Clock.SteadyNowNs);
        long waitNs = Math.Min(remainingNs, Timers.NextDueInNs());
        return waitNs == long.MaxValue ? -1 : waitNs;
    }

    private bool HasWork(SpinScope scope, long pass)
    {
        int thread = Environment.CurrentManagedThreadId;
        foreach (Executable executable in _ready)
        {
            if (MayStart(executable, scope, pass) && executable.Group.TryEnter(thread))
            {
                executable.Group.Exit();
                return true;
            }
        }

        return false;
    }

    private static bool MayStart(Executable executable, SpinScope scope, long pass) =>
        executable.LastPass != pass && scope.Includes(executable);

    private bool TryStart(SpinScope scope, long pass, out Executable executable, out Readiness what)
    {
        int thread = Environment.CurrentManagedThreadId;
        lock (_gate)
        {
            for (int i = 0; i < _ready.Count; i++)
            {
                executable = _ready[i];
                if (MayStart(executable, scope, pass) && executable.Group.TryEnter(thread))
                {
                    _ready.RemoveAt(i);
                    what = executable.Pending;
                    executable.Pending = Readiness.None;
                    executable.IsQueued = false;
                    executable.LastPass = pass;
                    return true;
                }
            }
        }

        executable = null!;
        what = Readiness.None;
        return false;
    }

    private bool Run(Executable executable, Readiness what, int maxPerEntity)
    {
        int callbacks = maxPerEntity;
        try
        {
            callbacks = executable.Execute(what, maxPerEntity);
        }
        finally
        {
            Finish(executable, callbacks >= maxPerEntity);
        }

        return callbacks > 0;
    }

    /// <summary>Frees the group; what waited for it may now run on another thread.</summary>
    private void Finish(Executable executable, bool mayHaveMore)
    {
        bool wakeLeader;
        lock (_gate)
        {
            executable.Group.Exit();
            if (mayHaveMore && executable.HasQueue)
            {
                Enqueue(executable, Readiness.Data);
            }

            wakeLeader = _hasLeader && _ready.Count > 0;
            if (wakeLeader)
            {
                Monitor.PulseAll(_gate);
            }
        }

        if (wakeLeader)
        {
            Transport.Wake();
        }
    }

    private void CollectTimers()
    {
        long pass = Interlocked.Increment(ref _pass);
        while (Timers.TryTakeDue(pass, out Timer timer))
        {
            Enqueue(timer.Job, Readiness.Data);
        }
    }

    private void Enqueue(Executable executable, Readiness readiness)
    {
        executable.Pending |= readiness;
        if (!executable.IsQueued)
        {
            executable.IsQueued = true;
            int place = _ready.Count;
            while (place > 0 && _ready[place - 1].Order > executable.Order)
            {
                place--;
            }

            _ready.Insert(place, executable);
        }
    }
}
