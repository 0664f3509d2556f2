namespace ROS2;

/// <summary>
/// An action type as a type argument. Implemented by generated classes that have no instances.
/// </summary>
public interface IRosActionDefinition<TGoal, TResult, TFeedback>
    where TGoal : IRosMessage, new()
    where TResult : IRosMessage, new()
    where TFeedback : IRosMessage, new()
{
    /// <summary>The action's type.</summary>
    static abstract RosActionType RosType { get; }

    /// <summary>An empty request of the service that carries goals.</summary>
    static abstract IRosActionSendGoalRequest<TGoal> CreateSendGoalRequest();

    /// <summary>An empty response of the service that carries goals.</summary>
    static abstract IRosActionSendGoalResponse CreateSendGoalResponse();

    /// <summary>An empty request of the service that carries results.</summary>
    static abstract IRosActionGetResultRequest CreateGetResultRequest();

    /// <summary>An empty response of the service that carries results.</summary>
    static abstract IRosActionGetResultResponse<TResult> CreateGetResultResponse();

    /// <summary>An empty message of the feedback topic.</summary>
    static abstract IRosActionFeedbackMessage<TFeedback> CreateFeedbackMessage();
}
