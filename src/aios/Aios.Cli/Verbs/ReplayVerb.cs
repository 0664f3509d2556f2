using System.CommandLine;
using System.Globalization;
using Aios.Cli.Foxglove;
using Aios.Cli.Missions;
using Aios.Cli.Processes;
using Aios.Cli.Viewing;
using ROS2.Bag;

namespace Aios.Cli.Verbs;

/// <summary><c>aios replay</c>: a mission that is over, in the browser or in Foxglove.</summary>
public static class ReplayVerb
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Folder that a mission left, with mission.mcap and events.jsonl" };
        var view = CommonOptions.ViewPort();
        var recover = new Option<bool>("--recover")
        {
            Description = "First save what a crash left of the recording; DIR may also be the folder of any bag or an .mcap file",
        };
        var foxglove = CommonOptions.FoxglovePort();
        var rate = new Option<double>("--rate")
        {
            Description = "For Foxglove: recorded time over time on the wall",
            HelpName = "FACTOR",
            DefaultValueFactory = _ => 1,
            CustomParser = result => CommonOptions.ParseNumber<double>(result, "a number from 0.01 to 1000", value => value is >= 0.01 and <= 1000),
        };
        var film = new Option<string?>("--film")
        {
            Description = "Make an animated PNG of ten seconds from what the browser would show, and end; needs Chromium", HelpName = "FILE",
        };
        var command = new Command("replay", "Look at a recorded mission in the browser or in Foxglove") { directory, view, foxglove, rate, recover, film };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(recover) && !Recover(parsed.GetValue(directory)!, Console.Out))
            {
                return ExitCode.Success;
            }

            if (parsed.GetValue(film) is { } picture)
            {
                MakeFilm(parsed.GetValue(directory)!, picture);
                return ExitCode.Success;
            }

            var foxglovePort = CommonOptions.FoxglovePort(parsed, foxglove);
            var port = CommonOptions.ViewPort(parsed, view) ?? (foxglovePort is null ? CommonOptions.ChooseViewPort() : null);
            using var stop = new StopSignals();
            var folder = parsed.GetValue(directory)!;
            if (foxglovePort is not { } served)
            {
                Serve(folder, port!.Value, stop.Token);
                return ExitCode.Success;
            }

            using var playback = new BagPlayback(folder, served, parsed.GetValue(rate));
            Console.WriteLine($"replay of {folder}: {playback.Url} for Foxglove (Ctrl-C ends)");
            using var page = port is { } open ? ServePage(folder, open) : null;
            playback.Run(stop.Token);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Puts sound files in the place of damaged ones and tells what became of each.</summary>
    /// <returns>Whether it is a mission, which can be looked at.</returns>
    /// <exception cref="IOException">There is no recording.</exception>
    internal static bool Recover(string path, TextWriter output)
    {
        var mission = Path.Combine(path, MissionRecorder.FileName);
        var isMission = File.Exists(mission);
        foreach (var rescue in BagRecovery.Recover(isMission ? mission : path))
        {
            foreach (var damage in rescue.Damage)
            {
                output.WriteLine($"{rescue.File}: {damage}");
            }

            output.WriteLine(rescue.Damage.Count == 0
                ? FormattableString.Invariant($"{rescue.File}: sound, {rescue.MessageCount} messages")
                : FormattableString.Invariant($"{rescue.File}: saved {rescue.MessageCount} messages; the damaged file is {rescue.File}{BagRecovery.Suffix}"));
        }

        return isMission;
    }

    /// <summary>Serves the page until cancelled.</summary>
    /// <exception cref="AiosException">There is no recording, or the port is taken.</exception>
    internal static void Serve(string directory, int port, CancellationToken cancel)
    {
        using var page = ServePage(directory, port);
        cancel.WaitHandle.WaitOne();
    }

    private static void MakeFilm(string directory, string file)
    {
        var program = Chromium.Find()
            ?? throw new AiosException(ExitCode.MissingPrerequisite, "needed for --film: sudo apt-get install -y chromium");
        var history = Replay.Load(directory);
        using var stop = new StopSignals();
        try
        {
            var film = PageFilm.MakeAsync(program, history, done => Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done:0 %} of the film ")), stop.Token)
                .GetAwaiter().GetResult();
            Console.Error.WriteLine();
            File.WriteAllBytes(file, film);
            Console.WriteLine(FormattableString.Invariant($"{file}: {film.Length / 1048576.0:0.0} MiB"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"--film {file}: {exception.Message}", exception);
        }
    }

    private static LoopbackServer ServePage(string directory, int port)
    {
        var history = Replay.Load(directory);
        var server = new LoopbackServer(
            port, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, history, onCommand: null, stopped));
        Console.WriteLine($"replay of {directory}: {server.Url} (Ctrl-C ends)");
        return server;
    }
}
