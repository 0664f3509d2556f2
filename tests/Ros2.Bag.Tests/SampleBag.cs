using ROS2;
using ROS2.Bag;

namespace Ros2.Bag.Tests;

/// <summary>A small recording with one message of many kinds per step.</summary>
internal static class SampleBag
{
    public static readonly McapWriterOptions SmallChunks = new() { ChunkSize = 2048 };

    /// <summary>Writes <paramref name="steps"/> rounds, ten milliseconds apart, and gives the file's bytes.</summary>
    public static byte[] Write(int steps, McapWriterOptions? options = null)
    {
        using var stream = new MemoryStream();
        using (var bag = new BagFileWriter(new McapWriter(stream, (options ?? SmallChunks) with { LeaveOpen = true })))
        {
            Fill(bag, steps);
        }

        return stream.ToArray();
    }

    public static void Fill(BagFileWriter bag, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            foreach ((string topic, IRosMessage message) in Messages(step))
            {
                bag.Write(bag.AddTopic(topic, message.RosType), message, TimeNs(step));
            }
        }
    }

    public static long TimeNs(int step) => 1_700_000_000_000_000_000 + (step * 10_000_000L);

    public static IEnumerable<(string Topic, IRosMessage Message)> Messages(int step)
    {
        yield return ("/chatter", new std_msgs.msg.String { Data = $"step {step} with ü and 漢" });
        yield return ("/rover_1/odom", Odometry(step));
        yield return ("/rover_1/points", Cloud(step));
        yield return ("/tf", Transforms(step));
        yield return ("/empty", new std_msgs.msg.Empty());
        yield return ("/everything", Everything(step));
    }

    private static nav_msgs.msg.Odometry Odometry(int step)
    {
        var odometry = new nav_msgs.msg.Odometry();
        odometry.Header.FrameId = "rover_1/odom";
        odometry.Header.Stamp.Sec = step;
        odometry.Header.Stamp.Nanosec = 500;
        odometry.Pose.Pose.Position.X = 0.1 * step;
        odometry.Pose.Covariance[35] = -1.5;
        odometry.Twist.Twist.Angular.Z = double.NaN;
        return odometry;
    }

    private static sensor_msgs.msg.PointCloud2 Cloud(int step)
    {
        var cloud = new sensor_msgs.msg.PointCloud2 { Height = 1, Width = 3, PointStep = 12, RowStep = 36 };
        cloud.Fields.Add(new sensor_msgs.msg.PointField { Name = "x", Offset = 0, Datatype = sensor_msgs.msg.PointField.FLOAT32, Count = 1 });
        cloud.Fields.Add(new sensor_msgs.msg.PointField { Name = "intensity", Offset = 4, Datatype = sensor_msgs.msg.PointField.FLOAT32, Count = 1 });
        for (int i = 0; i < 36; i++)
        {
            cloud.Data.Add((byte)(i + step));
        }

        return cloud;
    }

    private static tf2_msgs.msg.TFMessage Transforms(int step)
    {
        var message = new tf2_msgs.msg.TFMessage();
        for (int i = 0; i < 2; i++)
        {
            var transform = new geometry_msgs.msg.TransformStamped { ChildFrameId = $"rover_{i}/base_link" };
            transform.Header.FrameId = "map";
            transform.Transform.Translation.Z = step + i;
            message.Transforms.Add(transform);
        }

        return message;
    }

    private static test_msgs.msg.UnboundedSequences Everything(int step)
    {
        var message = new test_msgs.msg.UnboundedSequences { AlignmentCheck = step };
        message.BoolValues.AddRange([true, false, true]);
        message.Int64Values.AddRange([long.MinValue, step, long.MaxValue]);
        message.Uint64Values.AddRange([0, ulong.MaxValue]);
        message.Float32Values.AddRange([0.5f, -2.25f]);
        message.StringValues.AddRange(["", "a", "bc"]);
        message.BasicTypesValues.Add(new test_msgs.msg.BasicTypes { Int16Value = -7, BoolValue = true, Float64Value = 1e300 });
        return message;
    }
}
