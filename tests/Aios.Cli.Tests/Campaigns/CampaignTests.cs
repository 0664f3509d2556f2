using System.Globalization;
using System.Text.Json;
using Aios.Cli.Campaigns;
using Aios.Cli.Processes;

namespace Aios.Cli.Tests.Campaigns;

public sealed class CampaignTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_SeedsThatSucceedFailAndCrash_AreAllThereInOrder()
    {
        var progress = new List<CampaignProgress>();

        var runs = Run("""
            case $SEED in
              1) outcome=success;;
              2) outcome=failed;;
              *) echo 'went wrong' >&2; exit 9;;
            esac
            echo "{\"outcome\":\"$outcome\",\"reason\":\"r\",\"coverage\":0.9$SEED,\"sim_time_s\":100,\"wall_time_s\":5,
                  \"real_time_factor\":20,\"peak_memory_bytes\":1000,\"event_log_sha256\":\"ab\",\"rovers\":[{\"collisions\":1,\"tip_overs\":0}],
                  \"safety\":{\"violations\":2},\"faults\":[{\"kind\":\"rover_death\",\"t_injected_s\":10,\"t_detected_s\":16.5}]}" > result.json
            """, progress.Add, 1, 2, 3);

        Assert.Equal([1UL, 2, 3], runs.Select(run => run.Seed));
        Assert.Equal(["success", "failed", "crashed"], runs.Select(run => run.Outcome));
        Assert.Equal([6.5], runs[0].Detections);
        Assert.Equal((1, 2), (runs[0].Collisions, runs[0].SafetyViolations));
        Assert.Equal("no result, exit code 9, last line: went wrong", runs[2].Reason);
        Assert.Equal([1, 2, 3], progress.Select(step => step.Done));
        Assert.Equal(TimeSpan.Zero, progress[^1].Left);
    }

    [Fact]
    public void Run_TooLong_IsStoppedAndCounted()
    {
        var runs = Run("sleep 600", _ => { }, TimeSpan.FromSeconds(0.3), 1);

        Assert.StartsWith("stopped after", Assert.Single(runs).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ResultOfACampaignBefore_IsNotTakenForThisOne()
    {
        _folder.Write("seed-1/result.json", "{\"outcome\":\"success\"}");

        Assert.Equal("crashed", Assert.Single(Run("exit 1", _ => { }, 1)).Outcome);
    }

    [Fact]
    public void Report_WorstSeeds_AreFailuresThenLeastCoverage()
    {
        var report = Report();

        Assert.False(report.Succeeded);
        Assert.Equal([4UL, 3, 2, 1], report.Worst.Select(run => run.Seed));
    }

    [Fact]
    public void Report_Table_HasRatesAndTheCommandThatReplaysAFailure()
    {
        using var output = new StringWriter();

        Report().Write(output);

        Assert.Contains("success            2 of 4 (50 %)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("min 50.0, median 96.0, max 98.0 %", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("min 6.0, median 6.0, max 6.0 s, 1 of 2 never", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("./aios run 'my mission.yaml' --transport simulated --seed 4", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("no result, exit code 134", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Json_HasNullWhereNothingIsKnown()
    {
        using var json = JsonDocument.Parse(Report().ToJson());

        Assert.Equal(2, json.RootElement.GetProperty("succeeded").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("runs")[3].GetProperty("coverage").ValueKind);
    }

    [Fact]
    public void Report_SeedsLeftOut_IsNoSuccess()
    {
        var report = Report();

        Assert.True((report with { Planned = 2, Runs = [.. report.Runs.Take(2)] }).Succeeded);
        Assert.False((report with { Planned = 3, Runs = [.. report.Runs.Take(2)] }).Succeeded);
    }

    private static CampaignReport Report() => new("my mission.yaml", "simulated", 4,
    [
        new CampaignRun { Seed = 1, Outcome = "success", Reason = "", Coverage = 0.98, SimTime = 900, Detections = [6] },
        new CampaignRun { Seed = 2, Outcome = "success", Reason = "", Coverage = 0.96, SimTime = 800 },
        new CampaignRun { Seed = 3, Outcome = "failed", Reason = "coverage", Coverage = 0.5, SimTime = 2400, Detections = [double.NaN] },
        new CampaignRun { Seed = 4, Outcome = "crashed", Reason = "no result, exit code 134" },
    ], 100);

    private IReadOnlyList<CampaignRun> Run(string script, Action<CampaignProgress> progress, params ulong[] seeds) =>
        Run(script, progress, TimeSpan.FromMinutes(1), seeds);

    private IReadOnlyList<CampaignRun> Run(string script, Action<CampaignProgress> progress, TimeSpan timeout, params ulong[] seeds) =>
        new CampaignRunner(
            (seed, folder) => new ProcessSpec
            {
                Name = "seed",
                Command = ["/bin/sh", "-c", script],
                WorkingDirectory = folder,
                Environment = new Dictionary<string, string?> { ["SEED"] = seed.ToString(CultureInfo.InvariantCulture) },
            },
            _folder.Path,
            2,
            timeout).Run(seeds, progress, TestContext.Current.CancellationToken);
}
