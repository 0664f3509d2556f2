using action_msgs.srv;
using builtin_interfaces.msg;

namespace ROS2;

/// <summary>A goal from its client's side, without its types.</summary>
public abstract class ActionClientGoalHandle
{
    private protected ActionClientGoalHandle()
    {
    }

    /// <summary>The goal's id.</summary>
    public abstract Guid GoalId { get; }

    /// <summary>Whether the server took the goal.</summary>
    public abstract bool Accepted { get; }

    /// <summary>When it did, by its clock.</summary>
    public abstract Time Stamp { get; }

    /// <summary>The last state heard of.</summary>
    public abstract ActionGoalStatus Status { get; internal set; }
}

/// <summary>A goal from its client's side. Safe from any thread on a threaded transport.</summary>
public sealed class ActionClientGoalHandle<TAction, TGoal, TResult, TFeedback> : ActionClientGoalHandle
    where TAction : IRosActionDefinition<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage, new()
    where TResult : IRosMessage, new()
    where TFeedback : IRosMessage, new()
{
    /// <summary>Feedback kept until the goal's answer comes; the queue depth of the default profile.</summary>
    private const int MaxEarlyFeedback = QosProfile.DefaultDepth;

    private readonly ActionClient<TAction, TGoal, TResult, TFeedback> _client;
    private readonly Action<TFeedback>? _feedbackCallback;
    private readonly Queue<TFeedback> _earlyFeedback = new();
    private TaskCompletionSource<TResult>? _result;
    private volatile int _status;
    private bool _accepted;
    private Time _stamp = new();

    internal ActionClientGoalHandle(
        ActionClient<TAction, TGoal, TResult, TFeedback> client, Guid goalId, Action<TFeedback>? feedbackCallback)
    {
        _client = client;
        _feedbackCallback = feedbackCallback;
        GoalId = goalId;
    }

    /// <inheritdoc/>
    public override Guid GoalId { get; }

    /// <inheritdoc/>
    public override bool Accepted => _accepted;

    /// <inheritdoc/>
    public override Time Stamp => _stamp;

    /// <inheritdoc/>
    public override ActionGoalStatus Status
    {
        get => (ActionGoalStatus)_status;
        internal set => _status = ((ActionGoalStatus)_status).IsTerminal() ? _status : (int)value;
    }

    /// <summary>Whether the server's answer has come. Touched on the executor.</summary>
    internal bool IsAnswered { get; private set; }

    /// <summary>Asks the server to cancel the goal; completes with its answer.</summary>
    public Task<CancelGoal_Response> CancelGoalAsync() => _client.CancelGoalAsync(GoalId);

    /// <summary>Completes with the result when the goal has ended, however it did; see <see cref="Status"/>.</summary>
    public Task<TResult> GetResultAsync()
    {
        if (Volatile.Read(ref _result) is { } known)
        {
            return known.Task;
        }

        var source = new TaskCompletionSource<TResult>();
        if (Interlocked.CompareExchange(ref _result, source, null) is { } other)
        {
            return other.Task;
        }

        try
        {
            _client.RequestResult(this, source);
        }
        catch (Exception e)
        {
            source.TrySetException(e);
        }

        return source.Task;
    }

    internal void Answer(bool accepted, Time stamp)
    {
        _accepted = accepted;
        _stamp = stamp;
        IsAnswered = true;
    }

    internal void OnFeedback(TFeedback feedback)
    {
        if (IsAnswered)
        {
            _feedbackCallback?.Invoke(feedback);
            return;
        }

        _earlyFeedback.Enqueue(feedback);
        if (_earlyFeedback.Count > MaxEarlyFeedback)
        {
            _earlyFeedback.Dequeue();
        }
    }

    internal void ReplayFeedback()
    {
        while (_accepted && _earlyFeedback.TryDequeue(out TFeedback? feedback))
        {
            _feedbackCallback?.Invoke(feedback);
        }
    }
}
