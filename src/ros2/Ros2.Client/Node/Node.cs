using ROS2.Transport;

namespace ROS2;

/// <summary>
/// A node: owner of publishers, subscriptions, services, timers. Made by <see cref="RosContext.CreateNode"/>. Its callbacks
/// run on the context's executor. Creating and disposing are safe from any thread on a threaded transport.
/// </summary>
public sealed partial class Node : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Publisher> _publishers = [];
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<Service> _services = [];
    private readonly List<Client> _clients = [];
    private readonly List<GuardCondition> _guardConditions = [];
    private readonly List<Timer> _timers = [];
    private bool _disposed;

    internal Node(RosContext context, string name, string nodeNamespace, NodeOptions options)
    {
        Context = context;
        Options = options;
        Remapping = new NodeRemapping(context.Arguments, options, name);
        Name = Remapping.NodeName;
        Namespace = RosNames.NormalizeNamespace(Remapping.NamespaceOr(nodeNamespace));
        if (RosNames.FindNodeNameError(Name) is { } error)
        {
            throw new ArgumentException($"invalid node name: {error}", nameof(name));
        }

        Clock = new Clock(context.Transport.Clock, ClockType.RosTime, context.Executor.Timers);
        string loggerName = FullyQualifiedName[1..].Replace('/', '.');
        Logger = new Logger(loggerName, Clock, context.LogSink, context.LogLevels, Remapping.LogLevelOf);
        DefaultCallbackGroup = new CallbackGroup(CallbackGroupType.MutuallyExclusive, this, isAddedWithNode: true);
        options.Executor?.AddNode(this);
        Endpoint = context.Transport.CreateNode(Name, Namespace);
        InitializeBuiltins();
    }

    /// <summary>Name without namespace.</summary>
    public string Name { get; }

    /// <summary>Namespace with leading slash; <c>/</c> for the root.</summary>
    public string Namespace { get; }

    /// <summary>Namespace and name.</summary>
    public string FullyQualifiedName => RosNames.Join(Namespace, Name);

    /// <summary>The node's ROS clock.</summary>
    public Clock Clock { get; }

    /// <summary>The node's log.</summary>
    public Logger Logger { get; }

    /// <summary>The context it lives in.</summary>
    public RosContext Context { get; }

    /// <summary>The group of callbacks that were given none.</summary>
    public CallbackGroup DefaultCallbackGroup { get; }

    /// <summary>Publishers; a snapshot.</summary>
    public IList<Publisher> Publishers => Snapshot(_publishers);

    /// <summary>Subscriptions; a snapshot.</summary>
    public IList<Subscription> Subscriptions => Snapshot(_subscriptions);

    /// <summary>Service servers; a snapshot.</summary>
    public IList<Service> Services => Snapshot(_services);

    /// <summary>Service clients; a snapshot.</summary>
    public IList<Client> Clients => Snapshot(_clients);

    /// <summary>Guard conditions; a snapshot.</summary>
    public IList<GuardCondition> GuardConditions => Snapshot(_guardConditions);

    /// <summary>Timers; a snapshot.</summary>
    public IList<Timer> Timers => Snapshot(_timers);

    internal INodeEndpoint Endpoint { get; }

    internal NodeOptions Options { get; }

    /// <summary>The executor it was added to; null while the context itself spins it.</summary>
    internal Executor? Executor { get; set; }

    internal NodeRemapping Remapping { get; }

    /// <summary>Creates a group for callbacks that may run beside those of other groups.</summary>
    /// <param name="type">How they may overlap.</param>
    /// <param name="automaticallyAddToExecutorWithNode">
    /// False: the group's callbacks run only once it was given to <see cref="Executor.AddCallbackGroup"/>.
    /// </param>
    public CallbackGroup CreateCallbackGroup(CallbackGroupType type, bool automaticallyAddToExecutorWithNode = true) =>
        new(type, this, automaticallyAddToExecutorWithNode);

    /// <summary>Creates a timer on the node's clock.</summary>
    /// <param name="period">Time between calls, not negative; on virtual time not zero.</param>
    /// <param name="callback">Gets the time since the last call, or since creation.</param>
    public Timer CreateTimer(TimeSpan period, Action<TimeSpan> callback) => CreateTimer(period, callback, Clock);

    /// <summary>Creates a timer on another clock of this context, for instance a steady one.</summary>
    /// <param name="period">Time between calls, not negative; on virtual time not zero.</param>
    /// <param name="callback">Gets the time since the last call, or since creation.</param>
    /// <param name="clock">Measures the period.</param>
    /// <param name="group">Of the callback; the node's own when null.</param>
    /// <param name="autostart">False: it stands still until <see cref="Timer.Reset"/>.</param>
    public Timer CreateTimer(
        TimeSpan period, Action<TimeSpan> callback, Clock clock, CallbackGroup? group = null, bool autostart = true)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Timer timer = Context.Executor.Timers.Create(this, clock, period, callback, group ?? DefaultCallbackGroup, autostart);
        return Track(_timers, timer);
    }

    /// <summary>Creates a timer on steady time, which neither simulated time nor a correction of the system's clock moves.</summary>
    /// <param name="period">Time between calls, not negative; on virtual time not zero.</param>
    /// <param name="callback">Gets the time since the last call, or since creation.</param>
    /// <param name="group">Of the callback; the node's own when null.</param>
    /// <param name="autostart">False: it stands still until <see cref="Timer.Reset"/>.</param>
    public Timer CreateWallTimer(TimeSpan period, Action<TimeSpan> callback, CallbackGroup? group = null, bool autostart = true) =>
        CreateTimer(period, callback, Context.CreateClock(ClockType.SteadyTime), group, autostart);

    /// <summary>Creates a guard condition.</summary>
    public GuardCondition CreateGuardCondition(Action callback) =>
        Track(_guardConditions, new GuardCondition(this, Context.Executor, callback));

    /// <summary>Completes when a condition on the graph holds; false when time ran out first.</summary>
    /// <param name="condition">Checked at each change of the graph, on the executor.</param>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForGraphAsync(Func<bool> condition, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return GraphWaiter.Start(this, condition, timeout);
    }

    /// <summary>Takes the node and everything it owns off the graph.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        Context.Remove(this);
        Executor?.Forget(this);
        DisposeAll(Timers);
        DisposeOwned();
        DisposeAll(ActionClients);
        DisposeAll(ActionServers);
        DisposeAll(Clients);
        DisposeAll(Services);
        DisposeAll(Subscriptions);
        DisposeAll(Publishers);
        Endpoint.Dispose();
    }

    internal void Remove(Publisher publisher) => Untrack(_publishers, publisher);

    internal void Remove(Subscription subscription) => Untrack(_subscriptions, subscription);

    internal void Remove(Service service) => Untrack(_services, service);

    internal void Remove(Client client) => Untrack(_clients, client);

    internal void Remove(Timer timer) => Untrack(_timers, timer);

    /// <summary>Full name of a topic after expansion and remapping.</summary>
    internal string ResolveTopic(string topic) =>
        Remapping.Topic(RosNames.Expand(topic, Name, Namespace), Name, Namespace);

    /// <summary>Full name of a service after expansion and remapping.</summary>
    internal string ResolveService(string service) =>
        Remapping.Service(RosNames.Expand(service, Name, Namespace), Name, Namespace);

    /// <summary>Clock source, parameters and rosout; in the parts of this class that need generated messages.</summary>
    partial void InitializeBuiltins();

    /// <summary>Disposes what other parts of this class own.</summary>
    partial void DisposeOwned();

    private static void DisposeAll<T>(IList<T> owned)
        where T : IDisposable
    {
        for (int i = owned.Count - 1; i >= 0; i--)
        {
            owned[i].Dispose();
        }
    }

    private List<T> Snapshot<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }

    private T Track<TBase, T>(List<TBase> list, T item)
        where T : TBase
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            list.Add(item);
        }

        return item;
    }

    private void Untrack<T>(List<T> list, T item)
    {
        lock (_gate)
        {
            list.Remove(item);
        }
    }
}
