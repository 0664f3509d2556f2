using tf2_msgs.action;
using tf2_msgs.msg;
using GoalHandle = ROS2.ActionServerGoalHandle<
    tf2_msgs.action.LookupTransform,
    tf2_msgs.action.LookupTransform_Goal,
    tf2_msgs.action.LookupTransform_Result,
    tf2_msgs.action.LookupTransform_Feedback>;

namespace ROS2;

/// <summary>
/// Lets nodes that keep no buffer look transforms up in this one, by the action <c>tf2_msgs/action/LookupTransform</c>;
/// tf2_ros' buffer server. A goal waits for its transform as long as its timeout says, on the node's clock.
/// </summary>
public sealed class TransformBufferServer : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(GoalHandle Goal, Timer Timer)> _waiting = [];
    private readonly TransformBuffer _buffer;
    private readonly Node _node;
    private readonly ActionServer _server;
    private readonly GuardCondition _canceling;

    /// <summary>Offers the action.</summary>
    /// <param name="buffer">What is asked.</param>
    /// <param name="node">Owner of the action server.</param>
    /// <param name="actionName">Its name; it is expanded and remapped.</param>
    public TransformBufferServer(TransformBuffer buffer, Node node, string actionName = "tf2_buffer_server")
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentNullException.ThrowIfNull(node);
        (_buffer, _node) = (buffer, node);
        _canceling = node.CreateGuardCondition(Check);
        _server = node.CreateActionServer<LookupTransform, LookupTransform_Goal, LookupTransform_Result, LookupTransform_Feedback>(
            actionName, OnAccepted, null, OnCancel);
        _buffer.Changed += Check;
    }

    /// <summary>Takes the action away.</summary>
    public void Dispose()
    {
        _buffer.Changed -= Check;
        _server.Dispose();
        lock (_gate)
        {
            _waiting.ForEach(waiting => waiting.Timer.Dispose());
            _waiting.Clear();
        }
    }

    /// <summary>What answers a goal now.</summary>
    private LookupTransform_Result Look(LookupTransform_Goal goal)
    {
        var result = new LookupTransform_Result();
        try
        {
            result.Transform = goal.Advanced
                ? _buffer.LookupTransform(
                    goal.TargetFrame, RosTime.ToNanoseconds(goal.TargetTime), goal.SourceFrame, RosTime.ToNanoseconds(goal.SourceTime), goal.FixedFrame)
                : _buffer.LookupTransform(goal.TargetFrame, goal.SourceFrame, goal.SourceTime);
        }
        catch (TransformException error)
        {
            result.Error.Error = error.IsExtrapolation ? TF2Error.EXTRAPOLATION_ERROR : (byte)error.Error;
            result.Error.ErrorString = error.Message;
        }

        return result;
    }

    private void OnAccepted(GoalHandle goal)
    {
        LookupTransform_Result result = Look(goal.Goal);
        TimeSpan timeout = TimeSpan.FromSeconds(goal.Goal.Timeout.Sec) + TimeSpan.FromMicroseconds(goal.Goal.Timeout.Nanosec / 1000.0);
        if (result.Error.Error == TF2Error.NO_ERROR || timeout <= TimeSpan.Zero)
        {
            goal.Succeed(result);
            return;
        }

        lock (_gate)
        {
            _waiting.Add((goal, _node.CreateTimer(timeout, _ => GiveUp(goal))));
        }

        Check(); // it may have come meanwhile
    }

    // The goal ends once the client was answered.
    private CancelResponse OnCancel(GoalHandle goal)
    {
        _canceling.Trigger();
        return CancelResponse.Accept;
    }

    private void Check()
    {
        GoalHandle[] goals;
        lock (_gate)
        {
            goals = [.. _waiting.Select(waiting => waiting.Goal)];
        }

        foreach (GoalHandle goal in goals)
        {
            LookupTransform_Result result = Look(goal.Goal);
            if (goal.IsCanceling && TryEnd(goal))
            {
                goal.Canceled(new LookupTransform_Result());
            }
            else if (result.Error.Error == TF2Error.NO_ERROR && TryEnd(goal))
            {
                goal.Succeed(result);
            }
        }
    }

    private void GiveUp(GoalHandle goal)
    {
        if (!TryEnd(goal))
        {
            return;
        }

        LookupTransform_Result result = Look(goal.Goal);
        result.Error.Error = TF2Error.TIMEOUT_ERROR;
        result.Error.ErrorString = $"Timed out waiting for transform: {result.Error.ErrorString}";
        goal.Abort(result);
    }

    private bool TryEnd(GoalHandle goal)
    {
        lock (_gate)
        {
            int index = _waiting.FindIndex(waiting => ReferenceEquals(waiting.Goal, goal));
            if (index < 0)
            {
                return false;
            }

            _waiting[index].Timer.Dispose();
            _waiting.RemoveAt(index);
            return true;
        }
    }
}
