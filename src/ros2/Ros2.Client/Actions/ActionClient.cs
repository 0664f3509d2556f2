using action_msgs.msg;
using action_msgs.srv;
using builtin_interfaces.msg;
using ROS2.Transport;
using unique_identifier_msgs.msg;

namespace ROS2;

/// <summary>An action client without its types, for collections.</summary>
public abstract class ActionClient : ActionEntity
{
    private protected ActionClient(Node node, string actionName)
        : base(node, actionName)
    {
    }

    /// <summary>Whether a server is there, with all its services and topics.</summary>
    public abstract bool ServerIsReady();

    /// <summary>Completes when a server is there; false when time ran out first.</summary>
    /// <param name="timeout">On the node's clock; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</param>
    public Task<bool> WaitForServerAsync(TimeSpan timeout) => Node.WaitForGraphAsync(ServerIsReady, timeout);
}

/// <summary>
/// Sends goals to an action server. Tasks are completed by the executor while the context spins. Feedback and status that
/// come before the goal's answer are kept for it.
/// </summary>
public sealed class ActionClient<TAction, TGoal, TResult, TFeedback> : ActionClient
    where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage, new()
    where TResult : IRosMessage, new()
    where TFeedback : IRosMessage, new()
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>> _goals = [];
    private readonly ServiceCaller _sendGoal;
    private readonly ServiceCaller _cancelGoal;
    private readonly ServiceCaller _getResult;
    private readonly TopicListener _feedback;
    private readonly TopicListener _status;

    internal ActionClient(Node node, string actionName, ActionQos qos, CallbackGroup group)
        : base(node, actionName)
    {
        RosActionType type = TAction.RosType;
        _sendGoal = new ServiceCaller(node, ActionNames.SendGoal(actionName), type.SendGoal, qos.Services);
        _cancelGoal = new ServiceCaller(node, ActionNames.CancelGoal(actionName), CancelGoal.RosType, qos.Services);
        _getResult = new ServiceCaller(node, ActionNames.GetResult(actionName), type.GetResult, qos.Services);
        _feedback = new TopicListener(
            node, ActionNames.Feedback(actionName), type.FeedbackMessage, qos.Feedback, m => OnFeedback((IRosActionFeedbackMessage<TFeedback>)m));
        _status = new TopicListener(
            node, ActionNames.Status(actionName), RosMessageType.Of<GoalStatusArray>(), qos.Status, m => OnStatus((GoalStatusArray)m));
        Receiver = new Parts(this, group);
    }

    internal Executable Receiver { get; }

    internal override RosActionType ActionType => TAction.RosType;

    private protected override IEnumerable<IntrospectionSwitch> Introspections =>
        [_sendGoal.Introspection, _cancelGoal.Introspection, _getResult.Introspection];

    /// <inheritdoc/>
    public override bool ServerIsReady() =>
        _sendGoal.Endpoint.IsServerAvailable
        && _cancelGoal.Endpoint.IsServerAvailable
        && _getResult.Endpoint.IsServerAvailable
        && _feedback.Endpoint.PublisherCount > 0
        && _status.Endpoint.PublisherCount > 0;

    /// <summary>Sends a goal; completes with a handle that says whether it was accepted.</summary>
    public Task<ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>> SendGoalAsync(TGoal goal) =>
        SendGoalAsync(goal, null!);

    /// <summary>Sends a goal with a callback for its feedback, which runs on the executor.</summary>
    public Task<ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>> SendGoalAsync(
        TGoal goal, Action<TFeedback> feedbackCallback)
    {
        ArgumentNullException.ThrowIfNull(goal);
        Guid id = Node.Context.Transport.CreateGuid();
        var handle = new ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>(this, id, feedbackCallback);
        var source = new TaskCompletionSource<ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>>();
        IRosActionSendGoalRequest<TGoal> request = TAction.CreateSendGoalRequest();
        request.GoalIdAsRosMessage = id.ToUuidMsg();
        request.Goal = goal;
        lock (_gate)
        {
            _goals.Add(id, handle);
        }

        _sendGoal.Send(request, response => OnGoalResponse(handle, source, (IRosActionSendGoalResponse?)response));
        return source.Task;
    }

    /// <summary>Asks the server to cancel all goals, of other clients too.</summary>
    public Task<CancelGoal_Response> CancelAllGoalsAsync() => Cancel(new CancelGoal_Request());

    /// <summary>Asks the server to cancel all goals accepted at or before a time.</summary>
    public Task<CancelGoal_Response> CancelGoalsBeforeAsync(Time stamp)
    {
        var request = new CancelGoal_Request();
        request.GoalInfo.Stamp = stamp;
        return Cancel(request);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sendGoal.Dispose();
        _cancelGoal.Dispose();
        _getResult.Dispose();
        _feedback.Dispose();
        _status.Dispose();
        Node.Remove(this);
    }

    internal void Start()
    {
        foreach (ITransportEndpoint endpoint in new ITransportEndpoint[]
        {
            _sendGoal.Endpoint, _cancelGoal.Endpoint, _getResult.Endpoint, _feedback.Endpoint, _status.Endpoint,
        })
        {
            Node.Context.Executor.Start(endpoint, Receiver);
        }
    }

    internal Task<CancelGoal_Response> CancelGoalAsync(Guid goalId)
    {
        var request = new CancelGoal_Request();
        request.GoalInfo.GoalId = goalId.ToUuidMsg();
        return Cancel(request);
    }

    internal void RequestResult(
        ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback> handle, TaskCompletionSource<TResult> source)
    {
        IRosActionGetResultRequest request = TAction.CreateGetResultRequest();
        request.GoalIdAsRosMessage = handle.GoalId.ToUuidMsg();
        _getResult.Send(request, response =>
        {
            if (response is not IRosActionGetResultResponse<TResult> result)
            {
                source.TrySetCanceled();
                return;
            }

            handle.Status = ToStatus(result.Status);
            Forget(handle.GoalId);
            source.TrySetResult(result.Result);
        });
    }

    private static ActionGoalStatus ToStatus(sbyte status) =>
        status is >= GoalStatus.STATUS_UNKNOWN and <= GoalStatus.STATUS_ABORTED
            ? (ActionGoalStatus)status
            : ActionGoalStatus.Unknown;

    private Task<CancelGoal_Response> Cancel(CancelGoal_Request request)
    {
        var source = new TaskCompletionSource<CancelGoal_Response>();
        _cancelGoal.Send(request, response =>
        {
            if (response is CancelGoal_Response answer)
            {
                source.TrySetResult(answer);
            }
            else
            {
                source.TrySetCanceled();
            }
        });
        return source.Task;
    }

    private void OnGoalResponse(
        ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback> handle,
        TaskCompletionSource<ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>> source,
        IRosActionSendGoalResponse? response)
    {
        if (response is null || !response.Accepted)
        {
            Forget(handle.GoalId);
        }

        if (response is null)
        {
            source.TrySetCanceled();
            return;
        }

        handle.Answer(response.Accepted, (Time)response.StampAsRosMessage);
        source.TrySetResult(handle);
        handle.ReplayFeedback();
    }

    private void OnFeedback(IRosActionFeedbackMessage<TFeedback> message)
    {
        if (Find(((UUID)message.GoalIdAsRosMessage).ToGuid()) is { } handle)
        {
            handle.OnFeedback(message.Feedback);
        }
    }

    private void OnStatus(GoalStatusArray message)
    {
        foreach (GoalStatus entry in message.StatusList)
        {
            if (Find(entry.GoalInfo.GoalId.ToGuid()) is { } handle)
            {
                handle.Status = ToStatus(entry.Status);
                if (handle.Status.IsTerminal() && handle.IsAnswered)
                {
                    Forget(handle.GoalId);
                }
            }
        }
    }

    private ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback>? Find(Guid id)
    {
        lock (_gate)
        {
            return _goals.GetValueOrDefault(id);
        }
    }

    private void Forget(Guid id)
    {
        lock (_gate)
        {
            _goals.Remove(id);
        }
    }

    /// <summary>All five endpoints, in the order that lets a goal be known before its status, feedback and result.</summary>
    private sealed class Parts(ActionClient<TAction, TGoal, TResult, TFeedback> owner, CallbackGroup group)
        : Executable(owner.Node, group)
    {
        public override int Execute(Readiness what, int maxCallbacks)
        {
            if ((what & Readiness.Data) == 0)
            {
                return 0;
            }

            int most = owner._sendGoal.Take(maxCallbacks);
            most = Math.Max(most, owner._status.Take(maxCallbacks));
            most = Math.Max(most, owner._feedback.Take(maxCallbacks));
            most = Math.Max(most, owner._cancelGoal.Take(maxCallbacks));
            return Math.Max(most, owner._getResult.Take(maxCallbacks));
        }
    }
}
