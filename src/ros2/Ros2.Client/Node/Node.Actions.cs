namespace ROS2;

/// <content>Actions.</content>
public sealed partial class Node
{
    private readonly List<ActionClient> _actionClients = [];
    private readonly List<ActionServer> _actionServers = [];

    /// <summary>Action clients; a snapshot.</summary>
    public IList<ActionClient> ActionClients => Snapshot(_actionClients);

    /// <summary>Action servers; a snapshot.</summary>
    public IList<ActionServer> ActionServers => Snapshot(_actionServers);

    /// <summary>Creates an action client.</summary>
    /// <param name="actionName">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ActionClient<TAction, TGoal, TResult, TFeedback> CreateActionClient<TAction, TGoal, TResult, TFeedback>(
        string actionName)
        where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
        where TGoal : IRosMessage, new()
        where TResult : IRosMessage, new()
        where TFeedback : IRosMessage, new() =>
        CreateActionClient<TAction, TGoal, TResult, TFeedback>(actionName, ActionQos.Default);

    /// <summary>Creates an action client with quality of service and callback group.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ActionClient<TAction, TGoal, TResult, TFeedback> CreateActionClient<TAction, TGoal, TResult, TFeedback>(
        string actionName, ActionQos qos, CallbackGroup? group = null)
        where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
        where TGoal : IRosMessage, new()
        where TResult : IRosMessage, new()
        where TFeedback : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(qos);
        var client = new ActionClient<TAction, TGoal, TResult, TFeedback>(
            this, ResolveService(actionName), qos, group ?? DefaultCallbackGroup);
        Track(_actionClients, client);
        client.Start();
        return client;
    }

    /// <summary>Creates an action server.</summary>
    /// <param name="actionName">Absolute, relative or private name; it is expanded and remapped.</param>
    /// <param name="acceptedCallback">Runs for each accepted goal, after the client was answered.</param>
    /// <param name="goalCallback">Decides on a goal; all are accepted and executed when null.</param>
    /// <param name="cancelCallback">Decides on a request to cancel; all are rejected when null.</param>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ActionServer<TAction, TGoal, TResult, TFeedback> CreateActionServer<TAction, TGoal, TResult, TFeedback>(
        string actionName,
        Action<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> acceptedCallback,
        Func<Guid, TGoal, GoalResponse>? goalCallback = null,
        Func<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>, CancelResponse>? cancelCallback = null)
        where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
        where TGoal : IRosMessage, new()
        where TResult : IRosMessage, new()
        where TFeedback : IRosMessage, new() =>
        CreateActionServer<TAction, TGoal, TResult, TFeedback>(
            actionName, acceptedCallback, goalCallback, cancelCallback, ActionQos.Default);

    /// <summary>Creates an action server with quality of service and callback group.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public ActionServer<TAction, TGoal, TResult, TFeedback> CreateActionServer<TAction, TGoal, TResult, TFeedback>(
        string actionName,
        Action<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> acceptedCallback,
        Func<Guid, TGoal, GoalResponse>? goalCallback,
        Func<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>, CancelResponse>? cancelCallback,
        ActionQos qos,
        CallbackGroup? group = null)
        where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
        where TGoal : IRosMessage, new()
        where TResult : IRosMessage, new()
        where TFeedback : IRosMessage, new()
    {
        ArgumentNullException.ThrowIfNull(acceptedCallback);
        ArgumentNullException.ThrowIfNull(qos);
        var server = new ActionServer<TAction, TGoal, TResult, TFeedback>(
            this,
            ResolveService(actionName),
            qos,
            group ?? DefaultCallbackGroup,
            acceptedCallback,
            goalCallback ?? ((_, _) => GoalResponse.AcceptAndExecute),
            cancelCallback ?? (_ => CancelResponse.Reject));
        Track(_actionServers, server);
        server.Start();
        return server;
    }

    internal void Remove(ActionClient client) => Untrack(_actionClients, client);

    internal void Remove(ActionServer server) => Untrack(_actionServers, server);
}
