namespace Aios.Numerics;

/// <summary>
/// Pose in the plane, an element of SE(2): metres and radians. <c>aFromB.Transform(pointInB)</c> is the
/// point in A.
/// </summary>
public readonly record struct Pose2(double X, double Y, double Yaw)
{
    public static Pose2 Identity => default;

    public Vector2d Position => new(X, Y);

    /// <summary>aFromB.Compose(bFromC) = aFromC; yaw in (−π, π].</summary>
    public Pose2 Compose(Pose2 other)
    {
        Vector2d p = Transform(new Vector2d(other.X, other.Y));
        return new Pose2(p.X, p.Y, Angles.WrapToPi(Yaw + other.Yaw));
    }

    /// <summary>bFromA of an aFromB.</summary>
    public Pose2 Inverse()
    {
        (double sin, double cos) = DetMath.SinCos(Yaw);
        return new Pose2(-((cos * X) + (sin * Y)), (sin * X) - (cos * Y), Angles.WrapToPi(-Yaw));
    }

    public Vector2d Transform(Vector2d point)
    {
        (double sin, double cos) = DetMath.SinCos(Yaw);
        return new Vector2d(X + (cos * point.X) - (sin * point.Y), Y + (sin * point.X) + (cos * point.Y));
    }

    /// <summary>This pose seen from <paramref name="origin"/>: origin⁻¹ · this.</summary>
    public Pose2 RelativeTo(Pose2 origin) => origin.Inverse().Compose(this);
}
