using System.Globalization;
using Aios.Numerics;
using Aios.Safety.Conformance;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

public class QuorumForgeryTests
{
    /// <summary>Forged messages per test run; the full run sets AIOS_SAFETY_FORGERIES=1000000.</summary>
    private static readonly int Forgeries =
        int.TryParse(Environment.GetEnvironmentVariable("AIOS_SAFETY_FORGERIES"), CultureInfo.InvariantCulture, out int n) ? n : 20_000;

    private static readonly QuorumOptions Four = new() { SharedReasonKinds = 0, Members = 4, Model = FaultModel.Byzantine, FleetId = 77 };
    private static readonly Decision Halt = new(DecisionKind.FleetHalt);

    [Trait("Requirement", "SAF-QUO-007")]
    [Fact]
    public void Receive_RandomlyDamagedMessages_AllAreRejectedCountedAndWithoutEffect()
    {
        byte[][] genuine = GenuineMessages(Four);
        var target = new QuorumKernel(3, Four, new FakeSignatures(3), new MemoryVoteStore(), new TestPolicy(), 0);
        var random = new SeededRandom(99);
        for (int i = 0; i < Forgeries; i++)
        {
            byte[] message = Damage(genuine[random.NextInt(genuine.Length)], random);
            Assert.False(target.Receive(message, 0));
        }

        QuorumStatistics s = target.Statistics;
        Assert.Equal((ulong)Forgeries, s.Malformed + s.Foreign + s.Forged);
        Assert.True(s.Malformed > 0 && s.Foreign > 0 && s.Forged > 0);
        Assert.Equal((1u, 0u), (target.Epoch, target.View));
        Assert.False(target.TryTakeEvent(out _));
    }

    [Trait("Requirement", "SAF-QUO-007")]
    [Fact]
    public void Receive_BadMessagesUnderRealKeys_AreRejectedForTheirReason()
    {
        using var campaign = new ForgeryCampaign(3);
        ForgeryResult result = campaign.Run(Forgeries / 10);

        QuorumStatistics s = result.Rejections;
        Assert.Equal(0, result.Effects);
        Assert.All(result.Sent, kind => Assert.True(kind > 0));
        Assert.True(s.Malformed > 0 && s.Foreign > 0);
        Assert.True(s.Forged >= (ulong)(result.Sent[(int)ForgeryKind.WrongKey] + result.Sent[(int)ForgeryKind.InventedVote]));
        Assert.True(s.OutOfEpoch >= (ulong)result.Sent[(int)ForgeryKind.WrongEpoch]);
        Assert.Equal(0UL, s.Equivocations + s.Forks);
    }

    [Fact]
    public void Receive_RandomlyForgedVotesInsideSignedMessages_AllAreRejectedAndCounted()
    {
        // A member signs the message but the votes of others in it are its own invention.
        var target = new QuorumKernel(3, Four, new FakeSignatures(3), new MemoryVoteStore(), new TestPolicy(), 0);
        var random = new SeededRandom(5);
        for (int i = 0; i < Forgeries / 4; i++)
        {
            target.Receive(ForgedVotes(target.Log.Head, random), 0);
        }

        Assert.Equal((1u, 0u), (target.Epoch, target.View));
        Assert.False(target.State.Halted);
        Assert.True(target.Statistics.Forged + target.Statistics.Invalid >= (ulong)(Forgeries / 4));
    }

    [Theory]
    [InlineData(5UL, 0)]
    [InlineData(77UL, 1)]
    public void IsValid_VoteOfAnotherFleetOrHistory_DoesNotCount(ulong fleet, byte firstHashByte)
    {
        QuorumCertificate certificate = Decide(Four).Log[1];
        byte[] previous = new DecisionLog(77).Head.ToArray();
        Assert.True(QuorumCertificates.IsValid(certificate, 77, previous, 0xF, FaultModel.Byzantine, new FakeSignatures(9)));

        previous[0] ^= firstHashByte;

        Assert.False(QuorumCertificates.IsValid(certificate, fleet, previous, 0xF, FaultModel.Byzantine, new FakeSignatures(9)));
    }

