using System.Diagnostics.CodeAnalysis;
using builtin_interfaces.msg;
using example_interfaces.srv;
using ROS2;
using ROS2.IntraProcess;
using ROS2.Transport;
using Ros2.Tests.Support;
using static Ros2.Tests.Support.TestGraph;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>What users of rclcpp and rclpy look for beside publishers, services and parameters themselves.</summary>
public sealed class RclcppParityTests : IDisposable
{
    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void GenericService_TypeChosenAtRunTime_AnswersTypedClients()
    {
        RosServiceType type = RosTypeRegistry.FromAssemblies(typeof(AddTwoInts).Assembly).FindService("example_interfaces/srv/AddTwoInts")!;
        GenericService service = _graph.Node("a", "server").CreateGenericService("add", type, (request, response) =>
            type.Response.Fields[0].SetValue(response, (long)type.Request.Fields[0].GetValue(request)! + (long)type.Request.Fields[1].GetValue(request)!));
        Client<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> client =
            _graph.Node("b", "caller").CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        Run(10);

        Task<AddTwoInts_Response> answer = client.SendRequestAsync(new AddTwoInts_Request { A = 20, B = 22 });
        Run(10);

        Assert.Equal(42, answer.Result.Sum);
        Assert.Same(type, service.ServiceType);
        Assert.Equal("example_interfaces/srv/AddTwoInts", service.TypeName);
    }

    [Fact]
    public void IgnoreLocalPublications_HearsOtherContextsAlone()
    {
        RosContext here = _graph.Host("here");
        Node node = here.CreateNode("n");
        var heard = new List<int>();
        var ignoring = new SubscriptionOptions { IgnoreLocalPublications = true };
        node.CreateSubscription<Int32>("x", m => heard.Add(m.Data), null, ignoring);
        CallbackGroup nobody = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive, automaticallyAddToExecutorWithNode: false);
        Subscription<Int32> polled = node.CreateSubscription<Int32>("x", _ => { }, null, ignoring with { CallbackGroup = nobody });
        Publisher<Int32> local = here.CreateNode("other").CreatePublisher<Int32>("x");
        Publisher<Int32> remote = _graph.Node("there", "n").CreatePublisher<Int32>("x");
        Run(10);

        local.Publish(new Int32 { Data = 1 });
        Run(10);
        remote.Publish(new Int32 { Data = 2 });
        Run(10);

