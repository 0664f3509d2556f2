using geometry_msgs.msg;

namespace ROS2;

/// <summary>
/// A rigid transform: rotate, then translate. Uses only +, -, *, / and square roots, so that results are the same bits on
/// every machine.
/// </summary>
internal readonly record struct RigidTransform(
    double X, double Y, double Z, double Qx, double Qy, double Qz, double Qw)
{
    /// <summary>Chords of unit quaternions above this cosine are so short that the chord is the arc to 1e-15.</summary>
    private const double StraightCosine = 1 - 1e-9;

    public static RigidTransform Identity { get; } = new(0, 0, 0, 0, 0, 0, 1);

    /// <summary>From a message, normalized; null when a value is not finite or the square of the quaternion.s length is not within 0.01 of 1, as in tf2.</summary>
    public static RigidTransform? From(Transform message)
    {
        Vector3 t = message.Translation;
        Quaternion q = message.Rotation;
        double square = (q.X * q.X) + (q.Y * q.Y) + (q.Z * q.Z) + (q.W * q.W);
        bool isFinite = double.IsFinite(t.X) && double.IsFinite(t.Y) && double.IsFinite(t.Z) && double.IsFinite(square);
        if (!isFinite || !(Math.Abs(square - 1) < 0.01))
        {
            return null;
        }

        double scale = 1 / Math.Sqrt(square);
        return new RigidTransform(t.X, t.Y, t.Z, q.X * scale, q.Y * scale, q.Z * scale, q.W * scale);
    }

    public void Write(Transform message)
    {
        (message.Translation.X, message.Translation.Y, message.Translation.Z) = (X, Y, Z);
        (message.Rotation.X, message.Rotation.Y, message.Rotation.Z, message.Rotation.W) = (Qx, Qy, Qz, Qw);
    }

    /// <summary><c>aFromB.Compose(bFromC)</c> is <c>aFromC</c>.</summary>
    public RigidTransform Compose(in RigidTransform other)
    {
        (double x, double y, double z) = Rotate(other.X, other.Y, other.Z);
        return new RigidTransform(
            X + x,
            Y + y,
            Z + z,
            (Qw * other.Qx) + (Qx * other.Qw) + (Qy * other.Qz) - (Qz * other.Qy),
            (Qw * other.Qy) - (Qx * other.Qz) + (Qy * other.Qw) + (Qz * other.Qx),
            (Qw * other.Qz) + (Qx * other.Qy) - (Qy * other.Qx) + (Qz * other.Qw),
            (Qw * other.Qw) - (Qx * other.Qx) - (Qy * other.Qy) - (Qz * other.Qz));
    }

    public RigidTransform Inverse()
    {
        var back = new RigidTransform(0, 0, 0, -Qx, -Qy, -Qz, Qw);
        (double x, double y, double z) = back.Rotate(-X, -Y, -Z);
        return back with { X = x, Y = y, Z = z };
    }

    public (double X, double Y, double Z) Rotate(double x, double y, double z)
    {
        double tx = 2 * ((Qy * z) - (Qz * y));
        double ty = 2 * ((Qz * x) - (Qx * z));
        double tz = 2 * ((Qx * y) - (Qy * x));
        return (
            x + (Qw * tx) + (Qy * tz) - (Qz * ty),
            y + (Qw * ty) + (Qz * tx) - (Qx * tz),
            z + (Qw * tz) + (Qx * ty) - (Qy * tx));
    }

    /// <summary>
    /// Between two transforms: linear translation, rotation along the shorter arc at constant rate. The arc is halved, each
    /// half a normalized sum, until what is left is straight.
    /// </summary>
    /// <param name="a">At ratio 0.</param>
    /// <param name="b">At ratio 1.</param>
    /// <param name="ratio">0 to 1.</param>
    public static RigidTransform Interpolate(in RigidTransform a, in RigidTransform b, double ratio)
    {
        RigidTransform from = a;
        RigidTransform to = Dot(a, b) < 0 ? b with { Qx = -b.Qx, Qy = -b.Qy, Qz = -b.Qz, Qw = -b.Qw } : b;
        double left = ratio;
        while (Dot(from, to) < StraightCosine)
        {
            RigidTransform middle = Blend(from, to, 0.5);
            if (left < 0.5)
            {
                to = middle;
                left *= 2;
            }
            else
            {
                from = middle;
                left = (2 * left) - 1;
            }
        }

        return Blend(from, to, left) with
        {
            X = a.X + ((b.X - a.X) * ratio),
            Y = a.Y + ((b.Y - a.Y) * ratio),
            Z = a.Z + ((b.Z - a.Z) * ratio),
        };
    }

    private static double Dot(in RigidTransform a, in RigidTransform b) =>
        (a.Qx * b.Qx) + (a.Qy * b.Qy) + (a.Qz * b.Qz) + (a.Qw * b.Qw);

    private static RigidTransform Blend(in RigidTransform a, in RigidTransform b, double ratio)
    {
        double x = a.Qx + ((b.Qx - a.Qx) * ratio);
        double y = a.Qy + ((b.Qy - a.Qy) * ratio);
        double z = a.Qz + ((b.Qz - a.Qz) * ratio);
        double w = a.Qw + ((b.Qw - a.Qw) * ratio);
        double scale = 1 / Math.Sqrt((x * x) + (y * y) + (z * z) + (w * w));
        return new RigidTransform(0, 0, 0, x * scale, y * scale, z * scale, w * scale);
    }
}
