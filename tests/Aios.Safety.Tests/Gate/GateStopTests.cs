namespace Aios.Safety.Tests.Gate;

public class GateStopTests
{
    [Trait("Requirement", "SAF-GATE-015")]
    [Theory]
    [InlineData(GateReason.OperatorStop, GateReason.OperatorStop)]
    [InlineData(GateReason.SelfStop, GateReason.SelfStop)]
    [InlineData(GateReason.MonitorStop, GateReason.MonitorStop)]
    [InlineData(GateReason.None, GateReason.SelfStop)]
    [InlineData(GateReason.SpeedLimit, GateReason.SelfStop)]
    [InlineData((GateReason)255, GateReason.SelfStop)]
    public void Stop_AnyReason_StopsAtOnceAndLatches(GateReason asked, GateReason latched)
    {
        var harness = new GateHarness();
        harness.Settle();

        harness.Gate.Stop(asked);

        GateVerdict verdict = harness.Tick();
        Assert.Equal((0.0, 0.0), (verdict.LinearMps, verdict.AngularRps));
        Assert.Equal(GateAction.Stopped, verdict.Action);
        Assert.Equal(latched, verdict.Primary);
        Assert.Equal(GateAction.Stopped, harness.Settle(1000).Action);
        Assert.Equal(1UL, harness.Gate.Statistics.Stops);
    }

    [Fact]
    public void Stop_OperatorDriving_StopsToo()
    {
        var harness = new GateHarness();
        harness.Inputs.Operator = new StampedCommand(0.3, 0, harness.NowNs);
        harness.Settle();

        harness.Gate.Stop(GateReason.OperatorStop);

        Assert.Equal(0, harness.Settle(1).LinearMps);
    }

    [Fact]
    public void TryResume_PermitForThisStop_LetsTheRoverMove()
    {
        var harness = new GateHarness();
        harness.Gate.Stop(GateReason.SelfStop);

        Assert.True(harness.Gate.TryResume(new ResumePermit(ResumeAuthority.Quorum, harness.Gate.StopId)));

        Assert.False(harness.Gate.IsLatched);
        Assert.Equal(0.4, harness.Settle().LinearMps, 12);
    }

    [Trait("Requirement", "SAF-GATE-030")]
    [Theory]
    [InlineData(GateReason.OperatorStop, false)]
    [InlineData(GateReason.TiltCritical, false)]
    [InlineData(GateReason.BatteryCritical, false)]
    [InlineData(GateReason.SelfStop, true)]
    [InlineData(GateReason.MonitorStop, true)]
    public void TryResume_PermitOfTheFleet_LiftsNoStopThatIsForAHuman(GateReason reason, bool lifts)
    {
        var harness = new GateHarness();
        harness.Gate.Stop(GateReason.MonitorStop);
        harness.Gate.Stop(reason);

        Assert.Equal(lifts, harness.Gate.TryResume(new ResumePermit(ResumeAuthority.Quorum, harness.Gate.StopId)));
        Assert.Equal(!lifts, harness.Gate.TryResume(new ResumePermit(ResumeAuthority.Operator, harness.Gate.StopId)));
        Assert.False(harness.Gate.IsLatched);
    }

    [Trait("Requirement", "SAF-GATE-015")]
    [Fact]
    public void TryResume_StopAskedAgainMeanwhile_StaysStopped()
    {
        var harness = new GateHarness();
        harness.Gate.Stop(GateReason.OperatorStop);
        var permit = new ResumePermit(ResumeAuthority.Quorum, harness.Gate.StopId);
        harness.Gate.Stop(GateReason.OperatorStop);

        Assert.False(harness.Gate.TryResume(permit));

        Assert.Equal(GateAction.Stopped, harness.Settle().Action);
    }

    [Fact]
    public void TryResume_DefaultPermitOrNothingLatched_ChangesNothing()
    {
        var harness = new GateHarness();
        Assert.False(harness.Gate.TryResume(new ResumePermit(ResumeAuthority.Operator, 0)));
        harness.Gate.Stop(GateReason.SelfStop);

        Assert.False(harness.Gate.TryResume(default));

        Assert.True(harness.Gate.IsLatched);
    }

    [Trait("Requirement", "SAF-GATE-008")]
    [Fact]
    public void Evaluate_CriticalTilt_LatchesAndRelatchesWhileItLasts()
    {
        var harness = new GateHarness();
        harness.Inputs.Attitude = harness.Inputs.Attitude with { RollRad = harness.Options.TiltCriticalRad };
        Assert.Equal(GateReason.TiltCritical, harness.Tick().Primary);
        uint first = harness.Gate.StopId;

        Assert.True(harness.Gate.TryResume(new ResumePermit(ResumeAuthority.Operator, first)));
        Assert.Equal(GateAction.Stopped, harness.Settle(1).Action);

        Assert.Equal(first + 1, harness.Gate.StopId);
        harness.Inputs.Attitude = harness.Inputs.Attitude with { RollRad = 0 };
        Assert.Equal(GateAction.Stopped, harness.Settle(10).Action);
        Assert.Equal(first + 1, harness.Gate.StopId);
    }

    [Trait("Requirement", "SAF-GATE-010")]
    [Fact]
    public void Evaluate_CriticalBattery_Latches()
    {
        var harness = new GateHarness();
        harness.Inputs.Battery = harness.Inputs.Battery with { ChargeWh = harness.Options.BatteryCriticalWh };

        GateVerdict verdict = harness.Tick();

        Assert.Equal(GateReason.BatteryCritical, verdict.Primary);
        Assert.True(verdict.Reasons.Contains(GateReason.BatteryReturn));
        Assert.True(harness.Gate.Latched.Contains(GateReason.BatteryCritical));
    }

    [Fact]
    public void Evaluate_HugeTilt_IsCriticalNotOverflow()
    {
        var harness = new GateHarness();
        harness.Inputs.Attitude = harness.Inputs.Attitude with { RollRad = 1e300 };

        Assert.Equal(GateReason.TiltCritical, harness.Tick().Primary);
    }
}
