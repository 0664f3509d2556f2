using Aios.Numerics;

namespace Aios.Perception;

/// <summary>Noise, limits and priors of a <see cref="Localiser"/>.</summary>
public sealed record LocaliserOptions
{
    /// <value>Standard deviation of the distance driven beyond the slip model, m per √m. Default 0.03.</value>
    public double DistanceSigma { get; init; } = 0.03;

    /// <value>Standard deviation of the sideways drift, m per √m. Default 0.02.</value>
    public double LateralSigma { get; init; } = 0.02;

    /// <value>What a slope adds to both, m per √m that a wheel turned and unit of its sine along or across: soil changes
    /// from place to place, and the more it slips the steeper it is. Default 0.1.</value>
    public double SlopeSigma { get; init; } = 0.1;

    /// <value>Track with which the wheels' turn rate was reckoned from their speeds, m. Default 1.05.</value>
    public double EffectiveTrackM { get; init; } = 1.05;

    /// <value>Standard deviation of the height, m per √m. Default 0.02.</value>
    public double HeightSigma { get; init; } = 0.02;

    /// <value>Displacement of the centre while turning, m per √rad. Default 0.02.</value>
    public double TurnSigma { get; init; } = 0.02;

    /// <value>Angle random walk of the gyroscope, rad per √s. Default 0.002.</value>
    public double GyroSigma { get; init; } = 0.002;

    /// <value>Random walk of the gyroscope's bias, rad/s per √s. Default 2e-5.</value>
    public double GyroBiasWalk { get; init; } = 2e-5;

    /// <value>Standard deviation of the gyroscope's bias at the start, rad/s. Default 0.005.</value>
    public double InitialGyroBiasSigma { get; init; } = 0.005;

    /// <value>Slip of the wheels on level ground assumed at the start. Default 0.03.</value>
    public double InitialSlip { get; init; } = 0.03;

    /// <value>Standard deviation of <see cref="InitialSlip"/>. Default 0.03.</value>
    public double InitialSlipSigma { get; init; } = 0.03;

    /// <value>Slip added per square of the sine of the climb, assumed at the start. Default 2.</value>
    public double InitialSlopeSlip { get; init; } = 2.0;

    /// <value>Standard deviation of <see cref="InitialSlopeSlip"/>. Default 1.5.</value>
    public double InitialSlopeSlipSigma { get; init; } = 1.5;

    /// <value>Sideways drift per metre driven and unit of the sine of the bank, at the start. Default 0.1.</value>
    public double InitialLateralSlip { get; init; } = 0.1;

    /// <value>Standard deviation of <see cref="InitialLateralSlip"/>. Default 0.15.</value>
    public double InitialLateralSlipSigma { get; init; } = 0.15;

    /// <value>Random walk of the slip, per √m. Default 0.004.</value>
    public double SlipWalk { get; init; } = 0.004;

    /// <value>Random walk of the growth of slip with slope, per √m. Default 0.5.</value>
    public double SlopeSlipWalk { get; init; } = 0.5;

    /// <value>Random walk of the sideways drift, per √m. Default 0.03.</value>
    public double LateralSlipWalk { get; init; } = 0.03;

    /// <value>Standard deviation of x and y at the start, m. Default 0.02.</value>
    public double InitialPositionSigma { get; init; } = 0.02;

    /// <value>Standard deviation of the yaw at the start, rad. Default 0.02.</value>
    public double InitialYawSigma { get; init; } = 0.02;

    /// <value>Measurements farther from the prediction than this many standard deviations are outliers. Default 4.</value>
    public double GateSigmas { get; init; } = 4.0;

    /// <value>Outliers of one sensor in a row after which the filter doubts itself and widens. Default 5.</value>
    public int OutliersBeforeReset { get; init; } = 5;

    /// <value>Oldest measurement accepted, s. Default 0.5.</value>
    public double MaxAgeS { get; init; } = 0.5;

    /// <value>Longest step integrated at once, s; a longer gap widens the covariance instead. Default 0.5.</value>
    public double MaxStepS { get; init; } = 0.5;

    /// <value>Fastest believable wheel speed, m/s. Default 3.</value>
    public double MaxSpeedMps { get; init; } = 3.0;

    /// <value>Fastest believable turn, rad/s. Default 3.</value>
    public double MaxTurnRateRadps { get; init; } = 3.0;

    /// <value>Smallest variance a heading is believed to have, rad². Default 1e-6.</value>
    public double MinHeadingVariance { get; init; } = 1e-6;

