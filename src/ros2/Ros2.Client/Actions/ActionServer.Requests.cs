using action_msgs.msg;
using action_msgs.srv;
using ROS2.Transport;
using unique_identifier_msgs.msg;

namespace ROS2;

/// <content>What clients ask.</content>
public sealed partial class ActionServer<TAction, TGoal, TResult, TFeedback>
{
    private void OnGoal(IRosActionSendGoalRequest<TGoal> request, RequestId requestId)
    {
        Guid id = ((UUID)request.GoalIdAsRosMessage).ToGuid();
        IRosActionSendGoalResponse response = TAction.CreateSendGoalResponse();
        bool isKnown;
        lock (_gate)
        {
            isKnown = Find(id) is not null;
        }

        GoalResponse decision = isKnown ? GoalResponse.Reject : _decide(id, request.Goal);
        response.Accepted = decision is GoalResponse.AcceptAndExecute or GoalResponse.AcceptAndDefer;
        if (!response.Accepted)
        {
            _sendGoal.Respond(requestId, response);
            return;
        }

        var goal = new ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>(
            this, id, request.Goal, Node.Clock.NowNanoseconds);
        lock (_gate)
        {
            _goals.Add(goal);
            if (decision == GoalResponse.AcceptAndExecute)
            {
                Change(goal, ActionGoalStatus.Executing);
            }
        }

        response.StampAsRosMessage = RosTime.ToMessage(goal.AcceptedNs);
        _sendGoal.Respond(requestId, response);
        PublishStatus();
        _accepted(goal);
    }

    private void OnResult(IRosActionGetResultRequest request, RequestId requestId)
    {
        Guid id = ((UUID)request.GoalIdAsRosMessage).ToGuid();
        IRosActionGetResultResponse<TResult>? response;
        lock (_gate)
        {
            ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>? goal = Find(id);
            response = goal is null ? UnknownGoal() : goal.Response;
            if (response is null)
            {
                goal!.ResultRequests.Add(requestId);
                return;
            }
        }

        _getResult.Respond(requestId, response);
    }

    private static IRosActionGetResultResponse<TResult> UnknownGoal()
    {
        IRosActionGetResultResponse<TResult> response = TAction.CreateGetResultResponse();
        response.Status = GoalStatus.STATUS_UNKNOWN;
        return response;
    }

    /// <summary>Which goals a request means, and whether each may be canceled, as rcl_action decides.</summary>
    private void OnCancel(CancelGoal_Request request, RequestId requestId)
    {
        var response = new CancelGoal_Response();
        List<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> meant = Select(request, response);
        foreach (ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal in meant)
        {
            if (_cancel(goal) == CancelResponse.Accept && TryStartCanceling(goal))
            {
                response.GoalsCanceling.Add(InfoOf(goal));
            }
        }

        if (meant.Count > 0 && response.GoalsCanceling.Count == 0)
        {
            response.ReturnCode = CancelGoal_Response.ERROR_REJECTED;
        }

        if (response.GoalsCanceling.Count > 0)
        {
            PublishStatus();
        }

        _cancelGoal.Respond(requestId, response);
    }

    private List<ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>> Select(
        CancelGoal_Request request, CancelGoal_Response response)
    {
        Guid id = request.GoalInfo.GoalId.ToGuid();
        long stampNs = RosTime.ToNanoseconds(request.GoalInfo.Stamp);
        lock (_gate)
        {
            if (id != Guid.Empty && stampNs == 0)
            {
                ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback>? goal = Find(id);
                response.ReturnCode = goal is null
                    ? CancelGoal_Response.ERROR_UNKNOWN_GOAL_ID
                    : GoalStates.MayGo(goal.State, ActionGoalStatus.Canceling)
                        ? CancelGoal_Response.ERROR_NONE
                        : CancelGoal_Response.ERROR_GOAL_TERMINATED;
                return response.ReturnCode == CancelGoal_Response.ERROR_NONE ? [goal!] : [];
            }

            bool all = id == Guid.Empty && stampNs == 0;
            return _goals.FindAll(g => GoalStates.MayGo(g.State, ActionGoalStatus.Canceling)
                && (all || g.GoalId == id || g.AcceptedNs <= stampNs));
        }
    }

    private bool TryStartCanceling(ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> goal)
    {
        lock (_gate)
        {
            bool may = GoalStates.MayGo(goal.State, ActionGoalStatus.Canceling);
            if (may)
            {
                goal.State = ActionGoalStatus.Canceling;
            }

            return may;
        }
    }
}
