namespace Aios.Safety;

public sealed partial class SafetyGate
{
    private readonly record struct Caps(double Forward, double Reverse, double YawRate)
    {
        public double Linear(double sign) => sign < 0 ? Reverse : Forward;
    }

    private GateAction Drive<TProbe>(
        in GateInputs inputs, in Tick tick, in StampedCommand command, ref TProbe probe, ref TProbe safeProbe, ref ulong reasons,
        out double linear, out double angular)
        where TProbe : struct, IClearanceProbe
    {
        ulong bounds = 0;
        Caps caps = CapsOf(inputs.Fleet, tick, ref bounds);
        linear = command.LinearMps;
        angular = command.AngularRps;
        Bound(caps, tick.DtS, ref linear, ref angular, ref bounds);
        KeepToZones(inputs, tick, ref linear, ref bounds);

        GateAction action = GateAction.Pass;
        if (tick.Source != CommandSource.Operator)
        {
            action = Assure(inputs, tick, caps, command, ref probe, ref safeProbe, ref linear, ref angular, ref bounds);
        }
        else
        {
            _recoverableTicks = 0;
        }

        reasons |= bounds;
        if (linear != command.LinearMps || angular != command.AngularRps)
        {
            action = action == GateAction.Pass ? GateAction.Limit : action;
        }

        if ((bounds & GateReasonSet.HoldMask) != 0 && linear == 0 && angular == 0)
        {
            action = GateAction.Hold;
        }

        return action;
    }

    private Caps CapsOf(in FleetState fleet, in Tick tick, ref ulong bounds)
    {
        double slope = SlopeFactor(tick.TiltRad);
        double most = _options.MaxSpeedMps;
        if (slope < 1)
        {
            most = Lower(most, _options.MaxSpeedMps * slope, GateReason.SlopeLimit, ref bounds);
        }

        if (tick.NowNs < _tiltRateUntilNs)
        {
            most = Lower(most, _options.CrawlSpeedMps, GateReason.TiltRateLimit, ref bounds);
        }

        // Nobody was heard in the future: whoever says so has not been heard at all.
        bool isPast = fleet.LastPeerHeardNs <= SaturatingAdd(tick.NowNs, _options.FutureToleranceNs);
        long heardNs = Math.Max(0, Math.Max(isPast ? fleet.LastPeerHeardNs : 0, _firstNowNs));
        if (_options.IsolationTimeoutNs > 0 && tick.NowNs - heardNs > _options.IsolationTimeoutNs)
        {
            most = Lower(most, _options.IsolatedSpeedMps, GateReason.IsolatedLimit, ref bounds);
        }

        if (fleet.SpeedLimitMps > 0)
        {
            most = Lower(most, fleet.SpeedLimitMps, GateReason.FleetSpeedLimit, ref bounds);
        }

        return new Caps(most, Math.Min(most, _options.MaxReverseMps), _options.MaxYawRateRps * slope);
    }

    /// <summary>1 on gentle slopes, falling linearly to crawl/max at the steepest; the same factor bounds the yaw rate.</summary>
    private double SlopeFactor(double tilt)
    {
        double least = _options.CrawlSpeedMps / _options.MaxSpeedMps;
        if (tilt <= _options.SlopeFullSpeedRad)
        {
            return 1;
        }

        if (tilt >= _options.SlopeCrawlRad)
        {
            return least;
        }

        double t = (tilt - _options.SlopeFullSpeedRad) / (_options.SlopeCrawlRad - _options.SlopeFullSpeedRad);
        return 1 - (t * (1 - least));
    }

    /// <summary>Bounds a command: caps with curvature kept, curvature, lateral acceleration, then acceleration, then caps again.</summary>
    private void Bound(in Caps caps, double dtS, ref double linear, ref double angular, ref ulong bounds)
    {
        ScaleToCaps(caps, ref linear, ref angular, ref bounds);
        LimitTurning(ref linear, ref angular, ref bounds);
        double wantedLinear = linear, wantedAngular = angular;
        linear = LimitLinearRate(wantedLinear, dtS);
        angular = Clamp(wantedAngular, _lastAngular - (_options.MaxYawAccelRps2 * dtS), _lastAngular + (_options.MaxYawAccelRps2 * dtS));
        bounds |= linear != wantedLinear ? GateReasonSet.Bit(GateReason.AccelerationLimit) : 0;
        bounds |= angular != wantedAngular ? GateReasonSet.Bit(GateReason.YawAccelerationLimit) : 0;

        // The last output may lie above caps that have just fallen: caps win over smoothness.
        linear = Clamp(linear, -caps.Reverse, caps.Forward);
        angular = Clamp(angular, -caps.YawRate, caps.YawRate);
        double turn = MostTurn(linear);
        angular = Clamp(angular, -turn, turn);
    }

    private static void ScaleToCaps(in Caps caps, ref double linear, ref double angular, ref ulong bounds)
    {
        double scale = 1;
        double most = caps.Linear(linear);
        if (Math.Abs(linear) > most)
        {
            scale = most / Math.Abs(linear);
            bounds |= GateReasonSet.Bit(GateReason.SpeedLimit);
        }

        if (Math.Abs(angular) * scale > caps.YawRate)
        {
            scale = caps.YawRate / Math.Abs(angular);
            bounds |= GateReasonSet.Bit(GateReason.YawRateLimit);
        }

        linear = Clamp(linear * scale, -caps.Reverse, caps.Forward);
        angular = Clamp(angular * scale, -caps.YawRate, caps.YawRate);
    }

    private void LimitTurning(ref double linear, ref double angular, ref ulong bounds)
    {
        double curvature = CurvatureTurn(linear);
        if (Math.Abs(angular) > curvature)
        {
            angular = Clamp(angular, -curvature, curvature);
            bounds |= GateReasonSet.Bit(GateReason.CurvatureLimit);
        }

        double lateral = Math.Abs(linear * angular);
        if (lateral > _options.MaxLateralAccelMps2)
        {
            double scale = Math.Sqrt(_options.MaxLateralAccelMps2 / lateral);
            linear *= scale;
            angular *= scale;
            bounds |= GateReasonSet.Bit(GateReason.LateralAccelerationLimit);
        }
    }

    private double CurvatureTurn(double linear) =>
        _options.MaxCurvaturePerM * Math.Max(Math.Abs(linear), _options.PivotSpeedMps);

    private double MostTurn(double linear)
    {
        double curvature = CurvatureTurn(linear);
        double speed = Math.Abs(linear);
        return speed * curvature > _options.MaxLateralAccelMps2 ? _options.MaxLateralAccelMps2 / speed : curvature;
    }

    /// <summary>Growing |v| keeps to the acceleration limit, falling |v| to the deceleration limit; through zero: first down, then up.</summary>
    private double LimitLinearRate(double wanted, double dtS)
    {
        double up = _options.MaxAccelMps2 * dtS, down = _options.MaxDecelMps2 * dtS;
        double last = _lastLinear;
        return last > 0 ? Clamp(wanted, Math.Max(last - down, -up), last + up)
            : last < 0 ? Clamp(wanted, last - up, Math.Min(last + down, up))
            : Clamp(wanted, -up, up);
    }

    private static double Lower(double value, double cap, GateReason reason, ref ulong bounds)
    {
        if (cap < value)
        {
            bounds |= GateReasonSet.Bit(reason);
            return cap;
        }

        return value;
    }

    private static double Clamp(double value, double least, double most) =>
        value < least ? least : value > most ? most : value;
}
