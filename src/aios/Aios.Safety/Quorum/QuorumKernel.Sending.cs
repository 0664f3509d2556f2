namespace Aios.Safety.Quorum;

public sealed partial class QuorumKernel
{
    private const int MostCertificatesPerMessage = 8;
    private const int MostOverridesPerMessage = 8;
    private long _nextSendNs;
    private long _lastSentNs = long.MinValue / 2;
    private uint _helpFromEpoch = uint.MaxValue;
    private uint _helpFromOverride = uint.MaxValue;

    /// <summary>
    /// The message to broadcast now, if one is due. Call after every <see cref="Receive"/>, <see cref="Propose"/> and
    /// <see cref="Tick"/>.
    /// </summary>
    /// <returns>The message, valid until the next call; empty when none is due.</returns>
    public ReadOnlySpan<byte> PollMessage(long nowNs)
    {
        if (nowNs < _nextSendNs)
        {
            return default;
        }

        var writer = new WireWriter(_sendBuffer.AsSpan(0, _sendBuffer.Length - ISignatureScheme.SignatureBytes));
        new MessageHeader((byte)Self, _options.FleetId, Epoch, View, (uint)_overrides.Count).Write(ref writer);
        WriteHelp(ref writer);
        WriteViewChanges(ref writer);
        WriteVotes(ref writer);
        int body = writer.Length;
        _keys.Sign(_sendBuffer.AsSpan(0, body), _sendBuffer.AsSpan(body, ISignatureScheme.SignatureBytes));
        Statistics.Sent++;
        _lastSentNs = nowNs;
        _nextSendNs = nowNs + (HasWork(nowNs) ? _options.RepeatNs : _options.IdleNs);
        return _sendBuffer.AsSpan(0, body + ISignatureScheme.SignatureBytes);
    }

    private void WantToSend(long nowNs) =>
        _nextSendNs = Math.Min(_nextSendNs, Math.Max(nowNs, _lastSentNs + _options.SpacingNs));

    /// <summary>Notes who lacks what; the next message brings it.</summary>
    private void NoteSender(in MessageHeader header, long nowNs)
    {
        if (header.Epoch < Epoch)
        {
            _helpFromEpoch = Math.Min(_helpFromEpoch, header.Epoch);
        }

        if (header.Overrides < _overrides.Count)
        {
            _helpFromOverride = Math.Min(_helpFromOverride, header.Overrides + 1);
        }

        bool ahead = header.Epoch > Epoch || header.Overrides > _overrides.Count;
        if (header.Epoch < Epoch || header.Overrides < _overrides.Count || ahead)
        {
            _nextSendNs = Math.Min(_nextSendNs, Math.Max(nowNs, _lastSentNs + _options.RepeatNs));
        }
    }

    private void WriteHelp(ref WireWriter writer)
    {
        for (int i = 0; i < MostCertificatesPerMessage && _helpFromEpoch <= Log.Height; i++)
        {
            int start = writer.Length;
            writer.Byte((byte)MessageSection.Certificate);
            QuorumCertificates.Write(ref writer, Log[_helpFromEpoch++]);
            KeepIfFits(ref writer, start);
        }

        for (int i = 0; i < MostOverridesPerMessage && _helpFromOverride <= _overrides.Count; i++)
        {
            int start = writer.Length;
            writer.Byte((byte)MessageSection.Override);
            _overrides[(int)_helpFromOverride++ - 1].Write(ref writer);
            KeepIfFits(ref writer, start);
        }

        _helpFromEpoch = uint.MaxValue;
        _helpFromOverride = uint.MaxValue;
    }

    private void WriteViewChanges(ref WireWriter writer)
    {
        var signatures = new List<VoterSignature>();
        for (uint above = uint.MaxValue; _viewChanges.TryNextBelow(above, State.Voters, out uint view, signatures); above = view)
        {
            int start = writer.Length;
            WriteSection(ref writer, view, VotePhase.ViewChange, default, signatures);
            KeepIfFits(ref writer, start);
        }
    }

    /// <summary>Newest view first: when the message is full, it is the old rounds that wait.</summary>
    private void WriteVotes(ref WireWriter writer)
    {
        for (int i = _table.Rounds.Count - 1; i >= 0; i--)
        {
            VoteRound round = _table.Rounds[i];
            if (IsWorthTelling(round))
            {
                WriteRound(ref writer, round);
            }
        }
    }

    private bool IsWorthTelling(VoteRound round) =>
        round.Phase != VotePhase.Prepare || round.View >= View || (_locked && round.View == _lockedView)
        || round.TryQuorum(State.Voters, VotesNeeded, out _);

    private void WriteRound(ref WireWriter writer, VoteRound round)
    {
        ulong told = 0;
        for (int i = 0; i < _options.Members; i++)
        {
            if (!round.Has(i) || ((told >> i) & 1) != 0)
            {
                continue;
            }

            Decision decision = round.DecisionOf(i);
            List<VoterSignature> signatures = round.Signatures(decision, State.Voters);
            foreach (VoterSignature s in signatures)
            {
                told |= 1UL << s.Voter;
            }

            int start = writer.Length;
            WriteSection(ref writer, round.View, round.Phase, decision, signatures);
            KeepIfFits(ref writer, start);
        }
    }

    /// <summary>Votes for one decision, as they stand in a message.</summary>
    internal static void WriteSection(
        ref WireWriter writer, uint view, VotePhase phase, in Decision decision, List<VoterSignature> signatures)
    {
        writer.Byte((byte)MessageSection.Votes);
        writer.UInt32(view);
        writer.Byte((byte)phase);
        writer.Decision(decision);
        writer.Signatures(signatures);
    }

    private static void KeepIfFits(ref WireWriter writer, int start)
    {
        if (writer.Overflowed)
        {
            writer.Rewind(start);
        }
    }
}
