namespace ROS2;

/// <summary>Request that carries a goal.</summary>
public interface IRosActionSendGoalRequest<TGoal> : IRosMessage
    where TGoal : IRosMessage, new()
{
    /// <summary>
    /// The goal's id, a <c>unique_identifier_msgs.msg.UUID</c>. Untyped here because that class lives in an assembly above
    /// this one; assigning another type throws <see cref="InvalidCastException"/>.
    /// </summary>
    IRosMessage GoalIdAsRosMessage { get; set; }

    /// <summary>The goal.</summary>
    TGoal Goal { get; set; }
}

/// <summary>Answer to a goal.</summary>
public interface IRosActionSendGoalResponse : IRosMessage
{
    /// <summary>Whether the server takes the goal.</summary>
    bool Accepted { get; set; }

    /// <summary>When it was taken, a <c>builtin_interfaces.msg.Time</c>; another type throws <see cref="InvalidCastException"/>.</summary>
    IRosMessage StampAsRosMessage { get; set; }
}

/// <summary>Request for a goal's result.</summary>
public interface IRosActionGetResultRequest : IRosMessage
{
    /// <summary>The goal's id, a <c>unique_identifier_msgs.msg.UUID</c>; another type throws <see cref="InvalidCastException"/>.</summary>
    IRosMessage GoalIdAsRosMessage { get; set; }
}

/// <summary>A goal's final status and result.</summary>
public interface IRosActionGetResultResponse<TResult> : IRosMessage
    where TResult : IRosMessage, new()
{
    /// <summary>One of the constants of <c>action_msgs/msg/GoalStatus</c>.</summary>
    sbyte Status { get; set; }

    /// <summary>The result.</summary>
    TResult Result { get; set; }
}

/// <summary>Feedback together with its goal's id.</summary>
public interface IRosActionFeedbackMessage<TFeedback> : IRosMessage
    where TFeedback : IRosMessage, new()
{
    /// <summary>The goal's id, a <c>unique_identifier_msgs.msg.UUID</c>; another type throws <see cref="InvalidCastException"/>.</summary>
    IRosMessage GoalIdAsRosMessage { get; set; }

    /// <summary>The feedback.</summary>
    TFeedback Feedback { get; set; }
}
