using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>
/// Writes well-formed, correctly signed messages with which a member contradicts itself: different requests, prepares
/// and commits to different members, in views of its choice, with votes of others that it has overheard.
/// </summary>
internal sealed class LyingMember(int self, QuorumOptions options, SeededRandom random)
{
    private readonly FakeSignatures _keys = new(self);
    private readonly List<(uint Epoch, uint View, VotePhase Phase, Decision Decision, VoterSignature Vote)> _overheard = [];

    /// <summary>Remembers votes to repeat them out of context later.</summary>
    public void Overhear(byte[] message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        var reader = new WireReader(message.AsSpan()[MessageHeader.EncodedBytes..^ISignatureScheme.SignatureBytes]);
        while (!reader.AtEnd && !reader.Failed && reader.Byte() == (byte)MessageSection.Votes)
        {
            uint view = reader.UInt32();
            var phase = (VotePhase)reader.Byte();
            Decision decision = reader.Decision();
            foreach (VoterSignature s in reader.Signatures().Where(s => s.Voter != self && _overheard.Count < 1000))
            {
                _overheard.Add((header.Epoch, view, phase, decision, s));
            }
        }
    }

    /// <summary>A lie for one receiver, built on the truth about the epoch so that it is taken seriously.</summary>
    public byte[] Lie(uint epoch, uint view, ReadOnlySpan<byte> head, IReadOnlyList<Decision> decisions)
    {
        byte[] buffer = new byte[options.MostMessageBytes];
        var writer = new WireWriter(buffer);
        uint claimed = view + (uint)random.NextInt(3);
        new MessageHeader((byte)self, options.FleetId, epoch, claimed, 0).Write(ref writer);
        for (int i = random.NextInt(4); i >= 0; i--)
        {
            Decision decision = decisions[random.NextInt(decisions.Count)];
            var phase = (VotePhase)random.NextInt(4);
            uint voteView = phase switch
            {
                VotePhase.Request => 0,
                VotePhase.ViewChange => (uint)random.NextUInt64() >> random.NextInt(32),
                _ => (uint)random.NextInt((int)claimed + 2),
            };
            decision = phase == VotePhase.ViewChange ? default : decision;
            QuorumKernel.WriteSection(ref writer, voteView, phase, decision, [Sign(new Vote(epoch, voteView, phase, (byte)self, decision), head)]);
        }

        Replay(ref writer);
        int body = writer.Length;
        byte[] message = new byte[body + ISignatureScheme.SignatureBytes];
        buffer.AsSpan(0, body).CopyTo(message);
        _keys.Sign(message.AsSpan(0, body), message.AsSpan(body));
        return message;
    }

    private void Replay(ref WireWriter writer)
    {
        for (int i = 0; i < 2 && _overheard.Count > 0; i++)
        {
            var (_, view, phase, decision, vote) = _overheard[random.NextInt(_overheard.Count)];
            QuorumKernel.WriteSection(ref writer, view, phase, decision, [vote]);
        }
    }

    private VoterSignature Sign(in Vote vote, ReadOnlySpan<byte> head)
    {
        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        vote.WriteSigned(signed, options.FleetId, head);
        byte[] signature = new byte[ISignatureScheme.SignatureBytes];
        _keys.Sign(signed, signature);
        return new VoterSignature((byte)self, signature);
    }
}
