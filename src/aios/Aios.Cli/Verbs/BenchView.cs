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
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.2);

    public static Command Create()
    {
        var live = new Option<bool>("--live") { Description = "As a running mission that tells something five times a second, not as a recording" };
        var recording = new Option<string?>("--replay") { Description = "A mission's folder to play instead, at its own speed", HelpName = "DIR" };
        var json = CommonOptions.Json();
        var command = new Command("view", "The page with ten rovers in Chromium without a graphics card, of the whole fleet and following a rover: frames a second, processor time of a frame") { live, recording, json };
        command.SetAction(parsed =>
        {
            var program = Chromium.Find()
                ?? throw new AiosException(ExitCode.MissingPrerequisite, "needed for bench view: sudo apt-get install -y chromium");
            using var stop = new StopSignals();
            var views = (parsed.GetValue(live) ? MeasureLiveAsync(program, stop.Token) : MeasureAsync(
                program, parsed.GetValue(recording) is { } directory ? Replay.Load(directory) : TenRovers.History(), stop.Token)).GetAwaiter().GetResult();
            foreach (var measured in views)
            {
                Print(measured, parsed.GetValue(json), Console.Out);
            }

            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Plays a recording at its own speed, from a third of it on.</summary>
    internal static async Task<IReadOnlyList<ViewMeasurement>> MeasureAsync(string program, ViewHistory history, CancellationToken cancel)
    {
        await using var server = new LoopbackServer(0, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, history, onCommand: null, stopped));
        await using var page = await Chromium.OpenAsync(program, server.Url, cancel).ConfigureAwait(false);
        await page.WaitForAsync("window.aios && aios.store.end && aios.terrain.isSettled", cancel).ConfigureAwait(false);
        await page.EvaluateAsync("aios.seek(aios.store.end.t / 3); aios.state.playing = true; aios.state.rate = 1", cancel).ConfigureAwait(false);
        return await MeasureViewsAsync(page, cancel).ConfigureAwait(false);
    }

    private static async Task<IReadOnlyList<ViewMeasurement>> MeasureLiveAsync(string program, CancellationToken cancel)
    {
        var fleet = new TenRovers(isLive: true);
        await using var server = new LoopbackServer(0, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, fleet.Told, onCommand: null, stopped));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var mission = TellAsync(fleet, over.Token);
        try
        {
            await using var page = await Chromium.OpenAsync(program, server.Url, cancel).ConfigureAwait(false);
            await page.WaitForAsync("window.aios && aios.terrain && aios.terrain.isSettled && aios.store.latest > 2", cancel).ConfigureAwait(false);
            return await MeasureViewsAsync(page, cancel).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await mission.ConfigureAwait(false);
        }
    }

    private static async Task TellAsync(TenRovers fleet, CancellationToken over)
    {
        var watch = Stopwatch.StartNew();
        while (!over.IsCancellationRequested)
        {
            fleet.Tell(watch.Elapsed.TotalSeconds);
            await Task.Delay(Period, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<IReadOnlyList<ViewMeasurement>> MeasureViewsAsync(Chromium page, CancellationToken cancel)
    {
        var fleet = await MeasureAsync(page, "fleet", cancel).ConfigureAwait(false);
        await page.EvaluateAsync("aios.state.chosen = 2; aios.setCamera('follow')", cancel).ConfigureAwait(false);
        return [fleet, await MeasureAsync(page, "follow", cancel).ConfigureAwait(false)];
    }

    private static async Task<ViewMeasurement> MeasureAsync(Chromium page, string camera, CancellationToken cancel)
    {
        var first = await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false);
        await page.WaitForAsync(string.Create(CultureInfo.InvariantCulture, $"aios.drawn > {first} + 60"), cancel).ConfigureAwait(false); // it has found its number of pixels
        await page.StartCountingFramesAsync(cancel).ConfigureAwait(false);
        var (before, drawing, frames, watch) = (
            await page.MetricsAsync(cancel).ConfigureAwait(false), page.DrawingSeconds(), await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false), Stopwatch.StartNew());
        await Task.Delay(Duration, cancel).ConfigureAwait(false);
        var drawn = Math.Max(1, await page.NumberAsync("aios.drawn", cancel).ConfigureAwait(false) - frames);
        var seconds = watch.Elapsed.TotalSeconds;
        var presented = await page.CountFramesAsync(cancel).ConfigureAwait(false);
        var after = await page.MetricsAsync(cancel).ConfigureAwait(false);
        return new ViewMeasurement(
            camera,
            (int)await page.NumberAsync("aios.store.rovers.length", cancel).ConfigureAwait(false),
            Math.Min(drawn, presented) / seconds,
            1000 * (after["TaskDuration"] - before["TaskDuration"]) / drawn,
            1000 * (after["ScriptDuration"] - before["ScriptDuration"]) / drawn,
            1000 * (page.DrawingSeconds() - drawing) / drawn,
            await page.NumberAsync("aios.pixelRatio", cancel).ConfigureAwait(false),
            LoadAverage());
    }

    // Processes that ran or waited to, over the last minute; NaN where the system does not tell.
    private static double LoadAverage() => File.Exists("/proc/loadavg")
        && double.TryParse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture, out var load) ? load : double.NaN;

    private static void Print(ViewMeasurement measured, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "view",
                camera = measured.Camera,
                rovers = measured.Rovers,
                renderer = "software",
                frames_per_s = Math.Round(measured.FramesPerSecond, 2),
                main_thread_ms_per_frame = Math.Round(measured.MainThreadMs, 2),
                script_ms_per_frame = Math.Round(measured.ScriptMs, 2),
                drawing_ms_per_frame = OrNull(measured.DrawingMs),
                pixel_ratio = Math.Round(measured.PixelRatio, 2),
                processors = Environment.ProcessorCount,
                load = OrNull(measured.Load),
            }));
        }
        else
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{measured.Rovers} rovers, {(measured.Camera == "fleet" ? "the whole fleet" : "following one")}, drawn in software: {measured.FramesPerSecond:0.0} frames/s on the screen; of a frame {measured.MainThreadMs:0.0} ms on the page's thread ({measured.ScriptMs:0.0} ms script), {measured.DrawingMs:0} ms drawing on {Environment.ProcessorCount} processors; {measured.PixelRatio:0.00} pixels per pixel; load {measured.Load:0.0}"));
        }
    }

    private static double? OrNull(double value) => double.IsFinite(value) ? Math.Round(value, 1) : null;
}

/// <summary>What a frame of the page costs.</summary>
/// <param name="Camera"><c>fleet</c> or <c>follow</c>.</param>
/// <param name="Rovers">On the page.</param>
/// <param name="FramesPerSecond">New pictures that reached the screen in a second on the wall.</param>
/// <param name="MainThreadMs">Processor time of the page's thread, ms: script, style, layout, without drawing.</param>
/// <param name="ScriptMs">Of that, script.</param>
/// <param name="DrawingMs">Processor time of the process that draws, all its threads, ms; NaN when not known.</param>
/// <param name="PixelRatio">Drawn pixels per pixel of the page, along a side.</param>
/// <param name="Load">The machine's load average over a minute, this included; NaN when not known.</param>
internal sealed record ViewMeasurement(
    string Camera, int Rovers, double FramesPerSecond, double MainThreadMs, double ScriptMs, double DrawingMs, double PixelRatio, double Load);
