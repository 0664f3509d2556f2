using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// Turns rim speeds into the motion of the body over soil: slip along and across the slope, slip in turns, and a
/// slowly varying error for soil that is never quite even.
/// </summary>
internal sealed class SoilContact(ChassisModel chassis, SeededRandom random)
{
    /// <summary>Distance over which the soil's unevenness forgets itself, m.</summary>
    private const double CorrelationLengthM = 0.5;

    private double _forwardError;
    private double _turnError;

    /// <summary>Velocity of the body along its x axis, m/s.</summary>
    public double Forward { get; private set; }

    /// <summary>Velocity of the body along its y axis, m/s.</summary>
    public double Lateral { get; private set; }

    /// <summary>Yaw rate, rad/s.</summary>
    public double YawRate { get; private set; }

    public void Stop() => Forward = Lateral = YawRate = 0.0;

    public void Step(SoilTraction soil, in Attitude attitude, double rimLeft, double rimRight, double dtS)
    {
        Wander(soil.Unevenness, 0.5 * (Math.Abs(rimLeft) + Math.Abs(rimRight)) * dtS);
        double uphill = -attitude.Pitch;
        double left = rimLeft * (1.0 - soil.Slip(rimLeft >= 0.0 ? uphill : -uphill));
        double right = rimRight * (1.0 - soil.Slip(rimRight >= 0.0 ? uphill : -uphill));
        Forward = 0.5 * (left + right) * (1.0 + _forwardError);
        YawRate = (right - left) / (soil.TrackFactor * chassis.TrackM) * (1.0 + _turnError);
        double creep = 0.5 * (Math.Abs(rimLeft) + Math.Abs(rimRight)) * soil.LateralSlip(attitude.Roll);
        Lateral = attitude.Roll > 0.0 ? -creep : creep;
    }

    /// <summary>First-order Gauss-Markov process in distance travelled, so that a rover at rest does not draw.</summary>
    private void Wander(double sigma, double travelledM)
    {
        if (travelledM <= 0.0)
        {
            return;
        }

        double forget = Math.Min(1.0, travelledM / CorrelationLengthM);
        double kick = sigma * Math.Sqrt(2.0 * forget);
        _forwardError += (-forget * _forwardError) + (kick * random.NextGaussian());
        _turnError += (-forget * _turnError) + (2.0 * kick * random.NextGaussian());
    }
}
