using System.CommandLine;
using System.Text.Json;
using Aios.Cli.Campaigns;
using Aios.Cli.Processes;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench</c>: measures.</summary>
public static class BenchVerb
{
    public static Command Create() => new("bench", "Measure speed and memory") { CreateMission(), BenchSafety.Create(), BenchDetection.Create(), BenchSim.Create(), BenchView.Create(), BenchRosVerb.Create(), BenchRosVerb.CreatePeer(), BenchFuzzVerb.Create() };

    /// <summary>A benchmark that prints a table or JSON and can be cut short.</summary>
    /// <param name="name">Its name on the command line.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="amount">What there is a tenth of with <c>--quick</c>.</param>
    /// <param name="run">Measures and prints; takes the divisor of the amount and whether to print JSON.</param>
    internal static Command CreateScaled(string name, string description, string amount, Action<int, bool> run)
    {
        var json = CommonOptions.Json();
        var quick = new Option<bool>("--quick") { Description = $"A tenth of the {amount}" };
        var command = new Command(name, description) { json, quick };
        command.SetAction(parsed =>
        {
            run(parsed.GetValue(quick) ? 10 : 1, parsed.GetValue(json));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command CreateMission()
    {
        var file = CommonOptions.Mission();
        var seed = CommonOptions.Seed();
        var transport = CommonOptions.Transport("simulated");
        var json = CommonOptions.Json();
        var command = new Command("mission", "Real-time factor and peak memory of a whole mission, in a process of its own")
        {
            file, seed, transport, json,
        };
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(file)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            var run = Measure(spec.File, parsed.GetValue(transport)!, parsed.GetValue(seed));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    benchmark = "mission",
                    mission = spec.Name,
                    seed = run.Seed,
                    transport = parsed.GetValue(transport),
                    rovers = spec.Rovers.Count,
                    outcome = run.Outcome,
                    sim_time_s = run.SimTime,
                    wall_time_s = run.WallTime,
                    real_time_factor = run.RealTimeFactor,
                    peak_memory_bytes = run.PeakMemoryBytes,
                    event_log_sha256 = run.EventLogSha256,
                }));
            }
            else
            {
                Console.WriteLine(FormattableString.Invariant(
                    $"{spec.Name} seed {run.Seed}: {run.Outcome}, {run.SimTime:0} s in {run.WallTime:0.0} s, {run.RealTimeFactor:0.0} x real time, {run.PeakMemoryBytes / 1048576:0} MiB"));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static CampaignRun Measure(string mission, string transport, ulong seed)
    {
        var folder = Directory.CreateTempSubdirectory("aios-bench-").FullName;
        try
        {
            using var stop = new StopSignals();
            var runner = new CampaignRunner(
                (run, directory) => CampaignVerb.RunProcess(mission, transport, run, directory), folder, 1, TimeSpan.FromHours(1));
            var runs = runner.Run([seed], _ => { }, stop.Token);
            if (runs is not [{ Outcome: "success" or "failed" } measured])
            {
                var log = runs.Count > 0 ? LastLine(Path.Combine(folder, FormattableString.Invariant($"seed-{seed}"), "run.log")) : "stopped";
                throw new AiosException(ExitCode.Failure, $"the mission did not run to its end: {log}");
            }

            return measured;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string LastLine(string file) => File.Exists(file) ? File.ReadLines(file).LastOrDefault() ?? "" : "";
}
