using ROS2;

namespace Ros2.Interfaces.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData("nav_msgs/msg/Odometry")]
    [InlineData("sensor_msgs/msg/PointCloud2")]
    [InlineData("sensor_msgs/msg/Imu")]
    [InlineData("nav_msgs/msg/OccupancyGrid")]
    [InlineData("tf2_msgs/msg/TFMessage")]
    [InlineData("grid_map_msgs/msg/GridMap")]
    [InlineData("test_msgs/msg/UnboundedSequences")]
    public void ReusedMessage_SerializedAndDeserializedAgain_AllocatesNothing(string name)
    {
        RosMessageType type = AllTypes.Registry.FindMessage(name)!;
        IRosMessage message = new RandomMessage(11).Create(type);
        IRosMessage target = type.Create();
        byte[] buffer = new byte[CdrMessage.SerializedSize(message)];
        RoundTrip(message, target, buffer);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            RoundTrip(message, target, buffer);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RoundTrip(IRosMessage message, IRosMessage target, byte[] buffer)
    {
        CdrMessage.SerializedSize(message);
        CdrMessage.Serialize(message, buffer);
        CdrMessage.TryDeserialize(buffer, target);
    }
}
