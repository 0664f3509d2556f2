using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using aios_interfaces.msg;
using Aios.Cli.Missions;
using Aios.Cli.Viewing;
using Aios.Mission;
using nav_msgs.msg;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.Tests.Viewing;

/// <summary>Whole short missions with the view open.</summary>
public sealed class MissionViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Mission_NobodyClicks_HasTheSameEventsWithAndWithoutView()
    {
        var plain = Run(15, "plain", null);
        var viewed = Run(15, "viewed", LoopbackServer.ChoosePort(0));

        Assert.Equal(plain.EventLogSha256, viewed.EventLogSha256);
    }

    [Fact]
    public void Recording_Replayed_HasRoverMapEventsAndEnd()
    {
        Run(15, "plain", null);

        var messages = new List<ViewMessage>();
        Replay.Load(_folder.File("plain")).Read(0, messages);

        Assert.Contains(messages, message => !message.IsText && message.Content[0] == 1);
        var kinds = messages.Where(message => message.IsText).Select(message => KindOf(Encoding.UTF8.GetString(message.Content))).ToList();
        Assert.Equal("hello", kinds[0]);
        Assert.Equal("end", kinds[^1]);
        Assert.Superset(new HashSet<string>(["p", "b", "ev", "s", "fr", "ph"], StringComparer.Ordinal), kinds.ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Large ground: each of the fleet's maps is 2 MB, and is recorded seldom.</summary>
    [Fact]
    public void Recording_ManyRoversOnLargeGround_ShowsTheGroundAsItBecameKnown()
    {
        Run(ManyRovers, 20, "many", null);

        var messages = new List<ViewMessage>();
        Replay.Load(_folder.File("many")).Read(0, messages);

        var patches = messages.Where(message => !message.IsText && message.Content[0] == 1)
            .Select(message => (Time: BinaryPrimitives.ReadDoubleLittleEndian(message.Content.AsSpan(4)), Tiles: BinaryPrimitives.ReadUInt16LittleEndian(message.Content.AsSpan(2))))
            .ToList();
        Assert.True(patches.Count > 10, $"{patches.Count} patches");
        Assert.True(patches.Sum(patch => patch.Tiles) > 100);
        Assert.InRange(patches[0].Time, 0, 5);
        Assert.True(patches[^1].Time > 15);
        using var reader = MissionRecording.Open(_folder.File("many"));
        Assert.Equal(KnownCells(reader), Shown(messages)); // to the last delta
        var maps = reader.ReadMessages().Where(message => message.Channel.Topic.EndsWith("/elevation_map", StringComparison.Ordinal))
            .Select(message => message.Channel.Topic).Distinct(StringComparer.Ordinal);
        Assert.Equal(6, maps.Count());
    }

    // Of the fleet's map when all that was told is in it.
    private static HashSet<int> KnownCells(McapReader reader)
    {
        FleetMap? map = null;
        foreach (var message in reader.ReadMessages())
        {
            if (message.Channel.Topic == MissionRecorder.GridTopic)
            {
                var grid = new MapMetaData();
                Assert.True(CdrMessage.TryDeserialize(message.Data.Span, grid));
                map = new FleetMap(MissionRecorder.GeometryOf(grid));
            }
            else if (message.Channel.Topic.EndsWith("/map_delta", StringComparison.Ordinal))
            {
                var delta = new MapDelta();
                Assert.True(CdrMessage.TryDeserialize(message.Data.Span, delta));
                map!.Apply(delta);
            }
        }

        var elevation = map!.LevelElevation();
        return [.. Enumerable.Range(0, elevation.Length).Where(i => !float.IsNaN(elevation[i])).Select(i => ((i / map.Geometry.Width) << 16) + (i % map.Geometry.Width))];
    }

    // Cells that patches told, likewise row by row.
    private static HashSet<int> Shown(IEnumerable<ViewMessage> messages)
    {
        const int Head = 12, TileBytes = 4 + (4 * ViewMap.Tile * ViewMap.Tile);
        var cells = new HashSet<int>();
        foreach (var patch in messages.Where(message => !message.IsText && message.Content[0] == 1).Select(message => message.Content))
        {
            for (var at = Head; at < patch.Length; at += TileBytes)
            {
                int col = BinaryPrimitives.ReadUInt16LittleEndian(patch.AsSpan(at)) * ViewMap.Tile, row = BinaryPrimitives.ReadUInt16LittleEndian(patch.AsSpan(at + 2)) * ViewMap.Tile;
                cells.UnionWith(Enumerable.Range(0, ViewMap.Tile * ViewMap.Tile)
                    .Where(i => !float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(patch.AsSpan(at + 4 + (4 * i)))))
                    .Select(i => ((row + (i / ViewMap.Tile)) << 16) + col + (i % ViewMap.Tile)));
            }
        }

        return cells;
    }

    [Fact]
    public void Replay_FolderWithoutRecording_IsOneLine()
    {
        var exception = Assert.Throws<AiosException>(() => Replay.Load(_folder.Path));
        Assert.Contains("has no mission.mcap", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rover_HeldFromThePage_StandsAndIsShownAsHeld()
    {
        var cancel = TestContext.Current.CancellationToken;
        var port = LoopbackServer.ChoosePort(0);
        var mission = Task.Run(() => Run(60, "held", port, rate: 12), cancel);
        var poses = new List<(double Time, double X, double Y)>();
        double heldAt = double.NaN;
        using var socket = await OpenAsync(port, mission, cancel);
        await foreach (var json in LinesAsync(socket, cancel))
        {
            switch (json.GetProperty("k").GetString())
            {
                case "hello":
                    await socket.SendAsync("""{"cmd":"hold","rover":0}"""u8.ToArray(), WebSocketMessageType.Text, true, cancel);
                    break;
                case "hold":
                    heldAt = json.GetProperty("t").GetDouble();
                    break;
                case "p":
                    var v = json.GetProperty("v");
                    poses.Add((json.GetProperty("t").GetDouble(), v[0].GetDouble(), v[1].GetDouble()));
                    break;
            }
        }

        await mission;
        Assert.True(double.IsFinite(heldAt));
        var after = poses.Where(pose => pose.Time > heldAt + 3).ToList();
        Assert.All(after, pose => Assert.InRange(Math.Abs(pose.X - after[0].X) + Math.Abs(pose.Y - after[0].Y), 0, 0.15));
    }

    private static string KindOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("k").GetString() ?? "";
    }

    private static async Task<ClientWebSocket> OpenAsync(int port, Task mission, CancellationToken cancel)
    {
        while (true)
        {
            var socket = new ClientWebSocket();
            try
            {
                await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/socket"), cancel);
                return socket;
            }
            catch (WebSocketException) when (!mission.IsCompleted)
            {
                socket.Dispose();
                await Task.Delay(20, cancel);
            }
        }
    }

    private static async IAsyncEnumerable<JsonElement> LinesAsync(
        ClientWebSocket socket, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var buffer = new byte[1 << 20];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult got;
            try
            {
                do
                {
                    got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
                    length += got.Count;
                }
                while (!got.EndOfMessage);
            }
            catch (WebSocketException)
            {
                yield break; // the mission is over
            }

            if (got.MessageType == WebSocketMessageType.Close)
            {
                yield break;
            }

            foreach (var line in got.MessageType == WebSocketMessageType.Text ? Encoding.UTF8.GetString(buffer, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
            {
                using var document = JsonDocument.Parse(line);
                yield return document.RootElement.Clone();
            }
        }
    }

    private static string ManyRovers => ShortMission.Text
        .Replace("size_m: 20", "size_m: 80", StringComparison.Ordinal)
        .Replace(
            "  - {name: rover_1, start: {x_m: 0, y_m: 0}}",
            string.Join('\n', Enumerable.Range(1, 6).Select(i => $"  - {{name: rover_{i}, start: {{x_m: {4 * i}, y_m: 0}}}}")),
            StringComparison.Ordinal);

    private MissionResult Run(double limit, string directory, int? port, double? rate = null) =>
        Run(ShortMission.Text, limit, directory, port, rate);

    private MissionResult Run(string mission, double limit, string directory, int? port, double? rate = null)
    {
        var file = _folder.Write($"{directory}.yaml", mission.Replace("LIMIT", $"{limit}", StringComparison.Ordinal));
        var request = new MissionRunRequest
        {
            Mission = MissionFile.Load(file).Mission!.Resolve(1),
            Transport = "simulated",
            OutputDirectory = Directory.CreateDirectory(_folder.File(directory)).FullName,
            ViewPort = port,
            RealTimeFactor = rate,
        };
        return MissionRunners.Create("simulated").Run(request, null, TestContext.Current.CancellationToken);
    }
}
