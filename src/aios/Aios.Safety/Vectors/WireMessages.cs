using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Vectors;

/// <summary>Messages of a quorum as bytes, good and bad, for the twin's wire format; and those that a member itself writes.</summary>
internal sealed class WireMessages(VectorWriter writer, SeededRandom random, QuorumOptions options, QuorumKernel kernel)
{
    public void WriteStart()
    {
        writer.U32(46);
        writer.I64(unchecked((long)options.FleetId));
        writer.I32(options.MostMessageBytes);
    }

    /// <summary>Has the kernel hear the votes in a message, signed or tampered with, and writes the message and what was counted.</summary>
    public void Hear(int sender, uint epoch, List<Vote> votes, long nowNs)
    {
        byte[] message = Tamper(Compose(sender, epoch, 0, votes, liar: random.NextBool(0.3)));
        bool whole = kernel.Receive(message, nowNs);
        QuorumStatistics s = kernel.Statistics;
        writer.U32(47);
        writer.I64(nowNs);
        writer.Bytes(message);
        writer.Bool(whole);
        foreach (ulong count in (ulong[])[s.Malformed, s.Foreign, s.Forged, s.OutOfEpoch, s.Invalid])
        {
            writer.U32((uint)count);
        }
    }

    /// <summary>Writes the message that tells the member's own votes, newest first.</summary>
    public void WriteOwn()
    {
        var own = new List<Vote>();
        if (kernel.WantedView > 0)
        {
            own.Add(new Vote(kernel.Epoch, kernel.WantedView, VotePhase.ViewChange, (byte)kernel.Self, default));
        }

        for (long view = kernel.View; view >= 0; view--)
        {
            for (int phase = (int)VotePhase.Commit; phase >= 0; phase--)
            {
                if (kernel.OwnVote((uint)view, (VotePhase)phase) is { } decision)
                {
                    own.Add(new Vote(kernel.Epoch, (uint)view, (VotePhase)phase, (byte)kernel.Self, decision));
                }
            }
        }

        writer.U32(48);
        writer.Bytes(Compose(kernel.Self, kernel.Epoch, kernel.View, own, liar: false));
    }

    private byte[] Compose(int sender, uint epoch, uint view, List<Vote> votes, bool liar)
    {
        byte[] buffer = new byte[options.MostMessageBytes];
        var message = new WireWriter(buffer);
        ulong fleet = liar && random.NextBool(0.1) ? 1 : options.FleetId;
        new MessageHeader((byte)sender, fleet, epoch, view, 0).Write(ref message);
        foreach (Vote vote in votes)
        {
            message.Byte((byte)MessageSection.Votes);
            message.UInt32(vote.View);
            message.Byte((byte)vote.Phase);
            message.Decision(vote.Decision);
            message.Signatures([SignatureOf(vote, liar)]);
        }

        if (sender != kernel.Self && votes.Count > 0 && random.NextBool(0.2))
        {
            WriteProof(ref message, votes[0] with { Epoch = epoch, View = (uint)random.NextInt((int)kernel.View + 2) }, liar);
        }

        if (sender != kernel.Self && votes.Count > 0 && random.NextBool(0.15))
        {
            WriteCertificate(ref message, kernel.Epoch + (random.NextBool(0.1) ? 1u : 0), votes[0], liar);
        }

        if (sender != kernel.Self && random.NextBool(0.1))
        {
            WriteOrder(ref message, liar);
        }

        int body = message.Length;
        new KeyedHashSignatures(sender).Sign(buffer.AsSpan(0, body), buffer.AsSpan(body, ISignatureScheme.SignatureBytes));
        return buffer[..(body + ISignatureScheme.SignatureBytes)];
    }

    /// <summary>Prepares of so many members that they may be a quorum, whatever those said before.</summary>
    private void WriteProof(ref WireWriter message, Vote like, bool liar)
    {
        var signatures = new List<VoterSignature>();
        for (int voter = random.NextInt(2); voter < options.Members; voter++)
        {
            signatures.Add(SignatureOf(like with { Phase = VotePhase.Prepare, Voter = (byte)voter }, liar && random.NextBool(0.2)));
        }

        message.Byte((byte)MessageSection.Votes);
        message.UInt32(like.View);
        message.Byte((byte)VotePhase.Prepare);
        message.Decision(like.Decision);
        message.Signatures(signatures);
    }

    /// <summary>Commits of some members, of one twice, sometimes fewer than a quorum.</summary>
    private void WriteCertificate(ref WireWriter message, uint epoch, in Vote like, bool liar)
    {
        var signatures = new List<VoterSignature>();
        for (int i = random.NextInt(options.Members + 2); i > 0; i--)
        {
            byte voter = (byte)random.NextInt(options.Members + 1);
            signatures.Add(SignatureOf(new Vote(epoch, like.View, VotePhase.Commit, voter, like.Decision), liar));
        }

        message.Byte((byte)MessageSection.Certificate);
        QuorumCertificates.Write(ref message, new QuorumCertificate(epoch, like.View, like.Decision, signatures));
    }

    /// <summary>An order of the human, mostly the next one, given near the present epoch, at times by somebody else or of what a human may not order.</summary>
    private void WriteOrder(ref WireWriter message, bool liar)
    {
        int signer = liar && random.NextBool(0.5) ? random.NextInt(options.Members) : ISignatureScheme.Operator;
        uint sequence = (uint)(kernel.Overrides.Count + (random.NextBool(0.8) ? 1 : random.NextInt(4)));
        uint after = (uint)Math.Max(0, kernel.Log.Height + 1 - random.NextInt(4));
        Decision decision = random.NextInt(5) switch
        {
            0 => new Decision(DecisionKind.FleetHalt),
            1 => new Decision(DecisionKind.FleetResume),
            2 => new Decision(DecisionKind.ResumeRover, (byte)kernel.Self, Argument: (uint)random.NextInt(6)),
            3 => new Decision(DecisionKind.EnterHazardZone, (byte)kernel.Self, (byte)random.NextInt(70)),
            _ => new Decision((DecisionKind)random.NextInt(12), (byte)random.NextInt(options.Members), Value: random.NextInt(3)),
        };
        message.Byte((byte)MessageSection.Override);
        HumanOverride.Create(sequence, after, decision, options.FleetId, new KeyedHashSignatures(signer)).Write(ref message);
    }

    private VoterSignature SignatureOf(in Vote vote, bool liar)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        vote.WriteSigned(signed, options.FleetId, kernel.Log.Head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        int signer = liar && random.NextBool(0.5) ? vote.Voter + 1 : vote.Voter;
        new KeyedHashSignatures(signer).Sign(signed, signature);
        return new VoterSignature(vote.Voter, signature);
    }

    private byte[] Tamper(byte[] message)
    {
        switch (random.NextInt(20))
        {
            case 0:
                return message[..random.NextInt(message.Length)];
            case 1:
                message[random.NextInt(message.Length)] ^= (byte)(1 + random.NextInt(255));
                return message;
            case 2:
                // A tail that the sender itself signed.
                byte[] longer = [.. message[..^ISignatureScheme.SignatureBytes], (byte)random.NextInt(5), .. new byte[random.NextInt(40) + ISignatureScheme.SignatureBytes]];
                new KeyedHashSignatures(longer[3]).Sign(longer.AsSpan(..^ISignatureScheme.SignatureBytes), longer.AsSpan(^ISignatureScheme.SignatureBytes..));
                return longer;
            default:
                return message;
        }
    }
}
