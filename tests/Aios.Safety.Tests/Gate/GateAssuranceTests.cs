namespace Aios.Safety.Tests.Gate;

public class GateAssuranceTests
{
    [Trait("Requirement", "SAF-GATE-017")]
    [Theory]
    [InlineData(0.6)]
    [InlineData(0.3)]
    [InlineData(0.1)]
    public void Evaluate_WallAhead_StopsWithTheRequiredClearance(double speed)
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = new StampedCommand(speed, 0, 1);
        double x = 0, v = 0;
        for (int i = 0; i < 2000; i++)
        {
            harness.Inputs.Speed = new SpeedSample(v, 0, 1);
            harness.Advance();
            v = harness.Tick(new WallProbe(5 - x)).LinearMps;
            x += v * 0.05;
        }

        Assert.Equal(0, v);
        Assert.InRange(5 - x, harness.Options.RequiredClearanceM - 1e-9, harness.Options.RequiredClearanceM + 0.2);
        Assert.True(harness.Gate.Statistics.TicksOf(GateReason.NotRecoverable) > 0);
    }

    [Fact]
    public void Evaluate_NotRecoverable_HoldsWithItsReason()
    {
        var harness = new GateHarness();
        harness.Settle();
        harness.Advance();

        GateVerdict verdict = harness.Tick(new WallProbe(0.5));

        Assert.Equal((0.0, 0.0), (verdict.LinearMps, verdict.AngularRps));
        Assert.Equal((GateAction.Hold, GateReason.NotRecoverable), (verdict.Action, verdict.Primary));
    }

    [Fact]
    public void Evaluate_ProbeReturnsNan_CountsAsNoClearance()
    {
        var harness = new GateHarness();

        Assert.Equal(GateReason.NotRecoverable, harness.Tick(default(NanProbe)).Primary);
    }

    [Fact]
    public void Evaluate_BesideARock_MayDriveAwayButNotTowards()
    {
        var away = new GateHarness();
        away.Inputs.Executive = new StampedCommand(-0.2, 0, away.NowNs);
        var towards = new GateHarness();
        towards.Inputs.Executive = new StampedCommand(0.2, 0, towards.NowNs);
        var rock = new RockProbe(0.7, 0, 0.3);

        Assert.True(away.Tick(rock).LinearMps < 0);
        Assert.Equal(0, towards.Tick(rock).LinearMps);
    }

    [Fact]
    public void Evaluate_TurningInPlaceBesideARock_Passes()
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = new StampedCommand(0, 0.1, harness.NowNs);

        Assert.Equal(0.1, harness.Tick(new RockProbe(0.5, 0, 0.3)).AngularRps, 9);
    }

    [Fact]
    public void Evaluate_ArcThatMissesTheRock_PassesWhereTheStraightLineDoesNot()
    {
        var rock = new RockProbe(1.1, -0.4, 0.2);
        var straight = new GateHarness(new GateOptions { ReactionTimeS = 2 });
        straight.Inputs.Executive = new StampedCommand(0.3, 0, 1);
        var arc = new GateHarness(straight.Options);
        arc.Inputs.Executive = new StampedCommand(0.3, 0.5, 1);

        Assert.Equal(GateAction.Pass, SettleWith(arc, rock, 40).Action);
        Assert.NotEqual(GateAction.Pass, SettleWith(straight, rock, 40).Action);
    }

    [Trait("Requirement", "SAF-GATE-017")]
    [Trait("Requirement", "SAF-GATE-018")]
    [Fact]
    public void Evaluate_UnrecoverableWithSafeController_HandsOverAndBackWithHysteresis()
    {
        var harness = new GateHarness();
        harness.Inputs.SafeController = new StampedCommand(-0.1, 0, 1);
        harness.Settle();

        GateVerdict handedOver = SettleWith(harness, new WallProbe(0.5), 10);
        GateVerdict waiting = SettleWith(harness, new WallProbe(50), harness.Options.HandbackTicks - 1);
        GateVerdict back = SettleWith(harness, new WallProbe(50), 1);

        Assert.Equal((-0.1, GateAction.Fallback), (Math.Round(handedOver.LinearMps, 9), handedOver.Action));
        Assert.True(handedOver.Reasons.Contains(GateReason.AssuranceFallback));
        Assert.Equal(GateAction.Fallback, waiting.Action);
        Assert.False(back.Reasons.Contains(GateReason.AssuranceFallback));
    }

    [Theory]
    [InlineData(50, -0.1)]
    [InlineData(0.5, 0)]
    public void Evaluate_SafeControllerSeesOtherGround_IsJudgedByWhatItSees(double behindM, double expectedMps)
    {
        var harness = new GateHarness();
        harness.Inputs.SafeController = new StampedCommand(-0.1, 0, 1);
        var (probe, safeProbe) = (new PocketProbe(0.5), new PocketProbe(behindM));
        GateVerdict verdict = default;
        for (int i = 0; i < 10; i++)
        {
            harness.Advance();
            verdict = harness.Gate.Evaluate(harness.Inputs, harness.NowNs, ref probe, ref safeProbe);
        }

        Assert.Equal(expectedMps, verdict.LinearMps, 9);
    }

    [Fact]
    public void Evaluate_SafeControllerUnrecoverableToo_FallsBackToCrawlOrZero()
    {
        var harness = new GateHarness();
        harness.Inputs.SafeController = new StampedCommand(0.6, 0, 1);
        harness.Inputs.Executive = new StampedCommand(0.6, 0, 1);
        SettleWith(harness, new WallProbe(50), 40);

        GateVerdict verdict = SettleWith(harness, new WallProbe(0.6 + 0.06), 40);

        Assert.InRange(verdict.LinearMps, harness.Options.CrawlSpeedMps - 1e-9, 0.18);
        Assert.Equal(GateAction.Fallback, verdict.Action);
        Assert.Equal(0, SettleWith(harness, new WallProbe(0.6 + 0.04), 1).LinearMps);
    }

    [Fact]
    public void Evaluate_MeasuredFasterThanCommanded_BrakesForTheMeasuredSpeed()
    {
        var harness = new GateHarness();
        harness.Inputs.Executive = new StampedCommand(0.02, 0, harness.NowNs);
        harness.Inputs.Speed = new SpeedSample(0.6, 0, harness.NowNs);

        Assert.Equal(0, harness.Tick(new WallProbe(0.8)).LinearMps);
    }

    [Fact]
    public void Evaluate_OperatorDrives_AssuranceStandsAside()
    {
        var harness = new GateHarness();
        harness.Inputs.Operator = new StampedCommand(0.2, 0, 1);

        Assert.Equal(0.2, SettleWith(harness, new WallProbe(0.1), 40).LinearMps, 9);
    }

    private static GateVerdict SettleWith<TProbe>(GateHarness harness, TProbe probe, int ticks)
        where TProbe : struct, IClearanceProbe
    {
        GateVerdict verdict = default;
        for (int i = 0; i < ticks; i++)
        {
            harness.Advance();
            verdict = harness.Tick(probe);
        }

        return verdict;
    }

    /// <summary>Walls half a metre ahead and <paramref name="behindM"/> behind.</summary>
    private readonly struct PocketProbe(double behindM) : IClearanceProbe
    {
        public double ClearanceM(double forwardM, double leftM) => Math.Min(0.5 - forwardM, behindM + forwardM);
    }
}
