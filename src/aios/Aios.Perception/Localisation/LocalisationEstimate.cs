using Aios.Numerics;

namespace Aios.Perception;

/// <summary>Where the rover is, in the frames of REP-105.</summary>
/// <param name="StampNs">Time of the last motion included, ns.</param>
/// <param name="MapFromBase">Pose in the map frame; jumps when an absolute measurement arrives.</param>
/// <param name="OdomFromBase">Pose in the odometry frame; continuous, drifts.</param>
/// <param name="MapFromOdom">The correction between the two; a turn about z and a shift.</param>
/// <param name="ForwardMps">Speed over ground along body x, slip taken off, m/s.</param>
/// <param name="LateralMps">Speed over ground along body y, m/s.</param>
/// <param name="YawRateRadps">Rate of the yaw, rad/s.</param>
/// <param name="PositionSigmaM">Larger semi-axis of the horizontal one-sigma ellipse, m, drift of the map included.</param>
/// <param name="YawSigmaRad">Standard deviation of the yaw, rad.</param>
/// <param name="SlipRatio">Share of the wheels' motion lost on the present slope, 0 none, 1 all.</param>
/// <param name="LevelSlip">Share lost on level ground of this soil.</param>
/// <param name="ClimbSlip">Share lost uphill beside, for each square of the slope's sine.</param>
public readonly record struct LocalisationEstimate(
    long StampNs,
    Pose3 MapFromBase,
    Pose3 OdomFromBase,
    Pose3 MapFromOdom,
    double ForwardMps,
    double LateralMps,
    double YawRateRadps,
    double PositionSigmaM,
    double YawSigmaRad,
    double SlipRatio,
    double LevelSlip,
    double ClimbSlip);
