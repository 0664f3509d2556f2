using Aios.Cli.RosTools;
using Aios.Cli.RosTools.Filters;
using ROS2;
using ROS2.Bag;
using type_description_interfaces.msg;
using Parameter = ROS2.Parameter;

namespace Aios.Cli.Tests.RosTools;

/// <summary>Tools on topics of a type that was not generated into this program: the nodes describe it.</summary>
public sealed class DescribedTopicTests : IDisposable
{
    private static readonly RosMessageType Probe = DescribedTypes.CreateMessageType(
        new TypeDescription
        {
            TypeDescription_ = new IndividualTypeDescription
            {
                TypeName = "rover_msgs/msg/Probe",
                Fields =
                [
                    Field("header", FieldType.FIELD_TYPE_NESTED_TYPE, nested: "std_msgs/msg/Header"),
                    Field("depth", FieldType.FIELD_TYPE_DOUBLE, text: "0.25"),
                    Field("layers", FieldType.FIELD_TYPE_INT16_UNBOUNDED_SEQUENCE),
                ],
            },
            ReferencedTypeDescriptions =
            [
                RosTypeDescriptions.Describe(RosMessageType.Of<std_msgs.msg.Header>()).TypeDescription_,
                RosTypeDescriptions.Describe(RosMessageType.Of<builtin_interfaces.msg.Time>()).TypeDescription_,
            ],
        },
        known: RosTypes.Registry);

    private readonly ToolGraph _graph = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Echo_PrintsWhatThePublisherDescribes()
    {
        Latch(_graph.Node("probe"), "{header: {frame_id: drill}, layers: [3, -4]}");

        Assert.Equal(
            "header:\n  stamp:\n    sec: 0\n    nanosec: 0\n  frame_id: drill\ndepth: 0.25\nlayers:\n- 3\n- -4\n---\n",
            Echo(new EchoOptions(new MessageTextOptions())));
        Assert.Equal("drill\n---\n", Echo(new EchoOptions(new MessageTextOptions()) { Field = new FieldPath("header.frame_id"), Filter = new MessageFilter("m.startswith('dr')") }));
        Assert.Equal("0,0,drill,0.25,3,-4\n", Echo(new EchoOptions(new MessageTextOptions()) { Csv = true, TypeName = "rover_msgs/Probe" }));
    }

    [Fact]
    public void Echo_PublisherWithoutTheService_IsOneLine()
    {
        Latch(_graph.Node("probe", options: new NodeOptions { ParameterOverrides = [new Parameter("start_type_description_service", false)] }), "{}");

        Assert.Equal(
            "rover_msgs/msg/Probe is not installed and was not generated into this program: /probe has no service /probe/get_type_description that would describe it",
            Assert.Throws<AiosException>(() => Echo(new EchoOptions(new MessageTextOptions()))).Message);
    }

