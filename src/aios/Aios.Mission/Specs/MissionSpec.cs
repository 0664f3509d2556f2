using Aios.Terrain;
using Aios.Terrain.Import;

namespace Aios.Mission;

/// <summary>One mission file, read and checked. Immutable; angles in rad, everything else in SI units.</summary>
public sealed record MissionSpec
{
    /// <summary>Path of the file as it was given.</summary>
    public required string File { get; init; }

    /// <summary>Short name: lower-case words joined by '-'.</summary>
    public required string Name { get; init; }

    /// <summary>What the mission is about, for people.</summary>
    public required string Description { get; init; }

    public required WorldSpec World { get; init; }

    /// <summary>The fleet, 1 to 100 rovers with different names.</summary>
    public required IReadOnlyList<RoverSpec> Rovers { get; init; }

    public required GoalSpec Goals { get; init; }

    public required ConstraintSpec Constraints { get; init; }

    public required RadioSpec Radio { get; init; }

    public required ContingencySpec Contingencies { get; init; }

    /// <summary>Faults to inject, in the order of the file.</summary>
    public required IReadOnlyList<FaultSpec> Faults { get; init; }

    /// <summary>Drills: what is asked of the fleet at given times.</summary>
    public IReadOnlyList<OrderSpec> Orders { get; init; } = [];

    public required AcceptanceSpec Acceptance { get; init; }

    /// <summary>Names of all rovers, in the order of the file.</summary>
    public IReadOnlyList<string> Roster => [.. Rovers.Select(rover => rover.Name)];
}

/// <summary>Where the ground comes from.</summary>
public enum WorldSource
{
    /// <summary>Made from the seed: relief, craters, rocks.</summary>
    CraterPlain,

    /// <summary>Heights from a file; rocks from the seed.</summary>
    Heightmap,

    /// <summary>Everything from an SDF world; only soil from the seed.</summary>
    Sdf,
}

/// <summary>The planet. The mission area is a square around the map frame's origin.</summary>
public sealed record WorldSpec
{
    public required WorldSource Source { get; init; }

    /// <summary>Full path of the SDF world; empty unless <see cref="Source"/> is <see cref="WorldSource.Sdf"/>.</summary>
    public required string SdfFile { get; init; }

    /// <summary>Full path of the height file; empty unless <see cref="Source"/> is <see cref="WorldSource.Heightmap"/>.</summary>
    public required string HeightmapFile { get; init; }

    /// <summary>Which part of it becomes the ground and at what scale; its size is the caller's to set.</summary>
    public required HeightmapSpec Import { get; init; }

    /// <summary>What an IMG without a label holds: <c>mola-4</c>, <c>lola-4</c> or empty.</summary>
    public required string HeightmapLayout { get; init; }

    /// <summary>Seed of the ground; null: the mission's seed.</summary>
    public required ulong? Seed { get; init; }

    /// <summary>Ground, rocks, gravity and sun; its landing sites are the rovers' start poses. Passes its own check.</summary>
    public required TerrainSpec Terrain { get; init; }

    /// <summary>Of the sun on a surface that faces it, W/m².</summary>
    public required double SunIrradiance { get; init; }

    /// <summary>Side of the mission area, m.</summary>
    public double Size => Terrain.MissionSizeM;
}
