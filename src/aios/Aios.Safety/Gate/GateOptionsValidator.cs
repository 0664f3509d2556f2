using System.Globalization;

namespace Aios.Safety;

internal static class GateOptionsValidator
{
    public static List<string> Validate(GateOptions o)
    {
        var errors = new List<string>();
        CheckMotion(errors, o);
        CheckTilt(errors, o);
        CheckTimes(errors, o);
        CheckEnergy(errors, o);
        Range(errors, nameof(o.FenceMarginM), o.FenceMarginM, 0, 100);
        Range(errors, nameof(o.ReactionTimeS), o.ReactionTimeS, 0, 10);
        Range(errors, nameof(o.RequiredClearanceM), o.RequiredClearanceM, 0, 100);
        Range(errors, nameof(o.ProbeSamples), o.ProbeSamples, 1, 64);
        Range(errors, nameof(o.HandbackTicks), o.HandbackTicks, 1, 10_000);
        Range(errors, nameof(o.FormerStopId), o.FormerStopId, 0, int.MaxValue);
        return errors;
    }

    private static void CheckMotion(List<string> errors, GateOptions o)
    {
        Above(errors, nameof(o.MaxSpeedMps), o.MaxSpeedMps, 0, 5);
        Range(errors, nameof(o.MaxReverseMps), o.MaxReverseMps, 0, o.MaxSpeedMps);
        Above(errors, nameof(o.MaxYawRateRps), o.MaxYawRateRps, 0, 5);
        Above(errors, nameof(o.MaxAccelMps2), o.MaxAccelMps2, 0, 10);
        Above(errors, nameof(o.MaxDecelMps2), o.MaxDecelMps2, 0, 10);
        Above(errors, nameof(o.MaxYawAccelRps2), o.MaxYawAccelRps2, 0, 20);
        Above(errors, nameof(o.MaxLateralAccelMps2), o.MaxLateralAccelMps2, 0, 10);
        Above(errors, nameof(o.MaxCurvaturePerM), o.MaxCurvaturePerM, 0, 100);
        Range(errors, nameof(o.PivotSpeedMps), o.PivotSpeedMps, 0, 5);
        Above(errors, nameof(o.CrawlSpeedMps), o.CrawlSpeedMps, 0, o.MaxSpeedMps);
        Range(errors, nameof(o.IsolatedSpeedMps), o.IsolatedSpeedMps, 0, o.MaxSpeedMps);
        Range(errors, nameof(o.OverspeedFactor), o.OverspeedFactor, 1, 10);
    }

    private static void CheckTilt(List<string> errors, GateOptions o)
    {
        Range(errors, nameof(o.SlopeFullSpeedRad), o.SlopeFullSpeedRad, 0, 1.57);
        Above(errors, nameof(o.SlopeCrawlRad), o.SlopeCrawlRad, o.SlopeFullSpeedRad, 1.57);
        Range(errors, nameof(o.TiltReleaseRad), o.TiltReleaseRad, 0, 1.57);
        Above(errors, nameof(o.TiltHoldRad), o.TiltHoldRad, o.TiltReleaseRad, 1.57);
        Above(errors, nameof(o.TiltCriticalRad), o.TiltCriticalRad, o.TiltHoldRad, 1.57);
        Above(errors, nameof(o.TiltRateRps), o.TiltRateRps, 0, 100);
    }

    private static void CheckTimes(List<string> errors, GateOptions o)
    {
        const double Day = 86_400e9;
        Range(errors, nameof(o.TiltRateHoldoffNs), o.TiltRateHoldoffNs, 0, Day);
        Range(errors, nameof(o.CommandTimeoutNs), o.CommandTimeoutNs, 1, Day);
        Range(errors, nameof(o.AttitudeTimeoutNs), o.AttitudeTimeoutNs, 1, Day);
        Range(errors, nameof(o.PoseTimeoutNs), o.PoseTimeoutNs, 1, Day);
        Range(errors, nameof(o.SpeedTimeoutNs), o.SpeedTimeoutNs, 1, Day);
        Range(errors, nameof(o.BatteryTimeoutNs), o.BatteryTimeoutNs, 1, Day);
        Range(errors, nameof(o.FutureToleranceNs), o.FutureToleranceNs, 0, Day);
        Range(errors, nameof(o.MaxTickNs), o.MaxTickNs, 1, Day);
        Range(errors, nameof(o.IsolationTimeoutNs), o.IsolationTimeoutNs, 0, Day);
    }

    private static void CheckEnergy(List<string> errors, GateOptions o)
    {
        Range(errors, nameof(o.BatteryCriticalWh), o.BatteryCriticalWh, 0, 1e6);
        Range(errors, nameof(o.BatteryReserveWh), o.BatteryReserveWh, o.BatteryCriticalWh, 1e6);
        Range(errors, nameof(o.HomeEnergyFactor), o.HomeEnergyFactor, 1, 10);
        Range(errors, nameof(o.AwayAllowanceWh), o.AwayAllowanceWh, 0, 1e6);
    }

    private static void Range(List<string> errors, string name, double value, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected a value from {least} to {most}"));
        }
    }

    private static void Above(List<string> errors, string name, double value, double bound, double most)
    {
        if (!(value > bound && value <= most))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}, expected a value above {bound} up to {most}"));
        }
    }
}
