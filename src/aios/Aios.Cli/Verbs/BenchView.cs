using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Benchmarks;
using Aios.Cli.Processes;
using Aios.Cli.Viewing;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench view</c>: what the page costs with ten rovers, drawn in software.</summary>
internal static class BenchView
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command = new Command("view", "The page with ten rovers in Chromium without a graphics card: frames a second, processor time of a frame") { json };
        command.SetAction(parsed =>
        {
            var program = Chromium.Find()
                ?? throw new AiosException(ExitCode.MissingPrerequisite, "needed for bench view: sudo apt-get install -y chromium");
            using var stop = new StopSignals();
            Print(MeasureAsync(program, stop.Token).GetAwaiter().GetResult(), parsed.GetValue(json), Console.Out);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Plays a minute of ten rovers at its own speed.</summary>
    internal static async Task<ViewMeasurement> MeasureAsync(string program, CancellationToken cancel)
    {
        var history = TenRovers.History();
        await using var server = new LoopbackServer(0, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, history, onCommand: null, stopped));
        await using var page = await Chromium.OpenAsync(program, server.Url, cancel).ConfigureAwait(false);
        await page.WaitForAsync("window.aios && aios.store.end && aios.terrain.isSettled", cancel).ConfigureAwait(false);
        await page.EvaluateAsync("aios.seek(20); aios.state.playing = true; aios.state.rate = 1", cancel).ConfigureAwait(false);
        var first = await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false);
        await page.WaitForAsync(string.Create(CultureInfo.InvariantCulture, $"aios.drawn > {first} + 20"), cancel).ConfigureAwait(false); // it has found its number of pixels
        var (before, drawing, frames, watch) = (
            await page.MetricsAsync(cancel).ConfigureAwait(false), page.DrawingSeconds(), await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false), Stopwatch.StartNew());
        await Task.Delay(Duration, cancel).ConfigureAwait(false);
        var drawn = Math.Max(1, await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false) - frames);
        var seconds = watch.Elapsed.TotalSeconds;
        var after = await page.MetricsAsync(cancel).ConfigureAwait(false);
        return new ViewMeasurement(
            drawn / seconds,
            1000 * (after["TaskDuration"] - before["TaskDuration"]) / drawn,
            1000 * (after["ScriptDuration"] - before["ScriptDuration"]) / drawn,
            1000 * (page.DrawingSeconds() - drawing) / drawn,
            await page.NumberAsync("aios.pixelRatio", cancel).ConfigureAwait(false));
    }

    private static void Print(ViewMeasurement measured, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "view",
                rovers = 10,
                renderer = "software",
                frames_per_s = Math.Round(measured.FramesPerSecond, 2),
                main_thread_ms_per_frame = Math.Round(measured.MainThreadMs, 2),
                script_ms_per_frame = Math.Round(measured.ScriptMs, 2),
                drawing_ms_per_frame = double.IsFinite(measured.DrawingMs) ? Math.Round(measured.DrawingMs, 1) : (double?)null,
                pixel_ratio = Math.Round(measured.PixelRatio, 2),
            }));
        }
        else
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"10 rovers, drawn in software: {measured.FramesPerSecond:0.0} frames/s; of a frame {measured.MainThreadMs:0.0} ms on the page's thread ({measured.ScriptMs:0.0} ms script), {measured.DrawingMs:0} ms drawing on {Environment.ProcessorCount} processors; {measured.PixelRatio:0.00} pixels per pixel"));
        }
    }
}

/// <summary>What a frame of the page costs.</summary>
/// <param name="FramesPerSecond">Drawn in a second on the wall.</param>
/// <param name="MainThreadMs">Processor time of the page's thread, ms: script, style, layout, without drawing.</param>
/// <param name="ScriptMs">Of that, script.</param>
/// <param name="DrawingMs">Processor time of the process that draws, all its threads, ms; NaN when not known.</param>
/// <param name="PixelRatio">Drawn pixels per pixel of the page, along a side.</param>
internal sealed record ViewMeasurement(double FramesPerSecond, double MainThreadMs, double ScriptMs, double DrawingMs, double PixelRatio);