    /// <value>Time constant with which gravity corrects roll and pitch, s. Default 4.</value>
    public double GravityTimeConstantS { get; init; } = 4.0;

    /// <value>Standard deviation of the constant error of roll and pitch at the start, rad. Default 0.006.</value>
    public double TiltBiasSigmaRad { get; init; } = 0.006;

    /// <value>Random walk of the map's own tilt as it grows, rad per √m. Default 0.0003.</value>
    public double MapTiltWalk { get; init; } = 0.0003;

    /// <value>Standard deviation added to each measured tilt of a scan against the map, rad. Default 0.0015.</value>
    public double TiltMeasurementSigmaRad { get; init; } = 0.0015;

    /// <value>Gravity of the planet, m/s²; accelerations that differ by a quarter correct nothing. Default 3.71.</value>
    public double GravityMps2 { get; init; } = 3.71;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(DistanceSigma), DistanceSigma, 1e-5, 10),
        OptionCheck.InRange(nameof(LateralSigma), LateralSigma, 1e-5, 10),
        OptionCheck.InRange(nameof(SlopeSigma), SlopeSigma, 0, 10),
        OptionCheck.InRange(nameof(EffectiveTrackM), EffectiveTrackM, 0, 20),
        OptionCheck.InRange(nameof(HeightSigma), HeightSigma, 1e-5, 10),
        OptionCheck.InRange(nameof(TurnSigma), TurnSigma, 0, 10),
        OptionCheck.InRange(nameof(GyroSigma), GyroSigma, 1e-7, 1),
        OptionCheck.InRange(nameof(GyroBiasWalk), GyroBiasWalk, 0, 1),
        OptionCheck.InRange(nameof(InitialGyroBiasSigma), InitialGyroBiasSigma, 0, 1),
        OptionCheck.InRange(nameof(InitialSlip), InitialSlip, -0.5, 0.9),
        OptionCheck.InRange(nameof(InitialSlipSigma), InitialSlipSigma, 0, 1),
        OptionCheck.InRange(nameof(InitialSlopeSlip), InitialSlopeSlip, -20, 20),
        OptionCheck.InRange(nameof(InitialSlopeSlipSigma), InitialSlopeSlipSigma, 0, 20),
        OptionCheck.InRange(nameof(InitialLateralSlip), InitialLateralSlip, -5, 5),
        OptionCheck.InRange(nameof(InitialLateralSlipSigma), InitialLateralSlipSigma, 0, 5),
        OptionCheck.InRange(nameof(SlipWalk), SlipWalk, 0, 1),
        OptionCheck.InRange(nameof(SlopeSlipWalk), SlopeSlipWalk, 0, 10),
        OptionCheck.InRange(nameof(LateralSlipWalk), LateralSlipWalk, 0, 10),
        OptionCheck.InRange(nameof(InitialPositionSigma), InitialPositionSigma, 0, 1000),
        OptionCheck.InRange(nameof(InitialYawSigma), InitialYawSigma, 0, 4),
        OptionCheck.InRange(nameof(GateSigmas), GateSigmas, 1, 20),
        OptionCheck.InRange(nameof(OutliersBeforeReset), OutliersBeforeReset, 1, 1000),
        OptionCheck.InRange(nameof(MaxAgeS), MaxAgeS, 0.01, 60),
        OptionCheck.InRange(nameof(MaxStepS), MaxStepS, 0.01, 10),
        OptionCheck.InRange(nameof(MaxSpeedMps), MaxSpeedMps, 0.01, 100),
        OptionCheck.InRange(nameof(MaxTurnRateRadps), MaxTurnRateRadps, 0.01, 100),
        OptionCheck.InRange(nameof(MinHeadingVariance), MinHeadingVariance, 1e-12, 1),
        OptionCheck.InRange(nameof(GravityTimeConstantS), GravityTimeConstantS, 0.05, 100),
        OptionCheck.InRange(nameof(TiltBiasSigmaRad), TiltBiasSigmaRad, 0, 0.5),
        OptionCheck.InRange(nameof(MapTiltWalk), MapTiltWalk, 0, 0.1),
        OptionCheck.InRange(nameof(TiltMeasurementSigmaRad), TiltMeasurementSigmaRad, 1e-6, 0.5),
        OptionCheck.InRange(nameof(GravityMps2), GravityMps2, 0.1, 30));
}
