using lifecycle_msgs.msg;

namespace ROS2;

/// <summary>
/// A managed node: set up, started, stopped and taken down from outside, by its services or by these methods. Derive and
/// override the callbacks; they run on the executor or on the caller of <see cref="ChangeState"/>. What a callback throws
/// counts as <see cref="TransitionResult.Error"/>.
/// </summary>
public abstract class LifecycleNode : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<IManagedEntity> _managed = [];
    private readonly Publisher<TransitionEvent>? _events;

    /// <summary>Creates the node in state unconfigured.</summary>
    /// <exception cref="ArgumentException">A name breaks the rules.</exception>
    /// <param name="context">Where the node is created.</param>
    /// <param name="name">Name of the node.</param>
    /// <param name="nodeNamespace">Its namespace.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    /// <param name="enableCommunicationInterface">False: no services and no <c>~/transition_event</c>; the program itself makes the transitions.</param>
    protected LifecycleNode(
        RosContext context, string name, string nodeNamespace = "", NodeOptions? options = null, bool enableCommunicationInterface = true)
    {
        ArgumentNullException.ThrowIfNull(context);
        Node = context.CreateNode(name, nodeNamespace, options);
        State = LifecycleState.Unconfigured;
        if (enableCommunicationInterface)
        {
            _events = Node.CreatePublisher<TransitionEvent>("~/transition_event");
            _ = new LifecycleServices(this);
        }
    }

    /// <summary>The node that is managed.</summary>
    public Node Node { get; }

    /// <summary>The state now.</summary>
    public LifecycleState State { get; private set; }

    /// <summary>Sets up.</summary>
    public LifecycleState Configure() => Run(LifecycleTransition.Configure);

    /// <summary>Takes down.</summary>
    public LifecycleState Cleanup() => Run(LifecycleTransition.Cleanup);

    /// <summary>Starts.</summary>
    public LifecycleState Activate() => Run(LifecycleTransition.Activate);

    /// <summary>Stops.</summary>
    public LifecycleState Deactivate() => Run(LifecycleTransition.Deactivate);

    /// <summary>Ends, from whichever state.</summary>
    public LifecycleState Shutdown() => Run(State switch
    {
        LifecycleState.Unconfigured => LifecycleTransition.UnconfiguredShutdown,
        LifecycleState.Inactive => LifecycleTransition.InactiveShutdown,
        _ => LifecycleTransition.ActiveShutdown,
    });

    /// <summary>Makes a transition.</summary>
    /// <returns>True if it was possible and its callback succeeded; otherwise <see cref="State"/> tells what became of it.</returns>
    public bool ChangeState(LifecycleTransition transition)
    {
        lock (_gate)
        {
            LifecycleArrow? arrow = LifecycleMachine.From(State).FirstOrDefault(a => a.Id == (byte)transition);
            if (arrow is null)
            {
                Node.Logger.Error(FormattableString.Invariant(
                    $"Unable to start transition {(byte)transition} from current state {LifecycleMachine.Label(State)}: it does not begin there"));
                return false;
            }

            LifecycleState previous = State;
            Follow(arrow);
            TransitionResult result = Call(previous);
            Follow(LifecycleMachine.After(State, result));
            if (result == TransitionResult.Error)
            {
                Node.Logger.Warn("Error occurred while doing error handling.");
                Follow(LifecycleMachine.After(State, Guard(() => OnError(previous))));
            }

            SwitchManaged(State == LifecycleState.Active);
            return result == TransitionResult.Success;
        }
    }

    /// <summary>Creates a publisher that sends only while the node is active.</summary>
    public LifecyclePublisher<T> CreateLifecyclePublisher<T>(string topic, QosProfile? qosProfile = null)
        where T : IRosMessage
    {
        var publisher = new LifecyclePublisher<T>(Node.CreatePublisher<T>(topic, qosProfile));
        ((IManagedEntity)publisher).IsActivated = State == LifecycleState.Active;
        _managed.Add(publisher);
        return publisher;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sets up: declare parameters, create publishers and the like.</summary>
    protected virtual TransitionResult OnConfigure(LifecycleState previous) => TransitionResult.Success;

    /// <summary>Undoes <see cref="OnConfigure"/>.</summary>
    protected virtual TransitionResult OnCleanup(LifecycleState previous) => TransitionResult.Success;

    /// <summary>
    /// Starts work. Managed publishers send from here on if an override calls this one, as in rclcpp, else once it succeeded.
    /// </summary>
    protected virtual TransitionResult OnActivate(LifecycleState previous)
    {
        SwitchManaged(isActivated: true);
        return TransitionResult.Success;
    }

    /// <summary>
    /// Stops work. Managed publishers stop sending here if an override calls this one, as in rclcpp, else once it succeeded.
    /// </summary>
    protected virtual TransitionResult OnDeactivate(LifecycleState previous)
    {
        SwitchManaged(isActivated: false);
        return TransitionResult.Success;
    }

    /// <summary>Ends.</summary>
    protected virtual TransitionResult OnShutdown(LifecycleState previous) => TransitionResult.Success;

    /// <summary>Recovers from an error: success leads to unconfigured, anything else to finalized.</summary>
    protected virtual TransitionResult OnError(LifecycleState previous) => TransitionResult.Failure;

    /// <summary>Disposes the node.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Node.Dispose();
        }
    }

    private LifecycleState Run(LifecycleTransition transition)
    {
        ChangeState(transition);
        return State;
    }

    private TransitionResult Call(LifecycleState previous) => Guard(() => State switch
    {
        LifecycleState.Configuring => OnConfigure(previous),
        LifecycleState.CleaningUp => OnCleanup(previous),
        LifecycleState.Activating => OnActivate(previous),
        LifecycleState.Deactivating => OnDeactivate(previous),
        _ => OnShutdown(previous),
    });

    private TransitionResult Guard(Func<TransitionResult> callback)
    {
        try
        {
            return callback();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Node.Logger.Error($"callback of state {LifecycleMachine.Label(State)} failed: {e.Message}");
            return TransitionResult.Error;
        }
    }

    private void Follow(LifecycleArrow arrow)
    {
        State = arrow.Goal;
        _events?.Publish(new TransitionEvent
        {
            Timestamp = (ulong)Math.Max(0, Node.Clock.NowNanoseconds),
            Transition = LifecycleMachine.ToMessage(arrow),
            StartState = LifecycleMachine.ToMessage(arrow.Start),
            GoalState = LifecycleMachine.ToMessage(arrow.Goal),
        });
    }

    private void SwitchManaged(bool isActivated)
    {
        foreach (IManagedEntity entity in _managed)
        {
            entity.IsActivated = isActivated;
        }
    }
}
