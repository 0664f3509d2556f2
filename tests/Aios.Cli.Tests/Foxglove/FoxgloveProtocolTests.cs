using System.Net.WebSockets;
using System.Text.Json;
using Aios.Cli.Foxglove;
using Aios.Cli.Visualization;
using ROS2;

namespace Aios.Cli.Tests.Foxglove;

public sealed class FoxgloveProtocolTests : IDisposable
{
    private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public FoxgloveProtocolTests() => _patience.CancelAfter(TimeSpan.FromSeconds(60));

    public void Dispose() => _patience.Dispose();

    [Theory]
    [InlineData("foxglove.websocket.v1")]
    [InlineData("foxglove.sdk.v1")]
    public async Task Client_EitherNameOfTheProtocol_IsWelcome(string protocol)
    {
        using var server = new FoxgloveServer(0, "test", new Recorder());
        using var socket = await FoxgloveSocket.OpenAsync(PortOf(server), protocol, _patience.Token);

        Assert.Equal(protocol, socket.SubProtocol);
        using var info = JsonDocument.Parse(await FoxgloveSocket.ReceiveAsync(socket, _patience.Token));
        Assert.Equal("serverInfo", info.RootElement.GetProperty("op").GetString());
    }

    [Theory]
    [InlineData("some.other.v1", null, false)]
    [InlineData("foxglove.websocket.v1", "https://app.foxglove.dev", true)]
    [InlineData("foxglove.websocket.v1", "http://localhost:8080", true)]
    [InlineData("foxglove.websocket.v1", "file://", true)]
    [InlineData("foxglove.websocket.v1", "https://evil.example", false)]
    [InlineData("foxglove.websocket.v1", "https://evilfoxglove.dev", false)]
    [InlineData("foxglove.websocket.v1", "http://app.foxglove.dev", false)]
    public async Task Client_ByProtocolAndOrigin_IsLetInOrNot(string protocol, string? origin, bool welcome)
    {
        using var server = new FoxgloveServer(0, "test", new Recorder());
        var opening = FoxgloveSocket.OpenAsync(PortOf(server), protocol, _patience.Token, origin);
        if (welcome)
        {
            using var socket = await opening;
            Assert.Equal(WebSocketState.Open, socket.State);
        }
        else
        {
            await Assert.ThrowsAsync<WebSocketException>(() => opening);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"op":"explode"}""")]
    [InlineData("""{"op":"subscribe","subscriptions":[{"id":-1,"channelId":1}]}""")]
    [InlineData("""{"op":"subscribe","subscriptions":7}""")]
    [InlineData("""{"op":"getParameters","parameterNames":[null]}""")]
    [InlineData("""{"op":"advertise","channels":[{"id":1,"topic":null,"schemaName":"a","encoding":"cdr"}]}""")]
    public async Task Request_ThatMakesNoSense_IsToldAndTheClientStays(string request)
    {
        var source = new Recorder();
        using var server = new FoxgloveServer(0, "test", source);
        using var socket = await FoxgloveSocket.OpenAsync(PortOf(server), "foxglove.websocket.v1", _patience.Token);
        await FoxgloveSocket.ReceiveAsync(socket, _patience.Token);
        await FoxgloveSocket.SendAsync(socket, request, _patience.Token);

        Assert.Contains("not understood", await FoxgloveSocket.ReceiveAsync(socket, _patience.Token), StringComparison.Ordinal);
        await FoxgloveSocket.SendAsync(socket, """{"op":"subscribeConnectionGraph"}""", _patience.Token);
        while (source.Requests.Count < 2)
        {
            server.Process();
            await Task.Delay(5, _patience.Token);
        }

        Assert.Equal(["open", "graph True"], source.Requests);
    }

    [Fact]
    public async Task Outbox_SlowClient_LosesTheOldestMessagesButNoAnswers()
    {
        var outbox = new FoxgloveOutbox();
        const int Size = 1 << 20;
        const int Count = (FoxgloveOutbox.MostBytes / Size) + 10;
        outbox.AddControl(FoxgloveFrames.Status(0, "answer"));
        for (var i = 0; i < Count; i++)
        {
            outbox.AddMessage(FoxgloveFrames.Message((uint)i, i, new byte[Size]));
        }

        var first = await outbox.TakeAsync(_patience.Token);
        var second = await outbox.TakeAsync(_patience.Token);
        var third = await outbox.TakeAsync(_patience.Token);

        Assert.Contains("answer", System.Text.Encoding.UTF8.GetString(first.Content), StringComparison.Ordinal);
        Assert.Contains($"{outbox.DroppedCount} messages were left out", System.Text.Encoding.UTF8.GetString(second.Content), StringComparison.Ordinal);
        Assert.Equal(outbox.DroppedCount, BitConverter.ToUInt32(third.Content, 1));
        Assert.InRange(outbox.DroppedCount, 10, 12);
    }

    [Theory]
    [InlineData("/rover_1/goal_pose", "geometry_msgs/msg/PoseStamped")]
    [InlineData("/goal_pose", "geometry_msgs/msg/PoseStamped")]
    [InlineData("/rover_12/cmd_vel_teleop", "geometry_msgs/msg/Twist")]
    [InlineData("/rover_1/cmd_vel_operator", "geometry_msgs/msg/TwistStamped")]
    [InlineData("/rover_1/cmd_vel", null)]
    [InlineData("/rover_1/cmd_vel_nav", null)]
    [InlineData("/rover_1/fleet/quorum", null)]
    [InlineData("/cmd_vel_operator", null)]
    [InlineData("goal_pose", null)]
    [InlineData("//goal_pose", null)]
    [InlineData("/a/b/goal_pose", null)]
    public void Topic_ForOperators_IsKnownByItsName(string topic, string? type) => Assert.Equal(type, OperatorTopics.TypeOf(topic)?.Name);

    [Theory]
    [InlineData("3", null, ParameterType.NotSet, ParameterType.Integer)]
    [InlineData("3", "float64", ParameterType.NotSet, ParameterType.Double)]
    [InlineData("3", null, ParameterType.Double, ParameterType.Double)]
    [InlineData("3.5", null, ParameterType.Integer, ParameterType.Double)]
    [InlineData("true", null, ParameterType.Double, ParameterType.Bool)]
    [InlineData("\"a\"", null, ParameterType.NotSet, ParameterType.String)]
    [InlineData("\"AQI=\"", "byte_array", ParameterType.NotSet, ParameterType.ByteArray)]
    [InlineData("[1,2]", null, ParameterType.NotSet, ParameterType.IntegerArray)]
    [InlineData("[1,2]", "float64_array", ParameterType.NotSet, ParameterType.DoubleArray)]
    [InlineData("[]", null, ParameterType.BoolArray, ParameterType.BoolArray)]
    [InlineData("[\"a\"]", null, ParameterType.NotSet, ParameterType.StringArray)]
    [InlineData("null", null, ParameterType.Double, ParameterType.NotSet)]
    public void Parameter_FromJson_HasTheTypeItHadOrIsTold(string json, string? type, ParameterType current, ParameterType expected) =>
        Assert.Equal(expected, ParameterJson.Read(JsonDocument.Parse(json).RootElement, type, current).Type);

    [Theory]
    [InlineData("{}")]
    [InlineData("[1,\"a\"]")]
    [InlineData("[true,1]")]
    public void Parameter_ThatIsNone_IsAFormatError(string json) =>
        Assert.Throws<FormatException>(() => ParameterJson.Read(JsonDocument.Parse(json).RootElement, null, ParameterType.NotSet));

    private static int PortOf(FoxgloveServer server) => new Uri(server.Url).Port;

    /// <summary>Notes what is asked.</summary>
    private sealed class Recorder : IFoxgloveSource
    {
        public List<string> Requests { get; } = [];

        public void Open(FoxgloveSession session) => Requests.Add("open");

        public void Close(FoxgloveSession session) => Requests.Add("close");

        public void Subscribe(FoxgloveSession session, uint subscription, uint channel) => Requests.Add($"subscribe {subscription} {channel}");

        public void Unsubscribe(FoxgloveSession session, uint subscription) => Requests.Add($"unsubscribe {subscription}");

        public void Advertise(FoxgloveSession session, uint channel, string topic, string type, string encoding) => Requests.Add($"advertise {topic}");

        public void Unadvertise(FoxgloveSession session, uint channel) => Requests.Add($"unadvertise {channel}");

        public void Publish(FoxgloveSession session, uint channel, byte[] cdr) => Requests.Add($"publish {channel}");

        public void GetParameters(FoxgloveSession session, IReadOnlyList<string> names, string? id) => Requests.Add("get");

        public void SetParameters(FoxgloveSession session, IReadOnlyList<(string Name, JsonElement Value, string? Type)> parameters, string? id) => Requests.Add("set");

        public void WatchParameters(FoxgloveSession session, IReadOnlyList<string> names, bool watch) => Requests.Add($"watch {watch}");

        public void WatchGraph(FoxgloveSession session, bool watch) => Requests.Add($"graph {watch}");

        public void Call(FoxgloveSession session, uint service, uint call, byte[] cdr) => Requests.Add($"call {service}");
    }
}
