namespace ROS2;

/// <summary>Quality of service of an action's parts. Immutable; the defaults are rcl_action's.</summary>
public sealed record ActionQos
{
    /// <summary>Everything at its default.</summary>
    public static ActionQos Default { get; } = new();

    /// <summary>The three services.</summary>
    public QosProfile Services { get; init; } = QosProfile.ServicesDefaultProfile;

    /// <summary>The feedback topic.</summary>
    public QosProfile Feedback { get; init; } = QosProfile.DefaultProfile;

    /// <summary>The status topic.</summary>
    public QosProfile Status { get; init; } = QosProfile.ActionStatusProfile;

    /// <summary>How long a server keeps the result of a finished goal.</summary>
    /// <value>Positive. Default 10 s, as in rcl_action since Iron.</value>
    public TimeSpan ResultTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>Names of an action's parts in the graph, from the action's full name.</summary>
public static class ActionNames
{
    /// <summary>The service that takes goals.</summary>
    public static string SendGoal(string action) => action + "/_action/send_goal";

    /// <summary>The service that takes wishes to cancel.</summary>
    public static string CancelGoal(string action) => action + "/_action/cancel_goal";

    /// <summary>The service that gives results.</summary>
    public static string GetResult(string action) => action + "/_action/get_result";

    /// <summary>The topic with the feedback of all goals.</summary>
    public static string Feedback(string action) => action + "/_action/feedback";

    /// <summary>The topic with the states of all goals.</summary>
    public static string Status(string action) => action + "/_action/status";
}
