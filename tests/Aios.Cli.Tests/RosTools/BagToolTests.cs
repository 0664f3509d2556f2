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
        Assert.True(all.Wants("/a") && !all.Wants("/_a"));
        var named = all with { Topics = new HashSet<string> { "/_a" } };
        Assert.True(named.Wants("/_a") && !named.Wants("/b"));
        var matched = named with { Regex = new("^/b"), Exclude = new("bad") };
        Assert.True(matched.Wants("/_a") && matched.Wants("/bc") && !matched.Wants("/bad") && !matched.Wants("/c"));
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
    }

    private static string Out(Func<TextWriter, int> tool)
    {
        using var writer = new StringWriter();
        tool(writer);
        return writer.ToString();
    }
}
