using System.CommandLine;
using Aios.Cli.RosTools;
using Aios.Cli.RosTools.Filters;
using Aios.Cli.Verbs;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Tests.RosTools;

/// <summary><c>ros topic</c> and <c>ros node</c>, beside what <c>ros2</c> of Jazzy prints.</summary>
public sealed class TopicToolTests : IDisposable
{
    private readonly ToolGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void List_ShowsNamesTypesAndCounts()
    {
        var node = _graph.Node("talker");
        node.CreatePublisher<std_msgs.msg.String>("chatter");
        node.CreatePublisher<std_msgs.msg.Empty>("_hidden");

        Assert.Equal("/chatter\n/parameter_events\n/rosout\n", _graph.Run(s => TopicTools.List(s, false, false, false, false)));
        Assert.Contains("/chatter [std_msgs/msg/String]\n", _graph.Run(s => TopicTools.List(s, true, false, false, false)), StringComparison.Ordinal);
        Assert.Equal("4\n", _graph.Run(s => TopicTools.List(s, false, true, true, false)));
        Assert.Equal(
            "Published topics:\n * /chatter [std_msgs/msg/String] 1 publisher\n * /parameter_events [rcl_interfaces/msg/ParameterEvent] 2 publishers\n"
            + " * /rosout [rcl_interfaces/msg/Log] 2 publishers\n\nSubscribed topics:\n\n",
            _graph.Run(s => TopicTools.List(s, false, false, false, true)));
        Assert.Equal("std_msgs/msg/String\n", _graph.Run(s => TopicTools.Type(s, "/chatter")));
        Assert.Equal("", _graph.Run(ExitCode.Failure, s => TopicTools.Type(s, "/nothing")));
        Assert.Equal("/chatter\n", _graph.Run(s => TopicTools.Find(s, "std_msgs/msg/String", false, false)));
    }

    [Fact]
    public void Info_ShowsEachEndpointWithItsQualityOfService()
    {
        var publisher = _graph.Node("talker", "/ns").CreatePublisher<std_msgs.msg.String>("/chatter", QosProfile.KeepLast(7).WithTransientLocal());

        Assert.Equal("Type: std_msgs/msg/String\nPublisher count: 1\nSubscription count: 0\n", _graph.Run(s => TopicTools.Info(s, "/chatter", false)));
        Assert.Equal(
            $"""
            Type: std_msgs/msg/String

            Publisher count: 1

            Node name: talker
            Node namespace: /ns
            Topic type: std_msgs/msg/String
            Topic type hash: {RosMessageType.Of<std_msgs.msg.String>().TypeHash}
            Endpoint type: PUBLISHER
            GID: {publisher.Gid}
            QoS profile:
              Reliability: RELIABLE
              History (Depth): KEEP_LAST (7)
              Durability: TRANSIENT_LOCAL
              Lifespan: Infinite
              Deadline: Infinite
              Liveliness: AUTOMATIC
              Liveliness lease duration: Infinite

            Subscription count: 0


            """,
            _graph.Run(s => TopicTools.Info(s, "/chatter", true)));
        Assert.Equal("Unknown topic '/nothing'", Fail(s => TopicTools.Info(s, "/nothing", false)));
    }

