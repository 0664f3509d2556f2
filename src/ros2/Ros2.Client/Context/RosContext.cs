using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ROS2.Transport;

namespace ROS2;

/// <summary>
/// A participant with its nodes, timers and executor. On a threaded transport one thread spins it; on the simulated bus
/// the bus' scheduler runs it and nobody spins. Nodes are made by <see cref="CreateNode"/> and cannot tell the difference.
/// </summary>
public sealed class RosContext : IDisposable
{
    /// <summary>Samples one subscription may have in turn while <see cref="Spin(CancellationToken)"/> runs.</summary>
    internal const int SpinBatch = 16;

    private readonly Lock _gate = new();
    private readonly List<Node> _nodes = [];
    private readonly List<GraphWaiter> _graphWaiters = [];
    private volatile bool _shutDown;

    /// <summary>Takes over a transport; it is disposed with the context.</summary>
    /// <exception cref="ArgumentException">The command line is wrong; the message says where.</exception>
    public RosContext(IRosTransport transport, RosContextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        Transport = transport;
        Options = options ?? new RosContextOptions();
        Arguments = RosArguments.Parse(Options.Arguments);
        LogSink = !Arguments.EnableStdoutLogs ? NoLogSink.Instance : Options.LogSink ?? ConsoleLogSink.Instance;
        Executor = ContextExecutor.Create(transport, Options.Dispatch, OnGraphChanged);
        Clock = new Clock(transport.Clock, ClockType.SystemTime, Executor.Timers);
    }

    /// <summary>Raised on the executor when nodes or endpoints came or went.</summary>
    public event Action? GraphChanged;

    /// <summary>Raised once by <see cref="Shutdown()"/> before anything else, on its thread: nodes still work.</summary>
    public event Action? PreShutdown;

    /// <summary>Raised once by <see cref="Shutdown()"/>, on its thread.</summary>
    public event Action? ShuttingDown;

    /// <summary>The middleware underneath.</summary>
    public IRosTransport Transport { get; }

    /// <summary>The host it runs on; on the simulated bus the name links are modelled by.</summary>
    public string HostName => Transport.HostName;

    /// <summary>System time of the transport; virtual on the simulated bus.</summary>
    public Clock Clock { get; }

    /// <summary>The interpreted command line.</summary>
    public RosArguments Arguments { get; }

    /// <summary>False after <see cref="Shutdown()"/>.</summary>
    public bool IsValid => !_shutDown;

    /// <summary>Why it was shut down; empty before.</summary>
    public string ShutdownReason { get; private set; } = "";

    /// <summary>Nodes in the order they were created; a snapshot.</summary>
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

    internal RosContextOptions Options { get; }

    internal ContextExecutor Executor { get; }

    internal ILogSink LogSink { get; }

    internal LogLevels LogLevels { get; } = new();

    /// <summary>Creates a node.</summary>
    /// <param name="name">Name without namespace; <c>__node</c> remapping applies.</param>
    /// <param name="nodeNamespace">Namespace; empty for the root; a leading slash may be left out. <c>__ns</c> remapping applies.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <exception cref="ArgumentException">A name breaks the rules; the message says which.</exception>
    public Node CreateNode(string name, string nodeNamespace = "", NodeOptions? options = null)
    {
        ObjectDisposedException.ThrowIf(_shutDown, this);
        Node node = AddNode(name, nodeNamespace, options);
        bool isShared;
        lock (_gate)
        {
            isShared = _nodes.Exists(other => !ReferenceEquals(other, node) && other.Name == node.Name && other.Namespace == node.Namespace);
        }

        if (isShared)
        {
            node.Logger.Warn($"this program has another node of the name '{node.FullyQualifiedName}': who asks for one of them may get the other");
        }

        return node;
    }

    /// <summary>A clock that belongs to no node: a ROS clock of this kind shows system time.</summary>
    public Clock CreateClock(ClockType type = ClockType.RosTime) => new(Transport.Clock, type, Executor.Timers);

