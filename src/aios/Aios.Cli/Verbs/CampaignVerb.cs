using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Campaigns;
using Aios.Cli.Campaigns.Fragments;
using Aios.Cli.Processes;
using Aios.Mission;
using Spectre.Console;

namespace Aios.Cli.Verbs;

/// <summary><c>aios campaign</c>: runs many seeds of a mission and says how often it succeeds.</summary>
public static class CampaignVerb
{
    public static Command Create()
    {
        var file = CommonOptions.Mission();
        var seeds = new Option<IReadOnlyList<ulong>>("--seeds")
        {
            Description = "Which seeds: " + SeedList.Expectation,
            HelpName = "N|a..b",
            CustomParser = ParseSeeds,
            DefaultValueFactory = _ => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        };
        var parallel = new Option<int>("--parallel", "-j")
        {
            Description = "How many run at once",
            HelpName = "N",
            DefaultValueFactory = _ => Environment.ProcessorCount,
            CustomParser = result => CommonOptions.ParseNumber<int>(result, "a whole number from 1 to 256", value => value is >= 1 and <= 256),
        };
        var timeout = new Option<double>("--timeout")
        {
            Description = "Time on the wall after which a run is stopped, s",
            HelpName = "S",
            DefaultValueFactory = _ => 1800,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "a number above 0, up to 1000000", value => value > 0 && value <= 1e6),
        };
        var output = new Option<string?>("--out") { Description = "Folder for the results", HelpName = "DIR" };
        var faults = CommonOptions.Faults();
        var fragments = new Option<bool>("--fragments")
        {
            Description = "With --faults safety: half minutes of gate, monitor and quorum under faults in place of whole missions, thousands in minutes; with --transport dds real processes in network namespaces, some 15 s each (root)",
        };
        var (transport, json) = (CommonOptions.Transport("simulated"), CommonOptions.Json());
        var command = new Command("campaign", "Run many seeds of a mission in parallel; exit code 1 when one fails")
        {
            file, seeds, parallel, transport, timeout, faults, fragments, output, json,
        };
        command.SetAction(parsed =>
        {
            var mission = parsed.GetValue(file)!;
            if (MissionFiles.Load(mission, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            if (parsed.GetValue(fragments))
            {
                var most = parsed.GetResult(parallel) is { Implicit: false } ? parsed.GetValue(parallel) : (int?)null;
                return parsed.GetValue(faults) is null
                    ? throw new AiosException(ExitCode.WrongInput, "--fragments needs --faults safety")
                    : FragmentCampaignRunner.Run(
                        mission, spec, parsed.GetValue(seeds)!, most, parsed.GetValue(transport)!, parsed.GetValue(output), parsed.GetValue(json));
            }

            var directory = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine("out", spec.Name + "-campaign"));
            Directory.CreateDirectory(directory);
            var kind = parsed.GetValue(transport)!;
            var runner = new CampaignRunner(
                (seed, folder) => RunProcess(spec.File, kind, seed, folder, parsed.GetValue(faults)),
                directory,
                parsed.GetValue(parallel),
                TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            var report = Run(runner, mission, kind, parsed.GetValue(seeds)!, parsed.GetValue(json)) with { FaultSet = parsed.GetValue(faults) };
            File.WriteAllText(Path.Combine(directory, "campaign.json"), report.ToJson() + "\n");
            if (parsed.GetValue(json))
            {
                Console.WriteLine(report.ToJson());
            }
            else
            {
                report.Write(Console.Out);
            }

            return report.Succeeded ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    /// <summary>The process that runs one seed and leaves its files in a folder.</summary>
    internal static ProcessSpec RunProcess(string mission, string transport, ulong seed, string folder, string? faults = null) => new()
    {
        Name = FormattableString.Invariant($"seed-{seed}"),
        Command =
        [
            .. OwnProgram.Command, "run", Path.GetFullPath(mission), "--transport", transport,
            "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", folder, "--headless", "--no-bag",
            .. faults is null ? [] : (string[])["--faults", faults],
        ],
    };

    private static CampaignReport Run(
        CampaignRunner runner, string mission, string transport, IReadOnlyList<ulong> seeds, bool json)
    {
        using var stop = new StopSignals();
        var clock = Stopwatch.StartNew();
        IReadOnlyList<CampaignRun> runs = [];
        if (!json && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
        {
            AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context =>
                {
                    var task = context.AddTask("starting", maxValue: seeds.Count);
                    runs = runner.Run(seeds, progress => Show(task, progress), stop.Token);
                    task.Description = "done";
                });
        }
        else
        {
            runs = runner.Run(seeds, progress => Console.Error.WriteLine(Line(progress)), stop.Token);
        }

        return new CampaignReport(mission, transport, seeds.Count, runs, clock.Elapsed.TotalSeconds);
    }

    private static void Show(ProgressTask task, CampaignProgress progress)
    {
        task.Increment(1);
        task.Description = $"{progress.Done} of {progress.Total}, {Duration(progress.Left)} left";
        if (!progress.Last.Succeeded)
        {
            AnsiConsole.MarkupLine($"[red]{Markup.Escape(Line(progress))}[/]");
        }
    }

    private static string Line(CampaignProgress progress)
    {
        var run = progress.Last;
        var figures = double.IsFinite(run.Coverage)
            ? string.Create(CultureInfo.InvariantCulture, $", coverage {run.Coverage * 100:0.0} %, {run.SimTime:0} s")
            : "";
        var reason = run.Succeeded ? "" : ", " + run.Reason;
        return $"[{progress.Done}/{progress.Total}] seed {run.Seed} {run.Outcome}{figures}{reason}; {Duration(progress.Left)} left";
    }

    private static string Duration(TimeSpan? span) => span is not { } time ? "unknown time"
        : time.TotalMinutes >= 90 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h")
        : time.TotalSeconds >= 90 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    private static IReadOnlyList<ulong> ParseSeeds(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[^1].Value;
        if (SeedList.TryParse(text, out var seeds))
        {
            return seeds;
        }

        result.AddError($"--seeds: expected {SeedList.Expectation}, found '{text}'");
        return [];
    }
}
