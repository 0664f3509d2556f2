using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aios.Safety.Quorum;

namespace Aios.Safety.Audit;

/// <summary>
/// Text of the entries of an audit trail: one JSON object per line. The last field, <c>hash</c>, is the SHA-256 of the
/// line's bytes before <c>,"hash":</c>; <c>previous</c> is the hash of the line before (64 zeros in the first). So every
/// entry vouches for all before it.
/// </summary>
internal static class AuditEntry
{
    private static readonly string NoHash = new('0', 64);

    public static string FirstPrevious => NoHash;

    public static string Genesis(AuditGenesis genesis)
    {
        var members = string.Join(',', genesis.Members.Select(name => JsonSerializer.Serialize(name)));
        var keys = string.Join(
            ',', genesis.PublicKeys.Select(k => FormattableString.Invariant($"\"{k.Key}\":\"{Convert.ToHexStringLower(k.Value)}\"")));
        return FormattableString.Invariant(
            $"\"type\":\"genesis\",\"format\":1,\"fleet\":{genesis.FleetId},\"self\":{genesis.Self},\"model\":\"{Name(genesis.Model.ToString())}\",\"members\":[{members}],\"keys\":{{{keys}}}");
    }

    public static string Of(QuorumCertificate certificate)
    {
        string signatures = string.Join(
            ',', certificate.Signatures.Select(s => FormattableString.Invariant($"\"{s.Voter}\":\"{Convert.ToHexStringLower(s.Signature)}\"")));
        return FormattableString.Invariant(
            $"\"type\":\"decision\",\"epoch\":{certificate.Epoch},\"view\":{certificate.View},{Fields(certificate.Decision)},\"votes\":{{{signatures}}}");
    }

    public static string Of(HumanOverride order) => FormattableString.Invariant(
        $"\"type\":\"override\",\"sequence\":{order.Sequence},\"after_epoch\":{order.AfterEpoch},{Fields(order.Decision)},\"signature\":\"{Convert.ToHexStringLower(order.Signature)}\"");

    public static string Of(in QuorumEvent alarm) => FormattableString.Invariant(
        $"\"type\":\"alarm\",\"alarm\":\"{Name(alarm.Kind.ToString())}\",\"epoch\":{alarm.Epoch},\"member\":{alarm.Member},{Fields(alarm.Decision)}");

    /// <summary>The whole line, without its end.</summary>
    public static string Line(uint number, long atNs, string fields, string previous)
    {
        string head = string.Create(
            CultureInfo.InvariantCulture, $"{{\"n\":{number},\"t\":{atNs / 1e9:0.000},{fields},\"previous\":\"{previous}\"");
        return $"{head},\"hash\":\"{HashOf(head)}\"}}";
    }

    public static string HashOf(string head) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)));

    public static string Name(string pascalCase) =>
        string.Concat(pascalCase.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    public static bool TryKind(string name, out DecisionKind kind)
    {
        foreach (DecisionKind k in Enum.GetValues<DecisionKind>())
        {
            if (string.Equals(Name(k.ToString()), name, StringComparison.Ordinal))
            {
                kind = k;
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static string Fields(in Decision d) => FormattableString.Invariant(
        $"\"decision\":\"{Name(d.Kind.ToString())}\",\"subject\":{d.Subject},\"object\":{d.Object},\"argument\":{d.Argument},\"value\":{d.Value}");
}
