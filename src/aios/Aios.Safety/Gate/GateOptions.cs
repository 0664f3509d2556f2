namespace Aios.Safety;

/// <summary>Limits and time-outs of the gate. Immutable; check with <see cref="Validate"/> before use.</summary>
public sealed record GateOptions
{
    /// <value>Greatest forward speed, m/s. (0, 5].</value>
    public double MaxSpeedMps { get; init; } = 0.6;

    /// <value>Greatest reverse speed, m/s. [0, <see cref="MaxSpeedMps"/>].</value>
    public double MaxReverseMps { get; init; } = 0.3;

    /// <value>Greatest yaw rate, rad/s. (0, 5].</value>
    public double MaxYawRateRps { get; init; } = 0.6;

    /// <value>Greatest growth of speed, m/s². (0, 10].</value>
    public double MaxAccelMps2 { get; init; } = 0.5;

    /// <value>Greatest ordinary decay of speed, m/s², also the braking assumed for stopping distances. (0, 10].</value>
    public double MaxDecelMps2 { get; init; } = 1.0;

    /// <value>Greatest change of yaw rate, rad/s². (0, 20].</value>
    public double MaxYawAccelRps2 { get; init; } = 2.0;

    /// <value>Greatest |v·ω|, m/s². (0, 10].</value>
    public double MaxLateralAccelMps2 { get; init; } = 0.4;

    /// <value>Greatest path curvature, 1/m. (0, 100]. Binds above <see cref="PivotSpeedMps"/> only.</value>
    public double MaxCurvaturePerM { get; init; } = 4.0;

    /// <value>Speed below which the curvature bound stays that of this speed, so that turning in place is possible, m/s. [0, 5].</value>
    public double PivotSpeedMps { get; init; } = 0.15;

    /// <value>Speed allowed on the steepest permitted slope, back from outside a fence, and in recovery, m/s. (0, <see cref="MaxSpeedMps"/>].</value>
    public double CrawlSpeedMps { get; init; } = 0.15;

    /// <value>Tilt up to which full speed is allowed, rad.</value>
    public double SlopeFullSpeedRad { get; init; } = 0.175;

    /// <value>Tilt from which only crawl speed is allowed, rad; between the two the cap falls linearly.</value>
    public double SlopeCrawlRad { get; init; } = 0.385;

    /// <value>Tilt from which the executive is held, rad.</value>
    public double TiltHoldRad { get; init; } = 0.49;

    /// <value>Tilt below which that hold ends, rad.</value>
    public double TiltReleaseRad { get; init; } = 0.44;

    /// <value>Tilt that latches a stop, rad.</value>
    public double TiltCriticalRad { get; init; } = 0.66;

    /// <value>Rate of roll or pitch beyond which the rover crawls, rad/s.</value>
    public double TiltRateRps { get; init; } = 1.0;

    /// <value>How long it crawls after such a rate, ns.</value>
    public long TiltRateHoldoffNs { get; init; } = 500_000_000;

    /// <value>Oldest acceptable command, ns.</value>
    public long CommandTimeoutNs { get; init; } = 500_000_000;

    /// <value>Oldest acceptable attitude, ns.</value>
    public long AttitudeTimeoutNs { get; init; } = 250_000_000;

    /// <value>Oldest acceptable pose, ns; matters only where a fence or keep-out is set.</value>
    public long PoseTimeoutNs { get; init; } = 1_000_000_000;

    /// <value>Oldest acceptable speed measurement, ns.</value>
    public long SpeedTimeoutNs { get; init; } = 500_000_000;

    /// <value>Oldest acceptable battery state, ns.</value>
    public long BatteryTimeoutNs { get; init; } = 5_000_000_000;

    /// <value>How far a stamp may lie in the future, ns (clock skew).</value>
    public long FutureToleranceNs { get; init; } = 100_000_000;

    /// <value>Longest tick that acceleration is integrated over, ns; also the length assumed for the first tick.</value>
    public long MaxTickNs { get; init; } = 100_000_000;

    /// <value>Measured speed may exceed the limit by this factor before the rover is held. [1, 10].</value>
    public double OverspeedFactor { get; init; } = 1.5;

    /// <value>Charge that latches a stop, so that radio and heaters live on, Wh.</value>
    public double BatteryCriticalWh { get; init; } = 10;

    /// <value>Charge that must remain on arriving home, Wh.</value>
    public double BatteryReserveWh { get; init; } = 15;

    /// <value>Factor on the estimated energy to get home. [1, 10].</value>
    public double HomeEnergyFactor { get; init; } = 1.3;

    /// <value>How far the energy to get home may grow after the return point, Wh (detours round a crater).</value>
    public double AwayAllowanceWh { get; init; } = 5;

    /// <value>Distance kept from fence and keep-outs beside two sigma of the pose, m (the rover's half width).</value>
    public double FenceMarginM { get; init; } = 0.6;

    /// <value>Silence of all other rovers after which speed is bounded, ns; 0 turns it off.</value>
    public long IsolationTimeoutNs { get; init; } = 30_000_000_000;

    /// <value>Speed allowed when isolated, m/s.</value>
    public double IsolatedSpeedMps { get; init; } = 0.3;

    /// <value>Time before braking begins, s: one tick of the gate, transport and drive.</value>
    public double ReactionTimeS { get; init; } = 0.25;

    /// <value>Clearance that must remain on the stopping path, m (footprint radius and map error).</value>
    public double RequiredClearanceM { get; init; } = 0.6;

    /// <value>Points probed on the stopping path. [1, 64].</value>
    public int ProbeSamples { get; init; } = 8;

    /// <value>Recoverable ticks in a row before the executive gets control back. [1, 10000].</value>
    public int HandbackTicks { get; init; } = 10;

    /// <value>Number of the stop before the first one. Must grow with every start of the computer: a permit for a stop of a former life must lift none of this one. [0, 2³¹).</value>
    public long FormerStopId { get; init; }

    /// <summary>Checks every bound. Returns one message per broken one, each naming property, value and range.</summary>
    public IReadOnlyList<string> Validate() => GateOptionsValidator.Validate(this);
}
