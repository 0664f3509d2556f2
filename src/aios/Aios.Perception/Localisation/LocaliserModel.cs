using Aios.Numerics;

namespace Aios.Perception;

/// <summary>What a <see cref="Localiser"/> assumes at the start and between measurements.</summary>
internal static class LocaliserModel
{
    /// <summary>Sets state and covariance to those of a rover that has just been put at a place.</summary>
    public static void Start(PlanarEkf filter, LocaliserOptions options, Pose2 pose, double z)
    {
        Span<double> s = filter.State;
        s.Clear();
        (s[PlanarEkf.X], s[PlanarEkf.Y], s[PlanarEkf.Z]) = (pose.X, pose.Y, z);
        s[PlanarEkf.Yaw] = Angles.WrapToPi(pose.Yaw);
        s[PlanarEkf.Slip] = options.InitialSlip;
        s[PlanarEkf.SlopeSlip] = options.InitialSlopeSlip;
        s[PlanarEkf.LateralSlip] = options.InitialLateralSlip;
        ReadOnlySpan<double> sigmas =
        [
            options.InitialPositionSigma, options.InitialPositionSigma, options.InitialPositionSigma,
            options.InitialYawSigma, options.InitialSlipSigma, options.InitialSlopeSlipSigma,
            options.InitialLateralSlipSigma, options.InitialGyroBiasSigma,
        ];
        filter.Covariance.Clear();
        for (int i = 0; i < PlanarEkf.Size; i++)
        {
            filter.Covariance[(i * PlanarEkf.Size) + i] = sigmas[i] * sigmas[i];
        }
    }

    /// <summary>Variance that a step adds to each state.</summary>
    /// <param name="options">Noise densities.</param>
    /// <param name="step">The step as integrated.</param>
    /// <param name="elapsedS">Time since the step before, s; longer than the step when reports were lost.</param>
    /// <param name="forwardMps">Wheel speed, m/s.</param>
    /// <param name="turnRadps">Turn rate by the wheels, rad/s.</param>
    /// <param name="noise">The variances, in the order of the state.</param>
    public static void ProcessNoise(
        LocaliserOptions options, in MotionStep step, double elapsedS, double forwardMps, double turnRadps, Span<double> noise)
    {
        const double WheelTurnError = 0.3, WheelYawWalk = 1e-4;
        double path = Math.Abs(step.Distance), angle = Math.Abs(step.YawChange), lost = elapsedS - step.DurationS;
        double lostPath = Square(lost * forwardMps), turning = Square(options.TurnSigma) * angle;
        double slope = Square(options.SlopeSigma) * step.Travel;
        noise[PlanarEkf.X] = (Square(options.DistanceSigma) * path) + (slope * Square(step.Climb)) + turning + lostPath;
        noise[PlanarEkf.Y] = (Square(options.LateralSigma) * path) + (slope * Square(step.Bank)) + turning + lostPath;
        noise[PlanarEkf.Z] = (Square(options.HeightSigma) * path) + lostPath;
        noise[PlanarEkf.Yaw] = Square(lost * turnRadps) + (step.BiasApplies
            ? Square(options.GyroSigma) * step.DurationS
            : Square(WheelTurnError * step.YawChange) + (WheelYawWalk * path));
        noise[PlanarEkf.Slip] = Square(options.SlipWalk) * path;
        noise[PlanarEkf.SlopeSlip] = Square(options.SlopeSlipWalk) * step.Travel;
        noise[PlanarEkf.LateralSlip] = Square(options.LateralSlipWalk) * step.Travel;
        noise[PlanarEkf.GyroBias] = Square(options.GyroBiasWalk) * elapsedS;
    }

    private static double Square(double value) => value * value;
}
