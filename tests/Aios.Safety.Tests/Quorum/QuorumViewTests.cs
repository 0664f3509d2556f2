using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>View synchronisation: members meet in one view, and nobody is moved by few.</summary>
public class QuorumViewTests
{
    private static readonly Decision Slow = new(DecisionKind.ChangeSpeedLimit, Value: 100_000);
    private static readonly Decision Fast = new(DecisionKind.ChangeSpeedLimit, Value: 300_000);
    private static readonly QuorumOptions Four = new() { Members = 4, Model = FaultModel.Byzantine, FleetId = 1 };

    [Trait("Requirement", "SAF-QUO-006")]
    [Trait("Requirement", "SAF-QUO-015")]
    [Fact]
    public void Views_MembersApartThatRestartedAtDifferentTimes_MeetAndDecide()
    {
        // Three of four are alive, so all three are needed; each was alone for another time.
        var fleet = new QuorumSimulation(Four, new NetworkModel(), 1);
        fleet.Crash(3);
        fleet[0].Propose(Slow, fleet.NowNs);
        fleet[1].Propose(Fast, fleet.NowNs);
        fleet.Run(0.02);
        Array.ForEach([0, 1, 2], member => Isolate(fleet, member));
        for (int member = 1; member < 3; member++)
        {
            fleet.Run(40);
            fleet.Crash(member);
            fleet.Start(member);
        }

        fleet.Run(20);
        fleet.Heal();

        Assert.True(fleet.RunUntil(() => fleet.Decisions.Count > 0, 5));
        Assert.Empty(fleet.Violations);
    }

    [Trait("Requirement", "SAF-QUO-015")]
    [Theory]
    [InlineData(FaultModel.Crash)]
    [InlineData(FaultModel.Byzantine)]
    public void Views_MemberInAMinority_StaysInItsViewHoweverLong(FaultModel model)
    {
        var fleet = new QuorumSimulation(Four with { Model = model }, new NetworkModel(), 1);
        Isolate(fleet, 0);
        fleet[0].Propose(Slow, fleet.NowNs);
        fleet.Run(300);

        Assert.Equal((0u, 1u), (fleet[0].View, fleet[0].WantedView));
    }

