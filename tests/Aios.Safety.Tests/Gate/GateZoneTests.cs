using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

public class GateZoneTests
{
    private static readonly SafetyZones Square = new(Polygon.Rectangle(-10, -10, 10, 10), []);

    [Trait("Requirement", "SAF-GATE-012")]
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.8)]
    [InlineData(-2.1)]
    public void Evaluate_DrivingAtTheFence_StopsBeforeIt(double yaw)
    {
        var harness = new GateHarness(zones: Square);
        (double x, double y) = Drive(harness, yaw, 0.6, 2000);

        double margin = harness.Options.FenceMarginM + (2 * 0.05);
        double inside = Square.Fence!.SignedDistance(x, y);
        Assert.InRange(inside, margin - 1e-6, margin + 0.05);
        Assert.True(harness.Gate.Statistics.TicksOf(GateReason.GeofenceLimit) > 0);
    }

    [Trait("Requirement", "SAF-GATE-012")]
    [Fact]
    public void Evaluate_OutsideTheFence_LetsTheRoverCrawlBackButNotFurtherOut()
    {
        var harness = new GateHarness(zones: Square);
        harness.Inputs.Executive = new StampedCommand(0.6, 0, 1);
        harness.Inputs.Pose = new PoseSample(12, 0, 1, 0, 0, 1);
        GateVerdict outward = harness.Settle();
        harness.Inputs.Pose = new PoseSample(12, 0, -1, 0, 0, 1);
        GateVerdict inward = harness.Settle();

        Assert.Equal((0.0, GateReason.Geofence), (outward.LinearMps, outward.Primary));
        Assert.Equal(GateAction.Hold, outward.Action);
        Assert.Equal(harness.Options.CrawlSpeedMps, inward.LinearMps, 9);
    }

    [Fact]
    public void Evaluate_AtTheFence_MayStillTurn()
    {
        var harness = new GateHarness(zones: Square);
        harness.Inputs.Pose = new PoseSample(9.4, 0, 1, 0, 0, 1);
        harness.Inputs.Executive = new StampedCommand(0.3, 0.5, 1);

        GateVerdict verdict = harness.Settle();

        Assert.Equal(0, verdict.LinearMps);
        Assert.True(verdict.AngularRps > 0.4);
        Assert.Equal(GateAction.Limit, verdict.Action);
    }

    [Trait("Requirement", "SAF-GATE-013")]
    [Fact]
    public void Evaluate_KeepOut_BlocksUnlessPermitted()
    {
        var zones = new SafetyZones(null, [Polygon.Rectangle(5, -5, 8, 5)]);
        (double blocked, _) = Drive(new GateHarness(zones: zones), 0, 0.5, 1000);
        var permitted = new GateHarness(zones: zones);
        permitted.Inputs.Fleet = permitted.Inputs.Fleet with { HazardPermits = 1 };
        (double passed, _) = Drive(permitted, 0, 0.5, 1000);

        Assert.InRange(blocked, 4.2, 4.3 + 1e-6);
        Assert.True(passed > 8);
    }

    [Fact]
    public void Evaluate_AreaBeyondThePermitBits_CannotBePermitted()
    {
        var keepOuts = Enumerable.Repeat(Polygon.Rectangle(100, 100, 101, 101), 64)
            .Append(Polygon.Rectangle(5, -5, 8, 5)).ToArray();
        var harness = new GateHarness(zones: new SafetyZones(null, keepOuts));
        harness.Inputs.Fleet = harness.Inputs.Fleet with { HazardPermits = ulong.MaxValue };

        Assert.True(Drive(harness, 0, 0.5, 1000).X < 5);
    }

    [Trait("Requirement", "SAF-GATE-011")]
    [Fact]
    public void Evaluate_ChargeDoesNotCoverTheWayHome_AllowsTheAllowanceThenOnlyHomeward()
    {
        var harness = new GateHarness();
        harness.Inputs.Battery = new BatterySample(40, 30, 0, 0, 1);
        harness.Inputs.Pose = new PoseSample(20, 0, 1, 0, 0, 1);
        GateVerdict advised = harness.Settle();
        harness.Inputs.Battery = new BatterySample(40, 36, 0, 0, 1);
        GateVerdict away = harness.Settle();
        harness.Inputs.Pose = new PoseSample(20, 0, -1, 0, 0, 1);
        GateVerdict home = harness.Settle();

        Assert.Equal((0.4, GateReason.BatteryReturn), (Math.Round(advised.LinearMps, 9), advised.Primary));
        Assert.Equal((0.0, GateReason.BatteryAwayFromHome), (away.LinearMps, away.Primary));
        Assert.Equal(0.4, home.LinearMps, 9);
    }

    [Fact]
    public void Evaluate_AwayFromHomeUnderRecovery_IsAllowed()
    {
        var harness = new GateHarness();
        harness.Inputs.Battery = new BatterySample(40, 30, 0, 0, 1);
        harness.Settle(1);
        harness.Inputs.Battery = new BatterySample(40, 39, 0, 0, 1);
        harness.Inputs.Recovery = new StampedCommand(0.2, 0, 1);

        Assert.Equal(0.2, harness.Settle().LinearMps, 9);
    }

    [Theory]
    [InlineData(0, 0, 1.0)]
    [InlineData(0.5, 0, 0.5)]
    [InlineData(2, 0, -1.0)]
    [InlineData(4, 5, -5.0)]
    public void SignedDistance_Square_IsPositiveInside(double x, double y, double expected) =>
        Assert.Equal(expected, Polygon.Rectangle(-1, -1, 1, 1).SignedDistance(x, y), 12);

    [Fact]
    public void SignedDistance_ConcavePolygon_SeesTheNotch()
    {
        var polygon = new Polygon([0, 0, 4, 0, 4, 4, 2, 1, 0, 4]);

        Assert.True(polygon.SignedDistance(2, 3) < 0);
        Assert.True(polygon.SignedDistance(0.5, 1) > 0);
    }

    [Theory]
    [InlineData(new double[] { 0, 0, 1, 1 })]
    [InlineData(new double[] { 0, 0, 1, 1, 2, 0, 3 })]
    [InlineData(new double[] { 0, 0, 1, double.NaN, 2, 0 })]
    public void Polygon_BadVertices_Throws(double[] vertices) =>
        Assert.Throws<ArgumentException>(() => new Polygon(vertices));

    private static (double X, double Y) Drive(GateHarness harness, double yaw, double speed, int ticks)
    {
        double x = 0, y = 0, hx = Math.Cos(yaw), hy = Math.Sin(yaw);
        harness.Inputs.Executive = new StampedCommand(speed, 0, 1);
        for (int i = 0; i < ticks; i++)
        {
            harness.Inputs.Pose = new PoseSample(x, y, hx, hy, 0.05, 1);
            double v = harness.Settle(1).LinearMps;
            x += v * hx * 0.05;
            y += v * hy * 0.05;
        }

        return (x, y);
    }
}
