namespace Aios.Safety.Quorum;

public sealed partial class QuorumKernel
{
    /// <summary>Members that were reported to lie in this epoch, as bits.</summary>
    private ulong _reportedLiars;

    /// <summary>Takes in a message of another member; hostile input only counts.</summary>
    /// <param name="message">As written by <see cref="PollMessage"/>.</param>
    /// <param name="nowNs">Mission time, ns.</param>
    /// <returns>Whether it came from a member and was well-formed.</returns>
    public bool Receive(ReadOnlySpan<byte> message, long nowNs)
    {
        Statistics.Received++;
        if (!TryReadHeader(message, out MessageHeader header, out ReadOnlySpan<byte> sections))
        {
            return false;
        }

        if (header.Sender == Self)
        {
            return true;
        }

        NoteSender(header, nowNs);
        var reader = new WireReader(sections);
        bool whole = ReadSections(ref reader, header, nowNs);
        Statistics.Malformed += whole ? 0UL : 1;
        Step(nowNs);
        SynchroniseViews(nowNs);
        return whole;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> message, out MessageHeader header, out ReadOnlySpan<byte> sections)
    {
        header = default;
        sections = default;
        if (message.Length < MessageHeader.EncodedBytes + ISignatureScheme.SignatureBytes
            || message.Length > _options.MostMessageBytes || !MessageHeader.TryRead(message, out header))
        {
            Statistics.Malformed++;
            return false;
        }

        if (header.FleetId != _options.FleetId)
        {
            Statistics.Foreign++;
            return false;
        }

        int body = message.Length - ISignatureScheme.SignatureBytes;
        if (header.Sender >= _options.Members || !_keys.Verify(header.Sender, message[..body], message[body..]))
        {
            Statistics.Forged++;
            return false;
        }

        sections = message[MessageHeader.EncodedBytes..body];
        return true;
    }

    private bool ReadSections(ref WireReader reader, in MessageHeader header, long nowNs)
    {
        while (!reader.AtEnd && !reader.Failed)
        {
            switch ((MessageSection)reader.Byte())
            {
                case MessageSection.Votes:
                    ReadVotes(ref reader, header.Epoch, nowNs);
                    break;
                case MessageSection.Certificate:
                    ReadCertificate(ref reader, nowNs);
                    break;
                case MessageSection.Override:
                    HumanOverride order = HumanOverride.Read(ref reader);
                    if (!reader.Failed)
                    {
                        TryAcceptOverride(order, nowNs);
                    }

                    break;
                default:
                    return false;
            }
        }

        return !reader.Failed;
    }

    private void ReadVotes(ref WireReader reader, uint epoch, long nowNs)
    {
        uint view = reader.UInt32();
        var phase = (VotePhase)reader.Byte();
        Decision decision = reader.Decision();
        List<VoterSignature> signatures = reader.Signatures();
        if (reader.Failed)
        {
            return;
        }

        foreach (VoterSignature s in signatures)
        {
            AcceptVote(new Vote(epoch, view, phase, s.Voter, decision), s.Signature, nowNs);
        }

        if (epoch == Epoch && phase == VotePhase.Prepare && signatures.Count >= VotesNeeded)
        {
            TakeProof(view, decision, signatures);
        }
    }

    /// <summary>
    /// A whole quorum of prepares in one section proves that its decision was prepared, also to a member to which a liar
    /// among the signers said something else first: otherwise who is locked on it could never show why. No other decision
    /// can have a quorum in that view.
    /// </summary>
    private void TakeProof(uint view, Decision decision, List<VoterSignature> signatures)
    {
        VoteRound? round = _table.Find(view, VotePhase.Prepare);
        if (round is null || round.Count(decision, State.Voters) >= VotesNeeded)
        {
            return;
        }

        List<VoterSignature> valid = [.. signatures.DistinctBy(s => s.Voter).Where(s => QuorumCertificates.CountValid(
            [s], Epoch, view, VotePhase.Prepare, decision, _options.FleetId, Log.Head, State.Voters, _keys) > 0)];
        if (valid.Count < VotesNeeded)
        {
            return;
        }

        foreach (VoterSignature s in valid.Where(s => s.Voter != Self))
        {
            round.Set(s.Voter, decision, s.Signature);
        }
    }

