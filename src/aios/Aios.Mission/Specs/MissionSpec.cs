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
}

/// <summary>The planet. The mission area is a square around the map frame's origin.</summary>
public sealed record WorldSpec
{
    public required WorldSource Source { get; init; }

    /// <summary>Full path of the height file; empty unless <see cref="Source"/> is <see cref="WorldSource.Heightmap"/>.</summary>
    public required string HeightmapFile { get; init; }

    /// <summary>Seed of the ground; null: the mission's seed.</summary>
    public required ulong? Seed { get; init; }

    /// <summary>Side of the mission area, m.</summary>
    public required double Size { get; init; }

    /// <summary>Distance between vertices of the ground, m.</summary>
    public required double Resolution { get; init; }

    /// <summary>Standard deviation of the height of the fractal relief over the area, m.</summary>
    public required double Relief { get; init; }

    /// <summary>Hurst exponent of the relief: 0 is jagged, 1 is smooth.</summary>
    public required double Hurst { get; init; }

    public required CraterSpec Craters { get; init; }

    public required RockSpec Rocks { get; init; }

    /// <summary>Radius around each start pose that is free of rocks and craters, m.</summary>
    public required double LandingRadius { get; init; }

    /// <summary>m/s².</summary>
    public required double Gravity { get; init; }

    public required SunSpec Sun { get; init; }
}

/// <summary>Craters of a generated plain.</summary>
/// <param name="Density">Number of craters relative to the size-frequency law of an old plain; 0 is none.</param>
/// <param name="MinDiameter">m.</param>
/// <param name="MaxDiameter">m.</param>
public sealed record CraterSpec(double Density, double MinDiameter, double MaxDiameter);

/// <summary>Rocks: fraction of ground covered by rocks of diameter D or more is k·exp(−q·D) (Golombek and Rapp 1997).</summary>
/// <param name="Abundance">k, fraction of ground covered by rocks of any size.</param>
/// <param name="MinDiameter">Smallest rock that is modelled, m.</param>
/// <param name="MaxDiameter">Largest rock, m.</param>
public sealed record RockSpec(double Abundance, double MinDiameter, double MaxDiameter);

/// <summary>The sun, at one place for the whole mission.</summary>
/// <param name="Elevation">Above the horizon, rad.</param>
/// <param name="Azimuth">From the map frame's +x axis towards +y, rad.</param>
/// <param name="Irradiance">On a surface that faces the sun, W/m².</param>
public sealed record SunSpec(double Elevation, double Azimuth, double Irradiance);
