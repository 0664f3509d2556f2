namespace ROS2;

/// <summary>How <see cref="Executor.SpinUntilFutureComplete"/> ended.</summary>
public enum FutureReturnCode
{
    /// <summary>The task is complete.</summary>
    Success,

    /// <summary>Spinning was canceled or the context shut down before.</summary>
    Interrupted,

    /// <summary>The time ran out before.</summary>
    Timeout,
}

/// <summary>
/// Runs the callbacks of the nodes and callback groups that were added to it, and no others, as rclcpp's executors do.
/// <see cref="RosContext.Spin"/> is the executor of all nodes that were added to none. Several executors of one context may
/// spin, each on threads of its own. On the simulated bus the scheduler runs the callbacks of all of them.
/// </summary>
public abstract class Executor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Node> _nodes = [];
    private readonly List<CallbackGroup> _groups = [];
    private CancellationTokenSource? _spin;

    private protected Executor(RosContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <summary>The context its nodes live in.</summary>
    public RosContext Context { get; }

    /// <summary>Whether some thread spins it.</summary>
    public bool IsSpinning => Volatile.Read(ref _spin) is not null;

    /// <summary>Nodes in the order they were added; a snapshot.</summary>
    public IReadOnlyList<Node> Nodes
    {
        get
        {
            lock (_gate)
            {
                return [.. _nodes];
            }
        }
    }

    /// <summary>From now on runs a node's callbacks. May be called while it spins.</summary>
    /// <exception cref="InvalidOperationException">It was added to an executor already.</exception>
    /// <exception cref="ArgumentException">It lives in another context.</exception>
    public void AddNode(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        CheckContext(node, nameof(node));
        lock (_gate)
        {
            if (node.Executor is not null)
            {
                throw new InvalidOperationException($"Node '{node.FullyQualifiedName}' has already been added to an executor.");
            }

            node.Executor = this;
            _nodes.Add(node);
        }

        Context.Executor.WakeAll();
    }

    /// <summary>No longer runs a node's callbacks; one that runs now is not waited for.</summary>
    /// <exception cref="InvalidOperationException">It was not added to this executor.</exception>
    public void RemoveNode(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        lock (_gate)
        {
            if (!_nodes.Remove(node))
            {
                throw new InvalidOperationException($"Node '{node.FullyQualifiedName}' needs to be associated with this executor.");
            }

            node.Executor = null;
        }

        Context.Executor.WakeAll();
    }

    /// <summary>From now on runs the callbacks of a group, also of a node that another executor runs.</summary>
    /// <exception cref="InvalidOperationException">It was added to an executor already.</exception>
    /// <exception cref="ArgumentException">It lives in another context.</exception>
    public void AddCallbackGroup(CallbackGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        CheckContext(group.Node, nameof(group));
        lock (_gate)
        {
            if (group.Executor is not null)
            {
                throw new InvalidOperationException("Callback group has already been added to an executor.");
            }

            group.Executor = this;
            _groups.Add(group);
        }

        Context.Executor.OnGroupAdded(group);
    }

    /// <summary>No longer runs the callbacks of a group; they are again where their node is.</summary>
    /// <exception cref="InvalidOperationException">It was not added to this executor.</exception>
    public void RemoveCallbackGroup(CallbackGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        lock (_gate)
        {
            if (!_groups.Remove(group))
            {
                throw new InvalidOperationException("Callback group needs to be associated with this executor.");
            }

            group.Executor = null;
        }

        Context.Executor.WakeAll();
    }

    /// <summary>Runs callbacks until shutdown, cancellation or <see cref="Cancel"/>.</summary>
    /// <exception cref="InvalidOperationException">It spins already.</exception>
    public void Spin(CancellationToken cancellationToken = default) => Guarded(SpinCore, nameof(Spin), cancellationToken);

    /// <summary>Waits for something to run, then runs everything that is ready once.</summary>
    /// <param name="timeout">Longest wait; zero polls, <see cref="Timeout.InfiniteTimeSpan"/> waits without bound.</param>
    /// <returns>True if anything ran.</returns>
    /// <exception cref="InvalidOperationException">It spins already.</exception>
    public bool SpinOnce(TimeSpan timeout)
    {
        bool ran = false;
        Guarded(token => ran = SpinOnce(RosContext.ToNanoseconds(timeout), 1, token), nameof(SpinOnce), default);
        return ran;
    }

    /// <summary>Runs what is ready now once, without waiting.</summary>
    /// <param name="maxDuration">After this no further callback begins; zero for no bound.</param>
    /// <exception cref="InvalidOperationException">It spins already.</exception>
    public void SpinSome(TimeSpan maxDuration = default) =>
        Guarded(token => SpinSome(maxDuration, token), nameof(SpinSome), default);

    /// <summary>Runs what is ready, and what becomes ready meanwhile, until nothing is left.</summary>
    /// <param name="maxDuration">After this no further callback begins; zero for no bound.</param>
    /// <exception cref="InvalidOperationException">It spins already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public void SpinAll(TimeSpan maxDuration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDuration, TimeSpan.Zero);
        Guarded(token => Context.SpinAll(new SpinScope(this), maxDuration, token), nameof(SpinAll), default);
    }

    /// <summary>Runs callbacks until a task is complete.</summary>
    /// <param name="future">The task.</param>
    /// <param name="timeout">Longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    /// <exception cref="InvalidOperationException">It spins already.</exception>
    public FutureReturnCode SpinUntilFutureComplete(Task future, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(future);
        bool isCanceled = false;
        Guarded(
            token =>
            {
                Context.Executor.SpinUntil(future, RosContext.ToNanoseconds(timeout), RosContext.SpinBatch, new SpinScope(this), token);
                isCanceled = token.IsCancellationRequested;
            },
            nameof(SpinUntilFutureComplete),
            default);
        return future.IsCompleted ? FutureReturnCode.Success
            : isCanceled || !Context.IsValid ? FutureReturnCode.Interrupted
            : FutureReturnCode.Timeout;
    }

    /// <summary>Ends spinning. From any thread, a callback included; does nothing when it does not spin.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            _spin?.Cancel();
        }
    }

    /// <summary>Lets go of its nodes and groups; the context spins them again. No thread may be spinning it.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _nodes.ForEach(node => node.Executor = null);
            _groups.ForEach(group => group.Executor = null);
            _nodes.Clear();
            _groups.Clear();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A node is disposed.</summary>
    internal void Forget(Node node)
    {
        lock (_gate)
        {
            _nodes.Remove(node);
        }
    }

    private protected abstract void SpinCore(CancellationToken cancellationToken);

    /// <summary>Spins on this thread until the token is canceled.</summary>
    private protected void SpinHere(CancellationToken cancellationToken)
    {
        while (Context.IsValid && !cancellationToken.IsCancellationRequested)
        {
            SpinOnce(-1, RosContext.SpinBatch, cancellationToken);
        }
    }

    private bool SpinOnce(long timeoutNs, int batch, CancellationToken token) =>
        Context.Executor.SpinOnce(timeoutNs, new SpinScope(this), batch, token);

    private void SpinSome(TimeSpan maxDuration, CancellationToken token) =>
        Context.Executor.SpinOnce(0, new SpinScope(this), 1, token, Context.SteadyIn(maxDuration));

    private void CheckContext(Node node, string parameter)
    {
        if (!ReferenceEquals(node.Context, Context))
        {
            throw new ArgumentException($"Node '{node.FullyQualifiedName}' lives in another context", parameter);
        }
    }

    private void Guarded(Action<CancellationToken> spin, string name, CancellationToken cancellationToken)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
        {
            _spin = _spin is null ? source : throw new InvalidOperationException($"{name}() called while already spinning");
        }

        using CancellationTokenRegistration wake = source.Token.Register(Context.Executor.WakeAll);
        try
        {
            spin(source.Token);
        }
        finally
        {
            lock (_gate)
            {
                _spin = null;
            }
        }
    }
}

/// <summary>Runs callbacks on the thread that spins it.</summary>
/// <param name="context">The context its nodes live in.</param>
public sealed class SingleThreadedExecutor(RosContext context) : Executor(context)
{
    private protected override void SpinCore(CancellationToken cancellationToken) => SpinHere(cancellationToken);
}

/// <summary>Runs callbacks on several threads while <see cref="Executor.Spin"/> lasts; <see cref="CallbackGroup"/>s decide what may overlap.</summary>
/// <param name="context">The context its nodes live in.</param>
/// <param name="threads">Number of threads with the one that spins; 0 for one per processor, but two at least.</param>
public sealed class MultiThreadedExecutor(RosContext context, int threads = 0) : Executor(context)
{
    /// <summary>Threads, the one that spins included.</summary>
    public int ThreadCount { get; } = threads > 0 ? threads : Math.Max(2, Environment.ProcessorCount);

    private protected override void SpinCore(CancellationToken cancellationToken) =>
        MultiThreadedSpin.Run(Context, ThreadCount, SpinHere, cancellationToken);
}
