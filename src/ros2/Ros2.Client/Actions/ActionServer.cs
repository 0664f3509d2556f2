using action_msgs.msg;
using action_msgs.srv;
using ROS2.Transport;
using unique_identifier_msgs.msg;

namespace ROS2;

/// <summary>An action server without its types, for collections.</summary>
public abstract class ActionServer : ActionEntity
{
    private protected ActionServer(Node node, string actionName)
        : base(node, actionName)
    {
    }
}

/// <summary>
/// Executes goals. Callbacks run on the executor; a goal's handle may be used from any thread on a threaded transport.
/// Results are kept for <see cref="ActionQos.ResultTimeout"/> after the goal's end.
/// </summary>
public sealed partial class ActionServer<TAction, TGoal, TResult, TFeedback> : ActionServer
    where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage, new()
    where TResult : IRosMessage, new()
    where TFeedback : IRosMessage, new()
{
    private readonly Lock _gate = new();
    private readonly List<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> _goals = [];
    private readonly Action<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> _accepted;
    private readonly Func<Guid, TGoal, GoalResponse> _decide;
    private readonly Func<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>, CancelResponse> _cancel;
    private readonly ServiceAnswerer _sendGoal;
    private readonly ServiceAnswerer _cancelGoal;
    private readonly ServiceAnswerer _getResult;
    private readonly SerializedPublisher _feedback;
    private readonly Publisher<GoalStatusArray> _status;
    private readonly long _resultTimeoutNs;

    internal ActionServer(
        Node node,
        string actionName,
        ActionQos qos,
        CallbackGroup group,
        Action<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> accepted,
        Func<Guid, TGoal, GoalResponse> decide,
        Func<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>, CancelResponse> cancel)
        : base(node, actionName)
    {
        _accepted = accepted;
        _decide = decide;
        _cancel = cancel;
        _resultTimeoutNs = Nanoseconds.From(qos.ResultTimeout);
        RosActionType type = TAction.RosType;
        _sendGoal = new ServiceAnswerer(
            node, ActionNames.SendGoal(actionName), type.SendGoal, qos.Services, (m, r) => OnGoal((IRosActionSendGoalRequest<TGoal>)m, r));
        _cancelGoal = new ServiceAnswerer(
            node, ActionNames.CancelGoal(actionName), CancelGoal.RosType, qos.Services, (m, r) => OnCancel((CancelGoal_Request)m, r));
        _getResult = new ServiceAnswerer(
            node, ActionNames.GetResult(actionName), type.GetResult, qos.Services, (m, r) => OnResult((IRosActionGetResultRequest)m, r));
        _feedback = node.CreateSerializedPublisher(
            ActionNames.Feedback(actionName), type.FeedbackMessage.ToTransportType(), qos.Feedback);
        _status = node.CreatePublisher<GoalStatusArray>(ActionNames.Status(actionName), qos.Status);
        Receiver = new Parts(this, group);
    }

    private Parts Receiver { get; }

    internal override RosActionType ActionType => TAction.RosType;

    private protected override IEnumerable<IntrospectionSwitch> Introspections =>
        [_sendGoal.Introspection, _cancelGoal.Introspection, _getResult.Introspection];

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
        Node.Context.Executor.Start(_sendGoal.Endpoint, Receiver);
        Node.Context.Executor.Start(_cancelGoal.Endpoint, Receiver);
        Node.Context.Executor.Start(_getResult.Endpoint, Receiver);
    }

    internal ActionGoalStatus StatusOf(ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal)
    {
        lock (_gate)
        {
            return goal.State;
        }
    }

    /// <summary>Moves a goal to another state and publishes it.</summary>
    internal void Go(ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal, ActionGoalStatus state)
    {
        lock (_gate)
        {
            Change(goal, state);
        }

        PublishStatus();
    }

    internal void End(
        ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal, ActionGoalStatus state, TResult result)
    {
        IRosActionGetResultResponse<TResult> response = TAction.CreateGetResultResponse();
        response.Status = (sbyte)state;
        response.Result = result;
        RequestId[] waiting;
        lock (_gate)
        {
            Change(goal, state);
            goal.Response = response;
            goal.EndedNs = Node.Clock.NowNanoseconds;
            waiting = [.. goal.ResultRequests];
            goal.ResultRequests.Clear();
        }

        PublishStatus();
        foreach (RequestId request in waiting)
        {
            _getResult.Respond(request, response);
        }
    }

    internal void PublishFeedback(Guid goalId, TFeedback feedback)
    {
        IRosActionFeedbackMessage<TFeedback> message = TAction.CreateFeedbackMessage();
        message.GoalIdAsRosMessage = goalId.ToUuidMsg();
        message.Feedback = feedback;
        _feedback.Publish(message);
    }

    private static void Change(
        ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal, ActionGoalStatus state)
    {
        if (!GoalStates.MayGo(goal.State, state))
        {
            throw new InvalidOperationException($"goal {goal.GoalId} is {goal.State} and cannot become {state}");
        }

        goal.State = state;
    }

    private ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>? Find(Guid id)
    {
        Expire();
        return _goals.Find(g => g.GoalId == id);
    }

    private void PublishStatus()
    {
        var message = new GoalStatusArray();
        lock (_gate)
        {
            Expire();
            foreach (ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal in _goals)
            {
                message.StatusList.Add(new GoalStatus { Status = (sbyte)goal.State, GoalInfo = InfoOf(goal) });
            }
        }

        _status.Publish(message);
    }

    private static GoalInfo InfoOf(ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal) => new()
    {
        GoalId = goal.GoalId.ToUuidMsg(),
        Stamp = RosTime.ToMessage(goal.AcceptedNs),
    };

    /// <summary>
    /// Forgets goals whose result was kept long enough. Called before the goals are looked at, so that from outside they go
    /// on time and no timer is needed. Under the lock.
    /// </summary>
    private void Expire()
    {
        long nowNs = Node.Clock.NowNanoseconds;
        _goals.RemoveAll(g => g.State.IsTerminal() && g.EndedNs + _resultTimeoutNs <= nowNs);
    }

    private sealed class Parts(ActionServer<TAction, TGoal, TResult, TFeedback> owner, CallbackGroup group)
        : Executable(owner.Node, group)
    {
        public override int Execute(Readiness what, int maxCallbacks)
        {
            if ((what & Readiness.Data) == 0)
            {
                return 0;
            }

            int most = owner._sendGoal.Take(maxCallbacks);
            most = Math.Max(most, owner._cancelGoal.Take(maxCallbacks));
            return Math.Max(most, owner._getResult.Take(maxCallbacks));
        }
    }
}
