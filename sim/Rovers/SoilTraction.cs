using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// How one soil carries and grips a wheeled rover.
/// </summary>
/// <remarks>
/// Slip is the ratio (rim speed − ground speed) / rim speed. Against the slope along the wheel's direction of
/// travel it is modelled as <c>base + a·(exp(b·slope) − 1)</c>. That is the shape of the curves measured with the
/// Mars Exploration Rovers' test vehicle and in flight (Lindemann &amp; Voorhees, "Mars Exploration Rover mobility
/// assembly design, test and performance", IEEE SMC 2005) and with Curiosity (Heverly et al., "Traverse performance
/// characterization for the Mars Science Laboratory rover", J. Field Robotics 2013): a few per cent on level ground,
/// about 20 % at 10° and nearly total at 20° on loose sand, small on bedrock up to 25°. The numbers are read off
/// those shapes, not a fit to data.
/// </remarks>
public sealed record SoilTraction
{
    /// <value>Slip on level ground, [0, 1).</value>
    public double BaseSlip { get; init; }

    /// <value>Factor a of the slip curve.</value>
    public double SlopeFactor { get; init; }

    /// <value>Exponent b of the slip curve, 1/rad.</value>
    public double SlopeExponent { get; init; }

    /// <value>Downhill the wheels skid ahead of their rim speed by this fraction of the uphill slip growth.</value>
    public double DownhillFraction { get; init; } = 0.3;

    /// <value>Creep down the cross slope, as a fraction of the uphill slip growth on the same angle.</value>
    public double LateralFraction { get; init; } = 0.5;

    /// <value>Effective over geometric track of a skid-steered turn on this soil, ≥ 1.</value>
    public double TrackFactor { get; init; }

    /// <value>Rolling resistance over normal force.</value>
    public double RollingResistance { get; init; }

    /// <value>Sideways friction of a scrubbing wheel.</value>
    public double ScrubFriction { get; init; }

    /// <value>Tangent of the slope at which a rover at rest starts to slide.</value>
    public double StaticFriction { get; init; }

    /// <value>Friction of a sliding rover.</value>
    public double SlidingFriction { get; init; }

    /// <value>Standard deviation of the relative, slowly varying error of the ground speed.</value>
    public double Unevenness { get; init; }

    /// <summary>Solid or paved rock.</summary>
    public static SoilTraction Bedrock { get; } = new()
    {
        BaseSlip = 0.01, SlopeFactor = 0.0095, SlopeExponent = 4.6, TrackFactor = 1.4, RollingResistance = 0.03,
        ScrubFriction = 0.6, StaticFriction = 0.9, SlidingFriction = 0.7, Unevenness = 0.01,
    };

    /// <summary>Firm regolith: the ordinary plain.</summary>
    public static SoilTraction Regolith { get; } = new()
    {
        BaseSlip = 0.02, SlopeFactor = 0.0107, SlopeExponent = 8.93, TrackFactor = 1.5, RollingResistance = 0.08,
        ScrubFriction = 0.5, StaticFriction = 0.75, SlidingFriction = 0.6, Unevenness = 0.02,
    };

    /// <summary>Loose sand: ripples, drifts, crater floors.</summary>
    public static SoilTraction LooseSand { get; } = new()
    {
        BaseSlip = 0.05, SlopeFactor = 0.0889, SlopeExponent = 6.755, TrackFactor = 1.7, RollingResistance = 0.18,
        ScrubFriction = 0.45, StaticFriction = 0.6, SlidingFriction = 0.5, Unevenness = 0.04,
    };

    /// <summary>
    /// Slip of a wheel travelling along a slope.
    /// </summary>
    /// <param name="slopeRad">Angle of the ground along the direction of travel, rad; positive uphill.</param>
    /// <returns>Slip in [−0.5, 1]; 1 means that the wheel turns and the rover stays, negative that it skids ahead.</returns>
    public double Slip(double slopeRad)
    {
        double growth = Growth(Math.Abs(slopeRad));
        return slopeRad >= 0.0
            ? Math.Min(BaseSlip + growth, 1.0)
            : Math.Max(BaseSlip - (DownhillFraction * growth), -0.5);
    }

    /// <summary>
    /// Creep down the cross slope per unit of rim speed, in [0, 0.6].
    /// </summary>
    /// <param name="crossSlopeRad">Angle of the ground across the direction of travel, rad; the sign does not matter.</param>
    public double LateralSlip(double crossSlopeRad) =>
        Math.Min(LateralFraction * Growth(Math.Abs(crossSlopeRad)), 0.6);

    private double Growth(double angleRad) => SlopeFactor * (DetMath.Exp(SlopeExponent * angleRad) - 1.0);
}
