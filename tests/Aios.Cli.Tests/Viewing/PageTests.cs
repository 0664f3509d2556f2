using Aios.Cli.Benchmarks;
using Aios.Cli.Viewing;
using Aios.Mission;
using Aios.Numerics;
using geometry_msgs.msg;

namespace Aios.Cli.Tests.Viewing;

/// <summary>The page itself, in a browser.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task Page_MissionOnIt_DrawsItAndSendsWhatIsClicked()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        var cancel = patience.Token;
        var command = new TaskCompletionSource<string>();
        var history = History();
        await using var server = new LoopbackServer(
            0, ViewPage.Find, (socket, stop) => ViewClient.TalkAsync(socket, history, text => command.TrySetResult(text), stop));
        await using var browser = await OpenOrSkipAsync(server.Url, cancel);

        await browser.WaitForAsync("window.aios && aios.frames > 2 && aios.store.latest >= 20", cancel);

        Assert.Equal("crater-survey", await browser.EvaluateAsync("document.getElementById('mission').textContent", cancel));
        Assert.Equal("2", await browser.EvaluateAsync("document.querySelectorAll('.rover').length", cancel));
        Assert.Equal("0.5", await browser.EvaluateAsync("aios.terrain.heightAt(0, 0)", cancel));
        await browser.WaitForAsync("document.querySelectorAll('#events li').length === 1", cancel);
        Assert.Equal("5.5", await browser.EvaluateAsync("aios.store.rovers[1].poseAt(11)[0]", cancel)); // between two samples

        await browser.EvaluateAsync("document.querySelectorAll('.rover')[1].click(); document.querySelectorAll('.rover .stop')[1].click()", cancel);
        Assert.Equal("""{"cmd":"hold","rover":1}""", await command.Task.WaitAsync(cancel));
        await browser.EvaluateAsync("aios.seek(3)", cancel);
        await browser.WaitForAsync("document.getElementById('clock').textContent === '00:03'", cancel);
        Assert.Empty(browser.Exceptions);
    }

    /// <summary>Says how fast ten rovers are drawn; what counts is that they are.</summary>
    [Fact]
    public async Task Page_TenRovers_DrawsThemAllWithoutAFault()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        var cancel = patience.Token;
        var history = TenRovers.History();
        await using var server = new LoopbackServer(0, ViewPage.Find, (socket, stop) => ViewClient.TalkAsync(socket, history, null, stop));
        await using var browser = await OpenOrSkipAsync(server.Url, cancel);
        await browser.WaitForAsync("window.aios && aios.frames > 2 && aios.store.rovers.length === 10 && aios.store.rovers.every(r => r.scans.t.length && r.poseAt(60)) && aios.store.end", cancel);
        await browser.EvaluateAsync("aios.seek(60); aios.state.chosen = 3; window.counted = [performance.now(), aios.frames]", cancel);
        await browser.WaitForAsync("aios.frames > counted[1] + 6", cancel);

        var rate = await browser.EvaluateAsync("(1000 * (aios.frames - counted[1]) / (performance.now() - counted[0])).toFixed(1)", cancel);
        TestContext.Current.TestOutputHelper!.WriteLine($"{rate} frames a second with 10 rovers, drawn in software");
        Assert.Equal("10", await browser.EvaluateAsync("aios.store.rovers.filter(r => r.drawn).length", cancel));
        await browser.EvaluateAsync("aios.seek(40)", cancel);
        await browser.WaitForAsync("aios.store.rovers[0].drawn.getFloat64(4, true) === 40", cancel); // the scan of that time
        Assert.Empty(browser.Exceptions);
    }

    [Fact]
    public async Task Film_OfAMission_GrowsWithIt()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        var cancel = patience.Token;
        var history = TenRovers.History();
        await using var server = new LoopbackServer(0, ViewPage.Find, (socket, stop) => ViewClient.TalkAsync(socket, history, null, stop));
        await using var browser = await OpenOrSkipAsync(server.Url, cancel);
        await browser.WaitForAsync("window.aios && aios.store.end && aios.terrain.isSettled", cancel);

        var empty = Convert.FromBase64String(await browser.EvaluateAsync("aios.shoot(0.5, 160, 100)", cancel));
        var known = Convert.FromBase64String(await browser.EvaluateAsync("aios.shoot(30, 160, 100)", cancel));
        var again = Convert.FromBase64String(await browser.EvaluateAsync("aios.shoot(30, 160, 100)", cancel));

        Assert.Equal(160 * 100 * 4, known.Length);
        Assert.Equal(known, again); // pixels that did not change cost nothing
        Assert.True(Reddish(known) > 2000, $"{Reddish(known)} pixels of ground");
        Assert.True(Reddish(empty) < Reddish(known) / 4);
        Assert.Empty(browser.Exceptions);

        static int Reddish(byte[] rgba) => Enumerable.Range(0, rgba.Length / 4).Count(i => rgba[4 * i] > rgba[(4 * i) + 2] + 24);
    }

    private static Task<Chromium> OpenOrSkipAsync(string url, CancellationToken cancel)
    {
        var program = Chromium.Find();
        Assert.SkipWhen(program is null, "no Chromium on this machine: apt-get install chromium");
        return Chromium.OpenAsync(program!, url, cancel);
    }

    private static ViewHistory History()
    {
        var feed = new ViewFeed(new ViewHistory());
        var geometry = new GridGeometry(48, 48, 0.2, -4.8, -4.8);
        var map = new ViewMap(geometry);
        feed.Hello(new ViewHello
        {
            Mission = "crater-survey", Description = "", Seed = 1, Transport = "simulated", IsLive = true, Map = map.Geometry, Rovers = ["rover_1", "rover_2"],
        });
        var elevation = new float[geometry.CellCount];
        Array.Fill(elevation, 0.5f);
        map.Update(1, elevation, null, feed.History);
        feed.OnEvent(new MissionEvent(5_000_000_000, EventSeverity.Alert, "planet", "fault_injected", "rover_1", "rover_death", []));
        for (var time = 0; time <= 20; time += 2)
        {
            feed.OnPose(1, time, new Pose { Position = { X = time / 2.0 }, Orientation = { W = 1 } });
            feed.OnCoverage(time, time / 40.0);
        }

        return feed.History;
    }
}
