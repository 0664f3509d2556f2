using System.Reflection;

namespace Aios.Safety.Tests.Gate;

public class GateOptionsTests
{
    public static TheoryData<string> NumberOptions()
    {
        var data = new TheoryData<string>();
        foreach (PropertyInfo property in typeof(GateOptions).GetProperties().Where(p => p.CanWrite))
        {
            data.Add(property.Name);
        }

        return data;
    }

    [Fact]
    public void Validate_Defaults_NoErrors() => Assert.Empty(new GateOptions().Validate());

    [Theory]
    [MemberData(nameof(NumberOptions))]
    public void Validate_EveryOptionOutOfRange_IsReportedByName(string name)
    {
        PropertyInfo property = typeof(GateOptions).GetProperty(name)!;
        var options = new GateOptions();
        object bad = property.PropertyType == typeof(double) ? (object)double.NaN : property.PropertyType == typeof(long) ? (object)-1L : (object)-1;
        property.SetValue(options, bad);

        Assert.Contains(options.Validate(), e => e.StartsWith(name + " is ", StringComparison.Ordinal));
    }

    [Fact]
    public void GateReason_Codes_AreStable()
    {
        string codes = string.Join(' ', Enum.GetValues<GateReason>().Select(r => $"{(int)r}:{r}"));

        Assert.Equal(
            "0:None 1:OperatorStop 2:SelfStop 3:MonitorStop 4:TiltCritical 5:BatteryCritical 10:FleetHalt "
            + "11:CommandMissing 12:CommandStale 13:CommandFuture 14:CommandNonFinite 15:CommandOutOfRange "
            + "16:AttitudeStale 17:AttitudeInvalid 18:PoseStale 19:PoseInvalid 20:OdometryStale 21:OdometryInvalid "
            + "22:BatteryStale 23:BatteryInvalid 24:ClockBackward 25:TiltHold 26:Overspeed 27:BatteryAwayFromHome "
            + "28:Geofence 29:KeepOut 30:NotRecoverable 31:FleetStateInvalid 40:SpeedLimit 41:YawRateLimit "
            + "42:AccelerationLimit 43:YawAccelerationLimit 44:CurvatureLimit 45:LateralAccelerationLimit 46:SlopeLimit "
            + "47:TiltRateLimit 48:GeofenceLimit 49:KeepOutLimit 50:IsolatedLimit 51:FleetSpeedLimit "
            + "52:AssuranceFallback 53:BatteryReturn",
            codes);
    }

    [Fact]
    public void ReasonSet_Masks_CoverLatchAndHoldCodesExactly()
    {
        foreach (GateReason reason in Enum.GetValues<GateReason>().Where(r => r != GateReason.None))
        {
            ulong bit = GateReasonSet.Bit(reason);
            Assert.Equal((int)reason < 10, (bit & GateReasonSet.LatchMask) != 0);
            Assert.Equal((int)reason is >= 10 and < 40, (bit & GateReasonSet.HoldMask) != 0);
        }
    }
}
