using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

public class QuorumDecisionTests
{
    private static readonly Decision LostC = new(DecisionKind.DeclareLost, 2);
    private static readonly Decision Halt = new(DecisionKind.FleetHalt);

    [Fact]
    public void Propose_ThreeRoversOneDead_TwoDeclareItLost()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 1);
        fleet.Run(1);
        fleet.Crash(2);
        fleet.Policies[0].EndorsesAll = false;
        fleet.Policies[1].EndorsesAll = false;
        fleet[0].Propose(LostC, fleet.NowNs);
        fleet[1].Propose(LostC, fleet.NowNs);

        Assert.True(fleet.RunUntil(() => fleet[0].State.IsLost(2) && fleet[1].State.IsLost(2), 1));

        Assert.Equal(LostC, fleet[0].Log[1].Decision);
        Assert.Equal([0, 1], fleet[0].Log[1].Signatures.Select(s => (int)s.Voter));
        Assert.Equal(fleet[0].Log.Head, fleet[1].Log.Head);
        Assert.Empty(fleet.Violations);
    }

    [Trait("Requirement", "SAF-QUO-003")]
    [Fact]
    public void Propose_OneMemberAloneWantsIt_NothingIsDecided()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 1);
        fleet.Policies[1].Refused.Add(LostC);
        fleet.Policies[2].Refused.Add(LostC);
        fleet[0].Propose(LostC, fleet.NowNs);
        fleet.Run(30);

        Assert.Empty(fleet.Decisions);
        Assert.All(fleet.Kernels, k => Assert.False(k!.State.IsLost(2)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void Turn_BestWishThatNobodySupports_LetsTheNextBeDecided(long turn, bool isDecided)
    {
        var limit = new Decision(DecisionKind.ChangeSpeedLimit, Value: 100_000);
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 1);
        fleet.Policies[1].Refused.Add(Halt);
        fleet.Policies[2].Refused.Add(Halt);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet[0].Propose(limit, fleet.NowNs);
        fleet[0].Propose(LostC, fleet.NowNs);
        fleet.Policies[1].Refused.Add(LostC);
        fleet.Policies[2].Refused.Add(LostC);
        fleet.Run(5);

        for (long k = 1; k <= turn + 1; k++)
        {
            fleet[0].Turn = turn == 0 ? 0 : k;
            fleet.Run(5);
        }

        Assert.Equal(isDecided, fleet[1].State.SpeedLimit == limit.Value);
        Assert.Empty(fleet.Violations);
    }

    [Fact]
    public void Propose_OthersComeToAgreeLater_IsDecidedThen()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 1);
        fleet.Policies[1].Refused.Add(Halt);
        fleet.Policies[2].Refused.Add(Halt);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(10);
        fleet.Policies[1].Refused.Clear();

        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.Halted), 10));
    }

    [Trait("Requirement", "SAF-QUO-005")]
    [Theory]
    [InlineData(3, FaultModel.Crash)]
    [InlineData(7, FaultModel.Crash)]
    [InlineData(4, FaultModel.Byzantine)]
    [InlineData(7, FaultModel.Byzantine)]
    public void Propose_CleanLink_IsCertainInTime(int members, FaultModel model)
    {
        var latencies = new List<double>();
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = members, Model = model }, new NetworkModel(), seed);
            fleet.Run(1);
            long start = fleet.NowNs;
            int proposer = (int)(seed % (ulong)members);
            fleet[proposer].Propose(Halt, start);
            fleet.Flush(proposer);
            Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.Halted), 5));
            latencies.Add((fleet.Decisions[0].AtNs - start) * 1e-9);
        }

        latencies.Sort();
        Assert.True(latencies[98] <= 0.15, $"p99 {latencies[98]:0.000} s");
    }

    [Trait("Requirement", "SAF-QUO-005")]
    [Fact]
    public void Propose_SevenMembersThirtyPercentLoss_IsCertainInTime()
    {
        var latencies = new List<double>();
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 7 }, new NetworkModel { Loss = 0.3 }, seed);
            fleet.Run(1);
            long start = fleet.NowNs;
            fleet[0].Propose(Halt, start);
            fleet.Flush(0);
            Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.Halted), 20));
            latencies.Add((fleet.Decisions[0].AtNs - start) * 1e-9);
        }

        latencies.Sort();
        Assert.True(latencies[98] <= 2, $"p99 {latencies[98]:0.000} s");
    }

    [Fact]
    public void Propose_CompetingDecisions_AllAreDecidedOneAfterTheOther()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 5 }, new NetworkModel { Loss = 0.2 }, seed);
            for (byte i = 0; i < 5; i++)
            {
                fleet[i].Propose(new Decision(DecisionKind.EnterHazardZone, i, 3), fleet.NowNs);
                fleet.Flush(i);
            }

            Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.Log.Height == 5), 60), $"seed {seed}");
            Assert.Empty(fleet.Violations);
            Assert.All(fleet.Kernels, k => Assert.Equal(8UL, k!.State.HazardPermits(4)));
        }
    }

    [Trait("Requirement", "SAF-QUO-006")]
    [Fact]
    public void Propose_LeadersDead_NextLeadersTakeOverInTime()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 7 }, new NetworkModel(), 3);
        for (int dead = 1; dead <= 3; dead++)
        {
            fleet.Crash(dead);
        }

        // Votes split in view 0, and the leaders of the next views are dead.
        fleet[0].Propose(new Decision(DecisionKind.EnterHazardZone, 0, 1), fleet.NowNs);
        fleet[4].Propose(new Decision(DecisionKind.EnterHazardZone, 4, 1), fleet.NowNs);
        fleet[5].Propose(new Decision(DecisionKind.EnterHazardZone, 5, 1), fleet.NowNs);
        foreach (int alive in new[] { 0, 4, 5, 6 })
        {
            fleet.Policies[alive].Unreachable.UnionWith([1, 2, 3]);
        }

        Assert.True(fleet.RunUntil(() => fleet.Decisions.Count >= 1, 3));
        Assert.Empty(fleet.Violations);
    }

    [Fact]
    public void Propose_MembersOnlyInAChain_AgreeThroughTheMiddle()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel { Loss = 0.1 }, 5);
        fleet.Cut[0, 2] = fleet.Cut[2, 0] = true;
        fleet.Policies[1].Refused.Add(Halt);
        fleet[0].Propose(Halt, fleet.NowNs);

        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.Halted), 10));
        Assert.Empty(fleet.Violations);
    }

    [Trait("Requirement", "SAF-QUO-004")]
    [Fact]
    public void Partition_Minority_CannotDecideAndCatchesUpAfterwards()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 5 }, new NetworkModel(), 5);
        fleet.Partition(0b00011);
        fleet[0].Propose(new Decision(DecisionKind.DeclareLost, 4), fleet.NowNs);
        fleet[4].Propose(Halt, fleet.NowNs);
        fleet.Run(20);
        Assert.Equal(0u, fleet[0].Log.Height);
        Assert.Equal(Halt, fleet[4].Log[1].Decision);

        fleet.Policies[2].EndorsesAll = fleet.Policies[3].EndorsesAll = fleet.Policies[4].EndorsesAll = false;
        fleet.Heal();

        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k!.State.Halted), 15));
        Assert.Empty(fleet.Violations);
    }

    [Fact]
    public void Propose_MalformedOrMeaningless_IsRefused()
    {
        QuorumKernel kernel = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 1)[0];

        Assert.False(kernel.Propose(new Decision(DecisionKind.FleetResume), 0));
        Assert.False(kernel.Propose(new Decision(DecisionKind.DeclareLost, 3), 0));
        Assert.False(kernel.Propose(new Decision(DecisionKind.FleetHalt, 1), 0));
        Assert.False(kernel.Propose(new Decision(DecisionKind.Readmit, 1), 0));
        Assert.False(kernel.Propose(new Decision((DecisionKind)77), 0));
        Assert.False(kernel.Propose(default, 0));
    }

    [Trait("Requirement", "SAF-QUO-012")]
    [Fact]
    public void Decide_SeveralInARow_StateFollows()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { SharedReasonKinds = 0, Members = 3 }, new NetworkModel(), 8);
        Decision[] decisions =
        [
            Halt, new(DecisionKind.FleetResume), LostC, new(DecisionKind.TakeOverRole, 2, 1), new(DecisionKind.Readmit, 2),
            new(DecisionKind.EnterHazardZone, 1, 5), new(DecisionKind.LeaveHazardZone, 1, 5),
            new(DecisionKind.ChangeSpeedLimit, Value: 200_000), new(DecisionKind.ResumeRover, 1, Argument: 3),
        ];
        foreach (Decision d in decisions)
        {
            Assert.True(fleet[1].Propose(d, fleet.NowNs));
            Assert.True(fleet.RunUntil(() => !fleet[1].IsProposed(d) && fleet.Kernels.All(k => k!.Log.Height == fleet[1].Log.Height), 6));
        }

        FleetDecisionState state = fleet[0].State;
        Assert.Equal(decisions, Enumerable.Range(1, 9).Select(e => fleet[2].Log[(uint)e].Decision));
        Assert.False(state.Halted);
        Assert.False(state.IsLost(2));
        Assert.Equal(1, state.RoleHolder(2));
        Assert.Equal(0UL, state.HazardPermits(1));
        Assert.Equal(200_000, state.SpeedLimit);
        Assert.True(fleet[1].TryIssuePermit(3, out ResumePermit permit));
        Assert.Equal((ResumeAuthority.Quorum, 3u), (permit.Authority, permit.StopId));
        Assert.False(fleet[1].TryIssuePermit(2, out _));
        Assert.False(fleet[0].TryIssuePermit(3, out _));
    }

    [Trait("Requirement", "SAF-QUO-016")]
    [Theory]
    [InlineData(3, FaultModel.Crash, 2)]
    [InlineData(4, FaultModel.Byzantine, 2)]
    [InlineData(7, FaultModel.Byzantine, 3)]
    public void Halt_TooFewAsk_IsSupportedByNobodyNorByWhoAsks(int members, FaultModel model, int needed)
    {
        var fleet = new QuorumSimulation(new QuorumOptions { Members = members, Model = model }, new NetworkModel(), 4);
        for (int asker = 0; asker < needed - 1; asker++)
        {
            fleet[asker].Propose(Halt, fleet.NowNs);
        }

        fleet.Run(5);
        Assert.Equal(0u, fleet[0].Log.Height);
        Assert.All(Enumerable.Range(0, members), i => Assert.Null(fleet[i].OwnVote(0, VotePhase.Prepare)));
        Assert.All(Enumerable.Range(0, members), i => Assert.Equal(0u, fleet[i].View)); // nothing to wait for: no view is wasted

        fleet[members - 1].Propose(Halt, fleet.NowNs);
        fleet.Run(2);
        Assert.All(Enumerable.Range(0, members), i => Assert.True(fleet[i].State.FleetHalted));
    }

    [Trait("Requirement", "SAF-QUO-018")]
    [Fact]
    public void Wishes_BestOneUnsupported_OthersHaveTheirTurn()
    {
        var fleet = new QuorumSimulation(new QuorumOptions { Members = 3 }, new NetworkModel(), 4);
        Decision slow = new(DecisionKind.ChangeSpeedLimit, Value: 300_000), zone = new(DecisionKind.EnterHazardZone, 0, 2);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet[0].Propose(slow, fleet.NowNs);
        fleet[0].Propose(zone, fleet.NowNs);
        fleet.Run(3);
        Assert.Equal(0u, fleet[0].Log.Height); // the halt is asked for, which nobody seconds

        for (int turn = 1; turn <= 2; turn++)
        {
            fleet[0].Turn = turn;
            fleet.Run(2);
        }

        Assert.Equal(2u, fleet[1].Log.Height);
        Assert.Equal(300_000, fleet[1].State.SpeedLimit);
        Assert.Equal(1ul << 2, fleet[1].State.HazardPermits(0));
        Assert.True(fleet[0].IsProposed(Halt));
        fleet[0].Turn = 0;
        fleet[1].Propose(Halt, fleet.NowNs);
        fleet.Run(2);
        Assert.True(fleet[2].State.FleetHalted);
    }
}
