using System.CommandLine;
using System.Text.Json;
using Aios.Cli.Diagnosis;

namespace Aios.Cli.Verbs;

/// <summary><c>aios doctor</c>: each prerequisite, found or missing, and how to get it.</summary>
public static class DoctorVerb
{
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("doctor", "Check what this machine has and lacks; exit code 3 when something needed is missing") { json };
        command.SetAction(parsed => Run(Prerequisites.All, parsed.GetValue(json), Console.Out));
        return command;
    }

    /// <summary>Looks for each prerequisite and writes what came of it.</summary>
    /// <returns>3 when a needed one is missing, else 0.</returns>
    internal static int Run(IEnumerable<Prerequisite> prerequisites, bool json, TextWriter output)
    {
        var findings = prerequisites.Select(prerequisite => new Finding(prerequisite, prerequisite.Find())).ToList();
        if (json)
        {
            output.WriteLine(ToJson(findings));
        }
        else
        {
            foreach (var finding in findings)
            {
                var (name, purpose) = (finding.Prerequisite.Name, finding.Prerequisite.Purpose);
                var mark = finding.Found is not null ? "found  " : finding.IsTrouble ? "MISSING" : "none   ";
                output.WriteLine($"{mark} {name,-20} {finding.Found ?? $"{purpose}; get it: {finding.Prerequisite.Remedy}"}");
            }
        }

        return findings.Exists(finding => finding.IsTrouble) ? ExitCode.MissingPrerequisite : ExitCode.Success;
    }

    private static string ToJson(IEnumerable<Finding> findings) => JsonSerializer.Serialize(findings.Select(finding => new
    {
        name = finding.Prerequisite.Name,
        purpose = finding.Prerequisite.Purpose,
        needed = finding.Prerequisite.IsNeeded,
        found = finding.Found,
        remedy = finding.Prerequisite.Remedy,
    }));
}