    [Trait("Requirement", "SAF-QUO-007")]
    [Fact]
    public void IsValid_TamperedCertificates_AreAllRefused()
    {
        QuorumCertificate good = Decide(Four).Log[1];
        byte[] previous = new DecisionLog(77).Head.ToArray();
        VoterSignature first = good.Signatures[0];
        QuorumCertificate[] bad =
        [
            good with { Epoch = 2 },
            good with { View = good.View + 1 },
            good with { Decision = new Decision(DecisionKind.FleetResume) },
            good with { Signatures = [.. good.Signatures.Take(2)] },
            good with { Signatures = [first, first, first, first] },
            good with { Signatures = [.. good.Signatures.Take(2), new VoterSignature(9, first.Signature)] },
            good with { Signatures = [.. good.Signatures.Take(2), new VoterSignature(200, first.Signature)] },
            good with { Signatures = [.. good.Signatures.Take(2), new VoterSignature(3, new byte[64])] },
        ];

        Assert.All(bad, c => Assert.False(
            QuorumCertificates.IsValid(c, 77, previous, 0xF, FaultModel.Byzantine, new FakeSignatures(9))));
    }

    [Trait("Requirement", "SAF-QUO-007")]
    [Fact]
    public void Receive_RecordedMessagesReplayedLater_ChangeNothing()
    {
        var recorded = new List<byte[]>();
        var fleet = new QuorumSimulation(Four, new NetworkModel(), 1) { Eavesdropper = recorded.Add };
        foreach (Decision d in new Decision[] { Halt, new(DecisionKind.FleetResume) })
        {
            fleet[0].Propose(d, fleet.NowNs);
            fleet.Run(2);
        }

        byte[][] old = [.. recorded];
        foreach (byte[] message in old)
        {
            fleet.Inject(1, message);
        }

        fleet.Run(5);
        Assert.False(fleet[1].State.Halted);
        Assert.Equal(2u, fleet[1].Log.Height);
        Assert.Empty(fleet.Violations);
    }

    [Trait("Requirement", "SAF-QUO-008")]
    [Fact]
    public void Receive_TwoVotesInOneView_AreReportedAsEquivocation()
    {
        var target = new QuorumKernel(3, Four, new FakeSignatures(3), new MemoryVoteStore(), new TestPolicy { EndorsesAll = false }, 0);
        target.Receive(SignedVotes(1, target.Log.Head, (VotePhase.Prepare, Halt)), 0);
        target.Receive(SignedVotes(1, target.Log.Head, (VotePhase.Prepare, new Decision(DecisionKind.DeclareLost, 2))), 0);

        Assert.Equal(1UL, target.Statistics.Equivocations);
        Assert.True(target.TryTakeEvent(out QuorumEvent happened));
        Assert.Equal((QuorumEventKind.Equivocation, 1), (happened.Kind, happened.Member));

        // Who lies again and again fills nobody's audit trail.
        target.Receive(SignedVotes(1, target.Log.Head, (VotePhase.Prepare, new Decision(DecisionKind.DeclareLost, 2))), 0);
        Assert.Equal(2UL, target.Statistics.Equivocations);
        Assert.False(target.TryTakeEvent(out _));
    }

    [Fact]
    public void Receive_OneLiarOfFour_CanNeitherDecideNorForceViews()
    {
        var target = new QuorumKernel(3, Four, new FakeSignatures(3), new MemoryVoteStore(), new TestPolicy { EndorsesAll = false }, 0);
        byte[] wild = SignedVotes(1, target.Log.Head, (VotePhase.Commit, Halt));
        BitConverter.TryWriteBytes(wild.AsSpan(16), 4_000_000_000u);
        Resign(1, wild);
        target.Receive(wild, 0);

        Assert.Equal(0u, target.View);
        Assert.Equal(0u, target.Log.Height);
    }

