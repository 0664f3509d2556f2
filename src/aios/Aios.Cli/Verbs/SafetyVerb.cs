using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Safety;
using Aios.Safety.Audit;

namespace Aios.Cli.Verbs;

/// <summary><c>aios safety</c>: what the fleet decided, and whether the record of it can be trusted.</summary>
public static class SafetyVerb
{
    private const int HashDigits = 64;
    private const int MostBytes = 1 << 28;
    private const int MostBreaksShown = 20;
    private const string Pattern = "*.audit.jsonl";

    public static Command Create() => new("safety", "Decisions of the fleet: verify their record") { CreateAudit() };

    private static Command CreateAudit()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Audit trails, such as out/MISSION/safety/rover_1.audit.jsonl, or folders of missions; several are compared with each other",
            Arity = ArgumentArity.OneOrMore,
        };
        var head = new Option<string?>("--head") { Description = "Hash that the last entry must have: shows entries cut off the end", HelpName = "HASH" };
        var keys = new Option<string?>("--keys") { Description = "Trail whose first entry has the keys to trust, instead of each file's own", HelpName = "FILE" };
        var json = CommonOptions.Json();
        var command = new Command("audit", "Verify hashes, certificates and signatures of audit trails; exit code 1 when anything does not hold")
        {
            files, head, keys, json,
        };
        command.SetAction(parsed => Run(
            [.. parsed.GetValue(files)!.SelectMany(Trails)], parsed.GetValue(head), parsed.GetValue(keys), parsed.GetValue(json), Console.Out));
        return command;
    }

    /// <summary>Audits the files, prints each break as FILE:LINE: problem, and a line per file.</summary>
    internal static int Run(IReadOnlyList<string> files, string? head, string? keys, bool json, TextWriter output)
    {
        if (head is not null && !(head.Length == HashDigits && head.All(char.IsAsciiHexDigit)))
        {
            throw new AiosException(ExitCode.WrongInput, $"--head: expected {HashDigits} hexadecimal digits, found '{head}'");
        }

        var pinned = keys is null ? null : DecisionAudit.Verify(Read(keys), keys: null).Genesis
            ?? throw new AiosException(ExitCode.WrongInput, $"--keys {keys}: its first entry is not that of an audit trail");
        var reports = new List<(string File, AuditReport Report, List<AuditBreak> Breaks)>();
        foreach (var file in files)
        {
            using var ring = pinned is null ? null : Aios.Safety.Quorum.EcdsaKeyRing.ForVerification(pinned.PublicKeys);
            var report = DecisionAudit.Verify(Read(file), ring);
            List<AuditBreak> breaks = [.. report.Breaks];
            if (head is not null && !string.Equals(head, report.Head, StringComparison.OrdinalIgnoreCase))
            {
                breaks.Add(new AuditBreak((int)report.Entries, $"the last entry's hash is {report.Head}: entries are missing or others than expected"));
            }

            if (reports.Count > 0 && FirstDifference(reports[0].Report, report) is { } epoch)
            {
                breaks.Add(new AuditBreak(
                    (int)report.Entries, FormattableString.Invariant($"decision {epoch} differs from the one in {reports[0].File}")));
            }

            reports.Add((file, report, breaks));
        }

        if (json)
        {
            output.WriteLine(ToJson(reports));
        }
        else
        {
            foreach (var (file, report, breaks) in reports)
            {
                Write(output, file, report, breaks);
            }
        }

        return reports.TrueForAll(r => r.Breaks.Count == 0) ? ExitCode.Success : ExitCode.Failure;
    }

    // A folder stands for the trails in it, or in its folder for safety.
    private static IEnumerable<string> Trails(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        foreach (var folder in (ReadOnlySpan<string>)[path, Path.Combine(path, SafetyFiles.Folder)])
        {
            if (Directory.Exists(folder) && Directory.GetFiles(folder, Pattern) is { Length: > 0 } found)
            {
                return found.Order(StringComparer.Ordinal);
            }
        }

        throw new AiosException(ExitCode.WrongInput, $"{path}: expected audit trails ({Pattern}) in this folder or in its folder {SafetyFiles.Folder}, found none");
    }

    // Shared with the rover that may be writing it. May be a pipe.
    private static byte[] Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new AiosException(ExitCode.WrongInput, Directory.Exists(file) ? $"{file}: expected a file, found a folder" : $"{file}: no such file");
        }

        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        var part = new byte[1 << 16];
        for (int count; (count = stream.Read(part)) > 0;)
        {
            bytes.Write(part.AsSpan(0, count));
            if (bytes.Length > MostBytes)
            {
                throw new AiosException(ExitCode.WrongInput, $"{file}: longer than {MostBytes >> 20} MiB, which no audit trail is");
            }
        }

        return bytes.ToArray();
    }

    // Trails of one fleet may be of different length, but where both have a decision it is the same.
    private static int? FirstDifference(AuditReport a, AuditReport b)
    {
        for (var i = 0; i < Math.Min(a.LogHeads.Count, b.LogHeads.Count); i++)
        {
            if (!string.Equals(a.LogHeads[i], b.LogHeads[i], StringComparison.Ordinal))
            {
                return i;
            }
        }

        return null;
    }

    private static void Write(TextWriter output, string file, AuditReport report, List<AuditBreak> breaks)
    {
        foreach (var found in breaks.Take(MostBreaksShown))
        {
            output.WriteLine(FormattableString.Invariant($"{file}:{found.Line}: {found.Problem}"));
        }

        if (breaks.Count > MostBreaksShown)
        {
            output.WriteLine(FormattableString.Invariant($"{file}: and {breaks.Count - MostBreaksShown} more"));
        }

        var keeper = report.Genesis is { } genesis && (uint)genesis.Self < (uint)genesis.Members.Count ? genesis.Members[genesis.Self] : "?";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{file}: {(breaks.Count == 0 ? "sound" : "BROKEN")}, kept by {keeper}, {report.Decisions} decisions, {report.Overrides} overrides, {report.Alarms} alarms, head {report.Head}"));
    }

    private static string ToJson(List<(string File, AuditReport Report, List<AuditBreak> Breaks)> reports) => JsonSerializer.Serialize(
        reports.Select(r => new
        {
            file = r.File,
            sound = r.Breaks.Count == 0,
            entries = r.Report.Entries,
            decisions = r.Report.Decisions,
            overrides = r.Report.Overrides,
            alarms = r.Report.Alarms,
            head = r.Report.Head,
            breaks = r.Breaks.Select(b => new { line = b.Line, problem = b.Problem }),
        }),
        JsonSerializerOptions.Web);
}