        Assert.Equal([2], heard);
        Assert.True(polled.TryTake(out Int32? message, out _));
        Assert.Equal(2, message.Data);
        Assert.False(polled.TryTake(out _, out _));
    }

    [Fact]
    public void PendingRequests_Pruned_AreCanceled()
    {
        _graph.Node("a", "server").CreateDeferredService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (_, _) => { });
        Client<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> client =
            _graph.Node("b", "caller").CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        Run(10);
        Task<AddTwoInts_Response> first = client.SendRequestAsync(new AddTwoInts_Request());
        Run(1000);
        Task<AddTwoInts_Response> second = client.SendRequestAsync(new AddTwoInts_Request());
        Run(100);

        Assert.Equal(1, client.PruneRequestsOlderThan(TimeSpan.FromMilliseconds(500)));
        Assert.Equal((true, false), (first.IsCanceled, second.IsCompleted));
        Assert.Equal(1, client.PrunePendingRequests());
        Assert.Equal((true, 0, 0), (second.IsCanceled, client.PendingCount, client.PrunePendingRequests()));
    }

    [Fact]
    public void Shutdown_WithAReason_TellsFirstThoseWhoStillNeedNodes()
    {
        RosContext context = _graph.Host("a");
        var order = new List<string>();
        context.PreShutdown += () => order.Add($"pre {context.IsValid}");
        context.ShuttingDown += () => order.Add($"on {context.IsValid} {context.ShutdownReason}");
        Assert.Equal("", context.ShutdownReason);

        context.Shutdown("battery is low");
        context.Shutdown("again");

        Assert.Equal(["pre True", "on False battery is low"], order);
    }

    [Theory]
    [InlineData(1_500_000_000, -2.0, -1, 500_000_000u)]
    [InlineData(0, 0.25, 0, 250_000_000u)]
    [InlineData(-1, -0.0000001, -1, 999_999_899u)]
    public void Time_PlusADuration_IsATime(long startNs, double seconds, int sec, uint nanosec)
    {
        Time start = RosTime.ToMessage(startNs);
        Time sum = RosTime.Add(start, TimeSpan.FromSeconds(seconds));

        Assert.Equal((sec, nanosec), (sum.Sec, sum.Nanosec));
        Assert.Equal(TimeSpan.FromSeconds(seconds), RosTime.Between(start, sum));
        Assert.Equal(Math.Sign(seconds), Math.Sign(RosTime.Compare(sum, start)));
        Assert.Equal(TimeSpan.FromSeconds(seconds), RosDuration.ToTimeSpan(RosDuration.ToMessage(TimeSpan.FromSeconds(seconds))));
    }

    [Fact]
    public void Time_AsDate_IsSince1970()
    {
        var date = new DateTimeOffset(2026, 7, 1, 12, 0, 0, 250, TimeSpan.FromHours(2));

        Assert.Equal(1_782_900_000, RosTime.FromDate(date).Sec);
        Assert.Equal(date, RosTime.ToDate(RosTime.FromDate(date)));
    }

    [Fact]
    public void NodeOptions_QualityOfService_IsThatOfTheNodesOwnTopics()
    {
        RosContext context = _graph.Host("a");
        context.CreateNode("n", options: new NodeOptions
        {
            RosoutQos = QosProfile.KeepLast(3),
            ParameterEventQos = QosProfile.KeepLast(4).WithBestEffort(),
            ClockQos = QosProfile.KeepLast(5),
            ParameterOverrides = [new Parameter("use_sim_time", true)],
        });

        Assert.Equal(3, QosOf("/rosout", GraphEndpointKind.Publisher).Depth);
        Assert.Equal((4, QosReliabilityPolicy.BestEffort), (QosOf("/parameter_events", GraphEndpointKind.Publisher).Depth, QosOf("/parameter_events", GraphEndpointKind.Publisher).Reliability));
        Assert.Equal(5, QosOf("/clock", GraphEndpointKind.Subscription).Depth);

        QosProfile QosOf(string topic, GraphEndpointKind kind) =>
            Assert.Single(context.Transport.Graph.GetEndpoints(), e => e.Name == topic && e.Kind == kind).Qos;
    }

    [Fact]
    public void Parameters_BelowAPrefix_AreDeclaredAndRead()
    {
        Node node = _graph.Host("a").CreateNode("n", options: new NodeOptions { ParameterOverrides = [new Parameter("arm.speed", 0.5)] });

        Assert.Equal([0.5, 2.0], node.DeclareParameters("arm", [KeyValuePair.Create("speed", 1.0), KeyValuePair.Create("reach", 2.0)]));
        node.DeclareParameter("army", 1);

        Assert.Equal(["reach", "speed"], node.GetParametersByPrefix("arm").Keys.Order());
        Assert.Equal(2.0, node.GetParametersByPrefix("arm")["reach"].Get<double>());
        Assert.Contains("army", node.GetParametersByPrefix("").Keys);
        Assert.Equal((0.5, 7.0), (node.GetParameterOr("arm.speed", 9.0), node.GetParameterOr("arm.weight", 7.0)));
    }

    [Fact]
    public void Parameters_CopiedToAnotherNode_KeepDescriptorsAndWhatIsThere()
    {
        Node source = _graph.Node("a", "source");
        Node destination = _graph.Node("a", "destination");
        source.DeclareParameter("speed", 0.5, ParameterDescriptors.Range("Highest speed in m/s.", 0.0, 0.6));
        source.DeclareParameter("name", "left");
        destination.DeclareParameter("name", "right");

        ParameterCopy.CopyAllValues(source, destination);
        Assert.Equal((0.5, "right"), (destination.GetParameter<double>("speed"), destination.GetParameter<string>("name")));
        Assert.False(destination.SetParameter(new Parameter("speed", 0.7)).Successful);
        Assert.NotSame(source.DescribeParameter("speed"), destination.DescribeParameter("speed"));

        ParameterCopy.CopyAllValues(source, destination, overrideExistingValues: true);
        Assert.Equal("left", destination.GetParameter<string>("name"));
    }

    [Fact]
    public void ParameterClient_AsksForOneParameter()
    {
        _graph.Node("a", "driver").DeclareParameter("speed", 0.5);
        using var client = new ParameterClient(_graph.Node("b", "asker"), "/driver");
        Run(10);
        Task<double> speed = client.GetParameterAsync("speed", 9.0);
        Task<double> weight = client.GetParameterAsync("weight", 7.0);
        Task<bool> hasSpeed = client.HasParameterAsync("speed");
        Task<bool> hasWeight = client.HasParameterAsync("weight");
        Run(50);

        Assert.Equal((0.5, 7.0, true, false), (speed.Result, weight.Result, hasSpeed.Result, hasWeight.Result));
    }

    [Fact]
    public void Graph_ByNode_TellsItsEnds()
    {
        Node node = _graph.Node("a", "asker");
        Task<bool> found = node.WaitForNodeAsync("/ns/other", TimeSpan.FromSeconds(5));
        Task<bool> missed = node.WaitForNodeAsync("/nobody", TimeSpan.FromMilliseconds(50));
        Node other = _graph.Host("b").CreateNode("other", "ns");
        other.CreatePublisher<Int32>("out");
        other.CreateSubscription<Int32>("in", _ => { });
        other.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("~/add");
        Run(100);

        Assert.Equal((true, false), (found.Result, missed.Result));
        Assert.Contains(node.GetPublisherNamesAndTypesByNode("/ns/other"), t => t.Name == "/ns/out" && t.Types is ["std_msgs/msg/Int32"]);
        Assert.Contains(node.GetSubscriberNamesAndTypesByNode("/ns/other"), t => t.Name == "/ns/in");
        Assert.Equal(["/ns/other/add"], node.GetClientNamesAndTypesByNode("/ns/other").Select(t => t.Name));
        Assert.Equal(("/ns/x", "/ns/other/y"), (other.ResolveTopicName("x"), other.ResolveServiceName("~/y")));
    }

    [Fact]
    public void Logger_OfNoNode_GoesToTheSinkAndLogsOnce()
    {
        RosContext context = _graph.Host("a");
        Logger logger = context.GetLogger("planner");
        LogThrottle once = LogThrottle.Once();
        for (int i = 0; i < 3; i++)
        {
            logger.Log(LogLevel.Warn, once, $"number {i}");
            Run(10_000);
        }

        LogRecord record = Assert.Single(((MemoryLog)context.Options.LogSink!).Records);
        Assert.Equal(("planner", "number 0"), (record.Name, record.Message));
    }

    [Fact]
    [SuppressMessage("Usage", "xUnit1051", Justification = "The wait ends by itself.")]
    public void Clock_SimulatedTime_HasStartedOnceItCame()
    {
        var domain = new IntraProcessDomain();
        using var context = new RosContext(domain.CreateTransport());
        Node node = context.CreateNode("n", options: new NodeOptions { ParameterOverrides = [new Parameter("use_sim_time", true)] });
        Publisher<rosgraph_msgs.msg.Clock> clock = node.CreatePublisher<rosgraph_msgs.msg.Clock>("/clock");
        Assert.False(node.Clock.IsStarted);
        node.CreateWallTimer(TimeSpan.FromMilliseconds(20), _ => clock.Publish(new rosgraph_msgs.msg.Clock { Clock_ = RosTime.ToMessage(Ms(7)) }));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var end = new CancellationTokenSource();
        var spinner = new Thread(() => context.Spin(end.Token));
        spinner.Start();

        bool started = node.Clock.WaitUntilStarted(patience.Token);
        end.Cancel();
        spinner.Join();

        Assert.True(started);
        Assert.Equal(Ms(7), node.Clock.NowNanoseconds);
        using var given = new CancellationTokenSource();
        given.Cancel();
        Assert.False(context.CreateNode("m", options: new NodeOptions { ParameterOverrides = [new Parameter("use_sim_time", true)] }).Clock.WaitUntilStarted(given.Token));
    }

    private void Run(double milliseconds) => _graph.Bus.RunUntil(_graph.Bus.NowNs + Ms(milliseconds));
}
