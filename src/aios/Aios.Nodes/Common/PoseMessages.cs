using Aios.Numerics;
using geometry_msgs.msg;
using Pose = geometry_msgs.msg.Pose;

namespace Aios.Nodes;

/// <summary>Conversions between pose messages and poses.</summary>
public static class PoseMessages
{
    /// <summary>Pose of a message.</summary>
    public static Pose3 Read(Pose message) => new(
        new Vector3d(message.Position.X, message.Position.Y, message.Position.Z),
        new Quaterniond(message.Orientation.X, message.Orientation.Y, message.Orientation.Z, message.Orientation.W));

    /// <summary>Writes a pose into a message.</summary>
    public static void Write(Pose message, in Pose3 pose)
    {
        message.Position.X = pose.Position.X;
        message.Position.Y = pose.Position.Y;
        message.Position.Z = pose.Position.Z;
        Write(message.Orientation, pose.Orientation);
    }

    /// <summary>Writes a transform into a message.</summary>
    public static void Write(Transform message, in Pose3 pose)
    {
        message.Translation.X = pose.Position.X;
        message.Translation.Y = pose.Position.Y;
        message.Translation.Z = pose.Position.Z;
        Write(message.Rotation, pose.Orientation);
    }

    /// <summary>True when every number of the pose is finite and the quaternion is of unit length (to 1 %).</summary>
    public static bool IsUsable(in Pose3 pose)
    {
        var q = pose.Orientation;
        var norm = (q.X * q.X) + (q.Y * q.Y) + (q.Z * q.Z) + (q.W * q.W);
        return double.IsFinite(pose.Position.LengthSquared) && Math.Abs(norm - 1) < 0.02;
    }

    private static void Write(Quaternion message, Quaterniond rotation)
    {
        message.X = rotation.X;
        message.Y = rotation.Y;
        message.Z = rotation.Z;
        message.W = rotation.W;
    }
}
