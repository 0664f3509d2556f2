using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>
/// What kind of world to make. Lengths in metres, in the map frame centred on the mission area. The
/// defaults are a cratered plain on Mars that a rover can cross.
/// </summary>
public sealed record TerrainSpec
{
    /// <value>Edge of the square mission area, centred on (0, 0).</value>
    public double MissionSizeM { get; init; } = 60.0;

    /// <value>Ground beyond the mission area on every side.</value>
    public double MarginM { get; init; } = 16.0;

    /// <value>Distance between ground vertices.</value>
    public double SpacingM { get; init; } = 0.2;

    /// <value>Fractal relief.</value>
    public ReliefSpec Relief { get; init; } = new();

    /// <value>Craters.</value>
    public CraterSpec Craters { get; init; } = new();

    /// <value>Rocks.</value>
    public RockSpec Rocks { get; init; } = new();

    /// <value>Soil.</value>
    public SoilSpec Soil { get; init; } = new();

    /// <value>Gravity, m/s². Mars 3.71, Moon 1.62.</value>
    public double GravityMps2 { get; init; } = 3.71;

    /// <value>Sun above the horizon, rad.</value>
    public double SunElevationRad { get; init; } = 0.7;

    /// <value>Direction towards the sun from +x (east) towards +y (north), rad.</value>
    public double SunAzimuthRad { get; init; } = 2.4;

    /// <value>Where rovers start: gentle ground, no crater, no rock above <see cref="ClearRockHeightM"/>.</value>
    public IReadOnlyList<Vector2d> LandingSites { get; init; } = [Vector2d.Zero];

    /// <value>Radius of that around each landing site; the ground blends into the relief over as much again.</value>
    public double ClearRadiusM { get; init; } = 5.0;

    /// <value>Highest rock left within the clear radius.</value>
    public double ClearRockHeightM { get; init; } = 0.1;

    /// <value>
    /// Least part of the mission area that a rover can reach from the first landing site, 0 … 1. Worlds
    /// with less are drawn again, up to <see cref="Attempts"/> times; then the best one is taken.
    /// </value>
    public double MinReachableFraction { get; init; } = 0.85;

    /// <value>How many worlds are drawn at most, at least 1.</value>
    public int Attempts { get; init; } = 8;

    /// <value>The rover by which reachability is judged.</value>
    public MobilityLimits Mobility { get; init; } = new();

    /// <summary>Null if the specification can be generated, otherwise one line that names the property and its bound.</summary>
    public string? Validate()
    {
        return Check(MissionSizeM is >= 1.0 and <= 10000.0, $"MissionSizeM is {MissionSizeM}, expected 1 … 10000 m")
            ?? Check(MarginM is >= 0.0 and <= 1000.0, $"MarginM is {MarginM}, expected 0 … 1000 m")
            ?? Check(SpacingM is >= 0.02 and <= 10.0, $"SpacingM is {SpacingM}, expected 0.02 … 10 m")
            ?? Check((MissionSizeM + (2.0 * MarginM)) / SpacingM <= 8192.0, "the ground has more than 8192 vertices a side; raise SpacingM")
            ?? Check(GravityMps2 is > 0.0 and <= 30.0, $"GravityMps2 is {GravityMps2}, expected above 0, at most 30 m/s²")
            ?? Check(Math.Abs(SunElevationRad) <= 0.5 * Math.PI, $"SunElevationRad is {SunElevationRad}, expected within ±π/2")
            ?? Check(double.IsFinite(SunAzimuthRad), "SunAzimuthRad is not finite")
            ?? Check(ClearRadiusM is >= 0.0 and <= 1000.0, $"ClearRadiusM is {ClearRadiusM}, expected 0 … 1000 m")
            ?? Check(ClearRockHeightM >= 0.0, $"ClearRockHeightM is {ClearRockHeightM}, expected at least 0 m")
            ?? Check(MinReachableFraction is >= 0.0 and <= 1.0, $"MinReachableFraction is {MinReachableFraction}, expected 0 … 1")
            ?? Check(Attempts is >= 1 and <= 100, $"Attempts is {Attempts}, expected 1 … 100")
            ?? Check(LandingSites.All(InsideMission), "a landing site lies outside the mission area")
            ?? Relief.Validate() ?? Craters.Validate() ?? Rocks.Validate() ?? Soil.Validate() ?? Mobility.Validate();
    }

    internal static string? Check(bool holds, string message) => holds ? null : message;

    private bool InsideMission(Vector2d site) =>
        Math.Abs(site.X) <= 0.5 * MissionSizeM && Math.Abs(site.Y) <= 0.5 * MissionSizeM;
}
