using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// Encoders and the motor driver's dead reckoning: it believes that wheels roll without slip and that turns have the
/// nominal effective track, so slip is its error.
/// </summary>
public sealed class WheelOdometrySensor
{
    private readonly OdometryModel _model;
    private readonly SeededRandom _random;
    private readonly double _effectiveTrackM;
    private readonly double _scale;
    private double _left;
    private double _right;
    private long _lastNs;

    internal WheelOdometrySensor(OdometryModel model, ChassisModel chassis, DriveModel drive, SeededRandom random)
    {
        _model = model;
        _random = random;
        _effectiveTrackM = drive.NominalTrackFactor * chassis.TrackM;
        _scale = 1.0 + (model.ScaleSigma * random.NextGaussian());
    }

    /// <summary>Forward speed as the wheels turned since the last report, m/s.</summary>
    public double SpeedMps { get; private set; }

    /// <summary>Yaw rate as the wheels turned since the last report, rad/s.</summary>
    public double YawRateRps { get; private set; }

    /// <summary>Dead-reckoned pose, from the start as origin.</summary>
    public Pose2 Pose { get; private set; }

    /// <summary>Counts the wheels' turning of one step.</summary>
    internal void Accumulate(double rimLeft, double rimRight, double dtS)
    {
        _left += rimLeft * dtS;
        _right += rimRight * dtS;
    }

    internal void Sample(long nowNs, double noiseFactor)
    {
        double dt = (nowNs - _lastNs) * 1e-9;
        if (!(dt > 0.0))
        {
            return;
        }

        bool turned = _left != 0.0 || _right != 0.0;
        double sigma = turned ? _model.RimSpeedSigmaMps * noiseFactor : 0.0;
        double left = (_scale * _left / dt) + (sigma * _random.NextGaussian());
        double right = (_scale * _right / dt) + (sigma * _random.NextGaussian());
        _lastNs = nowNs;
        _left = _right = 0.0;
        SpeedMps = 0.5 * (left + right);
        YawRateRps = (right - left) / _effectiveTrackM;
        double turn = YawRateRps * dt;
        double middle = Pose.Yaw + (0.5 * turn);
        double run = SpeedMps * dt;
        Pose = new Pose2(
            Pose.X + (run * DetMath.Cos(middle)), Pose.Y + (run * DetMath.Sin(middle)), Angles.WrapToPi(Pose.Yaw + turn));
    }
}
