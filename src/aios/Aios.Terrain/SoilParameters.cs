using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>
/// How wheels fare on a kind of soil. Slip s = 1 − v/(ω r) while climbing a slope β follows
/// s = min(1, FlatSlip + (tan β / tan SlopeAtFullSlip)^SlipExponent): the shape of the slip curves measured
/// for Mars rovers (Lindemann and Voorhees, IEEE SMC 2005; Heverly et al., J. Field Robotics 30(6), 2013),
/// with round numbers of our own.
/// </summary>
/// <param name="FlatSlip">Slip on level ground, 0 … 1.</param>
/// <param name="SlopeAtFullSlipRad">Slope at which the wheels turn without climbing, rad.</param>
/// <param name="SlipExponent">How late the slip sets in, ≥ 1.</param>
/// <param name="RollingResistance">Resisting force over normal force.</param>
/// <param name="SideSlip">Sideways drift over forward travel on a cross slope, per unit of tan β.</param>
/// <param name="SlipNoise">Standard deviation of the slip from place to place, as a part of the slip.</param>
public readonly record struct SoilParameters(
    double FlatSlip,
    double SlopeAtFullSlipRad,
    double SlipExponent,
    double RollingResistance,
    double SideSlip,
    double SlipNoise)
{
    /// <summary>The default figures of a kind.</summary>
    public static SoilParameters Of(SoilKind kind) => kind switch
    {
        SoilKind.Bedrock => new SoilParameters(0.01, 0.70, 3.0, 0.04, 0.05, 0.10),
        SoilKind.LooseSand => new SoilParameters(0.05, 0.38, 1.7, 0.15, 0.35, 0.25),
        _ => new SoilParameters(0.02, 0.52, 2.2, 0.08, 0.15, 0.15),
    };

    /// <summary>
    /// Mean slip on a slope of <paramref name="climbRad"/> in the direction of travel: 0 … 1 uphill; downhill
    /// the rover slides ahead of its wheels and the slip is negative, a third as large, not below −0.3.
    /// </summary>
    public double Slip(double climbRad)
    {
        double grade = DetMath.Tan(Math.Min(Math.Abs(climbRad), 1.4)) / DetMath.Tan(SlopeAtFullSlipRad);
        double grown = DetMath.Pow(grade, SlipExponent);
        return climbRad >= 0.0 ? Math.Min(1.0, FlatSlip + grown) : Math.Max(-0.3, FlatSlip - (grown / 3.0));
    }
}
