using System.Globalization;

namespace Aios.Numerics;

/// <summary>Vector or point in space; unit and frame are the user's, metres unless said otherwise.</summary>
public readonly record struct Vector3d(double X, double Y, double Z)
{
    public static Vector3d Zero => default;

    public static Vector3d UnitX => new(1.0, 0.0, 0.0);

    public static Vector3d UnitY => new(0.0, 1.0, 0.0);

    public static Vector3d UnitZ => new(0.0, 0.0, 1.0);

    /// <summary>The first two components.</summary>
    public Vector2d XY => new(X, Y);

    public double LengthSquared => (X * X) + (Y * Y) + (Z * Z);

    public double Length => Math.Sqrt(LengthSquared);

    public static Vector3d operator +(Vector3d a, Vector3d b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Vector3d operator -(Vector3d a, Vector3d b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Vector3d operator -(Vector3d a) => new(-a.X, -a.Y, -a.Z);

    public static Vector3d operator *(Vector3d a, double s) => new(a.X * s, a.Y * s, a.Z * s);

    public static Vector3d operator *(double s, Vector3d a) => a * s;

    public static Vector3d operator /(Vector3d a, double s) => new(a.X / s, a.Y / s, a.Z / s);

    public double Dot(Vector3d other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Vector3d Cross(Vector3d other) => new(
        (Y * other.Z) - (Z * other.Y),
        (Z * other.X) - (X * other.Z),
        (X * other.Y) - (Y * other.X));

    public double DistanceTo(Vector3d other) => (this - other).Length;

    /// <summary>Unit vector of the same direction; zero stays zero.</summary>
    public Vector3d Normalized()
    {
        double length = Length;
        return length > 0.0 ? this / length : Zero;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X}, {Y}, {Z})");
}
