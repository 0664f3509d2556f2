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
        Write($"{output}.gv", ToDot(listener.Buffer.GetFrameStatistics(), session.Node.Clock.NowNanoseconds * 1e-9));
        if (!hasDot)
        {
            log.Warn($"Wrote {output}.gv; there is no program 'dot' to make a PDF of it (apt-get install graphviz)");
            return ExitCode.Success;
        }

        log.Info($"Exporting graph in {output}.pdf file...");
        return Draw(output);
    }

    /// <summary>The graph for <c>dot</c>. Names come from the network, so they are quoted.</summary>
    internal static string ToDot(IReadOnlyList<FrameStatistics> frames, double recordedSeconds)
    {
        if (frames.Count == 0)
        {
            return "digraph G { \"No tf data received\" }";
        }

        var text = new StringBuilder("digraph G {\n");
        foreach (var frame in frames)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Quoted(frame.Parent)} -> {Quoted(frame.Name)}[label=\" ");
            text.Append(CultureInfo.InvariantCulture, $"Broadcaster: {frame.Broadcaster}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Average rate: {Python(Math.Round(frame.RateHz, 3))}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Buffer length: {Python(Math.Round((frame.NewestNs - frame.OldestNs) * 1e-9, 3))}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Most recent transform: {Python(frame.NewestNs / 1e9)}\\n");
            text.Append(CultureInfo.InvariantCulture, $"Oldest transform: {Python(frame.OldestNs / 1e9)}\\n\"];\n");
        }

        var names = frames.Select(frame => frame.Name).ToHashSet(StringComparer.Ordinal);
        var root = frames.Select(frame => frame.Parent).LastOrDefault(parent => !names.Contains(parent)) ?? frames[0].Name;
        text.Append("edge [style=invis];\n subgraph cluster_legend { style=bold; color=black; label =\"view_frames Result\";\n");
        text.Append(CultureInfo.InvariantCulture, $"\"Recorded at time: {Python(recordedSeconds)}\"[ shape=plaintext ] ;\n}}->{Quoted(root)};\n}}");
        return text.ToString();
    }

    private static string Quoted(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).ReplaceLineEndings("\\n")}\"";

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
