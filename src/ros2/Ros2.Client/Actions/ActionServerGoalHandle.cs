namespace ROS2;

/// <summary>A goal from its server's side, without its types. Safe from any thread on a threaded transport.</summary>
public abstract class ActionServerGoalHandle
{
    private protected ActionServerGoalHandle()
    {
    }

    /// <summary>The goal's id.</summary>
    public abstract Guid GoalId { get; }

    /// <summary>Whether the goal has not ended.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Whether a request to cancel was accepted and the goal has not ended.</summary>
    public abstract bool IsCanceling { get; }

    /// <summary>Whether the goal is being executed.</summary>
    public abstract bool IsExecuting { get; }

    /// <summary>The goal's state.</summary>
    public abstract ActionGoalStatus Status { get; }

    /// <summary>Starts a goal that was deferred.</summary>
    /// <exception cref="InvalidOperationException">Its state does not allow it.</exception>
    public abstract void Execute();
}

/// <summary>A goal from its server's side.</summary>
public sealed class ActionServerGoalHandle<TAction, TGoal, TResult, TFeedback> : ActionServerGoalHandle
    where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage, new()
    where TResult : IRosMessage, new()
    where TFeedback : IRosMessage, new()
{
    private readonly ActionServer<TAction, TGoal, TResult, TFeedback> _server;

    internal ActionServerGoalHandle(
        ActionServer<TAction, TGoal, TResult, TFeedback> server, Guid goalId, TGoal goal, long acceptedNs)
    {
        _server = server;
        GoalId = goalId;
        Goal = goal;
        AcceptedNs = acceptedNs;
    }

    /// <summary>What the client asked for.</summary>
    public TGoal Goal { get; }

    /// <inheritdoc/>
    public override Guid GoalId { get; }

    /// <inheritdoc/>
    public override bool IsActive => !Status.IsTerminal();

    /// <inheritdoc/>
    public override bool IsCanceling => Status == ActionGoalStatus.Canceling;

    /// <inheritdoc/>
    public override bool IsExecuting => Status == ActionGoalStatus.Executing;

    /// <inheritdoc/>
    public override ActionGoalStatus Status => _server.StatusOf(this);

    /// <summary>Time of acceptance on the server's clock, nanoseconds.</summary>
    internal long AcceptedNs { get; }

    /// <summary>Under the server's lock.</summary>
    internal ActionGoalStatus State { get; set; } = ActionGoalStatus.Accepted;

    /// <summary>When it ended, by the server's clock. Under the server's lock.</summary>
    internal long EndedNs { get; set; }

    /// <summary>The answer to requests for the result, once it ended. Under the server's lock.</summary>
    internal IRosActionGetResultResponse<TResult>? Response { get; set; }

    /// <summary>Requests for the result that wait for the end. Under the server's lock.</summary>
    internal List<Transport.RequestId> ResultRequests { get; } = [];

    /// <inheritdoc/>
    public override void Execute() => _server.Go(this, ActionGoalStatus.Executing);

    /// <summary>Publishes feedback.</summary>
    public void PublishFeedback(TFeedback feedback) => _server.PublishFeedback(GoalId, feedback);

    /// <summary>Ends the goal as achieved.</summary>
    /// <exception cref="InvalidOperationException">Its state does not allow it.</exception>
    public void Succeed(TResult result) => _server.End(this, ActionGoalStatus.Succeeded, result);

    /// <summary>Ends the goal as failed.</summary>
    /// <exception cref="InvalidOperationException">Its state does not allow it.</exception>
    public void Abort(TResult result) => _server.End(this, ActionGoalStatus.Aborted, result);

    /// <summary>Ends the goal as canceled, after <see cref="ActionServerGoalHandle.IsCanceling"/> became true.</summary>
    /// <exception cref="InvalidOperationException">Its state does not allow it.</exception>
    public void Canceled(TResult result) => _server.End(this, ActionGoalStatus.Canceled, result);
}
