using lifecycle_msgs.msg;

namespace ROS2;

/// <summary>One arrow of the state machine.</summary>
/// <param name="Id">Number of <c>lifecycle_msgs/msg/Transition</c>.</param>
/// <param name="Label">Name as rcl_lifecycle gives it.</param>
/// <param name="Start">From.</param>
/// <param name="Goal">To.</param>
internal sealed record LifecycleArrow(byte Id, string Label, LifecycleState Start, LifecycleState Goal);

/// <summary>The state machine of https://design.ros2.org/articles/node_lifecycle.html with rcl_lifecycle's numbers and labels.</summary>
internal static class LifecycleMachine
{
    private static readonly LifecycleArrow[] Table =
    [
        new(Transition.TRANSITION_CONFIGURE, "configure", LifecycleState.Unconfigured, LifecycleState.Configuring),
        new(Transition.TRANSITION_ON_CONFIGURE_SUCCESS, "transition_success", LifecycleState.Configuring, LifecycleState.Inactive),
        new(Transition.TRANSITION_ON_CONFIGURE_FAILURE, "transition_failure", LifecycleState.Configuring, LifecycleState.Unconfigured),
        new(Transition.TRANSITION_ON_CONFIGURE_ERROR, "transition_error", LifecycleState.Configuring, LifecycleState.ErrorProcessing),
        new(Transition.TRANSITION_CLEANUP, "cleanup", LifecycleState.Inactive, LifecycleState.CleaningUp),
        new(Transition.TRANSITION_ON_CLEANUP_SUCCESS, "transition_success", LifecycleState.CleaningUp, LifecycleState.Unconfigured),
        new(Transition.TRANSITION_ON_CLEANUP_FAILURE, "transition_failure", LifecycleState.CleaningUp, LifecycleState.Inactive),
        new(Transition.TRANSITION_ON_CLEANUP_ERROR, "transition_error", LifecycleState.CleaningUp, LifecycleState.ErrorProcessing),
        new(Transition.TRANSITION_ACTIVATE, "activate", LifecycleState.Inactive, LifecycleState.Activating),
        new(Transition.TRANSITION_ON_ACTIVATE_SUCCESS, "transition_success", LifecycleState.Activating, LifecycleState.Active),
        new(Transition.TRANSITION_ON_ACTIVATE_FAILURE, "transition_failure", LifecycleState.Activating, LifecycleState.Inactive),
        new(Transition.TRANSITION_ON_ACTIVATE_ERROR, "transition_error", LifecycleState.Activating, LifecycleState.ErrorProcessing),
        new(Transition.TRANSITION_DEACTIVATE, "deactivate", LifecycleState.Active, LifecycleState.Deactivating),
        new(Transition.TRANSITION_ON_DEACTIVATE_SUCCESS, "transition_success", LifecycleState.Deactivating, LifecycleState.Inactive),
        new(Transition.TRANSITION_ON_DEACTIVATE_FAILURE, "transition_failure", LifecycleState.Deactivating, LifecycleState.Active),
        new(Transition.TRANSITION_ON_DEACTIVATE_ERROR, "transition_error", LifecycleState.Deactivating, LifecycleState.ErrorProcessing),
        new(Transition.TRANSITION_UNCONFIGURED_SHUTDOWN, "shutdown", LifecycleState.Unconfigured, LifecycleState.ShuttingDown),
        new(Transition.TRANSITION_INACTIVE_SHUTDOWN, "shutdown", LifecycleState.Inactive, LifecycleState.ShuttingDown),
        new(Transition.TRANSITION_ACTIVE_SHUTDOWN, "shutdown", LifecycleState.Active, LifecycleState.ShuttingDown),
        new(Transition.TRANSITION_ON_SHUTDOWN_SUCCESS, "transition_success", LifecycleState.ShuttingDown, LifecycleState.Finalized),
        new(Transition.TRANSITION_ON_SHUTDOWN_FAILURE, "transition_failure", LifecycleState.ShuttingDown, LifecycleState.Finalized),
        new(Transition.TRANSITION_ON_SHUTDOWN_ERROR, "transition_error", LifecycleState.ShuttingDown, LifecycleState.ErrorProcessing),
        new(Transition.TRANSITION_ON_ERROR_SUCCESS, "transition_success", LifecycleState.ErrorProcessing, LifecycleState.Unconfigured),
        new(Transition.TRANSITION_ON_ERROR_FAILURE, "transition_failure", LifecycleState.ErrorProcessing, LifecycleState.Finalized),
        new(Transition.TRANSITION_ON_ERROR_ERROR, "transition_error", LifecycleState.ErrorProcessing, LifecycleState.Finalized),
    ];

    /// <summary>All arrows.</summary>
    public static IReadOnlyList<LifecycleArrow> Arrows => Table;

    /// <summary>Arrows a client may ask for in a state.</summary>
    public static IEnumerable<LifecycleArrow> From(LifecycleState state) => Table.Where(a => a.Start == state);

    /// <summary>The arrow that leaves a state for a result.</summary>
    public static LifecycleArrow After(LifecycleState state, TransitionResult result) =>
        From(state).First(a => a.Label == result switch
        {
            TransitionResult.Success => "transition_success",
            TransitionResult.Failure => "transition_failure",
            _ => "transition_error",
        });

    /// <summary>The state as rcl names it.</summary>
    public static string Label(LifecycleState state) => state.ToString().ToLowerInvariant();

    public static State ToMessage(LifecycleState state) => new() { Id = (byte)state, Label = Label(state) };

    public static Transition ToMessage(LifecycleArrow arrow) => new() { Id = arrow.Id, Label = arrow.Label };
}
