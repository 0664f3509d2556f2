namespace Aios.Safety.Quorum;

public sealed partial class QuorumKernel
{
    private readonly List<Vote> _recoveredVotes = [];
    private readonly List<QuorumCertificate> _recoveredLocks = [];

    private bool JournalVote(in Vote vote, byte[]? before, long nowNs)
    {
        byte[] payload = new byte[4 + 4 + 1 + Decision.EncodedBytes];
        var writer = new WireWriter(payload);
        writer.UInt32(vote.Epoch);
        writer.UInt32(vote.View);
        writer.Byte((byte)vote.Phase);
        writer.Decision(vote.Decision);
        byte[] frame = VoteJournal.Frame(JournalRecordKind.Vote, payload);
        return Store(before is null ? frame : [.. before, .. frame], nowNs);
    }

    private byte[] CertificateFrame(JournalRecordKind kind, QuorumCertificate certificate)
    {
        byte[] buffer = new byte[_options.MostMessageBytes];
        var writer = new WireWriter(buffer);
        QuorumCertificates.Write(ref writer, certificate);
        return VoteJournal.Frame(kind, buffer.AsSpan(0, writer.Length));
    }

    private bool Store(ReadOnlySpan<byte> frames, long nowNs)
    {
        if (_store.TryAppend(frames))
        {
            return true;
        }

        Statistics.StoreFailures++;
        Report(QuorumEventKind.StoreFailed, nowNs, Self);
        return false;
    }

    private void Recover(long nowNs)
    {
        var records = new List<JournalRecord>();
        byte[] bytes = _store.Load();
        bool whole = VoteJournal.TryReadAll(bytes, records, out int length);
        whole = whole && (length == bytes.Length || _store.TryTruncate(length));
        foreach (JournalRecord record in records)
        {
            whole &= TryReplay(record);
        }

        whole = whole && IsOwnJournal(records);
        RebuildState();
        RestoreOwnVotes();
        if (records.Count == 0 && whole)
        {
            Store(IdentityFrame(), nowNs);
        }

        if (!whole)
        {
            Abstains = true;
            Report(QuorumEventKind.JournalDamaged, nowNs, Self);
        }
    }

    private byte[] IdentityFrame()
    {
        byte[] payload = new byte[8 + 1 + 1];
        var writer = new WireWriter(payload);
        writer.UInt64(_options.FleetId);
        writer.Byte((byte)Self);
        writer.Byte((byte)_options.Members);
        return VoteJournal.Frame(JournalRecordKind.Identity, payload);
    }

    private bool IsOwnJournal(List<JournalRecord> records)
    {
        if (records.Count == 0)
        {
            return true;
        }

        JournalRecord first = records[0];
        byte[] own = IdentityFrame();
        return VoteJournal.Frame(first.Kind, first.Payload).AsSpan().SequenceEqual(own)
            && !records.Skip(1).Any(r => r.Kind == JournalRecordKind.Identity);
    }

    private bool TryReplay(JournalRecord record)
    {
        var reader = new WireReader(record.Payload);
        switch (record.Kind)
        {
            case JournalRecordKind.Vote:
                _recoveredVotes.Add(new Vote(
                    reader.UInt32(), reader.UInt32(), (VotePhase)reader.Byte(), (byte)Self, reader.Decision()));
                break;
            case JournalRecordKind.Lock:
                _recoveredLocks.Add(QuorumCertificates.Read(ref reader));
                break;
            case JournalRecordKind.Decided:
                QuorumCertificate certificate = QuorumCertificates.Read(ref reader);
                return !reader.Failed && reader.AtEnd && TryReplay(certificate);
            case JournalRecordKind.Override:
                HumanOverride order = HumanOverride.Read(ref reader);
                return !reader.Failed && reader.AtEnd && TryReplay(order);
            case JournalRecordKind.Identity:
                return true;
            default:
                return false;
        }

        return !reader.Failed && reader.AtEnd;
    }

    // One that the store once refused is missing before those that it took later: these wait until others bring it again.
    private bool TryReplay(QuorumCertificate certificate)
    {
        if (certificate.Epoch == Epoch)
        {
            Log.Append(certificate);
        }

        return certificate.Epoch >= Log.Height;
    }

    private bool TryReplay(HumanOverride order)
    {
        if (order.Sequence == _overrides.Count + 1)
        {
            _overrides.Add(order);
        }

        return order.Sequence >= _overrides.Count;
    }

    /// <summary>
    /// Puts the own votes and locks of the current epoch back. Those of later epochs wait: they are there when the store
    /// refused a decision that the member then went on from.
    /// </summary>
    private void RestoreOwnVotes()
    {
        foreach (QuorumCertificate prepared in _recoveredLocks)
        {
            if (prepared.Epoch == Epoch && (!_locked || prepared.View >= _lockedView))
            {
                RestoreLock(prepared);
            }
        }

        foreach (Vote vote in _recoveredVotes)
        {
            if (vote.Epoch == Epoch)
            {
                Keep(vote, Sign(vote));
                View = vote.Phase == VotePhase.ViewChange ? View : Math.Max(View, vote.View);
            }
        }

        _recoveredLocks.RemoveAll(l => l.Epoch <= Epoch);
        _recoveredVotes.RemoveAll(v => v.Epoch <= Epoch);
    }

    private void RestoreLock(QuorumCertificate prepared)
    {
        _locked = true;
        _lockedView = prepared.View;
        _lockedDecision = prepared.Decision;
        foreach (VoterSignature s in prepared.Signatures)
        {
            if (s.Voter < _options.Members)
            {
                _table.Add(new Vote(Epoch, prepared.View, VotePhase.Prepare, s.Voter, prepared.Decision), s.Signature);
            }
        }
    }

    private bool TryAcceptOverride(HumanOverride order, long nowNs)
    {
        if (order.Sequence != _overrides.Count + 1)
        {
            return false;
        }

        if (!order.IsValid(_options.FleetId, _keys))
        {
            Statistics.Forged++;
            return false;
        }

        byte[] payload = new byte[128];
        var writer = new WireWriter(payload);
        order.Write(ref writer);
        Store(VoteJournal.Frame(JournalRecordKind.Override, payload.AsSpan(0, writer.Length)), nowNs);
        _overrides.Add(order);
        RebuildState();
        _events.Enqueue(new QuorumEvent(
            QuorumEventKind.Overridden, order.Sequence, 0, ISignatureScheme.Operator, order.Decision, 0, nowNs));
        _helpFromOverride = Math.Min(_helpFromOverride, order.Sequence);
        WantToSend(nowNs);
        return true;
    }

    /// <summary>
    /// State is the fold of decisions and overrides, each override right after the epoch its author saw, but never before an
    /// override that was issued earlier: an operator's newest word stands. So members that hold the same entries agree, in
    /// whatever order they came.
    /// </summary>
    private void RebuildState()
    {
        var state = new FleetDecisionState(_options.Members);
        int next = 0;
        for (uint epoch = 0; epoch <= Log.Height; epoch++)
        {
            if (epoch > 0)
            {
                state.Apply(Log[epoch].Decision, human: false);
            }

            while (next < _overrides.Count && (_overrides[next].AfterEpoch <= epoch || epoch == Log.Height))
            {
                state.Apply(_overrides[next++].Decision, human: true);
            }
        }

        State = state;
    }
}
