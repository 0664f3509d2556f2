using Aios.Cli.RosTools;
using Aios.Cli.Verbs;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.Tests.RosTools;

/// <summary><c>ros bag</c>, <c>ros interface</c> and <c>replay --recover</c>.</summary>
public sealed class BagToolTests : IDisposable
{
    private readonly ToolGraph _graph = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void RecordInfoPlay_CarryMessagesOverTime()
    {
        var bag = _folder.File("bag");
        var node = _graph.Node("talker");
        var publisher = node.CreatePublisher<std_msgs.msg.Int32>("count");
        node.CreatePublisher<std_msgs.msg.Empty>("_hidden");
        var next = 0;
        var timer = node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => publisher.Publish(new std_msgs.msg.Int32 { Data = next++ }));
        var output = _graph.Run(s => BagRecord.Run(s, new RecordOptions(bag) { Duration = TimeSpan.FromSeconds(0.5) }));
        timer.Dispose();
        publisher.Dispose();

        Assert.Contains("Subscribed to topic '/count'\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("_hidden", output, StringComparison.Ordinal);
        using var info = new StringWriter();
        BagInfo.Run(info, bag);
        Assert.Matches(
            @"^\nFiles:             bag_0\.mcap\nBag size:          [\d.]+ KiB\nStorage id:        mcap\nROS Distro:        jazzy\nDuration:          \d+\.\d{9}s\nStart:             [A-Z][a-z]{2} [ \d]\d \d{4} [\d:]{8}\.\d{9} \(\d+\.\d{9}\)\nEnd: ",
            info.ToString());
        Assert.Contains("Topic: /count | Type: std_msgs/msg/Int32 | Count: ", info.ToString(), StringComparison.Ordinal);

        var heard = new List<int>();
        _graph.Node("listener").CreateSubscription<std_msgs.msg.Int32>("count", m => heard.Add(m.Data), QosProfile.KeepAll());
        _graph.Run(s => BagPlay.Run(s, bag, new PlayOptions { Rate = 100, Topics = new HashSet<string> { "/count" }, ClockHz = 100 }));
        using var reader = BagReader.Open(bag);
        Assert.True(reader.MessageCount > 0);
        Assert.True(SpinWait.SpinUntil(() => heard.Count == reader.MessageCount, TimeSpan.FromSeconds(30)));
        Assert.Equal(Enumerable.Range(heard[0], heard.Count), heard);
        Assert.StartsWith(
            "--topics: the bag has no topic '/other', expected some of /count",
            Assert.Throws<AiosException>(() => { _graph.Run(s => BagPlay.Run(s, bag, new PlayOptions { Topics = new HashSet<string> { "/other" } })); }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Play_RemappedPausedAndSelected_FollowsKeys()
    {
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag, new BagWriterOptions { MaxFileNs = 2_000_000 }))
        {
            writer.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>());
            writer.AddTopic("/other", RosMessageType.Of<std_msgs.msg.Int32>());
            for (var i = 0; i < 6; i++)
            {
                writer.Write("/count", new std_msgs.msg.Int32 { Data = i }, 1_000_000 * i);
                writer.Write("/other", new std_msgs.msg.Int32(), 1_000_000 * i);
            }
        }

        var heard = new List<int>();
        var node = _graph.Node("listener");
        node.CreateSubscription<std_msgs.msg.Int32>("renamed", m => heard.Add(m.Data), QosProfile.KeepAll());
        node.CreateSubscription<std_msgs.msg.Int32>("other", _ => heard.Add(-1), QosProfile.KeepAll());

        var output = _graph.Run(s => BagPlay.Run(s, bag, new PlayOptions
        {
            Exclude = new("oth"),
            Remap = new Dictionary<string, string> { ["/count"] = "/renamed" },
            PlaybackDuration = TimeSpan.FromMilliseconds(4),
            StartPaused = true,
            Keys = new StringReader("s+x "),
        }));

        Assert.True(SpinWait.SpinUntil(() => heard.Count == 5, TimeSpan.FromSeconds(60)));
        Assert.Equal([0, 1, 2, 3, 4], heard);
        Assert.Contains("Rate 1.1\nResumed\n", output, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(bag, "*.mcap").Length);
    }

    [Fact]
    public void Wants_TypesAndExcludedNames_Decide()
    {
        var options = new RecordOptions("x")
        {
            IncludeHidden = true,
            ExcludeTopics = new HashSet<string> { "/b" },
            Types = new HashSet<string> { "std_msgs/msg/Empty" },
        };
        Assert.True(options.Wants(new GraphName("/_a", ["std_msgs/msg/Empty"])));
        Assert.False(options.Wants(new GraphName("/a", ["std_msgs/msg/String"])));
        Assert.False(options.Wants(new GraphName("/b", ["std_msgs/msg/Empty"])));
    }

