using Aios.Safety.Quorum;

namespace Aios.Safety.Conformance;

/// <summary>
/// A journal that stores one vote at a time, when the model's trace has its turn, and refuses all others: so that the
/// kernel, which does all that it may at once, takes the model's steps one by one. A refused vote is withheld and tried again.
/// </summary>
internal sealed class ReplayStore(Action<Vote> onAttempt, Action<Vote> onStored, bool forgetful) : IVoteStore
{
    private readonly MemoryVoteStore _medium = new();

    /// <summary>The vote that may be stored now.</summary>
    public (VotePhase Phase, uint View, Decision Decision)? Permitted { get; set; }

    /// <inheritdoc/>
    public byte[] Load() => forgetful ? [] : _medium.Load();

    /// <inheritdoc/>
    public bool TryAppend(ReadOnlySpan<byte> record)
    {
        var records = new List<JournalRecord>();
        VoteJournal.TryReadAll(record, records, out _);
        foreach (JournalRecord r in records.Where(r => r.Kind == JournalRecordKind.Vote))
        {
            var reader = new WireReader(r.Payload);
            var vote = new Vote(reader.UInt32(), reader.UInt32(), (VotePhase)reader.Byte(), 0, reader.Decision());
            onAttempt(vote);
            if (Permitted != (vote.Phase, vote.View, vote.Decision))
            {
                return false;
            }

            onStored(vote);
        }

        return _medium.TryAppend(record);
    }

    /// <inheritdoc/>
    public bool TryTruncate(int length) => _medium.TryTruncate(length);
}
