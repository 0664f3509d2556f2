using Aios.Numerics;
using Aios.Terrain.Export;
using Aios.Terrain.Generation;

namespace Aios.Terrain.Worlds;

/// <summary>Makes the worlds that are kept in files.</summary>
public static class WorldMaker
{
    /// <summary>Ground beyond the mission area on every side, m.</summary>
    public const double MarginM = 16.0;

    private const int Starts = 6;
    private const double StartRadius = 2.8;

    /// <summary>Start poses around the origin, each facing outwards.</summary>
    public static IReadOnlyList<Pose2> StartPoses { get; } =
    [
        .. Enumerable.Range(0, Starts).Select(i =>
        {
            double yaw = Angles.WrapToPi(Angles.TwoPi * i / Starts);
            (double sin, double cos) = DetMath.SinCos(yaw);
            return new Pose2(StartRadius * cos, StartRadius * sin, yaw);
        }),
    ];

    /// <summary>A world of a kind. The same bits on every machine.</summary>
    /// <param name="recipe">The kind.</param>
    /// <param name="sizeM">Side of the mission area, m.</param>
    /// <param name="spacingM">Distance between the ground's vertices, m.</param>
    /// <param name="seed">Which one.</param>
    /// <exception cref="ArgumentException">A number is out of bounds.</exception>
    public static PlanetSurface New(WorldRecipe recipe, double sizeM, double spacingM, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        TerrainSpec spec = recipe.Terrain with
        {
            MissionSizeM = sizeM, MarginM = MarginM, SpacingM = spacingM, LandingSites = [.. StartPoses.Select(pose => pose.Position())], ClearRadiusM = 3.0,
        };
        double half = (0.5 * sizeM) + MarginM + spacingM;
        HeightField landform = HeightField.FromFunction(
            GridGeometry.Covering(-half, -half, half, half, spacingM), (x, y) => recipe.Landform(x, y, sizeM));
        return Keepable(TerrainGenerator.Generate(spec, seed, landform), spec, seed, recipe.Roof?.Invoke(sizeM));
    }

    /// <summary>A world on given ground, with rocks from the seed.</summary>
    /// <param name="ground">Heights; centred on the origin.</param>
    /// <param name="recipe">Rocks, gravity and sun.</param>
    /// <param name="sizeM">Side of the mission area, m.</param>
    /// <param name="seed">Of the rocks.</param>
    public static PlanetSurface Over(HeightField ground, WorldRecipe recipe, double sizeM, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(ground);
        ArgumentNullException.ThrowIfNull(recipe);
        TerrainSpec spec = recipe.Terrain with
        {
            MissionSizeM = sizeM,
            MarginM = MarginM,
            SpacingM = ground.Spacing,
            LandingSites = [.. StartPoses.Select(pose => pose.Position())],
            ClearRadiusM = 3.0,
            Relief = new ReliefSpec { RmsHeightM = 0.0 },
            Craters = new CraterSpec { DensityAt1M = 0.0, SteepCraters = 0 },
        };
        return Keepable(TerrainGenerator.Generate(spec, seed, ground), spec, seed);
    }

    /// <summary>The planet of a file: its ground, rocks and roof, with soil from a seed.</summary>
    public static PlanetSurface FromParts(HeightField ground, IEnumerable<Rock> rocks, TerrainSpec spec, ulong seed, TriangleMesh? roof = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SoilMap soil = SoilGenerator.Generate(spec, ground, SeededRandom.ForStream(seed, "world/soil"));
        return new PlanetSurface(ground, new RockField(rocks), soil, spec.GravityMps2, spec.SunElevationRad, spec.SunAzimuthRad, roof is null ? null : new Overhang(roof));
    }

    private static PlanetSurface Keepable(PlanetSurface surface, TerrainSpec spec, ulong seed, TriangleMesh? roof = null) =>
        FromParts(surface.Ground, surface.Rocks.Rocks.ToArray().Select(RockClasses.Snap), spec, seed, roof);

    private static Vector2d Position(this Pose2 pose) => new(pose.X, pose.Y);
}
