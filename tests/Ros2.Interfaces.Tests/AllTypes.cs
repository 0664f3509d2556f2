using ROS2;

namespace Ros2.Interfaces.Tests;

/// <summary>Every message type of the library, those that services and actions imply included.</summary>
internal static class AllTypes
{
    public static RosTypeRegistry Registry { get; } = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

    public static IReadOnlyList<RosMessageType> Messages { get; } = [.. Registry.FindAllMessages()];
}
