namespace ROS2;

/// <summary>An action type. Immutable; safe from any thread.</summary>
public sealed class RosActionType
{
    /// <summary>Describes an action type. Called by generated code.</summary>
    public RosActionType(
        string name,
        string typeHash,
        string text,
        RosMessageType goal,
        RosMessageType result,
        RosMessageType feedback,
        RosServiceType sendGoal,
        RosServiceType getResult,
        RosMessageType feedbackMessage)
    {
        Name = name;
        TypeHash = typeHash;
        Text = text;
        Goal = goal;
        Result = result;
        Feedback = feedback;
        SendGoal = sendGoal;
        GetResult = getResult;
        FeedbackMessage = feedbackMessage;
    }

    /// <summary>Full name, for example <c>example_interfaces/action/Fibonacci</c>.</summary>
    public string Name { get; }

    /// <summary>RIHS01 hash of the whole action.</summary>
    public string TypeHash { get; }

    /// <summary>The definition in .action form.</summary>
    public string Text { get; }

    /// <summary>Type of the goal.</summary>
    public RosMessageType Goal { get; }

    /// <summary>Type of the result.</summary>
    public RosMessageType Result { get; }

    /// <summary>Type of the feedback.</summary>
    public RosMessageType Feedback { get; }

    /// <summary>Service that carries goals.</summary>
    public RosServiceType SendGoal { get; }

    /// <summary>Service that carries results.</summary>
    public RosServiceType GetResult { get; }

    /// <summary>Message that carries feedback and its goal's id.</summary>
    public RosMessageType FeedbackMessage { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
