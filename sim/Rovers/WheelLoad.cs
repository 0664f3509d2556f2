namespace Aios.Sim;

/// <summary>Forces the ground asks of the wheels of each side to keep the present motion, N at the rim.</summary>
internal readonly record struct WheelLoad(double LeftN, double RightN, double NormalN)
{
    private const double SmoothingMps = 0.02;
    private const double BlockedTraction = 0.35;

    /// <summary>
    /// Grade, rolling resistance, the scrub of a skid-steered turn, and spinning against an obstacle.
    /// </summary>
    /// <remarks>
    /// Scrub: with the load spread evenly over the wheelbase L, turning in place takes the moment μ·N·L/4 (Wong,
    /// "Theory of Ground Vehicles", skid steering of tracked vehicles). A rolling turn needs less, as the sideways
    /// part of the wheels' sliding shrinks beside their rolling.
    /// </remarks>
    public static WheelLoad Of(
        ChassisModel chassis, SoilTraction soil, in Attitude attitude, double gravityMps2, double rimLeft, double rimRight,
        bool blocked)
    {
        double weight = chassis.MassKg * gravityMps2;
        double normal = weight * Math.Max(0.0, attitude.CosTilt);
        double grade = -0.5 * weight * attitude.SinPitch;
        double rolling = 0.5 * normal * (soil.Parameters.RollingResistance + (blocked ? BlockedTraction : 0.0));
        double sideways = Math.Abs(rimRight - rimLeft) * chassis.HalfWheelbaseM / chassis.TrackM;
        double forward = 0.5 * Math.Abs(rimLeft + rimRight);
        double share = sideways / (sideways + (0.3 * forward) + SmoothingMps);
        double moment = 0.25 * soil.ScrubFriction * normal * 2.0 * chassis.HalfWheelbaseM;
        double scrub = moment / chassis.TrackM * share * Math.Sign(rimRight - rimLeft);
        return new WheelLoad(
            grade + (rolling * Direction(rimLeft)) - scrub, grade + (rolling * Direction(rimRight)) + scrub, normal);
    }

    private static double Direction(double rim) => rim / (Math.Abs(rim) + SmoothingMps);
}
