using System.CommandLine;
using System.Text;
using Aios.Cli.Processes;
using Microsoft.Win32.SafeHandles;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>Runs a tool inside a session and ends it in order: by itself, by Ctrl-C, or because nobody reads its output any more.</summary>
internal static class RosToolRunner
{
    // The system's number alone: the runtime's own codes end in the same byte.
    private const int BrokenPipe = 32;

    /// <summary>Gives a command an action that takes part in the graph.</summary>
    /// <param name="command">Gets the options of discovery.</param>
    /// <param name="run">The tool; its result is the exit code.</param>
    /// <param name="nodeName">Option with a name for the node; it is added too.</param>
    /// <param name="fixedName">Name of the node without that option; null for a hidden node.</param>
    /// <param name="offersParameters">Whether others may ask the node for its parameters.</param>
    public static Command OnGraph(
        this Command command,
        Func<RosSession, ParseResult, int> run,
        Option<string?>? nodeName = null,
        string? fixedName = null,
        bool offersParameters = false)
    {
        if (nodeName is not null)
        {
            command.Options.Add(nodeName);
        }

        var spin = RosOptions.SpinTime();
        var simTime = RosOptions.UseSimTime(hasShortName: !command.Options.Any(option => option.Aliases.Contains("-s")));
        command.Options.Add(spin);
        command.Options.Add(simTime);
        command.Options.Add(RosOptions.Flag("--no-daemon", "Accepted and without effect, for there is no daemon"));
        command.SetAction(parsed => Guard((output, stop) =>
        {
            using var session = new RosSession(RosTransports.Open(), output, new RosSessionOptions(parsed.GetValue(spin), parsed.GetValue(simTime))
            {
                NodeName = nodeName is null ? fixedName : parsed.GetValue(nodeName),
                OffersParameters = offersParameters,
            }, stop);
            return run(session, parsed);
        }));
        return command;
    }

    /// <summary>Runs a tool with an output that notices when its reader is gone.</summary>
    public static int Guard(Func<TextWriter, CancellationToken, int> run)
    {
        using var stop = new StopSignals();
        try
        {
            using var output = new StreamWriter(OpenOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 4096) { AutoFlush = true };
            return run(output, stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Success;
        }
        catch (IOException exception) when (exception.HResult == BrokenPipe)
        {
            return ExitCode.Success;
        }
    }

    // The console's stream swallows what is written into a closed pipe, and "… echo | head" would never end. A file stream
    // keeps a position of its own in a file, which other programs may write to as well.
    private static Stream OpenOutput()
    {
        var pipe = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!pipe.CanSeek)
        {
            return pipe;
        }

        pipe.Dispose();
        return Console.OpenStandardOutput();
    }
}
