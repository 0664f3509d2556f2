namespace Aios.Safety;

// Every check names NaN by writing the condition that must hold and negating it.
public sealed partial class SafetyGate
{
    /// <summary>A command beyond this multiple of the limits is a fault of its source, not a wish for speed.</summary>
    private const double AbsurdFactor = 100;

    /// <summary>A place or home further out than this is not on any mission's map, m.</summary>
    private const double MaxCoordinateM = 1e7;

    // Both stamps are positive where they are subtracted, so no bit pattern overflows.
    private bool IsFresh(long stampNs, long nowNs, long timeoutNs) =>
        stampNs > 0 && nowNs >= 0 && nowNs - stampNs <= timeoutNs && nowNs - stampNs >= -_options.FutureToleranceNs;

    private static bool IsCoordinate(double x, double y) =>
        Math.Abs(x) <= MaxCoordinateM && Math.Abs(y) <= MaxCoordinateM;

    private double CheckAttitude(in AttitudeSample attitude, long nowNs, ref ulong reasons)
    {
        if (!IsFresh(attitude.StampNs, nowNs, _options.AttitudeTimeoutNs))
        {
            reasons |= GateReasonSet.Bit(GateReason.AttitudeStale);
            return 0;
        }

        if (!(double.IsFinite(attitude.RollRad) && double.IsFinite(attitude.PitchRad)
            && double.IsFinite(attitude.RollRateRps) && double.IsFinite(attitude.PitchRateRps)))
        {
            reasons |= GateReasonSet.Bit(GateReason.AttitudeInvalid);
            return 0;
        }

        // hypot(roll, pitch) is never less than the true tilt acos(cos roll · cos pitch): it errs to the safe side.
        double tilt = Math.Sqrt((attitude.RollRad * attitude.RollRad) + (attitude.PitchRad * attitude.PitchRad));
        _tiltHeld = tilt >= (_tiltHeld ? _options.TiltReleaseRad : _options.TiltHoldRad);
        if (!(tilt < _options.TiltCriticalRad))
        {
            Latch(GateReasonSet.Bit(GateReason.TiltCritical));
        }

        double rate = Math.Max(Math.Abs(attitude.RollRateRps), Math.Abs(attitude.PitchRateRps));
        if (rate > _options.TiltRateRps)
        {
            _tiltRateUntilNs = SaturatingAdd(nowNs, _options.TiltRateHoldoffNs);
        }

        return tilt;
    }

    private void CheckSpeed(in SpeedSample speed, long nowNs, ref ulong reasons)
    {
        if (!IsFresh(speed.StampNs, nowNs, _options.SpeedTimeoutNs))
        {
            reasons |= GateReasonSet.Bit(GateReason.OdometryStale);
            return;
        }

        if (!(double.IsFinite(speed.LinearMps) && double.IsFinite(speed.AngularRps)))
        {
            reasons |= GateReasonSet.Bit(GateReason.OdometryInvalid);
            return;
        }

        if (Math.Abs(speed.LinearMps) > _options.MaxSpeedMps * _options.OverspeedFactor
            || Math.Abs(speed.AngularRps) > _options.MaxYawRateRps * _options.OverspeedFactor)
        {
            reasons |= GateReasonSet.Bit(GateReason.Overspeed);
        }
    }

    private void CheckBattery(in BatterySample battery, long nowNs, ref ulong reasons)
    {
        if (!IsFresh(battery.StampNs, nowNs, _options.BatteryTimeoutNs))
        {
            reasons |= GateReasonSet.Bit(GateReason.BatteryStale);
            return;
        }

        if (!(double.IsFinite(battery.ChargeWh) && battery.EnergyToHomeWh >= 0 && double.IsFinite(battery.EnergyToHomeWh)
            && IsCoordinate(battery.HomeX, battery.HomeY)))
        {
            reasons |= GateReasonSet.Bit(GateReason.BatteryInvalid);
            return;
        }

        if (battery.ChargeWh <= _options.BatteryCriticalWh)
        {
            Latch(GateReasonSet.Bit(GateReason.BatteryCritical));
        }

        double need = (battery.EnergyToHomeWh * _options.HomeEnergyFactor) + _options.BatteryReserveWh;
        bool returning = battery.ChargeWh < need;
        _leastEnergyToHomeWh = returning && _returning
            ? Math.Min(_leastEnergyToHomeWh, battery.EnergyToHomeWh)
            : battery.EnergyToHomeWh;
        _returning = returning;
        reasons |= returning ? GateReasonSet.Bit(GateReason.BatteryReturn) : 0;
    }

    private void CheckFleet(in FleetState fleet, ref ulong reasons)
    {
        if (fleet.Halted)
        {
            reasons |= GateReasonSet.Bit(GateReason.FleetHalt);
        }

        if (!(fleet.SpeedLimitMps >= 0 && double.IsFinite(fleet.SpeedLimitMps)))
        {
            reasons |= GateReasonSet.Bit(GateReason.FleetStateInvalid);
        }
    }

    private bool CheckPose(in PoseSample pose, long nowNs, ref ulong reasons)
    {
        ulong problem = 0;
        if (!IsFresh(pose.StampNs, nowNs, _options.PoseTimeoutNs))
        {
            problem = GateReasonSet.Bit(GateReason.PoseStale);
        }
        else if (!(IsCoordinate(pose.X, pose.Y) && pose.SigmaM >= 0 && pose.SigmaM <= MaxCoordinateM
            && Math.Abs((pose.HeadingX * pose.HeadingX) + (pose.HeadingY * pose.HeadingY) - 1) < 1e-3))
        {
            problem = GateReasonSet.Bit(GateReason.PoseInvalid);
        }

        bool needed = _fence is not null || _keepOuts.Length > 0 || _returning;
        reasons |= needed ? problem : 0;
        return problem == 0;
    }

    private static long SaturatingAdd(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
