namespace ROS2;

/// <summary>State of a goal; values of <c>action_msgs/msg/GoalStatus</c>.</summary>
public enum ActionGoalStatus
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Accepted, waits to be executed.</summary>
    Accepted = 1,

    /// <summary>Being executed.</summary>
    Executing = 2,

    /// <summary>The client asked to cancel it and the server agreed.</summary>
    Canceling = 3,

    /// <summary>Achieved.</summary>
    Succeeded = 4,

    /// <summary>Ended because the client asked.</summary>
    Canceled = 5,

    /// <summary>Ended by the server without being asked.</summary>
    Aborted = 6,
}

/// <summary>A server's answer to a goal.</summary>
public enum GoalResponse
{
    /// <summary>Not an answer.</summary>
    Default = 0,

    /// <summary>The goal is not taken.</summary>
    Reject = 1,

    /// <summary>Taken, and executed at once.</summary>
    AcceptAndExecute = 2,

    /// <summary>Taken; the server calls <see cref="ActionServerGoalHandle.Execute"/> later.</summary>
    AcceptAndDefer = 3,
}

/// <summary>A server's answer to a request to cancel.</summary>
public enum CancelResponse
{
    /// <summary>Not an answer.</summary>
    Default = 0,

    /// <summary>The goal goes on.</summary>
    Reject = 1,

    /// <summary>The server will try to end it.</summary>
    Accept = 2,
}

/// <summary>The state machine of a goal (https://design.ros2.org/articles/actions.html).</summary>
internal static class GoalStates
{
    public static bool IsTerminal(this ActionGoalStatus status) =>
        status is ActionGoalStatus.Succeeded or ActionGoalStatus.Canceled or ActionGoalStatus.Aborted;

    /// <summary>Whether a goal may go from one state to another.</summary>
    public static bool MayGo(ActionGoalStatus from, ActionGoalStatus to) => to switch
    {
        ActionGoalStatus.Executing => from == ActionGoalStatus.Accepted,
        ActionGoalStatus.Canceling => from is ActionGoalStatus.Accepted or ActionGoalStatus.Executing,
        ActionGoalStatus.Succeeded or ActionGoalStatus.Aborted =>
            from is ActionGoalStatus.Executing or ActionGoalStatus.Canceling,
        ActionGoalStatus.Canceled => from == ActionGoalStatus.Canceling,
        _ => false,
    };
}
