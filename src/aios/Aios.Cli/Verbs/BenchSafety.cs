using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Benchmarks;
using Aios.Safety.Conformance;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench safety</c>: the gate, the failure detector, the quorum.</summary>
internal static class BenchSafety
{
    public static Command Create() => BenchVerb.CreateScaled(
        "safety",
        "Gate time and memory per command, detection times against fixed time-outs, decision latency, a million forged votes",
        "trials",
        (divisor, json) => Run(divisor, json, Console.Out));

    /// <summary>Measures and prints.</summary>
    /// <param name="divisor">Fewer trials by this factor.</param>
    /// <param name="json">JSON instead of tables.</param>
    /// <param name="output">Where to.</param>
    internal static void Run(int divisor, bool json, TextWriter output)
    {
        var gate = GateBenchmark.Measure(2_000_000 / divisor);
        var curve = DetectionBenchmark.Measure(DetectionBenchmark.FullTrials / divisor, DetectionBenchmark.FullIntervals / divisor);
        var share = DetectionBenchmark.CpuShare(600.0 / divisor);
        DecisionBenchmark[] decisions =
        [
            DecisionBenchmark.Measure(7, 0, 0, Math.Max(200 / divisor, 10), 1),
            DecisionBenchmark.Measure(7, 0.3, 0, Math.Max(200 / divisor, 10), 2),
            DecisionBenchmark.Measure(7, 0, 3, Math.Max(50 / divisor, 10), 3),
        ];
        using var campaign = new ForgeryCampaign(1);
        var forgeries = campaign.Run(1_000_000 / divisor);
        if (json)
        {
            output.WriteLine(ToJson(gate, curve, share, decisions, forgeries));
        }
        else
        {
            Write(output, gate, curve, share, decisions);
            Write(output, forgeries);
        }
    }

    private static void Write(
        TextWriter output, GateBenchmark gate, IReadOnlyList<DetectionBenchmark> curve, double share, DecisionBenchmark[] decisions)
    {
        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Line($"gate          {gate.MeanNs:0} ns per command, {gate.Bytes} bytes in {gate.Ticks} commands (at most 2000 ns, 0 bytes)");
        Line($"detector      {share * 100:0.000} % of a core for 10 rovers (less than 1 %)");
        Line($"detection     loss  detector  median    p99  false suspicions per 10^6 intervals");
        foreach (var point in curve)
        {
            Line($"              {point.Loss * 100,3:0} %  {point.Detector,-8}  {point.MedianS,5:0.0} s {point.P99S,5:0.0} s  {point.FalsePerMillion,8:0.#}");
        }

        foreach (var d in decisions)
        {
            Line($"decision      {d.Members} members, {d.DeadLeaders} dead, loss {d.Loss * 100:0} %: median {d.MedianMs:0} ms, p99 {d.P99Ms:0} ms, CPU {d.CpuMs:0} ms");
        }
    }

    private static void Write(TextWriter output, ForgeryResult forgeries)
    {
        var kinds = string.Join(", ", Enum.GetValues<ForgeryKind>().Select(
            kind => string.Create(CultureInfo.InvariantCulture, $"{forgeries.Sent[(int)kind]} {kind.ToString().ToLowerInvariant()}")));
        var r = forgeries.Rejections;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"forgeries     {forgeries.Total} under ECDSA keys: {kinds}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"              rejected as malformed {r.Malformed}, foreign {r.Foreign}, forged {r.Forged}, out of epoch {r.OutOfEpoch}, invalid {r.Invalid}; with an effect {forgeries.Effects}"));
    }

    private static string ToJson(
        GateBenchmark gate, IReadOnlyList<DetectionBenchmark> curve, double share, DecisionBenchmark[] decisions,
        ForgeryResult forgeries) => JsonSerializer.Serialize(
        new
        {
            benchmark = "safety",
            gate = new { ticks = gate.Ticks, mean_ns = gate.MeanNs, allocated_bytes = gate.Bytes },
            detector_core_share_10_rovers = share,
            detection = curve.Select(p => new
            {
                detector = p.Detector,
                loss = p.Loss,
                median_s = Math.Round(p.MedianS, 3),
                p99_s = Math.Round(p.P99S, 3),
                false_per_million_intervals = p.FalsePerMillion,
            }),
            decisions = decisions.Select(d => new
            {
                members = d.Members,
                dead = d.DeadLeaders,
                loss = d.Loss,
                median_ms = d.MedianMs,
                p99_ms = d.P99Ms,
                cpu_ms = Math.Round(d.CpuMs, 3),
            }),
            forgeries = new
            {
                sent = forgeries.Total,
                by_kind = Enum.GetValues<ForgeryKind>().ToDictionary(
                    kind => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()), kind => forgeries.Sent[(int)kind]),
                rejected = new
                {
                    malformed = forgeries.Rejections.Malformed,
                    foreign = forgeries.Rejections.Foreign,
                    forged = forgeries.Rejections.Forged,
                    out_of_epoch = forgeries.Rejections.OutOfEpoch,
                    invalid = forgeries.Rejections.Invalid,
                },
                with_effect = forgeries.Effects,
            },
        },
        JsonSerializerOptions.Web);
}
