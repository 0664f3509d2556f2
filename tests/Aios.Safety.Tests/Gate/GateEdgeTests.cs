using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

/// <summary>Cases at the edge of what the gate's parts are given.</summary>
public class GateEdgeTests
{
    [Fact]
    public void Primary_NoReason_IsNone() => Assert.Equal(GateReason.None, default(GateReasonSet).Primary);

    [Fact]
    public void SignedDistance_PolygonWithAVertexTwice_IsThatOfThePolygonWithout()
    {
        var twice = new Polygon([0, 0, 0, 0, 4, 0, 4, 4, 0, 4]);

        Assert.Equal(Polygon.Rectangle(0, 0, 4, 4).SignedDistance(1, 2), twice.SignedDistance(1, 2), 12);
    }

    [Fact]
    public void Command_OpenPlaceClosedAllRound_Stands()
    {
        GroundMap map = new();
        map.Close(0, 0, 5);
        map.Close(0, 0, 0.3, value: 0);
        GroundProbe probe = map.ProbeAt(0, 0, 0);

        Assert.Equal(new StampedCommand(0, 0, 5), new SafeController().Command(ref probe, new SpeedSample(0, 0, 1), 5));
    }

    [Fact]
    public void Evaluate_CrawlNoSlowerThanHalfSpeed_HoldsBeforeAWall()
    {
        var harness = new GateHarness(new GateOptions { MaxSpeedMps = 0.3, MaxReverseMps = 0.2, CrawlSpeedMps = 0.2 });
        harness.Inputs.Executive = new StampedCommand(0.25, 0, harness.NowNs);

        GateVerdict verdict = harness.Tick(new WallProbe(0.55));

        Assert.Equal((0.0, GateReason.NotRecoverable), (verdict.LinearMps, verdict.Primary));
    }

    [Trait("Requirement", "SAF-GATE-009")]
    [Fact]
    public void Evaluate_TiltRateAtTheEndOfTime_StillBoundsSpeed()
    {
        const long Now = long.MaxValue - 1;
        var gate = new SafetyGate(new GateOptions(), SafetyZones.None);
        GateInputs inputs = GateHarness.Healthy(Now);
        inputs.Attitude = inputs.Attitude with { RollRateRps = 2 };

        Assert.True(gate.Evaluate(inputs, Now).Reasons.Contains(GateReason.TiltRateLimit));
    }
}
