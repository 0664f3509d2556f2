namespace Aios.Terrain;

/// <summary>What a rover can stand on.</summary>
public sealed record MobilityLimits
{
    /// <value>Radius of the circle that holds the rover's footprint, m.</value>
    public double RobotRadiusM { get; init; } = 0.6;

    /// <value>Steepest plane under the footprint, rad.</value>
    public double MaxSlopeRad { get; init; } = 20.0 * Math.PI / 180.0;

    /// <value>Highest rock under the footprint, m above the ground beside it.</value>
    public double MaxStepM { get; init; } = 0.22;

    internal string? Validate() =>
        TerrainSpec.Check(RobotRadiusM is > 0.0 and <= 20.0, $"Mobility.RobotRadiusM is {RobotRadiusM}, expected above 0, at most 20 m")
        ?? TerrainSpec.Check(MaxSlopeRad is > 0.0 and < 1.5, $"Mobility.MaxSlopeRad is {MaxSlopeRad}, expected above 0, below 1.5 rad")
        ?? TerrainSpec.Check(MaxStepM is > 0.0 and <= 20.0, $"Mobility.MaxStepM is {MaxStepM}, expected above 0, at most 20 m");
}
