using geometry_msgs.msg;
using ROS2;

namespace Ros2.Client.Tests;

/// <summary>Transforms for tests: one rotation about z is enough to tell right from wrong.</summary>
internal static class TransformSamples
{
    internal static TransformStamped Make(
        string parent, string child, long stampNs, double x = 0, double z = 0, double yaw = 0)
    {
        var transform = new TransformStamped { ChildFrameId = child };
        transform.Header.FrameId = parent;
        RosTime.Write(transform.Header.Stamp, stampNs);
        transform.Transform.Translation.X = x;
        transform.Transform.Translation.Z = z;
        transform.Transform.Rotation.Z = Math.Sin(yaw / 2);
        transform.Transform.Rotation.W = Math.Cos(yaw / 2);
        return transform;
    }

    internal static void AssertTransform(TransformStamped transform, double x, double y, double z, double yaw)
    {
        Vector3 t = transform.Transform.Translation;
        Quaternion q = transform.Transform.Rotation;
        Assert.Equal((x, y, z), (Math.Round(t.X, 9), Math.Round(t.Y, 9), Math.Round(t.Z, 9)));
        double error = Math.IEEERemainder((2 * Math.Atan2(q.Z, q.W)) - yaw, 2 * Math.PI);
        Assert.True(Math.Abs(error) < 1e-9, $"yaw is off by {error}");
    }
}
