using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Aios.Safety.Quorum;

namespace Aios.Safety.Audit;

/// <summary>A place where a trail does not hold.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Problem">What is wrong with it.</param>
public sealed record AuditBreak(int Line, string Problem);

/// <summary>What an audit found.</summary>
/// <param name="Genesis">The trail's first entry; null when it is not one.</param>
/// <param name="Entries">Entries read, the genesis included.</param>
/// <param name="Decisions">Decisions with a valid certificate.</param>
/// <param name="Overrides">Orders with the operator's valid signature.</param>
/// <param name="Alarms">Alarms noted.</param>
/// <param name="Head">Hash of the last entry: two trails with one head are the same.</param>
/// <param name="LogHeads">Hash of the decision log after each decision, the empty log first: equal on all members of a fleet.</param>
/// <param name="Breaks">Where it does not hold; empty for a sound trail.</param>
public sealed record AuditReport(
    AuditGenesis? Genesis, uint Entries, uint Decisions, uint Overrides, uint Alarms, string Head,
    IReadOnlyList<string> LogHeads, IReadOnlyList<AuditBreak> Breaks);

/// <summary>
/// Verifies an audit trail with nothing but public keys: hashes, numbering, every certificate against the voters of its
/// epoch and the history before it, every override against the operator's key.
/// </summary>
public sealed class DecisionAudit
{
    private readonly List<AuditBreak> _breaks = [];
    private readonly List<string> _logHeads = [];
    private readonly ISignatureScheme? _pinnedKeys;
    private AuditGenesis? _genesis;
    private ISignatureScheme? _keys;
    private DecisionLog? _log;
    private FleetDecisionState? _state;
    private string _previous = AuditEntry.FirstPrevious;
    private uint _entries;
    private uint _overrides;
    private uint _alarms;
    private int _line;

    private DecisionAudit(ISignatureScheme? pinnedKeys) => _pinnedKeys = pinnedKeys;

    /// <summary>Reads a trail to its end and reports every break.</summary>
    /// <param name="trail">The file's bytes.</param>
    /// <param name="keys">Keys to trust; null: those that the trail itself names.</param>
    public static AuditReport Verify(ReadOnlySpan<byte> trail, ISignatureScheme? keys)
    {
        var audit = new DecisionAudit(keys);
        while (!trail.IsEmpty)
        {
            int end = trail.IndexOf((byte)'\n');
            audit._line++;
            if (end < 0)
            {
                audit.Break("the last line is torn");
                break;
            }

            audit.ReadLine(Encoding.UTF8.GetString(trail[..end]));
            trail = trail[(end + 1)..];
            if (audit._genesis is null)
            {
                audit.Break("without a first entry that tells the fleet's keys, nothing after it can be checked");
                break;
            }
        }

        if (audit._line == 0)
        {
            audit._line = 1;
            audit.Break("the trail is empty");
        }

        return new AuditReport(
            audit._genesis, audit._entries, audit._log?.Height ?? 0, audit._overrides, audit._alarms, audit._previous,
            audit._logHeads, audit._breaks);
    }

    private void Break(string problem) => _breaks.Add(new AuditBreak(_line, problem));

