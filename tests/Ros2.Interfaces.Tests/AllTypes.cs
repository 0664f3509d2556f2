using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>Every message type of the library, those that services and actions imply included.</summary>
internal static class AllTypes
{
    public static RosTypeRegistry Registry { get; } = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

    public static IReadOnlyList<RosMessageType> Messages { get; } = [.. Collect()];

    private static IEnumerable<RosMessageType> Collect()
    {
        foreach (string name in Registry.MessageNames)
        {
            yield return Registry.FindMessage(name)!;
        }

        foreach (string name in Registry.ServiceNames)
        {
            foreach (RosMessageType part in Parts(Registry.FindService(name)!))
            {
                yield return part;
            }
        }

        foreach (string name in Registry.ActionNames)
        {
            RosActionType action = Registry.FindAction(name)!;
            foreach (RosMessageType part in Parts(action.SendGoal).Concat(Parts(action.GetResult)))
            {
                yield return part;
            }

            yield return action.Goal;
            yield return action.Result;
            yield return action.Feedback;
            yield return action.FeedbackMessage;
        }
    }

    private static RosMessageType[] Parts(RosServiceType service) => [service.Request, service.Response, service.Event];
}
