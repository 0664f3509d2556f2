namespace Aios.Safety.Quorum;

/// <summary>Reads votes out of a quorum message without checking signatures, for judges and tools.</summary>
public static class MessageInspector
{
    /// <summary>The votes of a member that a message carries, as far as it can be read.</summary>
    public static IReadOnlyList<Vote> VotesBy(int member, ReadOnlySpan<byte> message)
    {
        var votes = new List<Vote>();
        if (message.Length < MessageHeader.EncodedBytes + ISignatureScheme.SignatureBytes
            || !MessageHeader.TryRead(message, out MessageHeader header))
        {
            return votes;
        }

        var reader = new WireReader(message[MessageHeader.EncodedBytes..^ISignatureScheme.SignatureBytes]);
        while (!reader.AtEnd && !reader.Failed)
        {
            switch ((MessageSection)reader.Byte())
            {
                case MessageSection.Votes:
                    uint view = reader.UInt32();
                    var phase = (VotePhase)reader.Byte();
                    Decision decision = reader.Decision();
                    votes.AddRange(reader.Signatures().Where(s => s.Voter == member)
                        .Select(s => new Vote(header.Epoch, view, phase, s.Voter, decision)));
                    break;
                case MessageSection.Certificate:
                    QuorumCertificates.Read(ref reader);
                    break;
                case MessageSection.Override:
                    HumanOverride.Read(ref reader);
                    break;
                default:
                    return votes;
            }
        }

        return votes;
    }
}
