using System.Text;
using Aios.Safety.Quorum;

namespace Aios.Safety.Audit;

/// <summary>
/// Writes the audit trail of one member: every decision with its votes, every human override, every alarm, chained by
/// hash. The vote journal is what safety rests on; the trail is for people, and catches up with the journal after a
/// restart.
/// </summary>
/// <remarks>Not thread-safe. A store that refuses only delays: the entry is written at a later call.</remarks>
public sealed class AuditTrail
{
    private readonly IVoteStore _store;
    private readonly AuditGenesis _genesis;
    private readonly Queue<QuorumEvent> _alarms = new();
    private uint _entries;
    private uint _decisions;
    private uint _overrides;
    private string _head = AuditEntry.FirstPrevious;

    /// <param name="store">Where the lines are; replayed now. Not owned.</param>
    /// <param name="genesis">Written as the first entry of a new trail.</param>
    public AuditTrail(IVoteStore store, AuditGenesis genesis)
    {
        _store = store ?? throw new ArgumentNullException(nameof(store));
        _genesis = genesis ?? throw new ArgumentNullException(nameof(genesis));
        Recover();
    }

    /// <summary>Whether the existing trail did not verify: then nothing is appended, so that the damage stays to be seen.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Entries so far, the genesis included.</summary>
    public uint Entries => _entries;

    /// <summary>Hash of the newest entry, lower-case hex.</summary>
    public string Head => _head;

    /// <summary>Notes something that concerns trust: a lying member, a refused record.</summary>
    public void Note(in QuorumEvent alarm) => _alarms.Enqueue(alarm);

    /// <summary>Appends what the member has decided or was ordered since the last call.</summary>
    /// <param name="log">The member's decisions.</param>
    /// <param name="overrides">The member's overrides, in sequence.</param>
    /// <param name="nowNs">Mission time, ns.</param>
    /// <returns>False when the store refused, or the trail is broken.</returns>
    public bool Write(DecisionLog log, IReadOnlyList<HumanOverride> overrides, long nowNs)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(overrides);
        bool written = !IsBroken && (_entries > 0 || TryAppend(AuditEntry.Genesis(_genesis), nowNs));
        while (written && _decisions < log.Height)
        {
            written = TryAppend(AuditEntry.Of(log[_decisions + 1]), nowNs);
            _decisions += written ? 1u : 0;
        }

        while (written && _overrides < overrides.Count)
        {
            written = TryAppend(AuditEntry.Of(overrides[(int)_overrides]), nowNs);
            _overrides += written ? 1u : 0;
        }

        while (written && _alarms.TryPeek(out QuorumEvent alarm))
        {
            written = TryAppend(AuditEntry.Of(alarm), nowNs);
            if (written)
            {
                _alarms.Dequeue();
            }
        }

        return written;
    }

    private bool TryAppend(string fields, long nowNs)
    {
        string line = AuditEntry.Line(_entries, nowNs, fields, _head);
        if (!_store.TryAppend(Encoding.UTF8.GetBytes(line + "\n")))
        {
            return false;
        }

        _entries++;
        _head = line[^66..^2];
        return true;
    }

    private void Recover()
    {
        byte[] bytes = _store.Load();
        int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        AuditReport report = DecisionAudit.Verify(bytes.AsSpan(0, whole), keys: null);
        bool empty = whole == 0;
        IsBroken = (!empty && (report.Breaks.Count > 0 || report.Genesis?.FleetId != _genesis.FleetId
            || report.Genesis.Self != _genesis.Self)) || (whole < bytes.Length && !_store.TryTruncate(whole));
        if (!IsBroken && !empty)
        {
            (_entries, _decisions, _overrides, _head) = (report.Entries, report.Decisions, report.Overrides, report.Head);
        }
    }
}