    [Fact]
    public void Pub_TakesTheTypeOfTheSubscriber()
    {
        var heard = new TaskCompletionSource<string>();
        _graph.Node("store").CreateGenericSubscription(
            "probe", Probe, (IRosMessage message, in ROS2.Transport.SampleInfo _) => heard.TrySetResult(RosPythonWriter.ToText(message)));

        _graph.Run(s => TopicPub.Run(s, "probe", "rover_msgs/msg/Probe", "{layers: [1], header: {frame_id: x}}", new PubOptions { Times = 1 }));

        Assert.True(SpinWait.SpinUntil(() => heard.Task.IsCompleted, TimeSpan.FromSeconds(60)));
        Assert.Contains("frame_id='x'), depth=0.25, layers=[1])", heard.Task.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_KeepsTheDefinitionThatTheNodeGives()
    {
        Latch(_graph.Node("probe"), "{}");
        var bag = _folder.File("bag");

        _graph.Run(s => BagRecord.Run(s, new RecordOptions(bag) { Topics = new HashSet<string> { "/probe" }, Duration = TimeSpan.FromSeconds(0.3) }));

        using var reader = McapReader.Open(Assert.Single(Directory.GetFiles(bag, "*.mcap")));
        Assert.Equal(Probe.Definition, System.Text.Encoding.UTF8.GetString(Assert.Single(reader.Schemas.Values).Data.Span));
        Assert.Equal(1, reader.Statistics.MessageCount);
        Assert.Contains("MSG: std_msgs/Header\n", Probe.Definition, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_TypeThatAppearsLate_KeepsItsDefinitionAndEveryMessage()
    {
        var bag = _folder.File("bag");
        var node = _graph.Node("probe");
        _graph.RunUntil("Got the definition of rover_msgs/msg/Probe", s =>
        {
            Task.Run(() => Latch(node, "{depth: 3.0}"), TestContext.Current.CancellationToken);
            return BagRecord.Run(s, new RecordOptions(bag) { Topics = new HashSet<string> { "/probe" } });
        });

        using var reader = McapReader.Open(Assert.Single(Directory.GetFiles(bag, "*.mcap")));
        Assert.Equal("/probe", Assert.Single(reader.Channels.Values).Topic);
        Assert.Equal(1, reader.Statistics.MessageCount);
        Assert.Equal(Probe.Definition, System.Text.Encoding.UTF8.GetString(Assert.Single(reader.Schemas.Values).Data.Span));
    }

    [Fact]
    public void SendGoal_TypeThatOnlyTheServerKnows_IsAskedFor()
    {
        _graph.Node("rig").CreateActionServer<drill_msgs.action.Drill, drill_msgs.action.Drill_Goal, drill_msgs.action.Drill_Result, drill_msgs.action.Drill_Feedback>("drill", goal =>
        {
            goal.PublishFeedback(new drill_msgs.action.Drill_Feedback { Reached = goal.Goal.Depth / 2 });
            goal.Succeed(new drill_msgs.action.Drill_Result { Core = "ice" });
        });

        var output = _graph.Run(s => ActionTools.SendGoal(s, "drill", "drill_msgs/action/Drill", "{depth: 2.0}", feedback: true));

        Assert.Contains("Sending goal:\n     depth: 2.0\n", output, StringComparison.Ordinal);
        Assert.Contains("Feedback:\n    reached: 1.0\n", output, StringComparison.Ordinal);
        Assert.EndsWith("Result:\n    core: ice\n\nGoal finished with status: SUCCEEDED\n", output, StringComparison.Ordinal);
        Assert.Contains("no action type 'drill_msgs/action/Dig'", Assert.Throws<AiosException>(() => { _graph.Run(s => ActionTools.SendGoal(s, "drill", "drill_msgs/action/Dig", "{}", false)); }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bag_TypeThatOnlyItDefines_IsShownPlayedAndDescribed()
    {
        var bag = _folder.File("bag");
        using (var writer = new BagWriter(bag))
        {
            writer.AddTopic("/probe", Probe, new BagQos { Durability = "transient_local" });
            writer.Write("/probe", Probe.Create(), 0);
            writer.Write("/probe", Probe.Create(), 2_000_000_000);
        }

        using var shown = new StringWriter();
        InterfaceTools.ShowOfBag(shown, bag, "rover_msgs/Probe", allComments: false, noComments: true);
        Assert.Equal(
            "std_msgs/Header header\n\tbuiltin_interfaces/Time stamp\n\t\tint32 sec\n\t\tuint32 nanosec\n\tstring frame_id\nfloat64 depth 0.25\nint16[] layers\n",
            shown.ToString());
        Assert.StartsWith(
            $"{bag} has no topic of type 'a/B', expected one of rover_msgs/msg/Probe",
            Assert.Throws<AiosException>(() => { InterfaceTools.ShowOfBag(shown, bag, "a/B", false, false); }).Message,
            StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        var playing = Task.Run(() => _graph.Play(bag, stop.Token), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => _graph.Sees("/probe"), TimeSpan.FromSeconds(60)));
        Assert.Contains("depth: 0.25\n", Echo(new EchoOptions(new MessageTextOptions()) { TypeName = "rover_msgs/msg/Probe" }), StringComparison.Ordinal);
        stop.Cancel();
        Assert.True(SpinWait.SpinUntil(() => playing.IsCompleted, TimeSpan.FromSeconds(60)));
    }

    private static Field Field(string name, byte typeId, string nested = "", string text = "") =>
        new() { Name = name, DefaultValue = text, Type = new FieldType { TypeId = typeId, NestedTypeName = nested } };

    private static void Latch(Node node, string yaml)
    {
        var message = Probe.Create();
        RosYamlReader.Read(yaml, message);
        node.CreateGenericPublisher("probe", Probe, QosProfile.KeepLast(1).WithTransientLocal()).Publish(message);
    }

    private string Echo(EchoOptions options) =>
        _graph.Run(s => TopicEcho.Run(s, "probe", options with { Once = true, Timeout = TimeSpan.FromSeconds(60) }));
}
