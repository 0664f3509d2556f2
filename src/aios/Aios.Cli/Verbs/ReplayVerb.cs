using System.CommandLine;
using Aios.Cli.Processes;
using Aios.Cli.Viewing;

namespace Aios.Cli.Verbs;

/// <summary><c>aios replay</c>: a mission that is over, in the browser.</summary>
public static class ReplayVerb
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Folder that a mission left, with mission.mcap and events.jsonl" };
        var view = CommonOptions.ViewPort();
        var command = new Command("replay", "Look at a recorded mission in the browser") { directory, view };
        command.SetAction(parsed =>
        {
            var port = CommonOptions.ViewPort(parsed, view) ?? CommonOptions.ChooseViewPort();
            using var stop = new StopSignals();
            Serve(parsed.GetValue(directory)!, port, stop.Token);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Serves the page until cancelled.</summary>
    /// <exception cref="AiosException">There is no recording, or the port is taken.</exception>
    internal static void Serve(string directory, int port, CancellationToken cancel)
    {
        var history = Replay.Load(directory);
        using var server = new LoopbackServer(
            port, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, history, onCommand: null, stopped));
        Console.WriteLine($"replay of {directory}: {server.Url} (Ctrl-C ends)");
        cancel.WaitHandle.WaitOne();
    }
}