    private void ReadLine(string line)
    {
        int at = line.LastIndexOf(",\"hash\":\"", StringComparison.Ordinal);
        if (at < 0 || line.Length != at + 9 + 64 + 2)
        {
            Break("not an entry of an audit trail");
            return;
        }

        string stored = line.Substring(at + 9, 64);
        if (!string.Equals(stored, AuditEntry.HashOf(line[..at]), StringComparison.Ordinal))
        {
            Break("the entry was changed: its hash does not fit");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            ReadEntry(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException
            or System.Security.Cryptography.CryptographicException or OverflowException)
        {
            Break("the entry cannot be read: " + e.Message.ReplaceLineEndings(" "));
        }

        _previous = stored;
        _entries++;
    }

    private void ReadEntry(JsonElement entry)
    {
        if (!string.Equals(entry.GetProperty("previous").GetString(), _previous, StringComparison.Ordinal))
        {
            Break("the chain is broken: an entry before this one was changed, removed or inserted");
        }

        if (entry.GetProperty("n").GetUInt32() != _entries)
        {
            Break(string.Create(CultureInfo.InvariantCulture, $"entry {_entries} expected, found {entry.GetProperty("n").GetUInt32()}"));
        }

        string type = entry.GetProperty("type").GetString() ?? "";
        if (type == "genesis" ? _genesis is not null : _genesis is null)
        {
            Break(_genesis is null ? $"the first entry is a '{type}', expected a genesis" : "a second genesis");
            return;
        }

        switch (type)
        {
            case "genesis":
                ReadGenesis(entry);
                break;
            case "decision":
                ReadDecision(entry);
                break;
            case "override":
                ReadOverride(entry);
                break;
            case "alarm":
                _alarms++;
                break;
            default:
                Break($"unknown type '{type}'");
                break;
        }
    }

    private void ReadGenesis(JsonElement entry)
    {
        string[] members = [.. entry.GetProperty("members").EnumerateArray().Select(m => m.GetString() ?? "")];
        if (members.Length is < 1 or > 64)
        {
            throw new FormatException("1 to 64 members expected");
        }

        int self = entry.GetProperty("self").GetInt32();
        if ((uint)self >= (uint)members.Length)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"self is {self}, expected a member from 0 to {members.Length - 1}"));
        }

        var keys = entry.GetProperty("keys").EnumerateObject().ToDictionary(
            p => (int)ReadMember(p.Name, members.Length), p => Convert.FromHexString(p.Value.GetString() ?? ""));
        var genesis = new AuditGenesis(entry.GetProperty("fleet").GetUInt64(), self, members, ReadModel(entry), keys);
        _keys = _pinnedKeys ?? EcdsaKeyRing.ForVerification(keys);
        _genesis = genesis;
        _log = new DecisionLog(_genesis.FleetId);
        _state = new FleetDecisionState(members.Length);
        _logHeads.Add(Convert.ToHexStringLower(_log.Head));
    }

    private static FaultModel ReadModel(JsonElement entry) => entry.GetProperty("model").GetString() switch
    {
        "crash" => FaultModel.Crash,
        "byzantine" => FaultModel.Byzantine,
        var other => throw new FormatException($"model '{other}', expected 'crash' or 'byzantine'"),
    };

    private static byte ReadMember(string name, int members) =>
        byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out byte member) && (member < members || member == ISignatureScheme.Operator)
            ? member
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"member '{name}', expected a number from 0 to {members - 1}, or {ISignatureScheme.Operator} for the operator"));

    private void ReadDecision(JsonElement entry)
    {
        var certificate = new QuorumCertificate(
            entry.GetProperty("epoch").GetUInt32(), entry.GetProperty("view").GetUInt32(), ReadFields(entry),
            [.. entry.GetProperty("votes").EnumerateObject().Select(p => new VoterSignature(
                ReadMember(p.Name, _genesis!.Members.Count), Convert.FromHexString(p.Value.GetString() ?? "")))]);
        if (certificate.Epoch != _log!.Height + 1)
        {
            Break(string.Create(CultureInfo.InvariantCulture, $"decision {_log.Height + 1} expected, found {certificate.Epoch}"));
            return;
        }

        if (!QuorumCertificates.IsValid(certificate, _genesis!.FleetId, _log.Head, _state!.Voters, _genesis.Model, _keys!))
        {
            Break(string.Create(
                CultureInfo.InvariantCulture,
                $"decision {certificate.Epoch} has no valid certificate: {QuorumRules.Votes(BitOperations.PopCount(_state.Voters), _genesis.Model)} valid votes expected"));
        }

        _log.Append(certificate);
        _state.Apply(certificate.Decision, human: false);
        _logHeads.Add(Convert.ToHexStringLower(_log.Head));
    }

    private void ReadOverride(JsonElement entry)
    {
        var order = new HumanOverride(
            entry.GetProperty("sequence").GetUInt32(), entry.GetProperty("after_epoch").GetUInt32(), ReadFields(entry),
            Convert.FromHexString(entry.GetProperty("signature").GetString() ?? ""));
        if (order.Sequence != _overrides + 1)
        {
            Break(string.Create(CultureInfo.InvariantCulture, $"override {_overrides + 1} expected, found {order.Sequence}"));
        }

        if (!order.IsValid(_genesis!.FleetId, _keys!))
        {
            Break(string.Create(CultureInfo.InvariantCulture, $"override {order.Sequence} is not signed by the operator"));
        }

        _overrides++;
    }

    private static Decision ReadFields(JsonElement entry)
    {
        string name = entry.GetProperty("decision").GetString() ?? "";
        return AuditEntry.TryKind(name, out DecisionKind kind)
            ? new Decision(
                kind, entry.GetProperty("subject").GetByte(), entry.GetProperty("object").GetByte(),
                entry.GetProperty("argument").GetUInt32(), entry.GetProperty("value").GetInt64())
            : throw new FormatException($"unknown decision '{name}'");
    }
}
