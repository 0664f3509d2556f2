using action_msgs.msg;
using action_msgs.srv;
using unique_identifier_msgs.msg;

namespace ROS2;

/// <summary>
/// Sends goals of an action whose type is chosen at run time. Tasks are completed and callbacks run by the executor. Made by
/// <see cref="Node.CreateGenericActionClient"/>.
/// </summary>
public sealed class GenericActionClient : IDisposable
{
    private readonly Node _node;
    private readonly GenericClient _sendGoal;
    private readonly GenericClient _getResult;
    private readonly Client<CancelGoal, CancelGoal_Request, CancelGoal_Response> _cancelGoal;
    private readonly GenericSubscription _feedback;
    private readonly Dictionary<Guid, Action<IRosMessage>> _feedbackCallbacks = [];

    internal GenericActionClient(Node node, string name, RosActionType type)
    {
        _node = node;
        ActionType = type;
        _sendGoal = node.CreateGenericClient(ActionNames.SendGoal(name), type.SendGoal);
        _getResult = node.CreateGenericClient(ActionNames.GetResult(name), type.GetResult);
        _cancelGoal = node.CreateClient<CancelGoal, CancelGoal_Request, CancelGoal_Response>(ActionNames.CancelGoal(name));
        _feedback = node.CreateGenericSubscription(
            ActionNames.Feedback(name), type.FeedbackMessage, (IRosMessage message, in Transport.SampleInfo _) => OnFeedback(message));
    }

    /// <summary>The action's type, from which goals are created.</summary>
    public RosActionType ActionType { get; }

    /// <summary>Whether a server is there, so that a goal would be answered and its feedback heard.</summary>
    public bool ServerIsReady() =>
        _sendGoal.ServiceIsReady() && _getResult.ServiceIsReady() && _cancelGoal.ServiceIsReady() && _feedback.PublisherCount > 0;

    /// <summary>Completes when a server is there; false when the time ran out first.</summary>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForServerAsync(TimeSpan timeout) => _node.WaitForGraphAsync(ServerIsReady, timeout);

    /// <summary>Sends a goal; completes with its id, or null when the server does not take it.</summary>
    /// <param name="goal">A message of <see cref="RosActionType.Goal"/>.</param>
    /// <param name="feedback">Runs on the executor for each feedback of this goal.</param>
    public async Task<Guid?> SendGoalAsync(IRosMessage goal, Action<IRosMessage>? feedback = null)
    {
        ArgumentNullException.ThrowIfNull(goal);
        Guid id = _node.Context.Transport.CreateGuid();
        IRosMessage request = ActionType.SendGoal.Request.Create();
        Field(request, "goal_id").SetValue(request, id.ToUuidMsg());
        Field(request, "goal").SetValue(request, goal);
        lock (_feedbackCallbacks)
        {
            _feedbackCallbacks[id] = feedback ?? (_ => { });
        }

        IRosMessage response = await _sendGoal.SendRequestAsync(request).ConfigureAwait(false);
        if (Get<bool>(response, "accepted"))
        {
            return id;
        }

        Forget(id);
        return null;
    }

    /// <summary>Completes with a goal's final state and result when it has ended.</summary>
    public async Task<(ActionGoalStatus Status, IRosMessage Result)> GetResultAsync(Guid goalId)
    {
        IRosMessage request = ActionType.GetResult.Request.Create();
        Field(request, "goal_id").SetValue(request, goalId.ToUuidMsg());
        IRosMessage response = await _getResult.SendRequestAsync(request).ConfigureAwait(false);
        Forget(goalId);
        return ((ActionGoalStatus)Get<sbyte>(response, "status"), Get<IRosMessage>(response, "result"));
    }

    /// <summary>Asks the server to cancel a goal; completes with whether it will.</summary>
    public async Task<bool> CancelGoalAsync(Guid goalId)
    {
        var request = new CancelGoal_Request { GoalInfo = new GoalInfo { GoalId = goalId.ToUuidMsg() } };
        CancelGoal_Response response = await _cancelGoal.SendRequestAsync(request).ConfigureAwait(false);
        return response.GoalsCanceling.Exists(goal => goal.GoalId.ToGuid() == goalId);
    }

    /// <summary>Takes it off the graph; pending tasks are canceled.</summary>
    public void Dispose()
    {
        _sendGoal.Dispose();
        _getResult.Dispose();
        _cancelGoal.Dispose();
        _feedback.Dispose();
    }

    private static RosField Field(IRosMessage message, string name) => message.RosType.Fields.First(field => field.Name == name);

    private static T Get<T>(IRosMessage message, string name) => (T)Field(message, name).GetValue(message)!;

    private void OnFeedback(IRosMessage message)
    {
        Action<IRosMessage>? callback;
        lock (_feedbackCallbacks)
        {
            _feedbackCallbacks.TryGetValue(Get<UUID>(message, "goal_id").ToGuid(), out callback);
        }

        callback?.Invoke(Get<IRosMessage>(message, "feedback"));
    }

    private void Forget(Guid id)
    {
        lock (_feedbackCallbacks)
        {
            _feedbackCallbacks.Remove(id);
        }
    }
}
