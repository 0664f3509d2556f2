namespace Aios.Numerics;

/// <summary>
/// Quaternion in ROS order (x, y, z, w). As a rotation it is of unit length, and <see cref="Rotate"/>
/// takes coordinates in the rotated frame to the parent frame (active, right-handed).
/// </summary>
public readonly record struct Quaterniond(double X, double Y, double Z, double W)
{
    public static Quaterniond Identity => new(0.0, 0.0, 0.0, 1.0);

    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z) + (W * W);

    /// <summary>Rotation about z in (−π, π]; with roll and pitch, the yaw of <see cref="ToRollPitchYaw"/>.</summary>
    public double Yaw => DetMath.Atan2(2.0 * ((W * Z) + (X * Y)), 1.0 - (2.0 * ((Y * Y) + (Z * Z))));

    /// <summary>The rotation <paramref name="b"/> followed by <paramref name="a"/>.</summary>
    public static Quaterniond operator *(Quaterniond a, Quaterniond b) => new(
        (a.W * b.X) + (a.X * b.W) + (a.Y * b.Z) - (a.Z * b.Y),
        (a.W * b.Y) - (a.X * b.Z) + (a.Y * b.W) + (a.Z * b.X),
        (a.W * b.Z) + (a.X * b.Y) - (a.Y * b.X) + (a.Z * b.W),
        (a.W * b.W) - (a.X * b.X) - (a.Y * b.Y) - (a.Z * b.Z));

    public static Quaterniond FromYaw(double yaw)
    {
        (double sin, double cos) = DetMath.SinCos(0.5 * yaw);
        return new Quaterniond(0.0, 0.0, sin, cos);
    }

    /// <summary>Rotation about x by roll, then about the fixed y by pitch, then about the fixed z by yaw (REP-103).</summary>
    public static Quaterniond FromRollPitchYaw(double roll, double pitch, double yaw)
    {
        (double sr, double cr) = DetMath.SinCos(0.5 * roll);
        (double sp, double cp) = DetMath.SinCos(0.5 * pitch);
        (double sy, double cy) = DetMath.SinCos(0.5 * yaw);
        return new Quaterniond(
            (sr * cp * cy) - (cr * sp * sy),
            (cr * sp * cy) + (sr * cp * sy),
            (cr * cp * sy) - (sr * sp * cy),
            (cr * cp * cy) + (sr * sp * sy));
    }

    /// <summary>Rotation by |<paramref name="rotationVector"/>| radians about its direction (exponential map).</summary>
    public static Quaterniond FromRotationVector(Vector3d rotationVector)
    {
        double angle = rotationVector.Length;
        (double sin, double cos) = DetMath.SinCos(0.5 * angle);
        double s = angle > 1e-8 ? sin / angle : 0.5;
        return new Quaterniond(rotationVector.X * s, rotationVector.Y * s, rotationVector.Z * s, cos).Normalized();
    }

    /// <summary>The shortest rotation that turns direction <paramref name="from"/> into <paramref name="to"/>; both of unit length.</summary>
    public static Quaterniond FromTwoDirections(Vector3d from, Vector3d to)
    {
        double w = 1.0 + from.Dot(to);
        if (w < 1e-12)
        {
            Vector3d axis = from.Cross(Math.Abs(from.X) < 0.9 ? Vector3d.UnitX : Vector3d.UnitY).Normalized();
            return new Quaterniond(axis.X, axis.Y, axis.Z, 0.0);
        }

        Vector3d cross = from.Cross(to);
        return new Quaterniond(cross.X, cross.Y, cross.Z, w).Normalized();
    }

    /// <summary>Inverse of <see cref="FromRollPitchYaw"/>: roll and yaw in (−π, π], pitch in [−π/2, π/2].</summary>
    public void ToRollPitchYaw(out double roll, out double pitch, out double yaw)
    {
        roll = DetMath.Atan2(2.0 * ((W * X) + (Y * Z)), 1.0 - (2.0 * ((X * X) + (Y * Y))));
        pitch = DetMath.Asin(Math.Clamp(2.0 * ((W * Y) - (Z * X)), -1.0, 1.0));
        yaw = Yaw;
    }

    /// <summary>q v q⁻¹ for a unit quaternion q.</summary>
    public Vector3d Rotate(Vector3d v)
    {
        var axis = new Vector3d(X, Y, Z);
        Vector3d t = 2.0 * axis.Cross(v);
        return v + (W * t) + axis.Cross(t);
    }

    /// <summary>The opposite rotation (also right for quaternions not of unit length; zero gives NaN).</summary>
    public Quaterniond Inverse()
    {
        double s = 1.0 / LengthSquared;
        return new Quaterniond(-X * s, -Y * s, -Z * s, W * s);
    }

    /// <summary>The same rotation with unit length; identity where the length is zero or not finite.</summary>
    public Quaterniond Normalized()
    {
        double squared = LengthSquared;
        if (!(squared > 0.0 && squared <= double.MaxValue))
        {
            return Identity;
        }

        double s = 1.0 / Math.Sqrt(squared);
        return new Quaterniond(X * s, Y * s, Z * s, W * s);
    }
}
