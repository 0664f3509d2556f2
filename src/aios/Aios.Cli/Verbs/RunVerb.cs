using System.CommandLine;
using Aios.Cli.Foxglove;
using Aios.Cli.Missions;
using Aios.Cli.Processes;
using Aios.Cli.Views;
using Aios.Mission;
using Spectre.Console;

namespace Aios.Cli.Verbs;

/// <summary><c>aios run</c>: runs one mission.</summary>
public static class RunVerb
{
    /// <summary>Mission time over time on the wall while somebody watches in a browser.</summary>
    private const double WatchedRate = 4;

    public static Command Create()
    {
        var file = CommonOptions.Mission();
        var transport = CommonOptions.Transport("dds");
        var seed = CommonOptions.Seed();
        var output = new Option<string?>("--out") { Description = "Folder for result.json, events.jsonl, mission.mcap and report.html", HelpName = "DIR" };
        var headless = new Option<bool>("--headless") { Description = "Plain lines instead of the live picture" };
        var rate = CommonOptions.Rate();
        var noBag = new Option<bool>("--no-bag") { Description = "Do not record mission.mcap" };
        var points = CommonOptions.RecordPoints();
        var film = CommonOptions.Film();
        var faults = CommonOptions.Faults();
        var view = CommonOptions.ViewPort();
        var foxglove = CommonOptions.FoxglovePort();
        var rviz = CommonOptions.Rviz();
        var json = new Option<bool>("--json") { Description = "Print result.json at the end, progress on standard error" };
        var command = new Command("run", "Run a mission: the fleet explores, and leaves a result and a report")
        {
            file, transport, seed, output, headless, rate, noBag, points, film, faults, view, foxglove, rviz, json,
        };
        command.SetAction(parsed =>
        {
            if (MissionFiles.Load(parsed.GetValue(file)!, Console.Error) is not { } spec)
            {
                return ExitCode.WrongInput;
            }

            var mission = spec.Resolve(parsed.GetValue(seed));
            var port = CommonOptions.ViewPort(parsed, view);
            var foxglovePort = CommonOptions.FoxglovePort(parsed, foxglove);
            var request = new MissionRunRequest
            {
                Mission = mission,
                Transport = parsed.GetValue(transport)!,
                OutputDirectory = OutputDirectory(parsed.GetValue(output), mission),
                RealTimeFactor = parsed.GetValue(rate) ?? ((port ?? foxglovePort) is null ? null : WatchedRate),
                RecordBag = !parsed.GetValue(noBag),
                RecordPoints = parsed.GetValue(points),
                Film = parsed.GetValue(film),
                ViewPort = port,
                FoxglovePort = foxglovePort,
                Visualize = parsed.GetValue(rviz),
                FaultSet = parsed.GetValue(faults),
            };
            if (request is { FaultSet: not null, Transport: not "simulated" })
            {
                throw new AiosException(ExitCode.WrongInput, "--faults needs --transport simulated");
            }

            var plain = parsed.GetValue(headless) || parsed.GetValue(json);
            using var stop = new StopSignals();
            ShowAddresses(port, foxglovePort);
            var result = Run(request, CreateView(plain, parsed.GetValue(json), mission), stop.Token);
            Finish(request, result, parsed.GetValue(json));
            if (port is { } open && !plain && request.RecordBag && !stop.Token.IsCancellationRequested)
            {
                ReplayVerb.Serve(request.OutputDirectory!, open, stop.Token); // the page goes on where the mission ended
            }

            return result.Outcome == MissionOutcome.Success ? ExitCode.Success : ExitCode.Failure;
        });
        return command;
    }

    private static void ShowAddresses(int? port, int? foxglove)
    {
        if (foxglove is { } served)
        {
            Console.Error.WriteLine($"foxglove: {FoxgloveServer.UrlOf(served)}");
        }

        if (port is { } open)
        {
            Console.Error.WriteLine($"view: http://127.0.0.1:{open}/");
        }
    }

    private static MissionResult Run(MissionRunRequest request, IMissionView view, CancellationToken cancel)
    {
        var runner = MissionRunners.Create(request.Transport);
        MissionResult? result = null;
        view.Show(progress => result = runner.Run(request, progress, cancel));
        return result ?? throw new InvalidOperationException("the mission ended without a result");
    }

    private static IMissionView CreateView(bool plain, bool json, ResolvedMission mission)
    {
        if (!plain && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi)
        {
            return new LiveView(AnsiConsole.Console, mission);
        }

        return new PlainView(json ? Console.Error : Console.Out, TimeSpan.FromSeconds(5));
    }

    private static string OutputDirectory(string? named, ResolvedMission mission)
    {
        var directory = Path.GetFullPath(named ?? Path.Combine("out", $"{mission.Spec.Name}-{mission.Seed}"));
        try
        {
            return Directory.CreateDirectory(directory).FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"--out {directory}: {exception.Message}", exception);
        }
    }

    private static void Finish(MissionRunRequest request, MissionResult result, bool json)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            ResultJson.Write(output, result);
        }
        else
        {
            ResultSummary.Write(Console.Out, result, request.OutputDirectory);
        }
    }
}
