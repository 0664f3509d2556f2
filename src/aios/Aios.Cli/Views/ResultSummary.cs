using System.Globalization;
using Aios.Mission;

namespace Aios.Cli.Views;

/// <summary>What is said when a mission is over.</summary>
public static class ResultSummary
{
    /// <summary>A few plain lines: outcome, each criterion, figures, where the files are.</summary>
    public static void Write(TextWriter output, MissionResult result, string? directory)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"{result.Mission} seed {result.Seed} ({result.Transport}): {ResultJson.OutcomeName(result.Outcome)}, {result.Reason}");
        foreach (var criterion in result.Acceptance)
        {
            Line($"  {(criterion.Holds ? "ok  " : "FAIL")} {criterion.Name,-28} {criterion.Found} ({criterion.Expected})");
        }

        Line($"  {EventText.Clock(result.SimTime)} of mission time in {result.WallTime:0.0} s, {result.RealTimeFactor:0.0} x real time, {result.PeakMemoryBytes / 1048576.0:0} MiB");
        Line($"  events {result.EventLogSha256}");
        if (directory is not null)
        {
            Line($"  report {Path.Combine(directory, "report.html")}");
        }
    }
}
