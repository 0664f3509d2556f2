using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Acceleration of the body as the wheels tell it, to be taken off the accelerometer before that is believed to show
/// gravity. Noisy from one report to the next, but its integral is the change of speed, so it leaves no lasting error.
/// </summary>
public sealed class WheelAcceleration
{
    private const double NanosecondsPerSecond = 1e9;
    private const double LongestGapS = 0.3;
    private long _stampNs = long.MinValue;
    private double _forward;
    private double _turn;

    /// <summary>Body-frame acceleration since the last two reports, m/s²; zero before there are two.</summary>
    public Vector3d Value { get; private set; }

    /// <summary>Takes a report of the wheels; one that is not finite or not newer ends what was known.</summary>
    /// <param name="forwardMps">Forward speed, m/s.</param>
    /// <param name="turnRadps">Turn rate, rad/s; positive turns left, so that the acceleration v·ω points left.</param>
    /// <param name="stampNs">Time of the report, ns.</param>
    public void Update(double forwardMps, double turnRadps, long stampNs)
    {
        double dt = _stampNs == long.MinValue ? double.NaN : (stampNs - _stampNs) / NanosecondsPerSecond;
        bool usable = dt > 0 && dt <= LongestGapS && double.IsFinite(forwardMps) && double.IsFinite(turnRadps);
        Value = usable
            ? new Vector3d((forwardMps - _forward) / dt, 0.25 * (forwardMps + _forward) * (turnRadps + _turn), 0)
            : default;
        (_stampNs, _forward, _turn) = (stampNs, forwardMps, turnRadps);
    }
}
