using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// Turns rim speeds into the motion of the body over soil: slip along and across the slope, slip in turns, and a
/// slowly varying part for soil that is never quite even.
/// </summary>
internal sealed class SoilContact(ChassisModel chassis, SeededRandom random)
{
    /// <summary>Distance over which the soil's unevenness forgets itself, m.</summary>
    private const double CorrelationLengthM = 0.5;

    /// <summary>Part of the ground speed that varies on any soil, one standard deviation.</summary>
    private const double SpeedVariation = 0.01;

    /// <summary>Part of the yaw rate that varies on any soil, one standard deviation.</summary>
    private const double TurnVariation = 0.04;

    private double _along;
    private double _around;

    /// <summary>Velocity of the body along its x axis, m/s.</summary>
    public double Forward { get; private set; }

    /// <summary>Velocity of the body along its y axis, m/s.</summary>
    public double Lateral { get; private set; }

    /// <summary>Yaw rate, rad/s.</summary>
    public double YawRate { get; private set; }

    public void Stop() => Forward = Lateral = YawRate = 0.0;

    /// <summary>One step on soil for rim speeds in m/s.</summary>
    public void Step(SoilTraction soil, in Attitude attitude, double rimLeft, double rimRight, double dtS)
    {
        double travel = 0.5 * (Math.Abs(rimLeft) + Math.Abs(rimRight));
        Wander(travel * dtS);
        double uphill = -attitude.Pitch;
        double left = GroundSpeed(soil, rimLeft, uphill);
        double right = GroundSpeed(soil, rimRight, uphill);
        Forward = 0.5 * (left + right) * (1.0 + (SpeedVariation * _along));
        YawRate = (right - left) / (soil.TrackFactor * chassis.TrackM) * (1.0 + (TurnVariation * _around));
        double creep = travel * soil.LateralSlip(attitude.SinRoll / Math.Max(attitude.CosRoll, 0.1));
        Lateral = attitude.SinRoll > 0.0 ? -creep : creep;
    }

    private double GroundSpeed(SoilTraction soil, double rim, double uphillRad)
    {
        double slip = soil.Slip(rim >= 0.0 ? uphillRad : -uphillRad) * (1.0 + (soil.Parameters.SlipNoise * _along));
        return rim * (1.0 - Math.Min(slip, 1.0));
    }

    /// <summary>Two first-order Gauss-Markov processes in distance travelled, of unit variance; at rest nothing is drawn.</summary>
    private void Wander(double travelledM)
    {
        if (travelledM <= 0.0)
        {
            return;
        }

        double forget = Math.Min(1.0, travelledM / CorrelationLengthM);
        double kick = Math.Sqrt(2.0 * forget);
        _along += (kick * random.NextGaussian()) - (forget * _along);
        _around += (kick * random.NextGaussian()) - (forget * _around);
    }
}
