using Aios.Safety.Quorum;

namespace Aios.Safety.Tests.Quorum;

/// <summary>Reads votes out of a message without checking signatures.</summary>
internal static class MessageInspector
{
    public static List<Vote> VotesBy(int member, byte[] message)
    {
        var votes = new List<Vote>();
        MessageHeader.TryRead(message, out MessageHeader header);
        var reader = new WireReader(message.AsSpan()[MessageHeader.EncodedBytes..^ISignatureScheme.SignatureBytes]);
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
