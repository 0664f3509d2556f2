using Aios.Terrain;

namespace Aios.Sim;

/// <summary>
/// How one kind of soil carries and grips a wheeled rover: the terrain's slip figures, and what only a vehicle needs.
/// </summary>
/// <remarks>
/// Slip is (rim speed − ground speed) / rim speed. Its curve over the slope is the terrain's
/// (<see cref="SoilParameters.Slip"/>), tabulated here because every wheel side asks for it in every step.
/// </remarks>
internal sealed class SoilTraction
{
    private const double TableStepRad = 0.005;
    private const int TableHalf = 240;

    private readonly double[] _slip = new double[(2 * TableHalf) + 1];

    private SoilTraction(SoilKind kind, double trackFactor, double scrubFriction, double staticFriction)
    {
        Parameters = SoilParameters.Of(kind);
        TrackFactor = trackFactor;
        ScrubFriction = scrubFriction;
        StaticFriction = staticFriction;
        for (int i = -TableHalf; i <= TableHalf; i++)
        {
            _slip[i + TableHalf] = Parameters.Slip(i * TableStepRad);
        }
    }

    /// <summary>The terrain's own figures.</summary>
    public SoilParameters Parameters { get; }

    /// <summary>Effective over geometric track of a skid-steered turn, ≥ 1.</summary>
    public double TrackFactor { get; }

    /// <summary>Sideways friction of a scrubbing wheel.</summary>
    public double ScrubFriction { get; }

    /// <summary>Tangent of the slope at which a rover at rest starts to slide.</summary>
    public double StaticFriction { get; }

    /// <summary>Friction of a sliding rover.</summary>
    public double SlidingFriction => 0.8 * StaticFriction;

    public static SoilTraction Bedrock { get; } = new(SoilKind.Bedrock, 1.4, 0.6, 0.9);

    public static SoilTraction Cohesive { get; } = new(SoilKind.Cohesive, 1.5, 0.5, 0.75);

    public static SoilTraction LooseSand { get; } = new(SoilKind.LooseSand, 1.7, 0.45, 0.6);

    public static SoilTraction Of(SoilKind kind) => kind switch
    {
        SoilKind.Bedrock => Bedrock,
        SoilKind.LooseSand => LooseSand,
        _ => Cohesive,
    };

    /// <summary>Mean slip of a wheel travelling along a slope, rad, positive uphill.</summary>
    /// <returns>Slip in [−0.3, 1]; 1 means that the wheel turns and the rover stays, negative that it skids ahead.</returns>
    public double Slip(double slopeRad)
    {
        double at = Math.Clamp(slopeRad / TableStepRad, -TableHalf, TableHalf - 1e-9) + TableHalf;
        int i = (int)at;
        return _slip[i] + ((at - i) * (_slip[i + 1] - _slip[i]));
    }

    /// <summary>Creep down the cross slope per unit of travel for the tangent of the slope, in [0, 0.6].</summary>
    public double LateralSlip(double tangent) => Math.Min(Parameters.SideSlip * Math.Abs(tangent), 0.6);
}
