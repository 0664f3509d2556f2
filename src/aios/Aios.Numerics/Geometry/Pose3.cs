namespace Aios.Numerics;

/// <summary>
/// Pose in space, an element of SE(3): metres and a unit quaternion. <c>aFromB.Transform(pointInB)</c> is
/// the point in A.
/// </summary>
public readonly record struct Pose3(Vector3d Position, Quaterniond Orientation)
{
    public static Pose3 Identity => new(Vector3d.Zero, Quaterniond.Identity);

    /// <summary>The pose at height <paramref name="z"/> above the plane, level.</summary>
    public static Pose3 FromPose2(Pose2 pose, double z = 0.0) =>
        new(new Vector3d(pose.X, pose.Y, z), Quaterniond.FromYaw(pose.Yaw));

    /// <summary>aFromB.Compose(bFromC) = aFromC; the orientation is brought back to unit length.</summary>
    public Pose3 Compose(Pose3 other) =>
        new(Transform(other.Position), (Orientation * other.Orientation).Normalized());

    /// <summary>bFromA of an aFromB.</summary>
    public Pose3 Inverse()
    {
        Quaterniond inverse = Orientation.Inverse();
        return new Pose3(-inverse.Rotate(Position), inverse);
    }

    public Vector3d Transform(Vector3d point) => Position + Orientation.Rotate(point);

    /// <summary>x, y and yaw, leaving out height, roll and pitch.</summary>
    public Pose2 ToPose2() => new(Position.X, Position.Y, Orientation.Yaw);
}