    [Trait("Requirement", "SAF-QUO-015")]
    [Fact]
    public void ViewChange_OfAsManyAsMayLie_MovesNobody()
    {
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), new MemoryVoteStore(), new TestPolicy(), 0);
        kernel.Propose(Slow, 0);

        Hear(kernel, sender: 3, voter: 3, view: uint.MaxValue);
        Assert.Equal(1UL, kernel.Statistics.Invalid); // no view comes after it
        Hear(kernel, sender: 3, voter: 3, view: uint.MaxValue - 1);
        Assert.Equal((0u, 0u), (kernel.View, kernel.WantedView));

        // With a second one, an honest member wants it: this one joins, and three of four are a quorum.
        Hear(kernel, sender: 3, voter: 2, view: 7);
        Assert.Equal((7u, 7u), (kernel.View, kernel.WantedView));
    }

    [Trait("Requirement", "SAF-QUO-015")]
    [Fact]
    public void ViewChange_MemberWithNothingToDecide_JoinsNobodyButGoesWithAQuorum()
    {
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), new MemoryVoteStore(), new TestPolicy(), 0);
        Hear(kernel, sender: 1, voter: 1, view: 4);
        Hear(kernel, sender: 1, voter: 2, view: 5);
        Assert.Equal((0u, 0u), (kernel.View, kernel.WantedView));

        Hear(kernel, sender: 1, voter: 3, view: 9);
        Assert.Equal((4u, 0u), (kernel.View, kernel.WantedView));
    }

    [Trait("Requirement", "SAF-QUO-007")]
    [Fact]
    public void ViewChange_ForgedOrWithADecision_IsRejectedAndCounted()
    {
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), new MemoryVoteStore(), new TestPolicy(), 0);
        kernel.Propose(Slow, 0);
        Hear(kernel, sender: 3, voter: 2, view: 7, signer: 3);
        Hear(kernel, sender: 3, voter: 1, view: 7, signer: 3);
        Assert.Equal((0u, 2ul), (kernel.View, kernel.Statistics.Forged));

        Hear(kernel, sender: 3, voter: 3, view: 7, decision: Slow);
        Hear(kernel, sender: 2, voter: 2, view: 7, decision: Slow);
        Assert.Equal((0u, 2ul), (kernel.View, kernel.Statistics.Invalid));
    }

    [Trait("Requirement", "SAF-QUO-015")]
    [Fact]
    public void ViewChange_AfterPowerLoss_IsStillWanted()
    {
        var store = new MemoryVoteStore();
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), store, new TestPolicy(), 0);
        kernel.Propose(Slow, 0);
        kernel.Tick(0);
        kernel.Tick(10_000_000_000);
        Assert.Equal((0u, 1u), (kernel.View, kernel.WantedView));

        var again = new QuorumKernel(0, Four, new FakeSignatures(0), store, new TestPolicy(), 0);
        Assert.Equal((0u, 1u), (again.View, again.WantedView));
        Assert.False(again.Abstains);
    }

    [Trait("Requirement", "SAF-QUO-015")]
    [Fact]
    public void ViewChange_TwoThatNeverHearEachOther_LearnItFromAThird()
    {
        var fleet = new QuorumSimulation(Four, new NetworkModel(), 3);
        fleet.Crash(3);
        fleet.Cut[0, 1] = fleet.Cut[1, 0] = true;
        fleet[0].Propose(Slow, fleet.NowNs);
        fleet[1].Propose(Fast, fleet.NowNs); // the votes of view 0 split

        Assert.True(fleet.RunUntil(() => fleet.Kernels.Take(3).All(k => k!.Log.Height > 0), 15));
        Assert.True(fleet[0].Statistics.ViewChanges > 0);
        Assert.Empty(fleet.Violations);
    }

    [Trait("Requirement", "SAF-QUO-017")]
    [Fact]
    public void PrepareQuorum_WithALiarThatSaidSomethingElseHereFirst_IsBelieved()
    {
        // Found by a fragment: who was locked on such a quorum could not convince the others, for ever.
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), new MemoryVoteStore(), new TestPolicy { EndorsesAll = false }, 0);
        Hear(kernel, sender: 3, Prepare(kernel, 3, Fast));
        Hear(kernel, sender: 1, Prepare(kernel, 1, Slow), Prepare(kernel, 2, Slow));
        Assert.Null(kernel.OwnVote(0, VotePhase.Commit));

        Hear(kernel, sender: 1, Prepare(kernel, 1, Slow), Prepare(kernel, 2, Slow), Prepare(kernel, 3, Slow, signer: 1));
        Assert.Null(kernel.OwnVote(0, VotePhase.Commit));
        Hear(kernel, sender: 1, Prepare(kernel, 1, Slow), Prepare(kernel, 2, Slow), Prepare(kernel, 2, Slow));
        Assert.Null(kernel.OwnVote(0, VotePhase.Commit));

        Hear(kernel, sender: 1, Prepare(kernel, 1, Slow), Prepare(kernel, 2, Slow), Prepare(kernel, 3, Slow));
        Assert.Equal(Slow, kernel.OwnVote(0, VotePhase.Commit));
        Assert.True(kernel.Statistics.Equivocations > 0);
    }

    [Trait("Requirement", "SAF-QUO-017")]
    [Fact]
    public void PrepareQuorum_ForADecisionThatAnOverrideMadeMeaningless_IsStillCarriedOn()
    {
        // Others may be locked on it: no resume means anything here, as nothing is halted.
        var resume = new Decision(DecisionKind.FleetResume);
        var kernel = new QuorumKernel(0, Four, new FakeSignatures(0), new MemoryVoteStore(), new TestPolicy(), 0);
        for (byte voter = 1; voter < 4; voter++)
        {
            Hear(kernel, sender: 1, voter, view: 1);
        }

        int leader = QuorumRules.Leader(0xF, kernel.Epoch, 1);
        var said = Signed(kernel, new Vote(kernel.Epoch, 1, VotePhase.Prepare, (byte)leader, resume), leader);
        Hear(kernel, leader, said);
        Assert.Null(kernel.OwnVote(1, VotePhase.Prepare));

        Hear(kernel, sender: 1, Prepare(kernel, 1, resume), Prepare(kernel, 2, resume), Prepare(kernel, 3, resume));
        Assert.Equal(resume, kernel.OwnVote(1, VotePhase.Prepare));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 3)]
    [InlineData(10, 4)]
    public void IndependentReasons_AreMoreThanMayLieAndNeverOneAlone(int members, int reasons) =>
        Assert.Equal(reasons, QuorumRules.IndependentReasons(members));

    private static void Isolate(QuorumSimulation fleet, int member)
    {
        for (int other = 0; other < fleet.Kernels.Length; other++)
        {
            fleet.Cut[member, other] = fleet.Cut[other, member] = true;
        }
    }

    private static (Vote Vote, VoterSignature Signature) Prepare(QuorumKernel kernel, byte voter, in Decision decision, int? signer = null) =>
        Signed(kernel, new Vote(kernel.Epoch, 0, VotePhase.Prepare, voter, decision), signer ?? voter);

    private static (Vote Vote, VoterSignature Signature) Signed(QuorumKernel kernel, in Vote vote, int signer)
    {
        byte[] signed = new byte[Vote.SignedBytes];
        vote.WriteSigned(signed, Four.FleetId, kernel.Log.Head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        new FakeSignatures(signer).Sign(signed, signature);
        return (vote, new VoterSignature(vote.Voter, signature));
    }

    private static void Hear(QuorumKernel kernel, int sender, byte voter, uint view, int? signer = null, Decision decision = default) =>
        Hear(kernel, sender, Signed(kernel, new Vote(kernel.Epoch, view, VotePhase.ViewChange, voter, decision), signer ?? voter));

    /// <summary>Brings votes of one view, phase and decision in one section.</summary>
    private static void Hear(QuorumKernel kernel, int sender, params (Vote Vote, VoterSignature Signature)[] votes)
    {
        Vote like = votes[0].Vote;
        byte[] buffer = new byte[Four.MostMessageBytes];
        var writer = new WireWriter(buffer);
        new MessageHeader((byte)sender, Four.FleetId, kernel.Epoch, 0, 0).Write(ref writer);
        writer.Byte((byte)MessageSection.Votes);
        writer.UInt32(like.View);
        writer.Byte((byte)like.Phase);
        writer.Decision(like.Decision);
        writer.Signatures([.. votes.Select(v => v.Signature)]);
        int body = writer.Length;
        new FakeSignatures(sender).Sign(buffer.AsSpan(0, body), buffer.AsSpan(body, ISignatureScheme.SignatureBytes));
        Assert.True(kernel.Receive(buffer.AsSpan(0, body + ISignatureScheme.SignatureBytes), 0));
    }
}
