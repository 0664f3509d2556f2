namespace Aios.Safety.Tests.Gate;

public class GateMotionTests
{
    [Fact]
    public void Evaluate_CommandWithinLimits_PassesUnchanged()
    {
        var harness = new GateHarness();

        GateVerdict verdict = harness.Settle();

        Assert.Equal(new GateVerdict(0.4, 0.1, GateAction.Pass, default, CommandSource.Executive), verdict);
    }

    [Fact]
    public void Evaluate_FromRest_SpeedsUpAtTheAccelerationLimit()
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = default;
        harness.Tick();
        harness.Inputs.Executive = new StampedCommand(0.6, 0, 1);
        double before = 0;
        for (int i = 0; i < 10; i++)
        {
            harness.Advance();
            GateVerdict verdict = harness.Tick();
            Assert.Equal(before + (harness.Options.MaxAccelMps2 * 0.05), verdict.LinearMps, 12);
            Assert.True(verdict.Reasons.Contains(GateReason.AccelerationLimit));
            before = verdict.LinearMps;
        }
    }

    [Fact]
    public void Evaluate_ReversalOfDirection_PassesThroughZeroWithoutAJump()
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = harness.Inputs.Executive with { AngularRps = 0 };
        double before = harness.Settle().LinearMps;
        harness.Inputs.Executive = new StampedCommand(-0.3, 0, 1);
        for (int i = 0; i < 40; i++)
        {
            harness.Advance();
            double now = harness.Tick().LinearMps;
            Assert.InRange(now, before - (harness.Options.MaxDecelMps2 * 0.05) - 1e-12, before + 1e-12);
            Assert.True(now >= 0 || now >= -harness.Options.MaxAccelMps2 * 0.05 || now - before >= (-harness.Options.MaxAccelMps2 * 0.05) - 1e-12);
            before = now;
        }

        Assert.Equal(-0.3, before, 12);
    }

    [Theory]
    [InlineData(2.0, 0.0, 0.6, 0.0, GateReason.SpeedLimit)]
    [InlineData(-2.0, 0.0, -0.3, 0.0, GateReason.SpeedLimit)]
    [InlineData(0.0, 2.0, 0.0, 0.6, GateReason.YawRateLimit)]
    [InlineData(0.2, -1.2, 0.1, -0.6, GateReason.YawRateLimit)]
    [InlineData(1.2, 0.4, 0.6, 0.2, GateReason.SpeedLimit)]
    public void Evaluate_CommandAboveLimits_IsScaledKeepingItsCurvature(
        double linear, double angular, double linearOut, double angularOut, GateReason reason)
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = new StampedCommand(linear, angular, 1);

        GateVerdict verdict = harness.Settle();

        Assert.Equal(linearOut, verdict.LinearMps, 9);
        Assert.Equal(angularOut, verdict.AngularRps, 9);
        Assert.Equal(GateAction.Limit, verdict.Action);
        Assert.Equal(reason, verdict.Primary);
    }

    [Fact]
    public void Evaluate_TightTurn_KeepsToTheCurvatureLimit()
    {
        var harness = new GateHarness(new GateOptions { MaxCurvaturePerM = 0.5, PivotSpeedMps = 0.1 });
        harness.Inputs.Executive = new StampedCommand(0.4, 0.6, 1);
        GateVerdict verdict = harness.Settle();
        Assert.Equal(0.2, verdict.AngularRps, 9);
        Assert.True(verdict.Reasons.Contains(GateReason.CurvatureLimit));

        harness.Inputs.Executive = new StampedCommand(0, 0.6, 1);
        Assert.Equal(0.05, harness.Settle().AngularRps, 9);
    }

    [Fact]
    public void Evaluate_FastTurn_KeepsToTheLateralAccelerationLimit()
    {
        var harness = new GateHarness(new GateOptions { MaxLateralAccelMps2 = 0.09 });
        harness.Inputs.Executive = new StampedCommand(0.6, 0.6, 1);

        GateVerdict verdict = harness.Settle();

        Assert.Equal(0.3, verdict.LinearMps, 9);
        Assert.Equal(0.3, verdict.AngularRps, 9);
        Assert.True(verdict.Reasons.Contains(GateReason.LateralAccelerationLimit));
    }

    [Trait("Requirement", "SAF-GATE-006")]
    [Theory]
    [InlineData(0.10, 0.6)]
    [InlineData(0.175, 0.6)]
    [InlineData(0.28, 0.375)]
    [InlineData(0.385, 0.15)]
    [InlineData(0.45, 0.15)]
    public void Evaluate_Slope_BoundsSpeedLinearly(double pitch, double expected)
    {
        var harness = new GateHarness();
        harness.Inputs.Attitude = new AttitudeSample(0, -pitch, 0, 0, 1);
        harness.Inputs.Executive = new StampedCommand(0.6, 0, 1);

        GateVerdict verdict = harness.Settle();

        Assert.Equal(expected, verdict.LinearMps, 9);
        Assert.Equal(expected < 0.6, verdict.Reasons.Contains(GateReason.SlopeLimit));
    }

    [Fact]
    public void Evaluate_SlopeSuddenlySteep_CapWinsOverSmoothness()
    {
        var harness = new GateHarness();
        harness.Settle();
        harness.Inputs.Attitude = new AttitudeSample(0.4, 0, 0, 0, 1);

        GateVerdict verdict = harness.Settle(1);

        Assert.True(verdict.LinearMps <= 0.15 + 1e-12);
    }

    [Trait("Requirement", "SAF-GATE-007")]
    [Fact]
    public void Evaluate_TiltHold_HoldsExecutiveWithHysteresisButLetsRecoveryCrawl()
    {
        var harness = new GateHarness();
        harness.Inputs.Attitude = new AttitudeSample(0.49, 0, 0, 0, 1);
        Assert.Equal(GateReason.TiltHold, harness.Settle(1).Primary);
        harness.Inputs.Attitude = new AttitudeSample(0.45, 0, 0, 0, 1);
        Assert.Equal(GateReason.TiltHold, harness.Settle().Primary);

        harness.Inputs.Recovery = new StampedCommand(-0.3, 0, 1);
        Assert.Equal(-0.15, harness.Settle().LinearMps, 9);

        harness.Inputs.Recovery = default;
        harness.Inputs.Attitude = new AttitudeSample(0.439, 0, 0, 0, 1);
        Assert.Equal(0.15, harness.Settle().LinearMps, 9);
    }

    [Trait("Requirement", "SAF-GATE-009")]
    [Fact]
    public void Evaluate_TiltRate_CrawlsForTheHoldoff()
    {
        var harness = new GateHarness();
        harness.Settle();
        harness.Inputs.Attitude = new AttitudeSample(0, 0, 0, -1.1, 1);
        Assert.Equal(0.15, harness.Settle(1).LinearMps, 9);
        harness.Inputs.Attitude = new AttitudeSample(0, 0, 0, 0, 1);

        GateVerdict during = harness.Settle(9);
        GateVerdict after = harness.Settle(1);

        Assert.True(during.Reasons.Contains(GateReason.TiltRateLimit));
        Assert.False(after.Reasons.Contains(GateReason.TiltRateLimit));
        Assert.True(after.LinearMps > during.LinearMps);
    }

    [Fact]
    public void Evaluate_FleetSpeedLimit_Binds()
    {
        var harness = new GateHarness();
        harness.Inputs.Fleet = harness.Inputs.Fleet with { SpeedLimitMps = 0.2 };

        GateVerdict verdict = harness.Settle();

        Assert.Equal(0.2, verdict.LinearMps, 9);
        Assert.True(verdict.Reasons.Contains(GateReason.FleetSpeedLimit));
    }

    [Trait("Requirement", "SAF-GATE-019")]
    [Theory]
    [InlineData(2_000_000_000, true)]
    [InlineData(0, false)]
    public void Evaluate_NoPeerHeard_SlowsDownWhereConfigured(long timeoutNs, bool slows)
    {
        var harness = new GateHarness(new GateOptions { IsolationTimeoutNs = timeoutNs });
        harness.Inputs.Fleet = default;

        Assert.Equal(0.4, harness.Settle(40).LinearMps, 9);
        Assert.Equal(slows ? 0.3 : 0.4, harness.Settle(20).LinearMps, 9);
    }

    [Trait("Requirement", "SAF-GATE-014")]
    [Fact]
    public void Select_SeveralFreshSources_TakesOperatorThenRecoveryThenExecutive()
    {
        var harness = new GateHarness();
        harness.Inputs.Recovery = new StampedCommand(0.2, 0, 1);
        harness.Inputs.Operator = new StampedCommand(0.1, 0, 1);
        Assert.Equal((0.1, CommandSource.Operator), Told(harness.Settle()));
        harness.Inputs.Operator = default;
        Assert.Equal((0.2, CommandSource.Recovery), Told(harness.Settle()));
        harness.Inputs.Recovery = default;
        Assert.Equal((0.4, CommandSource.Executive), Told(harness.Settle()));
    }

    [Trait("Requirement", "SAF-GATE-014")]
    [Fact]
    public void Select_FreshButBrokenOperatorCommand_HoldsInsteadOfPassingOver()
    {
        var harness = new GateHarness();
        harness.Inputs.Operator = new StampedCommand(double.NaN, 0, harness.NowNs);

        Assert.Equal((0.0, CommandSource.Operator), Told(harness.Tick()));
    }

    private static (double, CommandSource) Told(GateVerdict verdict) => (Math.Round(verdict.LinearMps, 9), verdict.Source);
}
