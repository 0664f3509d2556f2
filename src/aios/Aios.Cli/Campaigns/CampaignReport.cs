using System.Globalization;
using System.Text.Json;

namespace Aios.Cli.Campaigns;

/// <summary>What a campaign came to.</summary>
/// <param name="Mission">The mission file, as it was given.</param>
/// <param name="Transport"><c>simulated</c> or <c>dds</c>.</param>
/// <param name="Planned">How many seeds were to be run.</param>
/// <param name="Runs">What was run, in the order of the seeds.</param>
/// <param name="WallTime">s.</param>
public sealed record CampaignReport(
    string Mission, string Transport, int Planned, IReadOnlyList<CampaignRun> Runs, double WallTime)
{
    private const int WorstCount = 5;

    /// <summary>Named faults injected; null for none. With them a run counts by its safety, not by the mission's goals.</summary>
    public string? FaultSet { get; init; }

    /// <summary>True when every planned seed was run and is a success.</summary>
    public bool Succeeded => Runs.Count == Planned && Runs.All(IsGood);

    /// <summary>Failures first, then least coverage, then longest time.</summary>
    public IReadOnlyList<CampaignRun> Worst =>
    [
        .. Runs.OrderBy(IsGood).ThenBy(run => run.Succeeded)
            .ThenBy(run => double.IsNaN(run.Coverage) ? -1 : run.Coverage)
            .ThenByDescending(run => run.SimTime)
            .ThenBy(run => run.Seed),
    ];

    /// <summary>The command that runs a seed again.</summary>
    public string Replay(ulong seed) => FormattableString.Invariant($"./aios run {Quote(Mission)} --transport {Transport} --seed {seed}") + (FaultSet is null ? "" : " --faults " + FaultSet);

    private bool IsGood(CampaignRun run) => FaultSet is null ? run.Succeeded : run.IsSafe;

    /// <summary>The table at the end of a campaign; all failures, or the worst of the successes.</summary>
    public void Write(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        var successes = Runs.Count(run => run.Succeeded);
        var detections = Runs.SelectMany(run => run.Detections).ToList();
        Line($"{Mission}, {Runs.Count} of {Planned} seeds, {Transport}, {WallTime:0} s");
        Line($"  success            {successes} of {Runs.Count} ({(Runs.Count > 0 ? 100.0 * successes / Runs.Count : 0):0.#} %)");
        if (FaultSet is not null)
        {
            Line($"  safe               {Runs.Count(run => run.IsSafe)} of {Runs.Count} under the faults '{FaultSet}'");
        }

        Line($"  coverage           {Spread(Runs.Select(run => run.Coverage * 100), "%")}");
        Line($"  mission time       {Spread(Runs.Select(run => run.SimTime), "s")}");
        Line($"  death to detection {Spread(detections, "s")}, {detections.Count(double.IsNaN)} of {detections.Count} never");
        Line($"  real-time factor   {Spread(Runs.Select(run => run.RealTimeFactor), "")}");
        Line($"  collisions {Runs.Sum(run => run.Collisions)}, tip-overs {Runs.Sum(run => run.TipOvers)}, safety violations {Runs.Sum(run => run.SafetyViolations)}");
        Line($"worst seeds");
        foreach (var run in Worst.Take(Math.Max(WorstCount, Runs.Count - successes)))
        {
            Line($"  {run.Seed,6}  {run.Outcome,-8} {Percent(run.Coverage),7} {Seconds(run.SimTime),7}  {Replay(run.Seed)}");
            if (!run.Succeeded)
            {
                Line($"          {run.Reason}");
            }
        }
    }

    /// <summary>The same for programs.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            mission = Mission,
            transport = Transport,
            faults = FaultSet,
            planned = Planned,
            wall_time_s = Math.Round(WallTime, 3),
            succeeded = Runs.Count(run => run.Succeeded),
            safe = Runs.Count(run => run.IsSafe),
            runs = Runs.Select(run => new
            {
                seed = run.Seed,
                outcome = run.Outcome,
                reason = run.Reason,
                coverage = Finite(run.Coverage),
                sim_time_s = Finite(run.SimTime),
                wall_time_s = Finite(run.WallTime),
                real_time_factor = Finite(run.RealTimeFactor),
                peak_memory_bytes = Finite(run.PeakMemoryBytes),
                event_log_sha256 = run.EventLogSha256,
                detections_s = run.Detections.Select(Finite),
                collisions = run.Collisions,
                tip_overs = run.TipOvers,
                safety_violations = run.SafetyViolations,
                safe = run.IsSafe,
                replay = Replay(run.Seed),
            }),
        },
        JsonSerializerOptions.Web);

    private static string Spread(IEnumerable<double> values, string unit)
    {
        var sorted = values.Where(double.IsFinite).Order().ToList();
        return sorted.Count == 0
            ? "none"
            : string.Create(CultureInfo.InvariantCulture, $"min {sorted[0]:0.0}, median {sorted[sorted.Count / 2]:0.0}, max {sorted[^1]:0.0} {unit}").TrimEnd();
    }

    private static string Seconds(double time) =>
        double.IsFinite(time) ? string.Create(CultureInfo.InvariantCulture, $"{time:0} s") : "";

    private static string Percent(double part) =>
        double.IsFinite(part) ? string.Create(CultureInfo.InvariantCulture, $"{part * 100:0.0} %") : "";

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Quote(string word) => word.Contains(' ', StringComparison.Ordinal) ? $"'{word}'" : word;
}
