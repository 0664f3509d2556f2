using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

public class HumanOverrideTests
{
    private static readonly QuorumOptions Three = new() { Members = 3, FleetId = 4 };
    private static readonly FakeSignatures Console = new(ISignatureScheme.Operator);

    [Trait("Requirement", "SAF-QUO-010")]
    [Fact]
    public void ApplyOverride_LoneRover_IsHaltedAndOnlyAHumanResumesIt()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        Assert.True(fleet[0].ApplyOverride(Order(1, 0, DecisionKind.FleetHalt), fleet.NowNs));
        fleet.Run(6);
        Assert.All(fleet.Kernels, k => Assert.True(k!.State.Halted));

        Assert.False(fleet[1].Propose(new Decision(DecisionKind.FleetResume), fleet.NowNs));
        Assert.True(fleet[2].ApplyOverride(Order(2, 0, DecisionKind.FleetResume), fleet.NowNs));
        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => !k!.State.Halted), 6));
    }

    [Fact]
    public void ApplyOverride_ForgedReplayedOutOfSequenceOrForbidden_IsRefused()
    {
        QuorumKernel kernel = new QuorumSimulation(Three, new NetworkModel(), 1)[0];
        HumanOverride good = Order(1, 0, DecisionKind.FleetHalt);

        Assert.False(kernel.ApplyOverride(good with { Decision = new Decision(DecisionKind.ResumeRover, 1, Argument: 1) }, 0));
        Assert.False(kernel.ApplyOverride(HumanOverride.Create(1, 0, new Decision(DecisionKind.FleetHalt), 4, new FakeSignatures(1)), 0));
        Assert.False(kernel.ApplyOverride(HumanOverride.Create(1, 0, new Decision(DecisionKind.FleetHalt), 5, Console), 0));
        Assert.False(kernel.ApplyOverride(HumanOverride.Create(1, 0, new Decision(DecisionKind.ChangeVoters, Value: 3), 4, Console), 0));
        Assert.False(kernel.ApplyOverride(Order(2, 0, DecisionKind.FleetHalt), 0));
        Assert.True(kernel.ApplyOverride(good, 0));
        Assert.False(kernel.ApplyOverride(good, 0));
    }

    [Trait("Requirement", "SAF-QUO-010")]
    [Fact]
    public void ApplyOverride_InAnyOrderWithDecisions_AllMembersReachTheSameState()
    {
        // The operator saw height 0; meanwhile the fleet decides a limit. On some members the order comes first.
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        var limit = new Decision(DecisionKind.ChangeSpeedLimit, Value: 300_000);
        var order = HumanOverride.Create(1, 0, new Decision(DecisionKind.ChangeSpeedLimit, Value: 100_000), 4, Console);
        fleet[0].ApplyOverride(order, fleet.NowNs);
        fleet.Partition(0b001);
        fleet[1].Propose(limit, fleet.NowNs);
        fleet.Run(3);
        fleet.Heal();

        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.Overrides.Count == 1 && k.Log.Height == 1), 15));
        Assert.All(fleet.Kernels, k => Assert.Equal(300_000, k!.State.SpeedLimit));
    }

    [Fact]
    public void ApplyOverride_OverrideOfAHeightNotYetReached_CountsAfterThatHeight()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet.Partition(0b001);
        fleet[1].Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: 300_000), fleet.NowNs);
        fleet.Run(3);
        fleet[0].ApplyOverride(
            HumanOverride.Create(1, 1, new Decision(DecisionKind.ChangeSpeedLimit, Value: 100_000), 4, Console), fleet.NowNs);
        Assert.Equal(100_000, fleet[0].State.SpeedLimit);
        fleet.Heal();

        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.Overrides.Count == 1 && k.Log.Height == 1), 15));
        Assert.All(fleet.Kernels, k => Assert.Equal(100_000, k!.State.SpeedLimit));
    }

    [Fact]
    public void Restart_Overrides_AreStillInForce()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet[0].ApplyOverride(Order(1, 0, DecisionKind.FleetHalt), fleet.NowNs);
        fleet.Crash(0);
        fleet.Start(0);

        Assert.True(fleet[0].State.HumanHalted);
        Assert.Single(fleet[0].Overrides);
    }

    [Trait("Requirement", "SAF-QUO-012")]
    [Fact]
    public void TryIssuePermit_ResumeByHuman_CarriesTheOperatorsAuthority()
    {
        QuorumKernel kernel = new QuorumSimulation(Three, new NetworkModel(), 1)[0];
        kernel.ApplyOverride(HumanOverride.Create(1, 0, new Decision(DecisionKind.ResumeRover, 0, Argument: 7), 4, Console), 0);

        Assert.True(kernel.TryIssuePermit(7, out ResumePermit permit));
        Assert.Equal(ResumeAuthority.Operator, permit.Authority);
    }

    [Trait("Requirement", "SAF-QUO-010")]
    [Fact]
    public void ApplyOverride_NewerWordOfAConsoleThatSawLess_Stands()
    {
        var fleet = new QuorumSimulation(Three with { SharedReasonKinds = 0 }, new NetworkModel(), 1);
        fleet[0].Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: 300_000), fleet.NowNs);
        fleet.Run(1);
        Assert.True(fleet[0].ApplyOverride(Order(1, 1, DecisionKind.FleetResume), fleet.NowNs));
        Assert.True(fleet[0].ApplyOverride(Order(2, 0, DecisionKind.FleetHalt), fleet.NowNs));

        Assert.True(fleet[0].State.HumanHalted);
        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.HumanHalted), 15));
    }

    [Trait("Requirement", "SAF-QUO-012")]
    [Theory]
    [InlineData(5, 7, ResumeAuthority.Quorum)]
    [InlineData(7, 5, ResumeAuthority.Operator)]
    [InlineData(7, 7, ResumeAuthority.Operator)]
    public void TryIssuePermit_FleetAndHumanNameDifferentStops_CarriesTheAuthorityOfThatStop(
        uint human, uint fleet, ResumeAuthority expected)
    {
        QuorumKernel kernel = new QuorumSimulation(Three with { Members = 1 }, new NetworkModel(), 1)[0];
        kernel.Propose(new Decision(DecisionKind.ResumeRover, 0, Argument: fleet), 0);
        Assert.Equal(1u, kernel.Log.Height);
        foreach (uint after in (uint[])[0, 1])
        {
            var order = HumanOverride.Create(
                after + 1, after, new Decision(DecisionKind.ResumeRover, 0, Argument: human), 4, Console);
            Assert.True(kernel.ApplyOverride(order, 0));
            Assert.True(kernel.TryIssuePermit(Math.Max(human, fleet), out ResumePermit permit));
            Assert.Equal(expected, permit.Authority);
        }
    }

    [Fact]
    public void TryReadHeight_AnotherFleetAForgerOrNoise_IsNotRead()
    {
        QuorumKernel kernel = new QuorumSimulation(Three with { Members = 1 }, new NetworkModel(), 1)[0];
        kernel.Propose(new Decision(DecisionKind.ChangeSpeedLimit, Value: 300_000), 0);
        byte[] message = kernel.PollMessage(long.MaxValue / 2).ToArray();

        Assert.True(QuorumKernel.TryReadHeight(message, 4, Console, out int member, out uint height));
        Assert.Equal((0, 1u), (member, height));
        Assert.False(QuorumKernel.TryReadHeight(message, 5, Console, out _, out _));
        Assert.False(QuorumKernel.TryReadHeight(message.AsSpan(0, 80), 4, Console, out _, out _));
        message[12] ^= 1;
        Assert.False(QuorumKernel.TryReadHeight(message, 4, Console, out _, out _));
    }

    private static HumanOverride Order(uint sequence, uint after, DecisionKind kind) =>
        HumanOverride.Create(sequence, after, new Decision(kind), 4, Console);
}
