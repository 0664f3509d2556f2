using Aios.Cli.Reporting;

namespace Aios.Cli.Viewing;

/// <summary>A mission as the page shows it, in three dimensions, as a short moving picture: made by the page in a Chromium without a window.</summary>
internal static class PageFilm
{
    private const int Width = 720;
    private const int Height = 432;
    private const int Frames = 90;
    private const int FrameMs = 100;
    private const int LastFrameMs = 3000;

    /// <summary>The film as an animated PNG file's content: about ten seconds, however long the mission was.</summary>
    /// <param name="program">The browser, from <see cref="Chromium.Find"/>.</param>
    /// <param name="history">A mission that is over.</param>
    /// <param name="onFrame">Hears how much is done, 0..1.</param>
    /// <param name="cancel">Ends the work.</param>
    public static async Task<byte[]> MakeAsync(string program, ViewHistory history, Action<double> onFrame, CancellationToken cancel)
    {
        await using var server = new LoopbackServer(
            0, ViewPage.Find, (socket, stopped) => ViewClient.TalkAsync(socket, history, onCommand: null, stopped));
        await using var page = await Chromium.OpenAsync(program, server.Url, cancel).ConfigureAwait(false);
        await page.WaitForAsync("window.aios && aios.store.end && aios.terrain.isSettled", cancel).ConfigureAwait(false);
        var end = await page.NumberAsync("aios.store.end.t", cancel).ConfigureAwait(false);
        var film = new AnimatedPng();
        for (var i = 0; i <= Frames; i++)
        {
            var shot = FormattableString.Invariant($"aios.shoot({end * i / Frames}, {Width}, {Height})");
            var picture = new Canvas(Width, Height, default);
            picture.Draw(Convert.FromBase64String(await page.EvaluateAsync(shot, cancel).ConfigureAwait(false)), Width, 0, 0);
            film.Add(picture, i < Frames ? FrameMs : LastFrameMs);
            onFrame(i / (double)Frames);
        }

        return film.ToArray();
    }
}
