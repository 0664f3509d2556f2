using System.Globalization;
using System.Text;
using Aios.Cli.Processes;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary><c>ros tf2 frames</c>: draws the tree of frames, as tf2_tools' view_frames.</summary>
internal static class TfFrames
{
    private static readonly TimeSpan DrawingTime = TimeSpan.FromSeconds(60);

    /// <summary>Listens for a while, writes FILE.gv and, where Graphviz is, FILE.pdf.</summary>
    /// <param name="session">The session.</param>
    /// <param name="wait">How long to listen.</param>
    /// <param name="output">The files' name without ending; null for one with the time in it.</param>
    /// <param name="hasDot">Whether Graphviz' <c>dot</c> may be used.</param>
    public static int Run(RosSession session, TimeSpan wait, string? output, bool hasDot)
    {
        var log = session.Node.Logger;
        using var listener = new TransformListener(new TransformBuffer(), session.Node);
        log.Info($"Listening to tf data for {Python(wait.TotalSeconds)} seconds...");
        session.Sleep(wait);
        log.Info("Generating graph...");
        output ??= $"frames_{TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd_HH.mm.ss", CultureInfo.InvariantCulture)}";
        Write($"{output}.gv", ToDot(listener.Buffer.AllFramesAsYaml(), session.Node.Clock.NowNanoseconds * 1e-9));
        if (!hasDot)
        {
            log.Warn($"Wrote {output}.gv; there is no program 'dot' to make a PDF of it (apt-get install graphviz)");
            return ExitCode.Success;
        }

        log.Info($"Exporting graph in {output}.pdf file...");
        return Draw(output);
    }

    /// <summary>The graph for <c>dot</c>, from what the service <c>tf2_frames</c> answers.</summary>
    internal static string ToDot(string yaml, double recordedSeconds)
    {
        var frames = Parse(yaml);
        if (frames.Count == 0)
        {
            return "digraph G { \"No tf data received\" }";
        }

        var text = new StringBuilder("digraph G {\n");
        foreach (var (frame, data) in frames)
        {
            text.Append(CultureInfo.InvariantCulture, $"\"{data["parent"]}\" -> \"{frame}\"[label=\" ");
            text.Append(CultureInfo.InvariantCulture, $"Broadcaster: {data["broadcaster"]}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Average rate: {Number(data, "rate")}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Buffer length: {Number(data, "buffer_length")}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Most recent transform: {Number(data, "most_recent_transform")}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Oldest transform: {Number(data, "oldest_transform")}\\n\"];\n");
        }

        var names = frames.Select(f => f.Frame).ToHashSet(StringComparer.Ordinal);
        var root = frames.Select(f => f.Data["parent"]).LastOrDefault(parent => !names.Contains(parent)) ?? frames[0].Frame;
        text.Append("edge [style=invis];\n subgraph cluster_legend { style=bold; color=black; label =\"view_frames Result\";\n");
        text.Append(CultureInfo.InvariantCulture, $"\"Recorded at time: {Python(recordedSeconds)}\"[ shape=plaintext ] ;\n}}->\"{root}\";\n}}");
        return text.ToString();
    }

    /// <summary>Frames with their data, in order. The buffer writes this text itself: names bare before a colon, strings in quotes.</summary>
    private static List<(string Frame, Dictionary<string, string> Data)> Parse(string yaml)
    {
        var frames = new List<(string Frame, Dictionary<string, string> Data)>();
        foreach (var line in yaml.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != "[]"))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                frames.Add((line[..line.LastIndexOf(':')], new Dictionary<string, string>(StringComparer.Ordinal)));
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            frames[^1].Data[line[2..colon]] = line[(colon + 2)..].Trim('\'');
        }

        return frames;
    }

    private static string Number(Dictionary<string, string> data, string name) => Python(double.Parse(data[name], CultureInfo.InvariantCulture));

    /// <summary>A number of usual size as Python's <c>str</c> writes it.</summary>
    private static string Python(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;
    }

    private static void Write(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{file} cannot be written: {error.Message}", error);
        }
    }

    private static int Draw(string output)
    {
        var errors = new List<string>();
        using var dot = ChildProcess.Start(
            new ProcessSpec { Name = "dot", Command = ["dot", "-Tpdf", $"{output}.gv", "-o", $"{output}.pdf"] }, _ => { }, errors.Add);
        if (!dot.WaitForExit(DrawingTime))
        {
            dot.Signal(PosixSignals.Kill);
            throw new AiosException(ExitCode.Failure, $"dot did not draw {output}.gv within {DrawingTime.TotalSeconds:F0} s");
        }

        return dot.ExitCode == 0
            ? ExitCode.Success
            : throw new AiosException(ExitCode.Failure, $"dot could not draw {output}.gv: {errors.FirstOrDefault() ?? $"it ended with {dot.ExitCode}"}");
    }
}
