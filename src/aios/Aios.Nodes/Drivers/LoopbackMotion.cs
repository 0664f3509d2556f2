using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>
/// A rover on a flat floor whose wheels never slip: what it is told comes back as motion, within bounds of acceleration.
/// A command that is too old or not a number stops it, as every motor driver must. No I/O, no clock; not thread-safe.
/// </summary>
/// <param name="start">Pose at the beginning, map frame.</param>
public sealed class LoopbackMotion(Pose2 start)
{
    /// <summary>A command older than this stands for none, ns.</summary>
    public const long CommandTimeoutNs = 500_000_000;

    private const double MaxAcceleration = 0.8;
    private const double MaxYawAcceleration = 1.5;

    private double _wantedSpeed;
    private double _wantedYawRate;
    private long _commandNs = long.MinValue;

    /// <summary>Pose, map frame.</summary>
    public Pose2 Pose { get; private set; } = start;

    /// <summary>Forward speed, m/s.</summary>
    public double Speed { get; private set; }

    /// <summary>Yaw rate, rad/s.</summary>
    public double YawRate { get; private set; }

    /// <summary>Forward acceleration over the last step, m/s².</summary>
    public double Acceleration { get; private set; }

    /// <summary>Takes a command.</summary>
    /// <param name="speed">Forward speed, m/s.</param>
    /// <param name="yawRate">Yaw rate, rad/s.</param>
    /// <param name="nowNs">When it came, ns.</param>
    public void Command(double speed, double yawRate, long nowNs) => (_wantedSpeed, _wantedYawRate, _commandNs) = (speed, yawRate, nowNs);

    /// <summary>Moves on.</summary>
    /// <param name="dt">Time since the last step, s; above 0.</param>
    /// <param name="nowNs">Time after the step, ns.</param>
    public void Step(double dt, long nowNs)
    {
        var isGood = _commandNs != long.MinValue && nowNs - _commandNs <= CommandTimeoutNs
            && double.IsFinite(_wantedSpeed) && double.IsFinite(_wantedYawRate);
        var speed = Approach(Speed, isGood ? _wantedSpeed : 0, MaxAcceleration * dt);
        var yawRate = Approach(YawRate, isGood ? _wantedYawRate : 0, MaxYawAcceleration * dt);
        Acceleration = (speed - Speed) / dt;
        (Speed, YawRate) = (speed, yawRate);
        var (sin, cos) = DetMath.SinCos(Pose.Yaw + (0.5 * yawRate * dt));
        Pose = new Pose2(Pose.X + (speed * dt * cos), Pose.Y + (speed * dt * sin), Angles.WrapToPi(Pose.Yaw + (yawRate * dt)));
    }

    private static double Approach(double value, double target, double most) => value + Math.Clamp(target - value, -most, most);
}
