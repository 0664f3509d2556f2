using Aios.Numerics;

namespace Aios.Perception;

/// <summary>What the rover can drive over, and how close to what it cannot.</summary>
public sealed record TraversabilityOptions
{
    /// <value>Steepest ground the planner may use, rad. Default 20°.</value>
    public double MaxSlopeRad { get; init; } = 20.0 * Math.PI / 180.0;

    /// <value>Highest step or rock the planner may drive over, m. Default 0.15.</value>
    public double MaxStepM { get; init; } = 0.15;

    /// <value>Largest standard deviation of the ground about its plane, m. Default 0.1.</value>
    public double MaxRoughnessM { get; init; } = 0.1;

    /// <value>Radius of the circle around the rover's centre that must stay free of obstacles, m. Default 0.6.</value>
    public double RobotRadiusM { get; init; } = 0.6;

    /// <value>Distance kept beyond <see cref="RobotRadiusM"/> for tracking and localisation errors, m. Default 0.15.</value>
    public double SafetyMarginM { get; init; } = 0.15;

    /// <value>Distance from an obstacle at which its influence on the cost ends, m. Default 1.6.</value>
    public double InfluenceRadiusM { get; init; } = 1.6;

    /// <value>Half the side of the plane-fit window, cells. Default 2 (5 × 5).</value>
    public int WindowCells { get; init; } = 2;

    /// <value>Known cells in the window needed before a cell is judged. Default 6.</value>
    public int MinKnownInWindow { get; init; } = 6;

    /// <value>Cost next to the robot's radius, 0..98, falling to 0 at the influence radius. Default 60.</value>
    public int ProximityCost { get; init; } = 60;

    /// <value>How many standard deviations of the heights are taken off a step before it counts. Default 1.5.</value>
    public double StepConfidenceSigmas { get; init; } = 1.5;

    /// <value>At most this much is taken off a step for the uncertainty of its heights, m: a cell whose variance says
    /// more holds two heights, a rock and the ground before it. Default 0.03.</value>
    public double MaxStepDiscountM { get; init; } = 0.03;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() =>
        OptionCheck.First(
            OptionCheck.InRange(nameof(MaxSlopeRad), MaxSlopeRad, 0.01, 1.4),
            OptionCheck.InRange(nameof(MaxStepM), MaxStepM, 0.01, 10),
            OptionCheck.InRange(nameof(MaxRoughnessM), MaxRoughnessM, 0.001, 10),
            OptionCheck.InRange(nameof(RobotRadiusM), RobotRadiusM, 0, 10),
            OptionCheck.InRange(nameof(SafetyMarginM), SafetyMarginM, 0, 10),
            OptionCheck.InRange(nameof(InfluenceRadiusM), InfluenceRadiusM, RobotRadiusM + SafetyMarginM, 20),
            OptionCheck.InRange(nameof(WindowCells), WindowCells, 1, ChangeSet.Margin),
            OptionCheck.InRange(nameof(MinKnownInWindow), MinKnownInWindow, 4, 49),
            OptionCheck.InRange(nameof(ProximityCost), ProximityCost, 0, TraversabilityCost.MaxFree),
            OptionCheck.InRange(nameof(MaxStepDiscountM), MaxStepDiscountM, 0, 1),
            OptionCheck.InRange(nameof(StepConfidenceSigmas), StepConfidenceSigmas, 0, 5));
}

/// <summary>Values of a traversability cell. As signed bytes they are those of nav_msgs/OccupancyGrid.</summary>
public static class TraversabilityCost
{
    /// <summary>Highest cost of ground the rover's centre may cross.</summary>
    public const byte MaxFree = 98;

    /// <summary>The rover's circle would touch an obstacle if its centre stood here.</summary>
    public const byte Inscribed = 99;

    /// <summary>Obstacle or ground too steep, too rough or too high a step.</summary>
    public const byte Lethal = 100;

    /// <summary>Not seen well enough to judge; −1 as a signed byte.</summary>
    public const byte Unknown = 255;
}
