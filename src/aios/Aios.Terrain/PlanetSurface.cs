using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>
/// The ground truth of a world: relief, rocks, overhangs, soil, gravity and sun, in the map frame (x east, y north,
/// z up, metres). Immutable; any thread may read it, and no query allocates.
/// </summary>
public sealed class PlanetSurface
{
    private readonly SurfaceIndex _index;

    /// <param name="ground">Relief.</param>
    /// <param name="rocks">Rocks; those beyond the ground's edge are never met.</param>
    /// <param name="soil">Soil.</param>
    /// <param name="gravityMps2">Above 0.</param>
    /// <param name="sunElevationRad">Above the horizon, −π/2 … π/2.</param>
    /// <param name="sunAzimuthRad">Direction towards the sun, from +x (east) towards +y (north).</param>
    /// <param name="overhang">What hangs over the ground; null for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">Gravity or a sun angle is out of its range or not a number.</exception>
    public PlanetSurface(
        HeightField ground,
        RockField rocks,
        SoilMap soil,
        double gravityMps2,
        double sunElevationRad,
        double sunAzimuthRad,
        Overhang? overhang = null)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(rocks);
        ArgumentNullException.ThrowIfNull(soil);
        if (!(gravityMps2 > 0.0 && gravityMps2 <= 1000.0))
        {
            throw new ArgumentOutOfRangeException(nameof(gravityMps2), gravityMps2, "gravity must be above 0 m/s²");
        }

        if (!(Math.Abs(sunElevationRad) <= 0.5 * Math.PI && double.IsFinite(sunAzimuthRad)))
        {
            throw new ArgumentOutOfRangeException(nameof(sunElevationRad), sunElevationRad, "sun elevation must be within ±π/2");
        }

        Ground = ground;
        Rocks = rocks;
        Soil = soil;
        Overhang = overhang;
        GravityMps2 = gravityMps2;
        SunElevationRad = sunElevationRad;
        SunAzimuthRad = sunAzimuthRad;
        (double sinElevation, double cosElevation) = DetMath.SinCos(sunElevationRad);
        (double sinAzimuth, double cosAzimuth) = DetMath.SinCos(sunAzimuthRad);
        SunDirection = new Vector3d(cosElevation * cosAzimuth, cosElevation * sinAzimuth, sinElevation);
        _index = new SurfaceIndex(ground, rocks);
    }

    public HeightField Ground { get; }

    public RockField Rocks { get; }

    public SoilMap Soil { get; }

    /// <summary>What hangs over the ground: rays meet it, wheels do not. Null for nothing.</summary>
    public Overhang? Overhang { get; }

    public double GravityMps2 { get; }

    public double SunElevationRad { get; }

    public double SunAzimuthRad { get; }

    /// <summary>Unit vector towards the sun.</summary>
    public Vector3d SunDirection { get; }

    public SoilKind SoilAt(double x, double y) => Soil.KindAt(x, y);

    /// <summary>Ground or rock, whichever is higher, m; outside the ground that of its nearest edge.</summary>
    public double SurfaceHeight(double x, double y) =>
        Math.Max(Ground.Height(x, y), _index.HighestRock(x, y));

    /// <summary>
    /// First meeting of a ray with ground, rocks or overhang.
    /// </summary>
    /// <param name="origin">Start, m. Below the surface the ray meets it at once, at range 0.</param>
    /// <param name="unitDirection">Direction of unit length.</param>
    /// <param name="maxRange">Farthest range of interest, m.</param>
    /// <param name="range">Distance to the hit, m; NaN if there is none.</param>
    /// <returns>False if nothing is met within the range and the ground's outermost vertices, or a number is NaN.</returns>
    public bool Raycast(Vector3d origin, Vector3d unitDirection, double maxRange, out double range)
    {
        range = Cast(origin, unitDirection, maxRange);
        return !double.IsNaN(range);
    }

    /// <summary>One ray per direction from a common origin; <paramref name="ranges"/> gets distances, NaN where nothing is met.</summary>
    /// <exception cref="ArgumentException">There is less room than there are directions.</exception>
    public void RaycastFan(Vector3d origin, ReadOnlySpan<Vector3d> unitDirections, double maxRange, Span<double> ranges)
    {
        if (ranges.Length < unitDirections.Length)
        {
            throw new ArgumentException("fewer ranges than directions", nameof(ranges));
        }

        for (int i = 0; i < unitDirections.Length; i++)
        {
            ranges[i] = Cast(origin, unitDirections[i], maxRange);
        }
    }

    /// <summary>Whether the open segment between two points meets neither ground nor rock nor overhang.</summary>
    public bool LineOfSight(Vector3d a, Vector3d b)
    {
        Vector3d between = b - a;
        double distance = between.Length;
        return !(distance > 0.0) || double.IsNaN(Cast(a, between / distance, distance));
    }

    /// <summary>Whether the sun's disc centre is seen from a point.</summary>
    public bool InSunlight(Vector3d point) =>
        SunElevationRad > 0.0 && double.IsNaN(Cast(point, SunDirection, 1e6));

    private double Cast(Vector3d origin, Vector3d direction, double maxRange)
    {
        double range = _index.Raycast(origin, direction, maxRange);
        if (Overhang is null)
        {
            return range;
        }

        double roof = Overhang.Raycast(origin, direction, double.IsNaN(range) ? maxRange : range);
        return double.IsNaN(roof) ? range : roof;
    }
}
