namespace Aios.Sim;

/// <summary>
/// Motors and motor driver of a skid-steered rover: the wheels of one side turn together. Speeds are rim speeds in
/// m/s, forces at the rim in N, both positive forward.
/// </summary>
internal sealed class Drivetrain(ChassisModel chassis, DriveModel drive)
{
    private double _targetLeft;
    private double _targetRight;

    /// <summary>Rim speed of the left wheels, m/s.</summary>
    public double RimLeft { get; private set; }

    /// <summary>Rim speed of the right wheels, m/s.</summary>
    public double RimRight { get; private set; }

    /// <summary>Electrical power of both motors, W.</summary>
    public double ElectricalW { get; private set; }

    /// <summary>True while neither side turns nor is asked to.</summary>
    public bool IsAtRest => RimLeft == 0.0 && RimRight == 0.0 && _targetLeft == 0.0 && _targetRight == 0.0;

    /// <summary>
    /// Mixes a speed (m/s) and a yaw rate (rad/s) into rim speeds, within the driver's limits. A value that is not a
    /// finite number stops both sides.
    /// </summary>
    public void SetTarget(double speedMps, double yawRateRps)
    {
        if (!(double.IsFinite(speedMps) && double.IsFinite(yawRateRps)))
        {
            _targetLeft = _targetRight = 0.0;
            return;
        }

        double v = Math.Clamp(speedMps, -drive.MaxSpeedMps, drive.MaxSpeedMps);
        double w = Math.Clamp(yawRateRps, -drive.MaxYawRateRps, drive.MaxYawRateRps);
        double half = 0.5 * w * drive.NominalTrackFactor * chassis.TrackM;
        double scale = Math.Min(1.0, drive.MaxRimSpeedMps / Math.Max(Math.Abs(v) + Math.Abs(half), 1e-9));
        _targetLeft = (v - half) * scale;
        _targetRight = (v + half) * scale;
    }

    /// <summary>Moves the rim speeds towards their targets under the given load forces.</summary>
    /// <param name="loadLeft">Force the ground asks of the left wheels to keep the present motion, N.</param>
    /// <param name="loadRight">The same for the right wheels, N.</param>
    /// <param name="stuckLeft">The left wheels are jammed.</param>
    /// <param name="stuckRight">The right wheels are jammed.</param>
    /// <param name="dtS">Step, s.</param>
    public void Step(double loadLeft, double loadRight, bool stuckLeft, bool stuckRight, double dtS)
    {
        RimLeft = stuckLeft ? 0.0 : Respond(RimLeft, _targetLeft, loadLeft, dtS);
        RimRight = stuckRight ? 0.0 : Respond(RimRight, _targetRight, loadRight, dtS);
        ElectricalW = (Math.Max(0.0, loadLeft * RimLeft) + Math.Max(0.0, loadRight * RimRight)) / drive.Efficiency;
    }

    private double Respond(double rim, double target, double load, double dtS)
    {
        // A DC motor's torque falls linearly with speed, so a load lowers the speed that full voltage can hold.
        double against = target >= 0.0 ? load : -load;
        double reachable = drive.NoLoadRimSpeedMps * Math.Max(0.0, 1.0 - (Math.Max(0.0, against) / drive.StallForcePerSideN));
        double goal = Math.Clamp(target, -reachable, reachable);
        double change = (goal - rim) * Math.Min(1.0, dtS / drive.ResponseTimeS);
        double limit = drive.MaxRimAccelerationMps2 * dtS;
        double next = rim + Math.Clamp(change, -limit, limit);
        return goal == 0.0 && Math.Abs(next) < 1e-3 ? 0.0 : next;
    }
}
