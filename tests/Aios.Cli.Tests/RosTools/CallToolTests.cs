using Aios.Cli.RosTools;
using example_interfaces.action;
using example_interfaces.srv;
using rcl_interfaces.msg;
using ROS2;
using Parameter = ROS2.Parameter;

namespace Aios.Cli.Tests.RosTools;

/// <summary><c>ros service</c>, <c>param</c>, <c>action</c> and <c>lifecycle</c>.</summary>
public sealed class CallToolTests : IDisposable
{
    private readonly ToolGraph _graph = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _graph.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Service_ListCallTypeFind()
    {
        _graph.Node("adder").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (q, r) => r.Sum = q.A + q.B);

        Assert.Contains("/add [example_interfaces/srv/AddTwoInts]\n", _graph.Run(s => ServiceTools.List(s, true, false, false)), StringComparison.Ordinal);
        Assert.Equal("example_interfaces/srv/AddTwoInts\n", _graph.Run(s => ServiceTools.Type(s, "/add")));
        Assert.Equal("/add\n", _graph.Run(s => ServiceTools.Find(s, "example_interfaces/srv/AddTwoInts", false, false)));
        Assert.Equal(
            "requester: making request: example_interfaces.srv.AddTwoInts_Request(a=20, b=22)\n\n"
            + "response:\nexample_interfaces.srv.AddTwoInts_Response(sum=42)\n\n",
            _graph.Run(s => ServiceTools.Call(s, "/add", "example_interfaces/AddTwoInts", "{a: 20, b: 22}", null, TimeSpan.FromSeconds(60))));
        Assert.Contains("did not appear within", Fail(s => ServiceTools.Call(s, "/sub", "std_srvs/srv/Empty", "{}", null, TimeSpan.FromMilliseconds(10))), StringComparison.Ordinal);
        Assert.Equal(
            "values of example_interfaces/srv/AddTwoInts_Request: example_interfaces/srv/AddTwoInts_Request has no field 'c', expected a, b",
            Fail(s => ServiceTools.Call(s, "/add", "example_interfaces/AddTwoInts", "{c: 1}", null, null)));
    }

    [Fact]
    public void Component_LoadListUnload()
    {
        _graph.Container("box").Register("demo", "demo::Talker", (context, options) => context.CreateNode("talker", options: options));
        var request = new composition_interfaces.srv.LoadNode_Request { PackageName = "demo", PluginName = "demo::Talker", NodeName = "voice" };

        Assert.Equal("Loaded component 1 into '/box' container node as '/voice'\n", _graph.Run(s => ComponentTools.Load(s, "/box", request)));
        Assert.Equal("/box\n  1  /voice\n", _graph.Run(s => ComponentTools.List(s, null, containersOnly: false)));
        Assert.Equal("/box\n", _graph.Run(s => ComponentTools.List(s, null, containersOnly: true)));
        Assert.Equal("1  /voice\n", _graph.Run(s => ComponentTools.List(s, "box", containersOnly: false)));
        Assert.Equal("Unloaded component 1 from '/box' container node\n", _graph.Run(s => ComponentTools.Unload(s, "/box", [1])));
        Assert.Equal(
            "Failed to unload component 1 from '/box' container node\n    No node found with unique_id: 1",
            Fail(s => ComponentTools.Unload(s, "/box", [1])));
        Assert.Equal("Unable to find container node '/bag'", Fail(s => ComponentTools.List(s, "bag", containersOnly: false)));
        Assert.Equal("Unable to find container node '/bag'", Fail(s => ComponentTools.Load(s, "bag", request)));
    }

    [Fact]
    public void Service_InfoAndEcho_ShowItsEndsAndCalls()
    {
        var service = _graph.Node("adder").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (q, r) => r.Sum = q.A + q.B);
        service.ConfigureIntrospection(ServiceIntrospectionState.Contents, QosProfile.KeepLast(10).WithTransientLocal());

        _graph.Run(s => ServiceTools.Call(s, "add", "example_interfaces/AddTwoInts", "{a: 20, b: 22}", null, TimeSpan.FromSeconds(60)));

        Assert.Equal("Type: example_interfaces/srv/AddTwoInts\nClients count: 0\nServices count: 1\n", _graph.Run(s => ServiceTools.Info(s, "/add")));
        Assert.Equal("Unknown service '/sub'", Fail(s => ServiceTools.Info(s, "/sub")));
        var echo = _graph.Run(s => ServiceTools.Echo(s, "add", null, new EchoOptions(new MessageTextOptions()) { Once = true, Timeout = TimeSpan.FromSeconds(60) }));
        Assert.StartsWith("info:\n  event_type: REQUEST_RECEIVED\n", echo, StringComparison.Ordinal);
        Assert.EndsWith("request:\n- a: 20\n  b: 22\nresponse: []\n---\n", echo, StringComparison.Ordinal);
        var flow = new EchoOptions(new MessageTextOptions { FlowStyle = true }) { Once = true, Timeout = TimeSpan.FromSeconds(60) };
        Assert.Contains("{event_type: REQUEST_RECEIVED, ", _graph.Run(s => ServiceTools.Echo(s, "add", null, flow)), StringComparison.Ordinal);
        var csv = flow with { Csv = true, Text = new MessageTextOptions() };
        Assert.StartsWith("1,", _graph.Run(s => ServiceTools.Echo(s, "add", null, csv)), StringComparison.Ordinal);
        service.ConfigureIntrospection(ServiceIntrospectionState.Off);
        Assert.Equal(
            "No publishers on topic '/add/_service_event'; is service introspection on the client or server enabled?\n",
            _graph.Run(ExitCode.Failure, s => ServiceTools.Echo(s, "add", null, flow with { Timeout = TimeSpan.FromMilliseconds(10) })));
    }

    [Fact]
    public void Component_TypesAndStandalone_FindWhatPackagesRegister()
    {
        var index = new ComponentIndex([_folder.Path]);
        _folder.Write("share/ament_index/resource_index/rclcpp_components/demo", "demo::Listener;lib/liblistener.so\n");
        _folder.Write("share/ament_index/resource_index/dotnet_components/demo", $"demo::Voice;{typeof(Voice).Assembly.Location}\n");

        Assert.Equal("demo\n  demo::Voice\n  demo::Listener\n", Types(index, null));
        Assert.Equal("demo::Voice\ndemo::Listener\n", Types(index, "demo"));
        Assert.Equal("Unable to find package 'demu'", Assert.Throws<AiosException>(() => Types(index, "demu")).Message);

        Assert.Contains("no component 'demo::Noise'", FailStandalone("demo", "demo::Noise"), StringComparison.Ordinal);
        Assert.Contains("no package 'demu' with components", FailStandalone("demu", "demo::Voice"), StringComparison.Ordinal);
        Assert.Contains("is a component of C++", FailStandalone("demo", "demo::Listener"), StringComparison.Ordinal);
        Assert.Equal("Loaded component 1 into '/box' container node as '/low/voice'\n", _graph.RunUntil(
            "Loaded component 1", s => StandaloneComponent.Run(s, Wanted("demo", "demo::Voice", "low"), "box", index)));

        string FailStandalone(string package, string plugin) =>
            Fail(s => StandaloneComponent.Run(s, Wanted(package, plugin, ""), "box", index));
    }

    private static composition_interfaces.srv.LoadNode_Request Wanted(string package, string plugin, string space) =>
        new() { PackageName = package, PluginName = plugin, NodeNamespace = space };

    private static string Types(ComponentIndex index, string? package)
    {
        using var output = new StringWriter();
        ComponentTools.Types(output, index, package);
        return output.ToString();
    }

    /// <summary>A component of the assembly of these tests.</summary>
    [RosComponent("demo::Voice")]
    public sealed class Voice(RosContext context, NodeOptions options) : IRosComponent
    {
        /// <inheritdoc/>
        public Node Node { get; } = context.CreateNode("voice", options: options);

        /// <inheritdoc/>
        public void Dispose() => Node.Dispose();
    }

    [Fact]
    public void Param_GetSetListDescribeDelete()
    {
        var node = _graph.Node("driver");
        node.DeclareParameter("speed", 0.5, ParameterDescriptors.Range("Highest speed in m/s.", 0.0, 0.6));
        node.DeclareParameter("wheels", new[] { "left", "right" });
        node.DeclareParameter("any", 1, new ParameterDescriptor { DynamicTyping = true });

        Assert.Equal("Double value is: 0.5\n", _graph.Run(s => ParamTools.Get(s, "driver", "speed", false)));
        Assert.Equal("String values are: ['left', 'right']\n", _graph.Run(s => ParamTools.Get(s, "/driver", "wheels", false)));
        Assert.Equal("Boolean value is: False\n", _graph.Run(s => ParamTools.Get(s, "/driver", "use_sim_time", false)));
        Assert.Equal("1\n", _graph.Run(s => ParamTools.Get(s, "/driver", "any", true)));
        Assert.Equal("Set parameter successful\n", _graph.Run(s => ParamTools.Set(s, "/driver", "speed", "0.25")));
        Assert.Equal(0.25, node.GetParameter<double>("speed"));
        Assert.StartsWith("Setting parameter failed: ", Fail(s => ParamTools.Set(s, "/driver", "speed", "7.0")), StringComparison.Ordinal);
        Assert.Equal("  speed (type: double)\n", _graph.Run(s => ParamTools.List(s, "/driver", new("sp"), [], true, false)));
        Assert.Equal("/driver:\n  any\n  qos_overrides./parameter_events.publisher.depth\n  qos_overrides./parameter_events.publisher.durability\n  qos_overrides./parameter_events.publisher.history\n  qos_overrides./parameter_events.publisher.reliability\n  speed\n  start_type_description_service\n  use_sim_time\n  wheels\n", _graph.Run(s => ParamTools.List(s, null, new("[a-z]"), [], false, false)));
        Assert.Equal(
            "Parameter name: speed\n  Type: double\n  Description: Highest speed in m/s.\n  Constraints:\n    Min value: 0.0\n    Max value: 0.6\n",
            _graph.Run(s => ParamTools.Describe(s, "/driver", ["speed"])));
        Assert.Equal("Deleted parameter successfully\n", _graph.Run(s => ParamTools.Delete(s, "/driver", "any")));
        Assert.False(node.HasParameter("any"));
        Assert.Equal("Parameter not set: /driver has no parameter 'any'", Fail(s => ParamTools.Get(s, "/driver", "any", false)));
        Assert.Equal("Node not found: /nobody", Fail(s => ParamTools.Get(s, "nobody", "x", false)));
    }

    [Fact]
    public void Param_DumpAndLoad_GiveBackWhatWasThere()
    {
        var node = _graph.Node("driver", options: new NodeOptions { StartTypeDescriptionService = false });
        node.DeclareParameter("speed", 0.5);
        node.DeclareParameter("arm.joints", new[] { 1L, 2L });
        var file = _folder.Write("driver.yaml", _graph.Run(s => ParamTools.Dump(s, "/driver")));
        node.SetParameters([new Parameter("speed", 0.125), new Parameter("arm.joints", new[] { 9L })]);

        Assert.Equal(
            "/driver:\n  ros__parameters:\n    arm:\n      joints:\n      - 1\n      - 2\n    qos_overrides:\n      /parameter_events:\n        publisher:\n          depth: 1000\n          durability: volatile\n          history: keep_last\n          reliability: reliable\n    speed: 0.5\n    use_sim_time: false\n\n",
            File.ReadAllText(file));
        Assert.Equal(
            ["Set parameter arm.joints successful", "Set parameter speed successful", "Set parameter use_sim_time successful"],
            _graph.Run(s => ParamTools.Load(s, "/driver", file)).Split('\n').Where(line => line.EndsWith(" successful", StringComparison.Ordinal)));
        Assert.Equal((0.5, 2), (node.GetParameter<double>("speed"), node.GetParameter<long[]>("arm.joints").Length));
        Assert.StartsWith($"{file}: no parameters for /other", Fail(s => ParamTools.Load(s, "/other", file)), StringComparison.Ordinal);
    }

    [Fact]
    public void Action_ListInfoSendGoal()
    {
        _graph.Node("server").CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "fibonacci",
            goal =>
            {
                goal.PublishFeedback(new Fibonacci_Feedback { Sequence = [0] });
                goal.Succeed(new Fibonacci_Result { Sequence = [0, 1] });
            },
            (_, goal) => goal.Order > 0 ? GoalResponse.AcceptAndExecute : GoalResponse.Reject);

        Assert.Equal("/fibonacci [example_interfaces/action/Fibonacci]\n", _graph.Run(s => ActionTools.List(s, true, false)));
        Assert.Equal("Action: /fibonacci\nAction clients: 0\nAction servers: 1\n    /server\n", _graph.Run(s => ActionTools.Info(s, "fibonacci", false, false)));
        Assert.Equal("example_interfaces/action/Fibonacci\n", _graph.Run(s => ActionTools.Type(s, "/fibonacci")));
        var output = _graph.Run(s => ActionTools.SendGoal(s, "/fibonacci", "example_interfaces/action/Fibonacci", "order: 2", feedback: true));
        Assert.Matches(
            "^Waiting for an action server to become available...\nSending goal:\n     order: 2\n\nGoal accepted with ID: [0-9a-f]{32}\n\n"
            + "Feedback:\n    sequence:\n- 0\n\nResult:\n    sequence:\n- 0\n- 1\n\nGoal finished with status: SUCCEEDED\n$",
            output);
        Assert.EndsWith("Goal was rejected.\n", _graph.Run(ExitCode.Failure, s => ActionTools.SendGoal(s, "/fibonacci", "example_interfaces/Fibonacci", "{}", false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Lifecycle_NodesGetSetList()
    {
        using var node = _graph.ManagedNode("camera");

        Assert.Equal("/camera\n", _graph.Run(s => LifecycleTools.Nodes(s, false, false)));
        Assert.Equal("unconfigured [1]\n", _graph.Run(s => LifecycleTools.Get(s, "camera")));
        Assert.Equal("Transitioning successful\n", _graph.Run(s => LifecycleTools.Set(s, "/camera", "configure")));
        Assert.Equal("/camera: inactive [2]\n", _graph.Run(s => LifecycleTools.Get(s, null)));
        Assert.StartsWith("- cleanup [2]\n\tStart: inactive\n\tGoal: cleaningup\n", _graph.Run(s => LifecycleTools.List(s, "/camera", false)), StringComparison.Ordinal);
        Assert.StartsWith("Unknown transition requested, available ones are:\n- ", Fail(s => LifecycleTools.Set(s, "/camera", "fly")), StringComparison.Ordinal);
        Assert.Equal("Node not found: no managed node is called /nobody", Fail(s => LifecycleTools.Get(s, "/nobody")));
    }

    private string Fail(Func<RosSession, int> tool) => Assert.Throws<AiosException>(() => { _graph.Run(tool); }).Message;
}
