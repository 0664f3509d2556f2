using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

public class GateInputTests
{
    private const long Now = 10_000_000_000;

    public static TheoryData<string, GateReason> BadInputs() => new()
    {
        { "command missing", GateReason.CommandMissing },
        { "command negative stamp", GateReason.CommandMissing },
        { "command stale", GateReason.CommandStale },
        { "command future", GateReason.CommandFuture },
        { "command far future", GateReason.CommandFuture },
        { "command linear NaN", GateReason.CommandNonFinite },
        { "command angular infinite", GateReason.CommandNonFinite },
        { "command linear absurd", GateReason.CommandOutOfRange },
        { "command angular absurd", GateReason.CommandOutOfRange },
        { "attitude missing", GateReason.AttitudeStale },
        { "attitude stale", GateReason.AttitudeStale },
        { "attitude roll NaN", GateReason.AttitudeInvalid },
        { "attitude pitch NaN", GateReason.AttitudeInvalid },
        { "attitude roll rate NaN", GateReason.AttitudeInvalid },
        { "attitude pitch rate infinite", GateReason.AttitudeInvalid },
        { "speed stale", GateReason.OdometryStale },
        { "speed linear NaN", GateReason.OdometryInvalid },
        { "speed angular NaN", GateReason.OdometryInvalid },
        { "speed too high", GateReason.Overspeed },
        { "yaw rate too high", GateReason.Overspeed },
        { "battery stale", GateReason.BatteryStale },
        { "battery charge NaN", GateReason.BatteryInvalid },
        { "battery energy NaN", GateReason.BatteryInvalid },
        { "battery energy negative", GateReason.BatteryInvalid },
        { "battery energy infinite", GateReason.BatteryInvalid },
        { "battery home NaN", GateReason.BatteryInvalid },
        { "fleet limit NaN", GateReason.FleetStateInvalid },
        { "fleet limit negative", GateReason.FleetStateInvalid },
        { "fleet limit infinite", GateReason.FleetStateInvalid },
        { "fleet halted", GateReason.FleetHalt },
    };

    [Trait("Requirement", "SAF-GATE-002")]
    [Trait("Requirement", "SAF-GATE-003")]
    [Trait("Requirement", "SAF-GATE-004")]
    [Trait("Requirement", "SAF-GATE-016")]
    [Theory]
    [MemberData(nameof(BadInputs))]
    public void Evaluate_BadInput_HoldsWithItsOwnReasonAndRecoversAlone(string spoilt, GateReason expected)
    {
        var harness = new GateHarness();
        harness.Settle();
        GateInputs healthy = GateHarness.Healthy(harness.NowNs);
        harness.Inputs = Spoil(healthy, spoilt, harness.NowNs, harness.Options);

        GateVerdict verdict = harness.Tick();

        Assert.Equal((0.0, 0.0), (verdict.LinearMps, verdict.AngularRps));
        Assert.Equal(GateAction.Hold, verdict.Action);
        Assert.Equal(expected, verdict.Primary);
        Assert.Equal(1UL, harness.Gate.Statistics.OnsetsOf(expected));
        harness.Inputs = healthy;
        Assert.Equal(0.4, harness.Settle().LinearMps, 12);
    }

    [Trait("Requirement", "SAF-GATE-003")]
    [Theory]
    [InlineData(0, false)]
    [InlineData(500_000_000, false)]
    [InlineData(500_000_001, true)]
    [InlineData(-100_000_000, false)]
    [InlineData(-100_000_001, true)]
    public void Evaluate_CommandAgeAtItsBounds_HoldsOnlyBeyond(long ageNs, bool held)
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = new StampedCommand(0.1, 0, Now - ageNs);

