using Aios.Numerics;

namespace Aios.Terrain.Tests;

internal static class TestWorlds
{
    /// <summary>A generated world small enough for the brute-force twin.</summary>
    public static PlanetSurface Small(ulong seed, double abundance = 0.1) => TerrainGenerator.Generate(
        new TerrainSpec
        {
            MissionSizeM = 12.0,
            MarginM = 2.0,
            SpacingM = 0.25,
            ClearRadiusM = 1.0,
            Attempts = 1,
            Craters = new CraterSpec { SteepCraters = 1, SteepMinDiameterM = 3.0, SteepMaxDiameterM = 4.0 },
            Rocks = new RockSpec { Abundance = abundance, MinDiameterM = 0.15 },
        },
        seed);

    public static PlanetSurface FromFunction(Func<double, double, double> height, double size = 40.0, double spacing = 0.2)
    {
        int count = (int)Math.Round(size / spacing) + 1;
        double origin = -0.5 * count * spacing;
        var geometry = new GridGeometry(count, count, spacing, origin, origin);
        return FromGround(HeightField.FromFunction(geometry, height));
    }

    public static PlanetSurface FromGround(HeightField ground, params Rock[] rocks) =>
        new(ground, new RockField(rocks), SoilMap.Uniform(SoilKind.Cohesive), 3.71, 0.7, 0.0);

    public static Vector3d Direction(double azimuth, double elevation) =>
        new(Math.Cos(elevation) * Math.Cos(azimuth), Math.Cos(elevation) * Math.Sin(azimuth), Math.Sin(elevation));

    public static Vector3d RandomDirection(SeededRandom random) =>
        new Vector3d(random.NextGaussian(), random.NextGaussian(), random.NextGaussian()).Normalized();
}