    [Fact]
    public void Wants_NamesRegexAndExclusion_Decide()
    {
        var all = new RecordOptions("x");
        Assert.True(Wants(all, "/a") && !Wants(all, "/_a"));
        var named = all with { Topics = new HashSet<string> { "/_a" } };
        Assert.True(Wants(named, "/_a") && !Wants(named, "/b"));
        var matched = named with { Regex = new("^/b"), Exclude = new("bad") };
        Assert.True(Wants(matched, "/_a") && Wants(matched, "/bc") && !Wants(matched, "/bad") && !Wants(matched, "/c"));

        static bool Wants(RecordOptions options, string topic) => options.Wants(new GraphName(topic, ["std_msgs/msg/Empty"]));
    }

    [Fact]
    public void Wants_EventsOfServices_OnlyWhereAskedFor()
    {
        var events = new GraphName("/add/_service_event", ["example_interfaces/srv/AddTwoInts_Event"]);
        var topic = new GraphName("/a", ["std_msgs/msg/Empty"]);
        var none = new RecordOptions("x");
        Assert.True(!none.Wants(events) && none.Wants(topic));
        var named = none with { ServiceEvents = new HashSet<string> { BagServices.EventTopic("add") } };
        Assert.True(named.Wants(events) && !named.Wants(topic));
        var all = none with { AllServices = true };
        Assert.True(all.Wants(events) && !all.Wants(topic) && (all with { AllTopics = true }).Wants(topic));
        Assert.False((all with { ExcludeTypes = new HashSet<string> { events.Types[0] } }).Wants(events));
    }