    [Fact]
    public void Echo_PrintsMessagesAsAsked()
    {
        var odometry = new nav_msgs.msg.Odometry();
        odometry.Header.FrameId = "map";
        odometry.Pose.Pose.Position.X = 1.5;
        Latch("odom", odometry);

        Assert.Equal("x: 1.5\ny: 0.0\nz: 0.0\n---\n", Echo("odom", text => new EchoOptions(text) { Field = new FieldPath("pose.pose.position") }));
        Assert.Equal("map\n---\n", Echo("/odom", text => new EchoOptions(text) { Field = new FieldPath("header.frame_id") }));
        Assert.Equal("0.0\n---\n", Echo("odom", text => new EchoOptions(text) { Field = new FieldPath("pose.covariance[35]") }));
        Assert.Equal("1.5,0.0,0.0\n", Echo("odom", text => new EchoOptions(text) { Field = new FieldPath("pose.pose.position"), Csv = true }));
        Assert.StartsWith("header:\n  stamp:\n    sec: 0\n", Echo("odom", text => new EchoOptions(text)), StringComparison.Ordinal);
        Assert.Contains("covariance: '<array type: double[36]>'\n", Echo("odom", text => new EchoOptions(text with { NoArrays = true })), StringComparison.Ordinal);
        Assert.StartsWith("b'\\x00\\x01\\x00\\x00", Echo("odom", text => new EchoOptions(text) { Raw = true }), StringComparison.Ordinal);
        Assert.StartsWith("publication_sequence_number: null\nreceived_timestamp: ", Echo("odom", text => new EchoOptions(text) { MessageInfo = true }), StringComparison.Ordinal);
        Assert.StartsWith(
            "--field 'pose.where': geometry_msgs/msg/PoseWithCovariance has no field 'where', expected pose, covariance",
            Fail(s => TopicEcho.Run(s, "odom", new EchoOptions(new MessageTextOptions()) { Field = new FieldPath("pose.where") })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Echo_UnknownTopicOrType_IsOneLine()
    {
        var options = new EchoOptions(new MessageTextOptions());

        Assert.StartsWith("topic '/nothing' does not appear to be there yet", Fail(s => TopicEcho.Run(s, "nothing", options)), StringComparison.Ordinal);
        Assert.Equal(
            $"no message type 'std_msgs/msg/Sting' was generated into this program or is installed in {(RosTypes.Installed.Prefixes.Count == 0 ? "a folder of AMENT_PREFIX_PATH, which is not set" : string.Join(", ", RosTypes.Installed.Prefixes))}, did you mean 'std_msgs/msg/String'?",
            Fail(s => TopicEcho.Run(s, "nothing", options with { TypeName = "std_msgs/msg/Sting" })));
        Assert.Equal("", _graph.Run(ExitCode.Failure, s => TopicEcho.Run(s, "nothing", options with { TypeName = "std_msgs/String", Once = true, Timeout = TimeSpan.FromMilliseconds(20) })));
    }

    [Fact]
    public void Pub_Times_PublishesPrintsAndEnds()
    {
        var heard = new List<double>();
        _graph.Node("listener").CreateSubscription<geometry_msgs.msg.TwistStamped>("cmd", m => heard.Add(m.Header.Stamp.Sec > 0 ? m.Twist.Linear.X : double.NaN));

        var output = _graph.Run(s => TopicPub.Run(s, "cmd", "geometry_msgs/TwistStamped", "{header: auto, twist: {linear: {x: 2}}}", new PubOptions { RateHz = 1000, Times = 3, PrintEvery = 3 }));

        Assert.StartsWith("publisher: beginning loop\npublishing #3: geometry_msgs.msg.TwistStamped(header=std_msgs.msg.Header(stamp=", output, StringComparison.Ordinal);
        Assert.True(SpinWait.SpinUntil(() => heard.Count == 3, TimeSpan.FromSeconds(30)));
        Assert.Equal([2, 2, 2], heard);
        Assert.Equal(
            "values of geometry_msgs/msg/Twist: linear: expected the fields of geometry_msgs/msg/Vector3 as 'name: value', found '1'",
            Fail(s => TopicPub.Run(s, "cmd", "geometry_msgs/Twist", "{linear: 1}", new PubOptions())));
        Assert.Contains(
            "Expected 1 subscribers but only got 0",
            Fail(s => TopicPub.Run(s, "lonely", "std_msgs/Empty", "{}", new PubOptions { Times = 1, LongestWait = TimeSpan.FromMilliseconds(20) })),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pub_FileOfDocuments_PublishesEachOnceInOrder()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("messages.yaml");
        File.WriteAllText(file, "data: one\n---\ndata: two\n---\n");
        var heard = new List<string>();
        _graph.Node("listener").CreateSubscription<std_msgs.msg.String>("words", m => heard.Add(m.Data));

        _graph.Run(s => TopicPub.Run(s, "words", "std_msgs/msg/String", "{}", new PubOptions { File = file, RateHz = 1000, WaitFor = 1, PrintEvery = 0 }));

        Assert.True(SpinWait.SpinUntil(() => heard.Count == 2, TimeSpan.FromSeconds(30)));
        Assert.Equal(["one", "two"], heard);
        File.WriteAllText(file, "---\n");
        Assert.Equal(
            $"{file}: no message, expected fields of std_msgs/msg/String as 'name: value'",
            Fail(s => TopicPub.Run(s, "words", "std_msgs/msg/String", "{}", new PubOptions { File = file })));
        Assert.Equal($"{file}x: no such file", Fail(s => TopicPub.Run(s, "words", "std_msgs/msg/String", "{}", new PubOptions { File = file + "x" })));
    }

    [Fact]
    public void Filter_SelectsWhatIsEchoedAndCounted()
    {
        var node = _graph.Node("talker");
        var publisher = node.CreatePublisher<std_msgs.msg.Int32>("count");
        var next = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(5), _ => publisher.Publish(new std_msgs.msg.Int32 { Data = next++ % 10 }));

        Assert.Equal("7\n", Echo("count", text => new EchoOptions(text) { Filter = new MessageFilter("m.data == 7"), Csv = true }));
        Assert.Contains("average rate: ", _graph.RunUntil("window", s => TopicMeters.Hz(s, ["count"], 100, false, new MessageFilter("m.data % 2 == 1"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Meters_PrintTheirLineEachSecond()
    {
        var node = _graph.Node("talker");
        var publisher = node.CreatePublisher<std_msgs.msg.Header>("plain");
        var stamped = node.CreatePublisher<geometry_msgs.msg.PointStamped>("stamped");
        node.CreateTimer(TimeSpan.FromMilliseconds(20), _ =>
        {
            publisher.Publish(new std_msgs.msg.Header());
            stamped.Publish(new geometry_msgs.msg.PointStamped { Header = new std_msgs.msg.Header { Stamp = node.Clock.Now() } });
        });

        Assert.Matches(@"average rate: \d+\.\d{3}\n\tmin: \d\.\d{3}s max: \d+\.\d{3}s std dev: \d+\.\d{5}s window: \d+\n", _graph.RunUntil("window", s => TopicMeters.Hz(s, ["plain"], 100, false)));
        Assert.Contains("=====", _graph.RunUntil("/stamped   ", s => TopicMeters.Hz(s, ["plain", "/stamped"], 100, true)), StringComparison.Ordinal);
        Assert.Matches(@"Subscribed to \[/plain\]\n[\d.]+ K?B/s from \d+ messages\n\tMessage size mean: [\d.]+ K?B min: ", _graph.RunUntil("max:", s => TopicMeters.Bw(s, "plain", 100)));
        Assert.Matches(@"average delay: \d+\.\d{3}\n\tmin: ", _graph.RunUntil("window", s => TopicMeters.Delay(s, "stamped", 100)));
        Assert.Equal("topic '/plain': std_msgs/msg/Header has no header", Fail(s => TopicMeters.Delay(s, "plain", 100)));
    }

    [Fact]
    public void Node_ListAndInfo_ShowWhatItHas()
    {
        var node = _graph.Node("driver", "/ns");
        node.CreateSubscription<geometry_msgs.msg.Twist>("cmd_vel", _ => { });
        node.CreateClient<std_srvs.srv.Empty, std_srvs.srv.Empty_Request, std_srvs.srv.Empty_Response>("reset");

        Assert.Equal("/ns/driver\n", _graph.Run(s => NodeTools.List(s, false, false)));
        Assert.Equal("2\n", _graph.Run(s => NodeTools.List(s, true, true)));
        var info = _graph.Run(s => NodeTools.Info(s, "/ns/driver", false));
        Assert.StartsWith("/ns/driver\n  Subscribers:\n    /ns/cmd_vel: geometry_msgs/msg/Twist\n  Publishers:\n    /parameter_events: rcl_interfaces/msg/ParameterEvent\n", info, StringComparison.Ordinal);
        Assert.Contains("    /ns/driver/get_parameters: rcl_interfaces/srv/GetParameters\n", info, StringComparison.Ordinal);
        Assert.EndsWith("  Service Clients:\n    /ns/reset: std_srvs/srv/Empty\n  Action Servers:\n\n  Action Clients:\n\n", info, StringComparison.Ordinal);
        Assert.Equal("Unable to find node '/nobody'", Fail(s => NodeTools.Info(s, "/nobody", false)));
    }

    [Fact]
    public void AdaptedQos_MixedPublishers_FallsBackToWhatAllOffer()
    {
        var node = _graph.Node("talker");
        node.CreatePublisher<std_msgs.msg.Empty>("x", QosProfile.DefaultProfile);
        node.CreatePublisher<std_msgs.msg.Empty>("x", QosProfile.SensorDataProfile);
        var told = new List<string>();
        _graph.Run(s =>
        {
            var qos = AdaptedQos.For(s.Discover().EndpointsOf("/x", GraphEndpointKind.Publisher), QosProfile.SensorDataProfile, told.Add);
            Assert.Equal((QosReliabilityPolicy.BestEffort, QosDurabilityPolicy.Volatile), (qos.Reliability, qos.Durability));
            return 0;
        });

        Assert.Contains("Falling back to BEST_EFFORT", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact]
    public void QosOptions_OverrideThePreset()
    {
        var command = new Command("x");
        var options = new QosOptions(command, "default");

        Assert.False(options.IsGiven(command.Parse("")));
        var parsed = command.Parse("--qos-profile sensor_data --qos-depth 3 --qos-durability transient_local --qos-liveliness manual_by_topic");
        Assert.True(options.IsGiven(parsed));
        Assert.Equal(
            QosProfile.SensorDataProfile.WithKeepLast(3).WithTransientLocal().WithLiveliness(QosLivelinessPolicy.ManualByTopic), options.Read(parsed));
        Assert.NotEmpty(command.Parse("--qos-reliability maybe").Errors);
    }

    private void Latch(string topic, nav_msgs.msg.Odometry message) =>
        _graph.Node("talker").CreatePublisher<nav_msgs.msg.Odometry>(topic, QosProfile.KeepLast(1).WithTransientLocal()).Publish(message);

    private string Echo(string topic, Func<MessageTextOptions, EchoOptions> options) =>
        _graph.Run(s => TopicEcho.Run(s, topic, options(new MessageTextOptions()) with { Once = true, Timeout = TimeSpan.FromSeconds(60) }));

    private string Fail(Func<RosSession, int> tool) => Assert.Throws<AiosException>(() => { _graph.Run(tool); }).Message;
}
