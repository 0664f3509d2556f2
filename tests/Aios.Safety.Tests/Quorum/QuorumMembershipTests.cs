using System.Numerics;
using Aios.Safety.Quorum;
using FsCheck;
using FsCheck.Fluent;

namespace Aios.Safety.Tests.Quorum;

public class QuorumMembershipTests
{
    [Theory]
    [InlineData(1, FaultModel.Crash, 1)]
    [InlineData(2, FaultModel.Crash, 2)]
    [InlineData(3, FaultModel.Crash, 2)]
    [InlineData(7, FaultModel.Crash, 4)]
    [InlineData(3, FaultModel.Byzantine, 2)]
    [InlineData(4, FaultModel.Byzantine, 3)]
    [InlineData(5, FaultModel.Byzantine, 4)]
    [InlineData(6, FaultModel.Byzantine, 4)]
    [InlineData(7, FaultModel.Byzantine, 5)]
    [InlineData(10, FaultModel.Byzantine, 7)]
    public void Votes_Table(int members, FaultModel model, int needed) => Assert.Equal(needed, QuorumRules.Votes(members, model));

    [Fact]
    public void Votes_AnySize_TwoQuorumsShareAnHonestMemberAndTheHonestSuffice()
    {
        for (int n = 1; n <= 64; n++)
        {
            int crash = QuorumRules.Votes(n, FaultModel.Crash), byzantine = QuorumRules.Votes(n, FaultModel.Byzantine);
            int f = QuorumRules.TolerableFaults(n, FaultModel.Byzantine);
            Assert.True((2 * crash) - n >= 1);
            Assert.True((2 * byzantine) - n >= f + 1);
            Assert.True(n - f >= byzantine);
            Assert.True(n - QuorumRules.TolerableFaults(n, FaultModel.Crash) >= crash);
        }
    }

    [Fact]
    public void Leader_AllViews_EveryVoterTakesItsTurn() =>
        Prop.ForAll<ulong, uint, uint>((voters, epoch, view) =>
        {
            ulong set = voters == 0 ? 1 : voters;
            int count = BitOperations.PopCount(set);
            var leaders = Enumerable.Range(0, count).Select(i => QuorumRules.Leader(set, epoch / 2, (view / 2) + (uint)i)).ToList();
            return leaders.Distinct().Count() == count && leaders.All(l => ((set >> l) & 1) != 0);
        }).Check(Config.QuickThrowOnFailure.WithReplay(7, 9));

    [Trait("Requirement", "SAF-QUO-011")]
    [Fact]
    public void ChangeVoters_LostMemberRemoved_TheRestDecidesByItsOwnMajority()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 5 }, new NetworkModel(), 2);
        fleet.Crash(3);
        fleet.Crash(4);
        Decide(fleet, 0, new Decision(DecisionKind.ChangeVoters, Value: 0b01111));
        Decide(fleet, 0, new Decision(DecisionKind.ChangeVoters, Value: 0b00111));
        fleet.Crash(2);
        Decide(fleet, 1, new Decision(DecisionKind.FleetHalt));

        Assert.Equal([0, 1], fleet[0].Log[3].Signatures.Select(s => (int)s.Voter));
        fleet.Start(4);
        Assert.True(fleet.RunUntil(() => fleet[4].State.Halted, 15));
        Assert.False(fleet[4].State.IsVoter(4));
        fleet[4].Propose(new Decision(DecisionKind.FleetResume), fleet.NowNs);
        fleet.Run(3);
        Assert.True(fleet[4].State.Halted);
        Assert.Empty(fleet.Violations);
    }

    [Theory]
    [InlineData(0b001)]
    [InlineData(0b1111)]
    [InlineData(0)]
    [InlineData(0b111)]
    public void ChangeVoters_MoreThanOneStepOrOutsideTheRoster_IsRefused(long voters) =>
        Assert.False(new FleetDecisionState(3).Allows(new Decision(DecisionKind.ChangeVoters, Value: voters)));

    [Fact]
    public void Apply_AnyBytes_NeverThrowsAndKeepsOnlyWellFormed() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 255).ArrayOf(16)), bytes =>
        {
            var state = new FleetDecisionState(5);
            Decision d = Decision.Read([.. bytes.Select(b => (byte)b)]);
            bool allowed = state.Allows(d);
            state.Apply(d, human: true);
            state.Apply(d, human: false);
            return state.Voters != 0 && (!allowed || state.IsWellFormed(d));
        }).Check(Config.QuickThrowOnFailure.WithReplay(3, 5).WithMaxTest(5000));

    private static void Decide(QuorumSimulation fleet, int member, Decision decision)
    {
        Assert.True(fleet[member].Propose(decision, fleet.NowNs));
        Assert.True(fleet.RunUntil(
            () => fleet.Kernels.All(k => k is null || !k.State.IsVoter(k.Self) || k.Log.Height == fleet[member].Log.Height)
            && !fleet[member].IsProposed(decision), 10));
    }
}
