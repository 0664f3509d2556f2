using Aios.Numerics;
using Aios.Terrain.Export;

namespace Aios.Terrain.Worlds;

/// <summary>How a kind of world is made: a large form, and what is strewn over it.</summary>
public sealed record WorldRecipe
{
    /// <value>Name on the command line and in files.</value>
    public required string Name { get; init; }

    /// <value>For people, one line.</value>
    public required string Description { get; init; }

    /// <value>Height of the large form, m, over x, y in the map frame and the side of the mission area, all m.</value>
    public required Func<double, double, double, double> Landform { get; init; }

    /// <value>What hangs over the ground, for a side of the mission area, m; null for nothing.</value>
    public Func<double, TriangleMesh>? Roof { get; init; }

    /// <value>Relief, craters, rocks, gravity and sun. Size and landing sites are the caller's.</value>
    public required TerrainSpec Terrain { get; init; }

    /// <value>Sunlight on a surface that faces the sun, W/m².</value>
    public double SolarIrradianceWpm2 { get; init; } = 590.0;

    /// <value>Where on its planet such a place is, degrees north.</value>
    public double LatitudeDeg { get; init; }

    /// <value>Degrees east.</value>
    public double LongitudeDeg { get; init; }

    /// <value>Steepest slope a mission should plan over here, degrees.</value>
    public double MaxSlopeDeg { get; init; } = 20.0;
}

/// <summary>The kinds of world that can be made.</summary>
public static class WorldRecipes
{
    // No smaller ones: each rock is an include, and Gazebo's parser takes 2 MB and tens of milliseconds for one.
    private static readonly RockSpec Rocks = new() { Abundance = 0.025, MinDiameterM = 0.42, MaxDiameterM = 1.6 };

    /// <summary>Worn and fresh craters on a plain; Mars.</summary>
    public static WorldRecipe CraterPlain { get; } = new()
    {
        Name = "crater-plain",
        Description = "A cratered plain on Mars",
        Landform = static (_, _, _) => 0.0,
        Terrain = new TerrainSpec { Rocks = Rocks },
        LatitudeDeg = -14.57,
        LongitudeDeg = 175.48,
    };

    /// <summary>A winding canyon whose floor the rovers explore; Mars.</summary>
    public static WorldRecipe Canyon { get; } = new()
    {
        Name = "canyon",
        Description = "A winding canyon on Mars, its walls too steep to climb",
        Landform = Landforms.Canyon,
        Terrain = new TerrainSpec
        {
            Relief = new ReliefSpec { RmsHeightM = 0.25, WavelengthM = 18.0 },
            Craters = new CraterSpec { DensityAt1M = 0.006, MaxDiameterM = 5.0, SteepCraters = 0 },
            Rocks = Rocks with { Abundance = 0.03 },
            MinReachableFraction = 0.2,
        },
        LatitudeDeg = -8.0,
        LongitudeDeg = -70.0,
    };

    /// <summary>A collapsed lava tube: a trench that a rover can drive down, to the pit where the tube begins; Mars.</summary>
    public static WorldRecipe LavaTube { get; } = new()
    {
        Name = "lava-tube",
        Description = "The entrance of a lava tube on Mars: a trench down to a pit with sheer walls, where the roofed tube begins",
        Landform = Landforms.LavaTube,
        Roof = TubeRoof.Make,
        Terrain = new TerrainSpec
        {
            Relief = new ReliefSpec { RmsHeightM = 0.25, WavelengthM = 24.0 },
            Craters = new CraterSpec { DensityAt1M = 0.006, MaxDiameterM = 6.0, SteepCraters = 0 },
            Rocks = Rocks with { Abundance = 0.035 },
            MinReachableFraction = 0.6,
        },
        LatitudeDeg = -9.0,
        LongitudeDeg = -120.0,
    };

    /// <summary>Low sun and long shadows among old craters; the Moon's south pole.</summary>
    public static WorldRecipe LunarPole { get; } = new()
    {
        Name = "lunar-pole",
        Description = "Old craters under a sun three degrees high, near the Moon's south pole",
        Landform = Landforms.LunarPole,
        Terrain = new TerrainSpec
        {
            Relief = new ReliefSpec { RmsHeightM = 0.7, WavelengthM = 40.0, Hurst = 0.9 },
            Craters = new CraterSpec { DensityAt1M = 0.03, MaxDiameterM = 20.0, Degradation = 0.8, SteepCraters = 2 },
            Rocks = Rocks with { Abundance = 0.015 },
            GravityMps2 = 1.62,
            SunElevationRad = 3.0 * Math.PI / 180.0,
            SunAzimuthRad = 0.6,
            MinReachableFraction = 0.7,
        },
        SolarIrradianceWpm2 = 1361.0,
        LatitudeDeg = -89.5,
        LongitudeDeg = 200.0,
    };

    /// <summary>What is strewn over ground that comes from a file, on the Moon: its gravity and sunlight.</summary>
    public static WorldRecipe MoonPlain { get; } = CraterPlain with
    {
        Terrain = CraterPlain.Terrain with { GravityMps2 = LunarPole.Terrain.GravityMps2 },
        SolarIrradianceWpm2 = LunarPole.SolarIrradianceWpm2,
        LatitudeDeg = 0,
        LongitudeDeg = 0,
    };

    /// <summary>All kinds, in a fixed order.</summary>
    public static IReadOnlyList<WorldRecipe> All { get; } = [CraterPlain, Canyon, LavaTube, LunarPole];
}
