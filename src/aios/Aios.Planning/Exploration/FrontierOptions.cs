using Aios.Numerics;

namespace Aios.Planning;

/// <summary>What counts as a frontier.</summary>
public sealed record FrontierOptions
{
    /// <value>Fewest cells of a frontier. Default 4.</value>
    public int MinCells { get; init; } = 4;

    /// <value>Least unknown ground behind a frontier, m². Default 0.8.</value>
    public double MinGainM2 { get; init; } = 0.8;

    /// <value>Largest number of cells of one frontier; a longer edge is split. Default 40.</value>
    public int MaxCells { get; init; } = 40;

    /// <value>Distance within which ground is seen densely from a viewpoint, m. Default 4.5.</value>
    public double SensorRangeM { get; init; } = 4.5;

    /// <value>Farthest a viewpoint may stand from the frontier, m. Default 2.</value>
    public double ViewpointRadiusM { get; init; } = 2.0;

    /// <value>Most frontiers reported; the costliest to reach are left out. Default 64.</value>
    public int MaxFrontiers { get; init; } = 64;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(MinCells), MinCells, 1, 10000),
        OptionCheck.InRange(nameof(MinGainM2), MinGainM2, 0, 10000),
        OptionCheck.InRange(nameof(MaxCells), MaxCells, MinCells, 100000),
        OptionCheck.InRange(nameof(SensorRangeM), SensorRangeM, 0.1, 1000),
        OptionCheck.InRange(nameof(ViewpointRadiusM), ViewpointRadiusM, 0, SensorRangeM),
        OptionCheck.InRange(nameof(MaxFrontiers), MaxFrontiers, 1, 100000));
}
