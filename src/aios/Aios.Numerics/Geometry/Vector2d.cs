using System.Globalization;

namespace Aios.Numerics;

/// <summary>Vector or point in a plane; unit and frame are the user's, metres unless said otherwise.</summary>
public readonly record struct Vector2d(double X, double Y)
{
    public static Vector2d Zero => default;

    public double LengthSquared => (X * X) + (Y * Y);

    public double Length => Math.Sqrt(LengthSquared);

    public static Vector2d operator +(Vector2d a, Vector2d b) => new(a.X + b.X, a.Y + b.Y);

    public static Vector2d operator -(Vector2d a, Vector2d b) => new(a.X - b.X, a.Y - b.Y);

    public static Vector2d operator -(Vector2d a) => new(-a.X, -a.Y);

    public static Vector2d operator *(Vector2d a, double s) => new(a.X * s, a.Y * s);

    public static Vector2d operator *(double s, Vector2d a) => a * s;

    public static Vector2d operator /(Vector2d a, double s) => new(a.X / s, a.Y / s);

    public double Dot(Vector2d other) => (X * other.X) + (Y * other.Y);

    /// <summary>z of the cross product: positive where <paramref name="other"/> lies to the left.</summary>
    public double Cross(Vector2d other) => (X * other.Y) - (Y * other.X);

    public double DistanceTo(Vector2d other) => (this - other).Length;

    /// <summary>Unit vector of the same direction; zero stays zero.</summary>
    public Vector2d Normalized()
    {
        double length = Length;
        return length > 0.0 ? this / length : Zero;
    }

    /// <summary>Turned by <paramref name="radians"/> counter-clockwise.</summary>
    public Vector2d Rotated(double radians)
    {
        (double sin, double cos) = DetMath.SinCos(radians);
        return new Vector2d((cos * X) - (sin * Y), (sin * X) + (cos * Y));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X}, {Y})");
}
