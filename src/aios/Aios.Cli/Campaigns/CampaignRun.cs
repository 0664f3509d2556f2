using System.Text.Json;

namespace Aios.Cli.Campaigns;

/// <summary>What one seed of a campaign came to, as its <c>result.json</c> has it.</summary>
public sealed record CampaignRun
{
    public required ulong Seed { get; init; }

    /// <summary><c>success</c>, <c>failed</c>, <c>aborted</c>, or <c>crashed</c> for a run that left no result.</summary>
    public required string Outcome { get; init; }

    public required string Reason { get; init; }

    /// <summary>0..1; NaN when not known.</summary>
    public double Coverage { get; init; } = double.NaN;

    /// <summary>Mission time, s.</summary>
    public double SimTime { get; init; } = double.NaN;

    /// <summary>Time on the wall, s.</summary>
    public double WallTime { get; init; } = double.NaN;

    public double RealTimeFactor { get; init; } = double.NaN;

    public double PeakMemoryBytes { get; init; } = double.NaN;

    public string EventLogSha256 { get; init; } = "";

    /// <summary>From each rover's death to its detection, s; NaN for one that was never detected.</summary>
    public IReadOnlyList<double> Detections { get; init; } = [];

    public int Collisions { get; init; }

    public int TipOvers { get; init; }

    public int SafetyViolations { get; init; }

    /// <summary>Whether nothing unsafe happened, whatever became of the mission's goals: it ran to its end, no violation, no tip-over.</summary>
    public bool IsSafe => Outcome is "success" or "failed" && SafetyViolations == 0 && TipOvers == 0;

    public bool Succeeded => Outcome == "success";

    /// <summary>Reads a run's result; one that is not there or not readable is a crash.</summary>
    public static CampaignRun Read(ulong seed, string directory, string crash)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "result.json")));
            return Read(seed, document.RootElement);
        }
        catch (Exception exception) when (exception is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new CampaignRun { Seed = seed, Outcome = "crashed", Reason = crash };
        }
    }

    private static CampaignRun Read(ulong seed, JsonElement root)
    {
        var rovers = root.GetProperty("rovers");
        return new CampaignRun
        {
            Seed = seed,
            Outcome = root.GetProperty("outcome").GetString() ?? "failed",
            Reason = root.GetProperty("reason").GetString() ?? "",
            Coverage = Number(root, "coverage"),
            SimTime = Number(root, "sim_time_s"),
            WallTime = Number(root, "wall_time_s"),
            RealTimeFactor = Number(root, "real_time_factor"),
            PeakMemoryBytes = Number(root, "peak_memory_bytes"),
            EventLogSha256 = root.GetProperty("event_log_sha256").GetString() ?? "",
            Detections =
            [
                .. root.GetProperty("faults").EnumerateArray()
                    .Where(fault => fault.GetProperty("kind").GetString() == "rover_death")
                    .Select(fault => Number(fault, "t_detected_s") - Number(fault, "t_injected_s")),
            ],
            Collisions = rovers.EnumerateArray().Sum(rover => rover.GetProperty("collisions").GetInt32()),
            TipOvers = rovers.EnumerateArray().Sum(rover => rover.GetProperty("tip_overs").GetInt32()),
            SafetyViolations = root.GetProperty("safety").GetProperty("violations").GetInt32(),
        };
    }

    private static double Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : double.NaN;
}