    /// <summary>
    /// Runs callbacks on this thread until shutdown or cancellation. Several threads may spin a context on a threaded
    /// transport; <see cref="CallbackGroup"/>s decide which callbacks may overlap.
    /// </summary>
    public void Spin(CancellationToken cancellationToken = default)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(Executor.WakeAll);
        while (IsValid && !cancellationToken.IsCancellationRequested)
        {
            Executor.SpinOnce(-1, default, SpinBatch, cancellationToken);
        }
    }

    /// <summary>Runs callbacks on several threads, this one included, until shutdown or cancellation.</summary>
    /// <param name="threads">Number of threads, at least 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NotSupportedException">A scheduler drives the transport.</exception>
    /// <exception cref="AggregateException">A callback threw; the other threads were stopped.</exception>
    public void SpinMultiThreaded(int threads, CancellationToken cancellationToken = default) =>
        MultiThreadedSpin.Run(this, threads, Spin, cancellationToken);

    /// <summary>Waits for something to run, then runs everything that is ready once.</summary>
    /// <param name="timeout">Longest wait; zero polls, <see cref="Timeout.InfiniteTimeSpan"/> waits without bound.</param>
    /// <returns>True if anything ran.</returns>
    public bool SpinOnce(TimeSpan timeout) => Executor.SpinOnce(ToNanoseconds(timeout), default, 1);

    /// <summary>As <see cref="SpinOnce(TimeSpan)"/> for the callbacks of one node; those of others stay ready.</summary>
    public bool SpinOnce(Node node, TimeSpan timeout) => Executor.SpinOnce(ToNanoseconds(timeout), new SpinScope(null, node), 1);

    /// <summary>Runs what is ready now, without waiting.</summary>
    /// <returns>True if anything ran.</returns>
    public bool SpinSome() => SpinOnce(TimeSpan.Zero);

    /// <summary>Runs what is ready, and what becomes ready meanwhile, until nothing is left.</summary>
    /// <param name="maxDuration">After this no further callback begins; zero for no bound.</param>
    /// <returns>True if anything ran.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public bool SpinAll(TimeSpan maxDuration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDuration, TimeSpan.Zero);
        return SpinAll(default, maxDuration, CancellationToken.None);
    }

    /// <summary>Spins until a task is complete.</summary>
    /// <returns>False if the time ran out or the context was shut down first.</returns>
    public bool SpinUntilComplete(Task task, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(task);
        Executor.SpinUntil(task, ToNanoseconds(timeout), SpinBatch, default, CancellationToken.None);
        return task.IsCompleted;
    }

    /// <summary>
    /// Shuts this context down at an interrupt (Ctrl-C) or termination signal, so that <see cref="Spin"/> returns and the
    /// program can end in order; the process is not killed by that signal.
    /// </summary>
    public void ShutDownOnSignals()
    {
        InterruptSignal.Heed();
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            PosixSignalRegistration registration = PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                Shutdown("signal handler");
            });
            ShuttingDown += registration.Dispose;
        }
    }

    /// <summary>A token that <see cref="Shutdown()"/> cancels; one call for each use.</summary>
    public CancellationToken GetShutdownToken()
    {
        var source = new CancellationTokenSource();
        ShuttingDown += source.Cancel;
        if (_shutDown)
        {
            source.Cancel();
        }

        return source.Token;
    }

    /// <summary>Ends spinning. From any thread on a threaded transport; a second call does nothing.</summary>
    public void Shutdown() => Shutdown("user called Shutdown()");

    /// <summary>Ends spinning for a reason. From any thread on a threaded transport; a second call does nothing.</summary>
    /// <param name="reason">What <see cref="ShutdownReason"/> tells then.</param>
    public void Shutdown(string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        lock (_gate)
        {
            if (ShutdownReason.Length > 0)
            {
                return;
            }

            ShutdownReason = reason.Length > 0 ? reason : "no reason given";
        }

        PreShutdown?.Invoke();
        _shutDown = true;
        ShuttingDown?.Invoke();
        Executor.ShutDown();
    }

    /// <summary>Shuts down, disposes nodes, then the transport. No thread may be spinning.</summary>
    public void Dispose()
    {
        Shutdown();
        foreach (Node node in Nodes.Reverse())
        {
            node.Dispose();
        }

        Transport.Dispose();
    }

    /// <summary>A log that belongs to no node: it goes to the context's sink alone, not to <c>/rosout</c>.</summary>
    /// <param name="name">Its name, by which the command line and logger services set its level.</param>
    public Logger GetLogger(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Logger(name, Clock, LogSink, LogLevels, Arguments.LogLevelOf);
    }

    /// <summary>Creates a node, whatever others are called.</summary>
    internal Node AddNode(string name, string nodeNamespace, NodeOptions? options = null)
    {
        var node = new Node(this, name, nodeNamespace, options ?? new NodeOptions());
        lock (_gate)
        {
            _nodes.Add(node);
        }

        return node;
    }

    /// <summary>Publishers of this context: what is local to its subscriptions.</summary>
    internal ConcurrentDictionary<Gid, byte> Publishers { get; } = new();

    internal bool SpinAll(SpinScope scope, TimeSpan maxDuration, CancellationToken cancellation)
    {
        long untilNs = SteadyIn(maxDuration);
        bool ran = false;
        while (Executor.SpinOnce(0, scope, 1, cancellation, untilNs) && IsValid && !cancellation.IsCancellationRequested)
        {
            ran = true;
        }

        return ran;
    }

    /// <summary>The steady time after a duration; no bound for zero and less.</summary>
    internal long SteadyIn(TimeSpan duration) =>
        duration > TimeSpan.Zero ? Transport.Clock.SteadyNowNs + Nanoseconds.From(duration) : long.MaxValue;

    internal void Remove(Node node)
    {
        lock (_gate)
        {
            _nodes.Remove(node);
        }
    }

    internal void Add(GraphWaiter waiter)
    {
        lock (_gate)
        {
            _graphWaiters.Add(waiter);
        }
    }

    internal void Remove(GraphWaiter waiter)
    {
        lock (_gate)
        {
            _graphWaiters.Remove(waiter);
        }
    }

    internal static long ToNanoseconds(TimeSpan timeout) =>
        timeout < TimeSpan.Zero ? -1 : Nanoseconds.From(timeout);

    /// <summary>Tells who waits for a change of the graph.</summary>
    /// <returns>Whether a wait ended or a handler ran.</returns>
    private bool OnGraphChanged()
    {
        GraphWaiter[] waiters;
        lock (_gate)
        {
            waiters = [.. _graphWaiters];
        }

        bool ran = GraphChanged is not null;
        foreach (GraphWaiter waiter in waiters)
        {
            ran |= waiter.Check();
        }

        GraphChanged?.Invoke();
        return ran;
    }
}