        Assert.Equal(held, harness.Tick().Action == GateAction.Hold);
    }

    [Theory]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MinValue)]
    [InlineData(long.MinValue, long.MinValue)]
    [InlineData(-1, 1)]
    public void Evaluate_ExtremeStamps_Holds(long nowNs, long stampNs)
    {
        var gate = new SafetyGate(new GateOptions(), SafetyZones.None);

        GateVerdict verdict = gate.Evaluate(GateHarness.Healthy(stampNs), nowNs);

        Assert.Equal(GateAction.Hold, verdict.Action);
    }

    [Trait("Requirement", "SAF-GATE-022")]
    [Fact]
    public void Evaluate_ClockGoesBackward_HoldsThatTickOnly()
    {
        var harness = new GateHarness();
        harness.Settle();
        harness.AdvanceClockOnly(-1);

        GateVerdict verdict = harness.Tick();

        Assert.Equal(GateReason.ClockBackward, verdict.Primary);
        Assert.Equal(0, verdict.LinearMps);
        Assert.Equal(GateAction.Limit, harness.Settle(1).Action);
    }

    [Theory]
    [InlineData(double.NaN, 0, 1, 0, 0)]
    [InlineData(0, double.PositiveInfinity, 1, 0, 0)]
    [InlineData(1e8, 0, 1, 0, 0)]
    [InlineData(0, 0, 0.5, 0, 0)]
    [InlineData(0, 0, double.NaN, 0, 0)]
    [InlineData(0, 0, 1, 0, -1)]
    [InlineData(0, 0, 1, 0, double.PositiveInfinity)]
    public void Evaluate_InvalidPose_HoldsOnlyWhereAZoneNeedsIt(double x, double y, double hx, double hy, double sigma)
    {
        var fenced = new GateHarness(zones: new SafetyZones(Polygon.Rectangle(-30, -30, 30, 30), []));
        var free = new GateHarness();
        fenced.Inputs.Pose = free.Inputs.Pose = new PoseSample(x, y, hx, hy, sigma, Now);

        Assert.Equal(GateReason.PoseInvalid, fenced.Tick().Primary);
        Assert.True(free.Tick().Action < GateAction.Hold);
    }

    [Trait("Requirement", "SAF-GATE-004")]
    [Fact]
    public void Evaluate_StalePoseInsideFence_Holds()
    {
        var harness = new GateHarness(zones: new SafetyZones(null, [Polygon.Rectangle(10, 10, 12, 12)]));
        harness.Inputs.Pose = harness.Inputs.Pose with { StampNs = Now - 1_000_000_001 };

        Assert.Equal(GateReason.PoseStale, harness.Tick().Primary);
    }

    [Fact]
    public void Constructor_BadOption_NamesItInTheMessage()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new SafetyGate(new GateOptions { MaxSpeedMps = double.NaN }, SafetyZones.None));

        Assert.Contains("MaxSpeedMps is NaN, expected a value above 0 up to 5", exception.Message, StringComparison.Ordinal);
    }

    private static GateInputs Spoil(GateInputs i, string what, long now, GateOptions o)
    {
        StampedCommand c = i.Executive;
        switch (what)
        {
            case "command missing": i.Executive = default; break;
            case "command negative stamp": i.Executive = c with { StampNs = -5 }; break;
            case "command stale": i.Executive = c with { StampNs = now - o.CommandTimeoutNs - 1 }; break;
            case "command future": i.Executive = c with { StampNs = now + o.FutureToleranceNs + 1 }; break;
            case "command far future": i.Executive = c with { StampNs = long.MaxValue }; break;
            case "command linear NaN": i.Executive = c with { LinearMps = double.NaN }; break;
            case "command angular infinite": i.Executive = c with { AngularRps = double.NegativeInfinity }; break;
            case "command linear absurd": i.Executive = c with { LinearMps = -1e3 }; break;
            case "command angular absurd": i.Executive = c with { AngularRps = 1e3 }; break;
            case "fleet limit NaN": i.Fleet = i.Fleet with { SpeedLimitMps = double.NaN }; break;
            case "fleet limit negative": i.Fleet = i.Fleet with { SpeedLimitMps = -0.1 }; break;
            case "fleet limit infinite": i.Fleet = i.Fleet with { SpeedLimitMps = double.PositiveInfinity }; break;
            case "fleet halted": i.Fleet = i.Fleet with { Halted = true }; break;
            default: return SpoilSensor(i, what, now, o);
        }

        return i;
    }

    private static GateInputs SpoilSensor(GateInputs i, string what, long now, GateOptions o)
    {
        switch (what)
        {
            case "attitude missing": i.Attitude = default; break;
            case "attitude stale": i.Attitude = i.Attitude with { StampNs = now - o.AttitudeTimeoutNs - 1 }; break;
            case "attitude roll NaN": i.Attitude = i.Attitude with { RollRad = double.NaN }; break;
            case "attitude pitch NaN": i.Attitude = i.Attitude with { PitchRad = double.NaN }; break;
            case "attitude roll rate NaN": i.Attitude = i.Attitude with { RollRateRps = double.NaN }; break;
            case "attitude pitch rate infinite": i.Attitude = i.Attitude with { PitchRateRps = double.PositiveInfinity }; break;
            case "speed stale": i.Speed = i.Speed with { StampNs = now - o.SpeedTimeoutNs - 1 }; break;
            case "speed linear NaN": i.Speed = i.Speed with { LinearMps = double.NaN }; break;
            case "speed angular NaN": i.Speed = i.Speed with { AngularRps = double.NaN }; break;
            case "speed too high": i.Speed = i.Speed with { LinearMps = -0.91 }; break;
            case "yaw rate too high": i.Speed = i.Speed with { AngularRps = 0.91 }; break;
            case "battery stale": i.Battery = i.Battery with { StampNs = now - o.BatteryTimeoutNs - 1 }; break;
            case "battery charge NaN": i.Battery = i.Battery with { ChargeWh = double.NaN }; break;
            case "battery energy NaN": i.Battery = i.Battery with { EnergyToHomeWh = double.NaN }; break;
            case "battery energy negative": i.Battery = i.Battery with { EnergyToHomeWh = -1 }; break;
            case "battery energy infinite": i.Battery = i.Battery with { EnergyToHomeWh = double.PositiveInfinity }; break;
            case "battery home NaN": i.Battery = i.Battery with { HomeY = double.NaN }; break;
            default: throw new ArgumentException(what, nameof(what));
        }

        return i;
    }
}
