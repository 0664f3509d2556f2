using Aios.Cli.RosTools;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.Tests.RosTools;

/// <summary>A recorder and a player that other nodes control by rosbag2's services.</summary>
public sealed class BagServiceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ToolGraph _graph = new();
    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public void Snapshot_IsWrittenWhenAskedFor()
    {
        Talk();
        var bag = Record(new RecordOptions("") { SnapshotBytes = 1 << 20 });
        var file = Path.Combine(bag, "bag_0.mcap");

        Assert.True(SpinWait.SpinUntil(
            () => Call("/rosbag2_recorder/snapshot", "Snapshot") == "rosbag2_interfaces.srv.Snapshot_Response(success=True)" && new FileInfo(file).Length > 2000, Patience));
        Stop();

        using var reader = BagReader.Open(bag);
        AssertUnbroken(reader);
    }

    [Fact]
    public void SnapshotBuffer_Full_KeepsTheLast()
    {
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag))
        {
            writer.AddTopic("/text", RosMessageType.Of<std_msgs.msg.String>());
            var buffer = new SnapshotBuffer(5000);
            for (var i = 0; i < 100; i++)
            {
                buffer.Add("/text", CdrMessage.ToArray(Message(i)), i, i);
            }

            buffer.WriteTo(writer);
            buffer.WriteTo(writer); // what was written is kept no longer
        }

        using var reader = BagReader.Open(bag);
        Assert.Equal([96, 97, 98, 99], reader.ReadMessages().Select(Number));
    }

    [Fact]
    public void SplitBagfile_WhileMessagesCome_LosesNone()
    {
        Talk();
        var bag = Record(new RecordOptions("") { Compression = BagCompressionMode.File });

        Call("/rosbag2_recorder/split_bagfile", "SplitBagfile");
        var second = new FileInfo(Path.Combine(bag, "bag_1.mcap"));
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                second.Refresh();
                return second.Exists && second.Length > 2000;
            },
            Patience));
        Stop();

        using var reader = BagReader.Open(bag);
        Assert.Equal(["bag_0.mcap.zstd", "bag_1.mcap.zstd"], reader.Files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertUnbroken(reader);
    }

    [Fact]
    public void PauseAndResume_AreWhatTheRecorderGoesBy()
    {
        var controls = new PlayControls(1, isPaused: false, TextWriter.Null);
        BagNodeServices.AddPausing(_graph.Node("recorder"), controls);

        Call("/recorder/pause", "Pause");
        Assert.True(controls.IsPaused);
        Assert.Equal("rosbag2_interfaces.srv.IsPaused_Response(paused=True)", Call("/recorder/is_paused", "IsPaused"));
        Call("/recorder/resume", "Resume");
        Assert.False(controls.IsPaused);
    }

    [Fact]
    public void Player_Paused_BurstsAndSeeksAndStopsAsAsked()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<int>();
        _graph.Node("listener").CreateSubscription<std_msgs.msg.Int32>("count", message => heard.Enqueue(message.Data), QosProfile.KeepAll());
        var bag = WriteCount();
        var isPlayed = Task.Run(() => _graph.RunToEndAs("rosbag2_player", s => BagPlay.Run(s, bag, new PlayOptions { StartPaused = true, Loop = true })), TestContext.Current.CancellationToken);

        Assert.Equal("rosbag2_interfaces.srv.Play_Response(success=False)", Call("/rosbag2_player/play", "Play"));
        Assert.True(SpinWait.SpinUntil(() => Call("/rosbag2_player/burst", "Burst", "{num_messages: 2}") == "rosbag2_interfaces.srv.Burst_Response(actually_burst=2)", Patience));
        Assert.Equal("rosbag2_interfaces.srv.Seek_Response(success=True)", Call("/rosbag2_player/seek", "Seek", "{time: {sec: 499, nanosec: 1}}"));
        Call("/rosbag2_player/burst", "Burst", "{num_messages: 1}");
        Call("/rosbag2_player/seek", "Seek", "{time: {sec: -5}}");
        Call("/rosbag2_player/play_next", "PlayNext");
        Call("/rosbag2_player/seek", "Seek", "{time: {sec: 997}}");
        Assert.Equal("rosbag2_interfaces.srv.Burst_Response(actually_burst=3)", Call("/rosbag2_player/burst", "Burst"));
        Assert.True(SpinWait.SpinUntil(() => heard.Count == 7, Patience));
        Assert.Equal([0, 1, 500, 0, 997, 998, 999], heard);

        Call("/rosbag2_player/stop", "Stop");
        Assert.True(isPlayed.Wait(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Player_ThatIsNotPaused_RefusesToBurstAndGoesOnWhereItIsTold()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<int>();
        _graph.Node("listener").CreateSubscription<std_msgs.msg.Int32>("count", message => heard.Enqueue(message.Data), QosProfile.KeepAll());
        var bag = WriteCount();
        _running = Task.Run(() => _graph.RunAs("rosbag2_player", _stop.Token, s => BagPlay.Run(s, bag, new PlayOptions { Rate = 0.001 })), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => heard.Contains(0), Patience));

        Assert.Equal("rosbag2_interfaces.srv.Burst_Response(actually_burst=0)", Call("/rosbag2_player/burst", "Burst"));
        Call("/rosbag2_player/seek", "Seek", "{time: {sec: 700}}");

        Assert.True(SpinWait.SpinUntil(() => heard.Contains(700), Patience));
        Assert.Equal([0, 700], heard);
        Stop();
    }

    private string WriteCount()
    {
        var bag = _folder.File("bag");
        using var writer = new BagWriter(bag);
        writer.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>());
        for (var i = 0; i < 1000; i++)
        {
            writer.Write("/count", new std_msgs.msg.Int32 { Data = i }, 1_000_000_000L * i);
        }

        return bag;
    }

    [Fact]
    public void Player_PausedByService_PlaysMessageByMessageAndChangesItsRate()
    {
        var bag = WriteCount();
        var heard = 0;
        _graph.Node("listener").CreateSubscription<std_msgs.msg.Int32>("count", _ => Interlocked.Increment(ref heard), QosProfile.KeepAll());
        _running = Task.Run(() => _graph.RunAs("rosbag2_player", _stop.Token, s => BagPlay.Run(s, bag, new PlayOptions { StartPaused = true })), TestContext.Current.CancellationToken);

        Assert.Equal("rosbag2_interfaces.srv.GetRate_Response(rate=1.0)", Call("/rosbag2_player/get_rate", "GetRate"));
        Assert.Equal("rosbag2_interfaces.srv.PlayNext_Response(success=True)", Call("/rosbag2_player/play_next", "PlayNext"));
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref heard) == 1, Patience));
        Assert.Equal("rosbag2_interfaces.srv.SetRate_Response(success=False)", Call("/rosbag2_player/set_rate", "SetRate", "{rate: -1.0}"));
        Assert.Equal("rosbag2_interfaces.srv.SetRate_Response(success=True)", Call("/rosbag2_player/set_rate", "SetRate", "{rate: 1000.0}"));
        Call("/rosbag2_player/toggle_paused", "TogglePaused");
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref heard) > 10, Patience));
        Stop();
    }

    [Theory]
    [InlineData((int)RequestSource.Service, 2)]
    [InlineData((int)RequestSource.Client, 1)]
    public void Play_ServiceRequests_AreSentAgain(int source, int expected)
    {
        var type = ROS2.RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly).FindService("example_interfaces/srv/AddTwoInts")!;
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag))
        {
            writer.AddTopic("/add/_service_event", type.Event);
            Write(writer, service_msgs.msg.ServiceEventInfo.REQUEST_RECEIVED, 20);
            Write(writer, service_msgs.msg.ServiceEventInfo.REQUEST_SENT, 20);
            Write(writer, service_msgs.msg.ServiceEventInfo.RESPONSE_SENT, null);
            Write(writer, service_msgs.msg.ServiceEventInfo.REQUEST_RECEIVED, 30);
        }

        var asked = new System.Collections.Concurrent.ConcurrentQueue<long>();
        _graph.Node("adder").CreateService<example_interfaces.srv.AddTwoInts, example_interfaces.srv.AddTwoInts_Request, example_interfaces.srv.AddTwoInts_Response>(
            "add", (request, response) => asked.Enqueue(request.A));
        _graph.Node("listener").CreateGenericSubscription("add/_service_event", type.Event, (IRosMessage _, in ROS2.Transport.SampleInfo _) => asked.Enqueue(-1));

        _graph.Run(s => BagPlay.Run(s, bag, new PlayOptions { ServiceRequests = (RequestSource)source, WaitForAcknowledgement = Patience }));

        Assert.True(SpinWait.SpinUntil(() => asked.Count >= expected, Patience));
        Assert.Equal(new long[] { 20, 30 }[..expected], asked);
    }

    private static void Write(BagWriter writer, byte kind, long? a)
    {
        var recorded = new example_interfaces.srv.AddTwoInts_Event();
        recorded.Info.EventType = kind;
        if (a is { } value)
        {
            recorded.Request.Add(new example_interfaces.srv.AddTwoInts_Request { A = value });
        }

        writer.Write("/add/_service_event", recorded, 0);
    }

    private Task? _running;

    private string Record(RecordOptions options)
    {
        var bag = _folder.File("bag");
        _running = Task.Run(() => _graph.RunAs("rosbag2_recorder", _stop.Token, s => BagRecord.Run(s, options with { Output = bag, Topics = new HashSet<string> { "/text" } })), TestContext.Current.CancellationToken);
        return bag;
    }

    // What a service answers, without the line that says so.
    private string Call(string service, string type, string values = "{}") => _graph.Run(s => ServiceTools.Call(s, service, "rosbag2_interfaces/srv/" + type, values, null, Patience))
        .Split("response:\n")[1].Trim();

    private void Stop()
    {
        _stop.Cancel();
        Assert.True(SpinWait.SpinUntil(() => _running!.IsCompleted, Patience));
        _running!.GetAwaiter().GetResult();
    }

    // Numbered messages of a kilobyte, each 10 ms.
    private void Talk()
    {
        var node = _graph.Node("talker");
        var publisher = node.CreatePublisher<std_msgs.msg.String>("text", QosProfile.KeepLast(1000));
        var next = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => publisher.Publish(Message(next++)));
    }

    private static std_msgs.msg.String Message(int number) => new() { Data = $"{number} {new string('x', 1000)}" };

    private static void AssertUnbroken(BagReader reader)
    {
        var numbers = reader.ReadMessages().Select(Number).ToList();
        Assert.NotEmpty(numbers);
        Assert.Equal(Enumerable.Range(numbers[0], numbers.Count), numbers);
    }

    private static int Number(McapMessage message)
    {
        var text = new std_msgs.msg.String();
        Assert.True(CdrMessage.TryDeserialize(message.Data.Span, text));
        return int.Parse(text.Data.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
