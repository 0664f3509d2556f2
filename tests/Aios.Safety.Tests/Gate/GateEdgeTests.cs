using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

/// <summary>Cases at the edge of what the gate's parts are given.</summary>
public class GateEdgeTests
{
    [Fact]
    public void Primary_NoReason_IsNone()
    {
        Assert.Equal(GateReason.None, default(GateReasonSet).Primary);
        Assert.True(default(GateReasonSet).IsEmpty);
    }

    [Fact]
    public void StopJournal_WithoutAStore_IsRefused() => Assert.Throws<ArgumentNullException>(() => new StopJournal(null!));

    [Fact]
    public void Statistics_TicksOfEachAction_AddUpToAllTicks()
    {
        var harness = new GateHarness();
        harness.Settle(20);
        harness.Gate.Stop(GateReason.SelfStop);
        harness.Settle(5);

        Assert.Equal(5UL, harness.Gate.Statistics.TicksOf(GateAction.Stopped));
        Assert.Equal(25UL, Enum.GetValues<GateAction>().Aggregate(0UL, (sum, action) => sum + harness.Gate.Statistics.TicksOf(action)));
    }

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

    [Trait("Requirement", "SAF-GATE-007")]
    [Fact]
    public void Evaluate_AttitudeMissingForATickWhileHeldForTilt_IsHeldUntilTheReleaseAngle()
    {
        var harness = new GateHarness();
        AttitudeSample healthy = harness.Inputs.Attitude;
        harness.Inputs.Attitude = healthy with { RollRad = harness.Options.TiltHoldRad };
        Assert.True(harness.Tick().Reasons.Contains(GateReason.TiltHold));
        harness.Inputs.Attitude = healthy with { RollRad = double.NaN };
        harness.Tick();

        harness.Inputs.Attitude = healthy with { RollRad = harness.Options.TiltReleaseRad, PitchRad = 0 };
        Assert.True(harness.Settle(1).Reasons.Contains(GateReason.TiltHold));
        harness.Inputs.Attitude = healthy with { RollRad = harness.Options.TiltReleaseRad - 0.01, PitchRad = 0 };
        Assert.False(harness.Settle(1).Reasons.Contains(GateReason.TiltHold));
    }

    [Trait("Requirement", "SAF-GATE-012")]
    [Theory]
    [InlineData(1e8)]
    [InlineData(1e17)]
    [InlineData(1e308)]
    public void Evaluate_PoseLessSureThanAnyMapIsWide_Holds(double sigma)
    {
        // Beside such a margin the tenth of a metre that tells inward from outward is lost.
        var harness = new GateHarness(zones: new SafetyZones(Polygon.Rectangle(-9, -9, 9, 9), []));
        harness.Inputs.Pose = harness.Inputs.Pose with { X = 20, SigmaM = sigma };

        Assert.Equal((0.0, GateReason.PoseInvalid), (harness.Settle().LinearMps, harness.Tick().Primary));
    }

    [Trait("Requirement", "SAF-GATE-018")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Evaluate_RecoverableTicksWithAHoldOrAnOperatorBetween_AreNotInARow(bool operatorDrives)
    {
        var harness = new GateHarness();
        harness.Tick(new WallProbe(0.1));
        SettleOpen(harness, harness.Options.HandbackTicks - 1);
        (harness.Inputs.Operator, harness.Inputs.Fleet) =
            (operatorDrives ? new StampedCommand(0, 0, 1) : default, harness.Inputs.Fleet with { Halted = !operatorDrives });
        SettleOpen(harness, 1);
        (harness.Inputs.Operator, harness.Inputs.Fleet) = (default, harness.Inputs.Fleet with { Halted = false });

        Assert.True(SettleOpen(harness, harness.Options.HandbackTicks - 1).Reasons.Contains(GateReason.AssuranceFallback));
        Assert.False(SettleOpen(harness, 1).Reasons.Contains(GateReason.AssuranceFallback));
    }

    [Trait("Requirement", "SAF-GATE-019")]
    [Fact]
    public void Evaluate_PeersHeardInTimesToCome_AreNotHeard()
    {
        var harness = new GateHarness(new GateOptions { IsolationTimeoutNs = 1_000_000_000 });
        harness.Inputs.Fleet = new FleetState(false, 0, 0, 0);
        harness.Settle(30);
        harness.Inputs.Fleet = new FleetState(false, 0, 0, harness.NowNs + 50_000_000);
        Assert.False(harness.Tick().Reasons.Contains(GateReason.IsolatedLimit));
        harness.Inputs.Fleet = new FleetState(false, 0, 0, long.MaxValue);
        Assert.True(harness.Tick().Reasons.Contains(GateReason.IsolatedLimit));
    }

    [Trait("Requirement", "SAF-GATE-009")]
    [Trait("Requirement", "SAF-GATE-022")]
    [Fact]
    public void Evaluate_ClockGoesBack_NoTimeOfBeforeOutlastsTheJump()
    {
        var harness = new GateHarness(new GateOptions { IsolationTimeoutNs = 1_000_000_000 });
        AttitudeSample healthy = harness.Inputs.Attitude;
        harness.Inputs.Attitude = healthy with { PitchRateRps = 2 };
        Assert.True(harness.Settle(1).Reasons.Contains(GateReason.TiltRateLimit));
        harness.Inputs.Attitude = healthy;
        harness.Inputs.Fleet = harness.Inputs.Fleet with { LastPeerHeardNs = 0 };
        harness.AdvanceClockOnly(-8_000_000_000);
        Assert.True(harness.Settle(1).Reasons.Contains(GateReason.ClockBackward));

        Assert.False(harness.Settle(11).Reasons.Contains(GateReason.TiltRateLimit));
        Assert.True(harness.Settle(11).Reasons.Contains(GateReason.IsolatedLimit));
    }

    private static GateVerdict SettleOpen(GateHarness harness, int ticks)
    {
        GateVerdict verdict = default;
        for (int i = 0; i < ticks; i++)
        {
            harness.Advance();
            verdict = harness.Tick(new WallProbe(50));
        }

        return verdict;
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
