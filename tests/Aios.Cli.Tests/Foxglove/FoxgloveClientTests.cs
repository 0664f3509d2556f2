using System.Text.Json;
using Aios.Cli.Foxglove;
using Aios.Cli.Missions;
using Aios.Cli.Viewing;
using Aios.Mission;
using Ros2.Bag.Tests;

namespace Aios.Cli.Tests.Foxglove;

/// <summary>Foxglove's own client library, in Node.js, talks to whole missions.</summary>
public sealed class FoxgloveClientTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Client_LiveMission_SeesSetsCallsAndOrders()
    {
        var tool = NodeTool.Install("@foxglove/ws-protocol");
        var port = LoopbackServer.ChoosePort(0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var mission = Task.Run(() => Run(3600, "live", port, 10, stop.Token), CancellationToken.None);
        JsonElement seen;
        try
        {
            seen = Talk(tool, port, "live");
        }
        finally
        {
            await stop.CancelAsync();
            await mission;
        }

        CheckTopics(seen);
        Assert.Contains("/rover_1/navigator.use_sim_time", Texts(seen, "parameters"));
        Assert.Equal(20, seen.GetProperty("set")[0].GetProperty("value").GetDouble());
        Assert.Equal("float64", seen.GetProperty("told").GetProperty("type").GetString());
        Assert.Contains("notice_time_s", seen.GetProperty("refused").GetString(), StringComparison.Ordinal);
        Assert.Equal(["/rover_1/localiser"], Texts(seen, "publishers"));
        Assert.True(seen.GetProperty("held").GetProperty("success").GetBoolean());
        Assert.Equal("rover_1 may go on", seen.GetProperty("released").GetProperty("message").GetString());
        Assert.Equal("[3,-2]", seen.GetProperty("goal").GetRawText());
        Assert.Contains("not for operators", seen.GetProperty("forbidden").GetString(), StringComparison.Ordinal);
        Assert.True(seen.GetProperty("rising").GetBoolean());
    }

    [Fact]
    public async Task Client_Recording_IsPlayedAtThePaceItSetsAndFromWhereItGoesBackTo()
    {
        var tool = NodeTool.Install("@foxglove/ws-protocol");
        Run(15, "recorded", null, null, TestContext.Current.CancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var playback = new BagPlayback(_folder.File("recorded"), 0, 1);
        var playing = Task.Run(() => playback.Run(stop.Token), CancellationToken.None);
        JsonElement seen;
        try
        {
            seen = Talk(tool, new Uri(playback.Url).Port, "replay");
        }
        finally
        {
            await stop.CancelAsync();
            await playing;
        }

        Assert.True(seen.GetProperty("description").GetInt32() > 1000);
        Assert.Equal(1, seen.GetProperty("rate").GetProperty("value").GetDouble());
        Assert.True(seen.GetProperty("wheels").GetBoolean());
        CheckGoingBack(seen);
    }

    [Fact]
    public async Task Mission_ClientThatNeverReads_EndsWithTheSameEvents()
    {
        var plain = Run(15, "plain", null, null, TestContext.Current.CancellationToken);
        var port = LoopbackServer.ChoosePort(0);
        using var stop = new CancellationTokenSource();
        var client = Task.Run(() => FoxgloveSocket.SubscribeToAllAndSleepAsync(port, stop.Token), CancellationToken.None);
        var watched = Run(15, "watched", port, 15, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        Assert.True(await client > 20, "the client was there and subscribed");
        Assert.Equal(plain.EventLogSha256, watched.EventLogSha256);
    }

    private static void CheckGoingBack(JsonElement seen)
    {
        Assert.True(seen.GetProperty("withdrawn").GetBoolean());
        Assert.Equal(4, seen.GetProperty("back").GetDouble(), 1e-6);
        Assert.True(seen.GetProperty("paused").GetBoolean());
        Assert.InRange(seen.GetProperty("again").GetDouble(), 4, 15);
        Assert.Equal(seen.GetProperty("description").GetInt32(), seen.GetProperty("kept").GetInt32());
    }

    private static void CheckTopics(JsonElement seen)
    {
        Assert.Equal(
            ["clientPublish", "time", "parameters", "parametersSubscribe", "services", "connectionGraph"], Texts(seen, "capabilities"));
        Assert.StartsWith("<?xml", seen.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(["elevation", "variance"], Texts(seen, "layers"));
        Assert.True(seen.GetProperty("points").GetInt32() > 10);
        Assert.Superset(
            new HashSet<string>(["map rover_1/odom", "rover_1/odom rover_1/base_link", "rover_1/rocker_left rover_1/wheel_front_left"], StringComparer.Ordinal),
            Texts(seen, "frames").ToHashSet(StringComparer.Ordinal));
        Assert.Superset(
            new HashSet<string>(["names", "safety_zones", "geofence"], StringComparer.Ordinal), Texts(seen, "markers").ToHashSet(StringComparer.Ordinal));
        Assert.Equal(["x", "y", "z", "rgb"], Texts(seen, "cloud"));
    }

    private static JsonElement Talk(string tool, int port, string scenario)
    {
        using var document = JsonDocument.Parse(NodeTool.Run(tool, "node", $"client.mjs {FoxgloveServer.UrlOf(port)} {scenario}"));
        return document.RootElement.Clone();
    }

    private static List<string> Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    private MissionResult Run(double limit, string directory, int? port, double? rate, CancellationToken cancel)
    {
        var file = _folder.Write($"{directory}.yaml", ShortMission.Text.Replace("LIMIT", $"{limit}", StringComparison.Ordinal));
        var request = new MissionRunRequest
        {
            Mission = MissionFile.Load(file).Mission!.Resolve(1),
            Transport = "simulated",
            OutputDirectory = Directory.CreateDirectory(_folder.File(directory)).FullName,
            FoxglovePort = port,
            RealTimeFactor = rate,
        };
        return MissionRunners.Create("simulated").Run(request, null, cancel);
    }
}
