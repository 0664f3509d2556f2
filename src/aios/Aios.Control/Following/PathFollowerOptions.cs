using Aios.Numerics;

namespace Aios.Control;

/// <summary>How a rover follows a path.</summary>
public sealed record PathFollowerOptions
{
    /// <value>Cruising speed, m/s. Default 0.5.</value>
    public double MaxSpeedMps { get; init; } = 0.5;

    /// <value>Slowest speed while moving, m/s. Default 0.08.</value>
    public double MinSpeedMps { get; init; } = 0.08;

    /// <value>Fastest turn, rad/s. Default 0.5.</value>
    public double MaxTurnRateRadps { get; init; } = 0.5;

    /// <value>Acceleration, m/s². Default 0.4.</value>
    public double MaxAccelerationMps2 { get; init; } = 0.4;

    /// <value>Angular acceleration, rad/s². Default 1.</value>
    public double MaxTurnAccelerationRadps2 { get; init; } = 1.0;

    /// <value>Shortest lookahead, m. Default 0.6.</value>
    public double MinLookaheadM { get; init; } = 0.6;

    /// <value>Longest lookahead, m. Default 1.2.</value>
    public double MaxLookaheadM { get; init; } = 1.2;

    /// <value>Lookahead as time at the present speed, s. Default 2.</value>
    public double LookaheadTimeS { get; init; } = 2.0;

    /// <value>Heading error beyond which the rover turns on the spot, rad. Default 0.8.</value>
    public double RotateStartRad { get; init; } = 0.8;

    /// <value>Heading error at which turning on the spot ends, rad. Default 0.15.</value>
    public double RotateEndRad { get; init; } = 0.15;

    /// <value>Gain from heading error to turn rate on the spot, 1/s. Default 1.5.</value>
    public double RotateGain { get; init; } = 1.5;

    /// <value>Radius of curvature below which speed falls in proportion, m. Default 1.2.</value>
    public double CurvatureRadiusM { get; init; } = 1.2;

    /// <value>Distance to the goal at which the rover begins to slow, m. Default 0.8.</value>
    public double ApproachDistanceM { get; init; } = 0.8;

    /// <value>Distance at which the goal is reached, m. Default 0.3.</value>
    public double GoalToleranceM { get; init; } = 0.3;

    /// <value>Distance off the path at which a new path is asked for, m. Default 1.2.</value>
    public double MaxCrossTrackM { get; init; } = 1.2;

    /// <value>Slope at which speed has fallen to the slowest, rad. Default 25°.</value>
    public double SlowSlopeRad { get; init; } = 25.0 * Math.PI / 180.0;

    /// <value>Cost of the ground, 0..98, at which speed has halved. Default 90.</value>
    public double HalfSpeedCost { get; init; } = 90.0;

    /// <value>Time over which progress is judged, s. Default 6.</value>
    public double ProgressWindowS { get; init; } = 6.0;

    /// <value>Share of the commanded motion that must show in the window, else the rover is stuck. Default 0.25.</value>
    public double MinProgress { get; init; } = 0.25;

    /// <value>Distance backed up in a recovery, m. Default 0.7.</value>
    public double BackUpDistanceM { get; init; } = 0.7;

    /// <value>Speed of backing up, m/s. Default 0.2.</value>
    public double BackUpSpeedMps { get; init; } = 0.2;

    /// <value>Longest recovery, s. Default 8.</value>
    public double RecoveryTimeoutS { get; init; } = 8.0;

    /// <value>Recoveries without reaching a waypoint farther on before the goal is given up. Default 3.</value>
    public int MaxRecoveries { get; init; } = 3;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(MaxSpeedMps), MaxSpeedMps, 0.01, 10),
        OptionCheck.InRange(nameof(MinSpeedMps), MinSpeedMps, 0.001, MaxSpeedMps),
        OptionCheck.InRange(nameof(MaxTurnRateRadps), MaxTurnRateRadps, 0.01, 10),
        OptionCheck.InRange(nameof(MaxAccelerationMps2), MaxAccelerationMps2, 0.01, 100),
        OptionCheck.InRange(nameof(MaxTurnAccelerationRadps2), MaxTurnAccelerationRadps2, 0.01, 100),
        OptionCheck.InRange(nameof(MinLookaheadM), MinLookaheadM, 0.05, 10),
        OptionCheck.InRange(nameof(MaxLookaheadM), MaxLookaheadM, MinLookaheadM, 20),
        OptionCheck.InRange(nameof(LookaheadTimeS), LookaheadTimeS, 0.1, 20),
        OptionCheck.InRange(nameof(RotateStartRad), RotateStartRad, 0.05, 3.2),
        OptionCheck.InRange(nameof(RotateEndRad), RotateEndRad, 0.01, RotateStartRad),
        OptionCheck.InRange(nameof(RotateGain), RotateGain, 0.1, 20),
        OptionCheck.InRange(nameof(CurvatureRadiusM), CurvatureRadiusM, 0.01, 100),
        OptionCheck.InRange(nameof(ApproachDistanceM), ApproachDistanceM, 0.01, 100),
        OptionCheck.InRange(nameof(GoalToleranceM), GoalToleranceM, 0.01, 100),
        OptionCheck.InRange(nameof(MaxCrossTrackM), MaxCrossTrackM, 0.1, 100),
        OptionCheck.InRange(nameof(SlowSlopeRad), SlowSlopeRad, 0.05, 1.5),
        OptionCheck.InRange(nameof(HalfSpeedCost), HalfSpeedCost, 1, 1000),
        OptionCheck.InRange(nameof(ProgressWindowS), ProgressWindowS, 0.5, 60),
        OptionCheck.InRange(nameof(MinProgress), MinProgress, 0, 1),
        OptionCheck.InRange(nameof(BackUpDistanceM), BackUpDistanceM, 0, 10),
        OptionCheck.InRange(nameof(BackUpSpeedMps), BackUpSpeedMps, 0.01, 10),
        OptionCheck.InRange(nameof(RecoveryTimeoutS), RecoveryTimeoutS, 0.1, 100),
        OptionCheck.InRange(nameof(MaxRecoveries), MaxRecoveries, 0, 100));
}
