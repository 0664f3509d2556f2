using Aios.Numerics;

namespace Aios.Terrain.Generation;

/// <summary>
/// Gradient noise in the plane (Perlin, SIGGRAPH 2002: quintic fade) with one of 32 evenly spaced unit
/// gradients per lattice point, chosen by an integer hash of the point and the seed. Zero mean; standard
/// deviation 0.216.
/// </summary>
internal sealed class GradientNoise
{
    private const int Directions = 32;
    private static readonly Vector2d[] Gradients = MakeGradients();
    private readonly ulong _seed;

    public GradientNoise(ulong seed) => _seed = seed;

    /// <summary>Value at (x, y) in lattice units, |x| and |y| below 2^31.</summary>
    public double At(double x, double y)
    {
        double floorX = Math.Floor(x), floorY = Math.Floor(y);
        int col = (int)floorX, row = (int)floorY;
        double u = x - floorX, v = y - floorY;
        double fadeU = Fade(u), fadeV = Fade(v);
        double south = Lerp(Corner(col, row, u, v), Corner(col + 1, row, u - 1.0, v), fadeU);
        double north = Lerp(Corner(col, row + 1, u, v - 1.0), Corner(col + 1, row + 1, u - 1.0, v - 1.0), fadeU);
        return Lerp(south, north, fadeV);
    }

    private static double Fade(double t) => t * t * t * ((t * ((t * 6.0) - 15.0)) + 10.0);

    private static double Lerp(double a, double b, double t) => a + (t * (b - a));

    private double Corner(int col, int row, double dx, double dy)
    {
        ulong h = _seed ^ ((ulong)(uint)col << 32) ^ (uint)row;
        h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93;
        h = (h ^ (h >> 32)) * 0xd6e8feb86659fd93;
        Vector2d gradient = Gradients[(h >> 40) & (Directions - 1)];
        return (gradient.X * dx) + (gradient.Y * dy);
    }

    private static Vector2d[] MakeGradients()
    {
        var gradients = new Vector2d[Directions];
        for (int i = 0; i < Directions; i++)
        {
            (double sin, double cos) = DetMath.SinCos((i + 0.5) * Angles.TwoPi / Directions);
            gradients[i] = new Vector2d(cos, sin);
        }

        return gradients;
    }
}
