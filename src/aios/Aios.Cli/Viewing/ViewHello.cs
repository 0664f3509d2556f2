using Aios.Numerics;

namespace Aios.Cli.Viewing;

/// <summary>What a page is told first.</summary>
internal sealed record ViewHello
{
    public required string Mission { get; init; }

    public required string Description { get; init; }

    public required ulong Seed { get; init; }

    /// <summary><c>simulated</c> or <c>dds</c>.</summary>
    public required string Transport { get; init; }

    /// <summary>Whether the mission runs; otherwise it was recorded.</summary>
    public required bool IsLive { get; init; }

    /// <summary>Whether the page may change how fast the mission runs.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Mission time over time on the wall; 0: as fast as it goes.</summary>
    public double Rate { get; init; }

    /// <summary>Part of the reachable area to see, 0..1.</summary>
    public double CoverageGoal { get; init; }

    /// <summary>Mission time at which the mission ends, s; 0 when it is not known.</summary>
    public double TimeLimit { get; init; }

    /// <summary>Side of the square mission area around the origin, m; 0 when it is not known.</summary>
    public double AreaSize { get; init; }

    /// <summary>Direction towards the sun, from +x towards +y, rad.</summary>
    public double SunAzimuth { get; init; } = 2.1;

    /// <summary>Sun above the horizon, rad.</summary>
    public double SunElevation { get; init; } = 0.7;

    /// <summary>Grid of the map's patches.</summary>
    public required GridGeometry Map { get; init; }

    /// <summary>Names, in the order of the mission file.</summary>
    public required IReadOnlyList<string> Rovers { get; init; }
}