    [Fact]
    public void Info_EventsOfServices_AreCountedByThemselves()
    {
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag))
        {
            writer.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>());
            writer.AddTopic("/add/_service_event", example_interfaces.srv.AddTwoInts.RosType.Event);
            writer.Write("/count", new std_msgs.msg.Int32(), 1);
            for (byte kind = 0; kind < 4; kind++)
            {
                var call = new example_interfaces.srv.AddTwoInts_Event();
                call.Info.EventType = kind;
                writer.Write("/add/_service_event", call, 2 + kind);
            }
        }

        Assert.EndsWith(
            "Messages:          1\nTopic information: Topic: /count | Type: std_msgs/msg/Int32 | Count: 1 | Serialization Format: cdr\nService:           1\n"
            + "Service information: Service: /add | Type: example_interfaces/srv/AddTwoInts | Event Count: 4 | Serialization Format: cdr\n\n",
            Out(w => BagInfo.Run(w, bag)),
            StringComparison.Ordinal);
        Assert.Contains(" | Request Count: 1 | Response Count: 1 | ", Out(w => BagInfo.Run(w, bag, verbose: true)), StringComparison.Ordinal);
        Assert.Equal("/count\n", Out(w => BagInfo.Run(w, bag, topicNames: true)));
    }

    [Fact]
    public void Convert_TwoBags_AreMergedByTimeAndSplit()
    {
        string[] inputs = [_folder.File("a"), _folder.File("b")];
        for (var i = 0; i < 2; i++)
        {
            using var writer = new BagWriter(inputs[i]);
            writer.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>());
            writer.AddTopic("/other", RosMessageType.Of<std_msgs.msg.Int32>());
            for (var j = 0; j < 3; j++)
            {
                writer.Write("/count", new std_msgs.msg.Int32 { Data = (2 * j) + i }, (2_000_000_000L * j) + (1_000_000_000L * i));
                writer.Write("/other", new std_msgs.msg.Int32(), 2_000_000_000L * j);
            }
        }

        var options = _folder.File("out.yaml");
        var merged = _folder.File("merged");
        File.WriteAllText(options, $"output_bags:\n- uri: {merged}\n  topics: [/count]\n  max_bagfile_duration: 3\n  storage_id: mcap\n");

        Assert.Equal($"{merged}: 6 messages\n", Out(w => BagConvert.Run(w, inputs, options)));
        using var reader = BagReader.Open(merged);
        Assert.Equal([0, 1, 2, 3, 4, 5], reader.ReadMessages().Select(message => message.Data.Span[4]));
        Assert.Equal(2, reader.Files.Count);
        File.WriteAllText(options, "output_bags:\n- uri: x\n  colour: red\n");
        Assert.StartsWith($"{options}:3: 'colour' is not known", Assert.Throws<AiosException>(() => { Out(w => BagConvert.Run(w, inputs, options)); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_AtOnceWithClock_EndsAfterTheCount()
    {
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag))
        {
            writer.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>(), new BagQos { Durability = "transient_local" });
            for (var i = 0; i < 6; i++)
            {
                writer.Write("/count", new std_msgs.msg.Int32 { Data = i }, 3600_000_000_000L * i);
            }
        }

        var clocks = new List<int>();
        var heard = new List<int>();
        var node = _graph.Node("listener");
        node.CreateSubscription<rosgraph_msgs.msg.Clock>("/clock", m => clocks.Add(m.Clock_.Sec), QosProfile.KeepAll().WithBestEffort());
        node.CreateSubscription<std_msgs.msg.Int32>("/count", m => heard.Add(m.Data), QosProfile.KeepAll());

        _graph.Run(s => BagPlay.Run(s, bag, new PlayOptions { AtOnce = true, MostMessages = 3, ClockAtEveryMessage = true, UntilNs = 3600_000_000_000L * 4 }));

        Assert.True(SpinWait.SpinUntil(() => heard.Count == 3 && clocks.Count == 3, TimeSpan.FromSeconds(60)));
        Assert.Equal([0, 1, 2], heard);
        Assert.Equal([0, 3600, 7200], clocks);
    }

    [Fact]
    public void QosFile_ReadsPoliciesAndTellsMistakes()
    {
        var file = _folder.File("qos.yaml");
        File.WriteAllText(file, "/scan:\n  reliability: best_effort\n  depth: 7\n  history: keep_last\n  deadline: {sec: 1, nsec: 500000000}\n");
        var qos = BagQosFile.Load(file)["/scan"];
        Assert.Equal((QosReliabilityPolicy.BestEffort, 7, TimeSpan.FromSeconds(1.5)), (qos.Reliability, qos.Depth, qos.Deadline));

        File.WriteAllText(file, "/scan:\n  reliability: often\n");
        Assert.Equal($"{file}:2: 'often' is none of system_default, reliable, best_effort, best_available", Assert.Throws<AiosException>(() => BagQosFile.Load(file)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(300)]
    public void Bag_FileThatIsNone_IsWrongInputForEveryTool(int length)
    {
        var file = _folder.File("broken.mcap");
        File.WriteAllBytes(file, [.. Enumerable.Range(0, length).Select(i => (byte)(7 * i))]);

        Assert.Equal(ExitCode.WrongInput, AiosCommand.Run(["ros", "bag", "info", file]));
        Assert.Equal(ExitCode.WrongInput, AiosCommand.Run(["ros", "bag", "reindex", _folder.Path]));
        Assert.StartsWith(
            $"{file}: ", Assert.Throws<McapException>(() => { ReplayVerb.Recover(file, TextWriter.Null); }).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(file + ".recovering"));
    }

    [Fact]
    public void Recover_RecordingThatWasCutOff_IsSavedAndTold()
    {
        var file = _folder.File("mission.mcap");
        using (var bag = BagFileWriter.Create(file, new McapWriterOptions { ChunkSize = 200 }))
        {
            var topic = bag.AddTopic("/count", RosMessageType.Of<std_msgs.msg.Int32>());
            for (var i = 0; i < 100; i++)
            {
                bag.Write(topic, new std_msgs.msg.Int32 { Data = i }, i);
            }
        }

        File.WriteAllBytes(file, File.ReadAllBytes(file)[..3000]);
        using var output = new StringWriter();

        Assert.True(ReplayVerb.Recover(_folder.Path, output));
        Assert.Contains($"{file}: saved ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"the damaged file is {file}.damaged", output.ToString(), StringComparison.Ordinal);
        using var reader = McapReader.Open(file);
        Assert.InRange(reader.Statistics.MessageCount, 10, 99);
    }

    [Fact]
    public void Interface_ShowListPackages()
    {
        Assert.Equal(
            "std_msgs/Header header\n\tbuiltin_interfaces/Time stamp\n\t\tint32 sec\n\t\tuint32 nanosec\n\tstring frame_id\nPose pose\n\tPoint position\n\t\tfloat64 x\n\t\tfloat64 y\n\t\tfloat64 z\n",
            Out(w => InterfaceTools.Show(w, "geometry_msgs/msg/PoseStamped", false, true))[..Out(w => InterfaceTools.Show(w, "geometry_msgs/msg/PoseStamped", false, true)).IndexOf("\tQuaternion", StringComparison.Ordinal)]);
        Assert.Contains("---\n", Out(w => InterfaceTools.Show(w, "std_srvs/SetBool", false, false)), StringComparison.Ordinal);
        Assert.Contains("---\n", Out(w => InterfaceTools.Show(w, "example_interfaces/action/Fibonacci", false, false)), StringComparison.Ordinal);
        Assert.Contains("    std_msgs/msg/String\n", Out(w => InterfaceTools.List(w, default)), StringComparison.Ordinal);
        Assert.StartsWith("Actions:\n", Out(w => InterfaceTools.List(w, new(false, false, true))), StringComparison.Ordinal);
        Assert.Contains("\nnav_msgs\n", Out(w => InterfaceTools.Packages(w, default)), StringComparison.Ordinal);
        Assert.StartsWith("std_srvs/srv/Empty\n", Out(w => InterfaceTools.Package(w, "std_srvs", default)), StringComparison.Ordinal);
        Assert.Throws<AiosException>(() => { Out(w => InterfaceTools.Package(w, "no_such", default)); });
        Assert.Throws<AiosException>(() => { Out(w => InterfaceTools.Show(w, "x", false, false)); });
        Assert.Equal("\"a: 0\nb: 0\n\"\n", Out(w => InterfaceTools.Proto(w, "example_interfaces/srv/AddTwoInts", noQuotes: false)));
        Assert.Equal("order: 0\n\n", Out(w => InterfaceTools.Proto(w, "example_interfaces/action/Fibonacci", noQuotes: true)));
    }

    private static string Out(Func<TextWriter, int> tool)
    {
        using var writer = new StringWriter();
        tool(writer);
        return writer.ToString();
    }
}
