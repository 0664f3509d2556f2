using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

public class QuorumRecoveryTests
{
    private static readonly Decision Halt = new(DecisionKind.FleetHalt);
    private static readonly QuorumOptions Three = new() { SharedReasonKinds = 0, Members = 3 };

    [Fact]
    public void Restart_AfterDecision_KnowsItWithoutAskingAnyone()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(1);
        fleet.Crash(1);
        fleet.Start(1);

        Assert.True(fleet[1].State.Halted);
        Assert.Equal(fleet[0].Log.Head, fleet[1].Log.Head);
        Assert.False(fleet[1].Abstains);
    }

    [Trait("Requirement", "SAF-QUO-002")]
    [Fact]
    public void Restart_AfterItsVote_RepeatsItAndCastsNoOther()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel { Loss = 1 }, 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(0.1);
        fleet.Crash(0);
        fleet.Start(0);
        fleet[0].Propose(new Decision(DecisionKind.DeclareLost, 1), fleet.NowNs);
        fleet.Run(0.1);

        IReadOnlyList<Vote> votes = MessageInspector.VotesBy(0, fleet[0].PollMessage(long.MaxValue / 2).ToArray());
        Assert.Equal([Halt], votes.Where(v => v.Phase == VotePhase.Prepare).Select(v => v.Decision).Distinct());
    }

    [Fact]
    public void Restart_WhileLocked_IsStillLocked()
    {
        // Member 0 commits on prepares of 0 and 1, then loses power before anyone hears its commit.
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet.Cut[0, 1] = fleet.Cut[0, 2] = fleet.Cut[1, 2] = fleet.Cut[2, 1] = true;
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet[1].Propose(Halt, fleet.NowNs);
        fleet.Run(0.1);
        fleet.Crash(0);
        fleet.Start(0);
        fleet.Run(0.02);
        fleet[0].Withdraw(Halt);

        IReadOnlyList<Vote> votes = MessageInspector.VotesBy(0, fleet[0].PollMessage(long.MaxValue / 2).ToArray());
        Assert.Contains(votes, v => v is { Phase: VotePhase.Commit } && v.Decision == Halt);
        fleet.Heal();
        fleet.Policies[0].EndorsesAll = fleet.Policies[1].EndorsesAll = false;
        fleet[1].Withdraw(Halt);
        Assert.True(fleet.RunUntil(() => fleet[1].State.Halted, 10));
    }

    [Fact]
    public void Restart_TornEnd_IsCutOffAndVotingGoesOn()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(1);
        int whole = fleet.Stores[1].Length;
        fleet.Crash(1);
        fleet.Stores[1].TryAppend([40, 0, 215, 255, 1, 9, 9]);
        fleet.Start(1);

        Assert.Equal(whole, fleet.Stores[1].Length);
        Assert.False(fleet[1].Abstains);
        fleet.Crash(2);
        fleet[1].Propose(new Decision(DecisionKind.FleetResume), fleet.NowNs);
        Assert.True(fleet.RunUntil(() => !fleet[0].State.Halted && !fleet[1].State.Halted, 5));
    }

    [Fact]
    public void Restart_EveryTornLength_NeverVotesTwice()
    {
        var full = new QuorumSimulation(Three, new NetworkModel(), 1);
        full[0].Propose(Halt, full.NowNs);
        full.Run(1);
        byte[] journal = full.Stores[0].Load();
        for (int length = 0; length < journal.Length; length++)
        {
            var store = new MemoryVoteStore();
            store.TryAppend(journal.AsSpan(0, length));
            var kernel = new QuorumKernel(0, Three, new FakeSignatures(0), store, new TestPolicy(), 0);
            Assert.False(kernel.Abstains);
            Assert.Equal(length < journal.Length ? 0u : 1u, kernel.Log.Height);
        }
    }

    [Trait("Requirement", "SAF-QUO-009")]
    [Fact]
    public void Restart_DamagedRecord_AbstainsForGoodButFollows()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(1);
        byte[] journal = fleet.Stores[1].Load();
        journal[10] ^= 4;
        fleet.Crash(1);
        fleet.Stores[1].TryTruncate(0);
        fleet.Stores[1].TryAppend(journal);
        fleet.Start(1);
        Assert.True(fleet[1].Abstains);
        fleet.Crash(2);
        fleet[0].Propose(new Decision(DecisionKind.FleetResume), fleet.NowNs);
        fleet.Run(10);
        Assert.True(fleet[0].State.Halted);

        fleet.Start(2);
        Assert.True(fleet.RunUntil(() => fleet.Kernels.All(k => k is { State.Halted: false, Log.Height: 2 }), 10));
        Assert.DoesNotContain(fleet[0].Log[2].Signatures, s => s.Voter == 1);
    }

    [Trait("Requirement", "SAF-QUO-009")]
    [Fact]
    public void Vote_StoreRefuses_IsWithheldAndReported()
    {
        var kernel = new QuorumKernel(0, Three, new FakeSignatures(0), new RefusingStore(), new TestPolicy(), 0);
        kernel.Propose(Halt, 0);

        Assert.DoesNotContain(
            MessageInspector.VotesBy(0, kernel.PollMessage(0).ToArray()), v => v.Phase != VotePhase.Request);
        Assert.True(kernel.Statistics.StoreFailures > 0);
        Assert.True(kernel.TryTakeEvent(out QuorumEvent happened));
        Assert.Equal(QuorumEventKind.StoreFailed, happened.Kind);
    }

    [Trait("Requirement", "SAF-QUO-009")]
    [Fact]
    public void Restart_AnyBitOfTheJournalWrong_AbstainsForGood()
    {
        var full = new QuorumSimulation(Three, new NetworkModel(), 1);
        full[0].Propose(Halt, full.NowNs);
        full.Run(1);
        byte[] journal = full.Stores[0].Load();
        for (int bit = 0; bit < 8 * journal.Length; bit++)
        {
            byte[] damaged = [.. journal];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var store = new MemoryVoteStore();
            store.TryAppend(damaged);

            Assert.True(new QuorumKernel(0, Three, new FakeSignatures(0), store, new TestPolicy(), 0).Abstains, $"bit {bit}");
        }
    }

    [Fact]
    public void Restart_StoreOnceRefusedADecisionAndAnOrder_WhatCameLaterWaitsForThem()
    {
        var one = new QuorumOptions { Members = 1, SharedReasonKinds = 0 };
        var store = new FlakyStore { RefuseDecisions = true };
        var first = new QuorumKernel(0, one, new FakeSignatures(0), store, new TestPolicy(), 0);
        first.Propose(Halt, 0);
        HumanOverride[] orders = [.. ((uint[])[1, 2]).Select(i => HumanOverride.Create(
            i, 0, new Decision(DecisionKind.ChangeSpeedLimit, Value: 100_000 * i), 0, new FakeSignatures(ISignatureScheme.Operator)))];
        Assert.True(first.ApplyOverride(orders[0], 0));
        store.RefuseDecisions = false;
        Assert.True(first.ApplyOverride(orders[1], 0));
        first.Propose(new Decision(DecisionKind.FleetResume), 0);
        Assert.Equal(2u, first.Log.Height);

        var again = new QuorumKernel(0, one, new FakeSignatures(0), store, new TestPolicy(), 0);
        Assert.False(again.Abstains);
        Assert.Empty(again.Overrides);
        Assert.True(again.ApplyOverride(orders[0], 0));
        Assert.True(again.ApplyOverride(orders[1], 0));
        again.Tick(0);
        Assert.Equal(first.Log.Head, again.Log.Head);
        Assert.False(new QuorumKernel(0, one, new FakeSignatures(0), store, new TestPolicy(), 0).Abstains);
    }

    [Fact]
    public void Restart_DecisionWasNotStored_LaterVotesAreStillKept()
    {
        var store = new FlakyStore();
        var fleet = new QuorumSimulation(new QuorumOptions { Members = 1 }, new NetworkModel(), 1);
        var kernel = new QuorumKernel(0, new QuorumOptions { Members = 1 }, new FakeSignatures(0), store, fleet.Policies[0], 0);
        store.RefuseDecisions = true;
        kernel.Propose(Halt, 0);
        Assert.Equal(1u, kernel.Log.Height);
        kernel.Propose(new Decision(DecisionKind.FleetResume), 0);

        var again = new QuorumKernel(0, new QuorumOptions { Members = 1 }, new FakeSignatures(0), store, new TestPolicy(), 0);
        Assert.False(again.Abstains);
        again.Tick(0);
        Assert.Equal(kernel.Log.Head, again.Log.Head);
    }

    [Fact]
    public void Restart_FileGrownButNotWritten_ZerosAreCutOff()
    {
        var fleet = new QuorumSimulation(Three, new NetworkModel(), 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(1);
        int whole = fleet.Stores[1].Length;
        fleet.Crash(1);
        fleet.Stores[1].TryAppend(new byte[512]);
        fleet.Start(1);

        Assert.False(fleet[1].Abstains);
        Assert.Equal(whole, fleet.Stores[1].Length);
    }

    [Trait("Requirement", "SAF-QUO-009")]
    [Theory]
    [InlineData(1, 0UL)]
    [InlineData(0, 5UL)]
    public void Restart_JournalOfAnotherMemberOrFleet_Abstains(int self, ulong fleetId)
    {
        var store = new MemoryVoteStore();
        _ = new QuorumKernel(0, Three, new FakeSignatures(0), store, new TestPolicy(), 0);

        var other = new QuorumKernel(self, Three with { FleetId = fleetId }, new FakeSignatures(self), store, new TestPolicy(), 0);

        Assert.True(other.Abstains);
    }

    [Fact]
    public void Crc32_CheckValue_IsTheStandardOne() => Assert.Equal(0xCBF43926u, VoteJournal.Crc32("123456789"u8));

    private sealed class RefusingStore : IVoteStore
    {
        public byte[] Load() => [];

        public bool TryAppend(ReadOnlySpan<byte> record) => false;

        public bool TryTruncate(int length) => false;
    }

    private sealed class FlakyStore : IVoteStore
    {
        private readonly MemoryVoteStore _store = new();

        public bool RefuseDecisions { get; set; }

        public byte[] Load() => _store.Load();

        public bool TryAppend(ReadOnlySpan<byte> record) =>
            !(RefuseDecisions && (JournalRecordKind)record[4] is JournalRecordKind.Decided or JournalRecordKind.Override)
            && _store.TryAppend(record);

        public bool TryTruncate(int length) => _store.TryTruncate(length);
    }
}