    private void AcceptVote(in Vote vote, byte[] signature, long nowNs)
    {
        if (vote.Epoch != Epoch)
        {
            Statistics.OutOfEpoch++;
            return;
        }

        bool plausible = IsPlausible(vote);
        if (!plausible || vote.Voter == Self)
        {
            // An own vote that this member does not know is not taken back from others: its journal is what counts.
            Statistics.Invalid += plausible ? 0UL : 1;
            return;
        }

        if (!State.IsVoter(vote.Voter))
        {
            Statistics.Forged++;
            return;
        }

        if (vote.Phase == VotePhase.ViewChange ? vote.View <= _viewChanges.Of(vote.Voter) : _table.IsKnown(vote))
        {
            return;
        }

        Span<byte> signed = stackalloc byte[Vote.SignedBytes];
        vote.WriteSigned(signed, _options.FleetId, Log.Head);
        if (!_keys.Verify(vote.Voter, signed, signature))
        {
            Statistics.Forged++;
            return;
        }

        if (Keep(vote, signature) == VoteOutcome.Added)
        {
            // Pass news on: the others may not hear the voter.
            _nextSendNs = Math.Min(_nextSendNs, nowNs + _options.RepeatNs);
        }
        else
        {
            // Once an epoch: who says it again and again must not fill the others' audit trails.
            Statistics.Equivocations++;
            ulong liar = 1UL << vote.Voter;
            if ((_reportedLiars & liar) == 0)
            {
                _reportedLiars |= liar;
                Report(QuorumEventKind.Equivocation, nowNs, vote.Voter, vote.Decision);
            }
        }
    }

    private bool IsPlausible(in Vote vote) => vote.Phase switch
    {
        VotePhase.Request => vote.View == 0 && State.IsWellFormed(vote.Decision),
        VotePhase.Prepare or VotePhase.Commit => vote.View <= (ulong)View + ViewWindow && State.IsWellFormed(vote.Decision),
        VotePhase.ViewChange => vote.View < uint.MaxValue && vote.Decision == default,
        _ => false,
    };

    private void ReadCertificate(ref WireReader reader, long nowNs)
    {
        QuorumCertificate certificate = QuorumCertificates.Read(ref reader);
        if (reader.Failed || certificate.Epoch > Epoch)
        {
            return;
        }

        if (certificate.Epoch == Epoch)
        {
            if (State.IsWellFormed(certificate.Decision) && QuorumCertificates.IsValid(
                certificate, _options.FleetId, Log.Head, State.Voters, _options.Model, _keys))
            {
                Adopt(certificate, nowNs);
            }
            else
            {
                Statistics.Forged++;
            }
        }
        else if (certificate.Epoch > 0 && certificate.Decision != Log[certificate.Epoch].Decision)
        {
            CheckFork(certificate, nowNs);
        }
    }

    private void CheckFork(QuorumCertificate certificate, long nowNs)
    {
        ulong voters = VotersIn(certificate.Epoch);
        bool valid = QuorumCertificates.IsValid(
            certificate, _options.FleetId, Log.HashAfter(certificate.Epoch - 1), voters, _options.Model, _keys);
        Statistics.Forged += valid ? 0UL : 1;
        if (valid)
        {
            Statistics.Forks++;
            Report(QuorumEventKind.ForkDetected, nowNs, Self, certificate.Decision);
        }
    }

    private ulong VotersIn(uint epoch)
    {
        var state = new FleetDecisionState(_options.Members);
        for (uint e = 1; e < epoch; e++)
        {
            state.Apply(Log[e].Decision, human: false);
        }

        return state.Voters;
    }
}
