namespace Aios.Terrain;

/// <summary>A rock: the upper half of an upright ellipsoid with a circular base.</summary>
/// <param name="X">x of the centre, m, map frame.</param>
/// <param name="Y">y of the centre, m.</param>
/// <param name="BaseZ">Height of the base plane, m. At or below the lowest ground under the base, so that no gap shows.</param>
/// <param name="Diameter">Diameter of the base, m.</param>
/// <param name="Height">Top above <paramref name="BaseZ"/>, m.</param>
public readonly record struct Rock(double X, double Y, double BaseZ, double Diameter, double Height)
{
    public double Radius => 0.5 * Diameter;

    public double TopZ => BaseZ + Height;

    /// <summary>Height of the rock's surface over (x, y), m; negative infinity beside it.</summary>
    public double SurfaceHeight(double x, double y)
    {
        double dx = x - X, dy = y - Y, radius = 0.5 * Diameter;
        double part = ((dx * dx) + (dy * dy)) / (radius * radius);
        return part <= 1.0 ? BaseZ + (Height * Math.Sqrt(1.0 - part)) : double.NegativeInfinity;
    }
}
