namespace Aios.Safety;

public sealed partial class SafetyGate
{
    /// <summary>Length of the look-ahead that tells inward from outward motion, m.</summary>
    private const double DirectionProbeM = 0.1;

    private void KeepToZones(in GateInputs inputs, in Tick tick, ref double linear, ref ulong bounds)
    {
        if (linear == 0 || !tick.PoseUsable)
        {
            return;
        }

        PoseSample pose = inputs.Pose;
        double direction = linear < 0 ? -1 : 1;
        double aheadX = pose.X + (direction * pose.HeadingX * DirectionProbeM);
        double aheadY = pose.Y + (direction * pose.HeadingY * DirectionProbeM);
        double margin = _options.FenceMarginM + (2 * pose.SigmaM);
        double speed = Math.Abs(linear);
        if (_fence is not null)
        {
            double here = _fence.SignedDistance(pose.X, pose.Y) - margin;
            if (!IsFarFromBoundary(speed, here, out double most))
            {
                double ahead = _fence.SignedDistance(aheadX, aheadY) - margin;
                speed = LimitAtBoundary(speed, most, here, ahead, GateReason.Geofence, GateReason.GeofenceLimit, ref bounds);
            }
        }

        for (int i = 0; i < _keepOuts.Length; i++)
        {
            if (i < 64 && ((inputs.Fleet.HazardPermits >> i) & 1) != 0)
            {
                continue;
            }

            double here = -_keepOuts[i].SignedDistance(pose.X, pose.Y) - margin;
            if (!IsFarFromBoundary(speed, here, out double most))
            {
                double ahead = -_keepOuts[i].SignedDistance(aheadX, aheadY) - margin;
                speed = LimitAtBoundary(speed, most, here, ahead, GateReason.KeepOut, GateReason.KeepOutLimit, ref bounds);
            }
        }

        speed = LimitDepartingHome(inputs, aheadX, aheadY, tick.Source, speed, ref bounds);
        linear = direction * speed;
    }

    /// <summary>Whether the rover, wherever it heads, stops before the boundary: then it need not be asked where it heads.</summary>
    /// <param name="speed">m/s.</param>
    /// <param name="here">Distance to the boundary from the allowed side, less the margin, m.</param>
    /// <param name="most">The speed from which it stops there, m/s.</param>
    private bool IsFarFromBoundary(double speed, double here, out double most)
    {
        most = SpeedThatStopsWithin(Math.Max(0, here));
        return here >= 0 && most >= speed;
    }

    // here: distance to the boundary from the allowed side, less the margin; ahead: the same a little further on, m.
    private double LimitAtBoundary(
        double speed, double most, double here, double ahead, GateReason stop, GateReason limit, ref ulong bounds)
    {
        if (ahead >= here)
        {
            return here < 0 ? Lower(speed, _options.CrawlSpeedMps, limit, ref bounds) : speed;
        }

        if (most <= 0)
        {
            bounds |= GateReasonSet.Bit(stop);
            return 0;
        }

        return Lower(speed, most, limit, ref bounds);
    }

    /// <summary>Solves d = v·t + v²/(2a) for v: the speed from which reaction and braking fit into the distance.</summary>
    private double SpeedThatStopsWithin(double distanceM)
    {
        double a = _options.MaxDecelMps2, t = _options.ReactionTimeS;
        return a * (Math.Sqrt((t * t) + (2 * distanceM / a)) - t);
    }

    private double LimitDepartingHome(
        in GateInputs inputs, double aheadX, double aheadY, CommandSource source, double speed, ref ulong bounds)
    {
        bool spent = _returning && inputs.Battery.EnergyToHomeWh > _leastEnergyToHomeWh + _options.AwayAllowanceWh;
        if (!spent || source != CommandSource.Executive)
        {
            return speed;
        }

        double hereX = inputs.Pose.X - inputs.Battery.HomeX, hereY = inputs.Pose.Y - inputs.Battery.HomeY;
        double thereX = aheadX - inputs.Battery.HomeX, thereY = aheadY - inputs.Battery.HomeY;
        if ((thereX * thereX) + (thereY * thereY) < (hereX * hereX) + (hereY * hereY))
        {
            return speed;
        }

        bounds |= GateReasonSet.Bit(GateReason.BatteryAwayFromHome);
        return 0;
    }
}