    private static QuorumKernel Decide(QuorumOptions options)
    {
        var fleet = new QuorumSimulation(options, new NetworkModel(), 1);
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(2);
        return fleet[0];
    }

    private static byte[][] GenuineMessages(QuorumOptions options)
    {
        var messages = new List<byte[]>();
        var fleet = new QuorumSimulation(options, new NetworkModel(), 1) { Eavesdropper = messages.Add };
        fleet[0].Propose(Halt, fleet.NowNs);
        fleet.Run(2);
        return [.. messages];
    }

    private static byte[] Damage(byte[] genuine, SeededRandom random)
    {
        byte[] message = [.. genuine];
        switch (random.NextInt(4))
        {
            case 0:
                return message[..random.NextInt(message.Length)];
            case 1:
                for (int i = 1 + random.NextInt(8); i > 0; i--)
                {
                    message[random.NextInt(message.Length)] ^= (byte)(1 + random.NextInt(255));
                }

                return message.AsSpan().SequenceEqual(genuine) ? message[1..] : message;
            case 2:
                return [.. message, (byte)random.NextInt(256)];
            default:
                // Resigned with another member's key: the right form, the wrong author.
                message[3] = (byte)random.NextInt(8);
                Resign(message[3] == 5 ? 6 : 5, message);
                return message;
        }
    }

    private static byte[] ForgedVotes(ReadOnlySpan<byte> head, SeededRandom random)
    {
        byte[] buffer = new byte[Four.MostMessageBytes];
        var writer = new WireWriter(buffer);
        new MessageHeader(1, Four.FleetId, 1, 0, 0).Write(ref writer);
        writer.Byte((byte)MessageSection.Votes);
        writer.UInt32((uint)random.NextInt(3) * (uint)random.NextInt(20));
        writer.Byte((byte)random.NextInt(5));
        writer.Decision(random.NextBool() ? Halt : new Decision((DecisionKind)random.NextInt(13), (byte)random.NextInt(8)));
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        new Vote(1, 0, VotePhase.Commit, 1, Halt).WriteSigned(buffer.AsSpan(4000, Vote.SignedBytes), Four.FleetId, head);
        new FakeSignatures(1).Sign(buffer.AsSpan(4000, Vote.SignedBytes), signature);
        writer.Signatures([new VoterSignature((byte)(random.NextBool() ? 0 : 2), signature), new VoterSignature(7, signature)]);
        return Finish(1, buffer, writer.Length);
    }

    private static byte[] SignedVotes(int member, ReadOnlySpan<byte> head, params (VotePhase Phase, Decision Decision)[] votes)
    {
        byte[] buffer = new byte[Four.MostMessageBytes];
        byte[] signed = new byte[Vote.SignedBytes];
        var writer = new WireWriter(buffer);
        new MessageHeader((byte)member, Four.FleetId, 1, 0, 0).Write(ref writer);
        foreach ((VotePhase phase, Decision decision) in votes)
        {
            new Vote(1, 0, phase, (byte)member, decision).WriteSigned(signed, Four.FleetId, head);
            byte[] signature = new byte[ISignatureScheme.SignatureBytes];
            new FakeSignatures(member).Sign(signed, signature);
            writer.Byte((byte)MessageSection.Votes);
            writer.UInt32(0);
            writer.Byte((byte)phase);
            writer.Decision(decision);
            writer.Signatures([new VoterSignature((byte)member, signature)]);
        }

        return Finish(member, buffer, writer.Length);
    }

    private static byte[] Finish(int member, byte[] buffer, int body)
    {
        byte[] message = new byte[body + ISignatureScheme.SignatureBytes];
        buffer.AsSpan(0, body).CopyTo(message);
        Resign(member, message);
        return message;
    }

    private static void Resign(int member, byte[] message)
    {
        int body = message.Length - ISignatureScheme.SignatureBytes;
        new FakeSignatures(member).Sign(message.AsSpan(0, body), message.AsSpan(body));
    }
}
