using lifecycle_msgs.msg;
using lifecycle_msgs.srv;

namespace ROS2;

/// <summary>The five services of a managed node.</summary>
internal sealed class LifecycleServices
{
    private readonly LifecycleNode _owner;

    public LifecycleServices(LifecycleNode owner)
    {
        _owner = owner;
        Node node = owner.Node;
        node.CreateService<ChangeState, ChangeState_Request, ChangeState_Response>("~/change_state", Change);
        node.CreateService<GetState, GetState_Request, GetState_Response>(
            "~/get_state", (_, response) => response.CurrentState = LifecycleMachine.ToMessage(owner.State));
        node.CreateService<GetAvailableStates, GetAvailableStates_Request, GetAvailableStates_Response>(
            "~/get_available_states",
            (_, response) => response.AvailableStates.AddRange(
                Enum.GetValues<LifecycleState>().Select(LifecycleMachine.ToMessage)));
        node.CreateService<
            GetAvailableTransitions, GetAvailableTransitions_Request, GetAvailableTransitions_Response>(
            "~/get_available_transitions",
            (_, response) => response.AvailableTransitions.AddRange(LifecycleMachine.From(owner.State).Select(Describe)));
        node.CreateService<
            GetAvailableTransitions, GetAvailableTransitions_Request, GetAvailableTransitions_Response>(
            "~/get_transition_graph",
            (_, response) => response.AvailableTransitions.AddRange(LifecycleMachine.Arrows.Select(Describe)));
    }

    private static TransitionDescription Describe(LifecycleArrow arrow) => new()
    {
        Transition = LifecycleMachine.ToMessage(arrow),
        StartState = LifecycleMachine.ToMessage(arrow.Start),
        GoalState = LifecycleMachine.ToMessage(arrow.Goal),
    };

    /// <summary>By label when there is one, else by number, as rclcpp_lifecycle does.</summary>
    private void Change(ChangeState_Request request, ChangeState_Response response)
    {
        byte id = request.Transition.Id;
        if (request.Transition.Label.Length > 0)
        {
            LifecycleArrow? arrow = LifecycleMachine.From(_owner.State).FirstOrDefault(a => a.Label == request.Transition.Label);
            if (arrow is null)
            {
                return;
            }

            id = arrow.Id;
        }

        response.Success = _owner.ChangeState((LifecycleTransition)id);
    }
}
