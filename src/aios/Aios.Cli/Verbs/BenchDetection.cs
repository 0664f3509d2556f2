using System.CommandLine;
using Aios.Cli.Benchmarks;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench detection</c>: the failure detector, as a picture.</summary>
internal static class BenchDetection
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "SVG picture to write, as docs/images/detection.svg is" };
        var command = new Command("detection", "Time to the detection of a silent rover over silence and message loss, beside fixed time-outs, as a picture") { file };
        command.SetAction(parsed => Draw(parsed.GetValue(file)!));
        return command;
    }

    private static int Draw(string file)
    {
        var points = DetectionBenchmark.Measure(DetectionBenchmark.FullTrials, DetectionBenchmark.FullIntervals);
        try
        {
            File.WriteAllText(file, DetectionCurve.ToSvg(points));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AiosException(ExitCode.WrongInput, $"{file}: {exception.Message}; expected a file that can be written");
        }

        Console.Out.WriteLine($"{points.Count} points in {file}");
        return ExitCode.Success;
    }
}
