using rcl_interfaces.msg;
using rcl_interfaces.srv;
using ROS2;
using Ros2.Tests.Support;
using Parameter = ROS2.Parameter;
using ParameterType = ROS2.ParameterType;

namespace Ros2.Client.Tests;

public sealed class ParameterTests
{
    [Fact]
    public void Declare_EachType_ReadsBackAsDeclared()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");

        Assert.True(node.DeclareParameter("b", true));
        Assert.Equal(5, node.DeclareParameter("i", 5));
        Assert.Equal(5L, node.GetParameter<long>("i"));
        Assert.Equal(1.5f, node.DeclareParameter("f", 1.5f));
        Assert.Equal("s", node.DeclareParameter("s", "s"));
        Assert.Equal([1, 2], node.DeclareParameter("ia", new[] { 1, 2 }));
        Assert.Equal([1.5, 2], node.DeclareParameter("da", new List<double> { 1.5, 2 }));
        Assert.Equal(new byte[] { 1 }, node.DeclareParameter("ba", new byte[] { 1 }));
        Assert.Equal(["x"], node.DeclareParameter("sa", new[] { "x" }));
        Assert.Equal([true], node.DeclareParameter("boa", new[] { true }));
        Assert.Throws<ArgumentException>(() => node.DeclareParameter("o", DateTime.UnixEpoch));
    }

    [Fact]
    public void Declare_Twice_Throws()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 1);

        Assert.Throws<ParameterAlreadyDeclaredException>(() => node.DeclareParameter("x", 2));
        Assert.Throws<ParameterNotDeclaredException>(() => node.GetParameter("y"));
        Assert.False(node.TryGetParameter("y", out _));
    }

    [Fact]
    public void Declare_WithValueFromOutside_TakesTheStrongest()
    {
        using var graph = new TestGraph();
        using var context = new RosContext(
            graph.Bus.CreateTransport("a"),
            new RosContextOptions { Arguments = ["--ros-args", "-p", "x:=2", "-p", "y:=3", "-p", "other:z:=9"] });
        Node node = context.CreateNode("n", options: new NodeOptions { ParameterOverrides = [new Parameter("y", 4)] });

        Assert.Equal(2, node.DeclareParameter("x", 1));
        Assert.Equal(4, node.DeclareParameter("y", 1));
        Assert.Equal(1, node.DeclareParameter("z", 1));
        Assert.Equal(7, node.DeclareParameter("ignored", 7, ignoreOverride: true));
    }

    [Fact]
    public void Declare_OverrideOfAnotherType_Throws()
    {
        using var graph = new TestGraph();
        Node node = graph.Host("a").CreateNode(
            "n", options: new NodeOptions { ParameterOverrides = [new Parameter("x", "text"), new Parameter("r", 11.0)] });

        Assert.Throws<InvalidParameterTypeException>(() => node.DeclareParameter("x", 1));
        Assert.Throws<InvalidParameterValueException>(
            () => node.DeclareParameter("r", 1.0, ParameterDescriptors.Range("r", 0.0, 10.0)));
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(10.0, true)]
    [InlineData(2.5, true)]
    [InlineData(2.6, false)]
    [InlineData(-0.1, false)]
    [InlineData(10.1, false)]
    [InlineData(double.NaN, false)]
    public void Set_DoubleWithRangeAndStep_KeepsToIt(double value, bool accepted)
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 5.0, ParameterDescriptors.Range("x in m", 0.0, 10.0, 0.5));

        Assert.Equal(accepted, node.SetParameter(new Parameter("x", value)).Successful);
        Assert.Equal(accepted ? value : 5.0, node.GetParameter<double>("x"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(8, false)]
    [InlineData(11, false)]
    public void Set_IntegerWithRangeAndStep_KeepsToIt(int value, bool accepted)
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 3, ParameterDescriptors.Range("x", 0, 10, step: 3UL));

        Assert.Equal(accepted, node.SetParameter(new Parameter("x", value)).Successful);
    }

    [Fact]
    public void Set_WrongTypeReadOnlyOrUnknown_IsRefusedWithAReason()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("typed", 1);
        node.DeclareParameter("fixed", 1, ParameterDescriptors.Describe("fixed", readOnly: true));
        node.DeclareParameter("free", 1, new ParameterDescriptor { DynamicTyping = true });

        Assert.Contains("integer", node.SetParameter(new Parameter("typed", 1.0)).Reason, StringComparison.Ordinal);
        Assert.Contains("read-only", node.SetParameter(new Parameter("fixed", 2)).Reason, StringComparison.Ordinal);
        Assert.Contains("not declared", node.SetParameter(new Parameter("none", 2)).Reason, StringComparison.Ordinal);
        Assert.True(node.SetParameter(new Parameter("free", "now text")).Successful);
        node.UndeclareParameter("free");
        Assert.False(node.HasParameter("free"));
    }

    [Fact]
    public void SetAtomically_OneIsBad_ChangesNothing()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 1);
        node.DeclareParameter("y", 1);

        Assert.False(node.SetParametersAtomically([new("x", 2), new("y", "bad")]).Successful);
        Assert.Equal(1, node.GetParameter<int>("x"));
        Assert.Equal([true, false], node.SetParameters([new("x", 2), new("y", "bad")]).Select(r => r.Successful));
        Assert.Equal(2, node.GetParameter<int>("x"));
    }

    [Fact]
    public void Callbacks_PreOnAndPost_RunInOrderAndCanRefuse()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 1);
        node.DeclareParameter("double_of_x", 2);
        var seen = new List<string>();
        node.AddPreSetParametersCallback(list => list.Add(new Parameter("double_of_x", 2 * list[0].Get<int>())));
        IDisposable veto = node.AddOnSetParametersCallback(list => new SetParametersResult
        {
            Successful = list[0].Get<int>() < 10,
            Reason = "x must stay below 10",
        });
        node.AddPostSetParametersCallback(list => seen.Add(string.Join(" ", list.Select(p => $"{p.Name}={p.Value}"))));

        Assert.True(node.SetParameter(new Parameter("x", 4)).Successful);
        Assert.Equal("x must stay below 10", node.SetParameter(new Parameter("x", 40)).Reason);
        veto.Dispose();
        Assert.True(node.SetParameter(new Parameter("x", 50)).Successful);

        Assert.Equal(["x=4 double_of_x=8", "x=50 double_of_x=100"], seen);
    }

    [Fact]
    public void Services_FromAnotherHost_GetSetDescribeAndList()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("speed", 0.5, ParameterDescriptors.Range("speed in m/s", 0.0, 1.0));
        node.DeclareParameter("group.name", "x");
        Node other = graph.Node("b", "tool");
        var get = other.CreateClient<GetParameters, GetParameters_Request, GetParameters_Response>("/n/get_parameters");
        var set = other.CreateClient<SetParameters, SetParameters_Request, SetParameters_Response>("/n/set_parameters");
        var list = other.CreateClient<ListParameters, ListParameters_Request, ListParameters_Response>("/n/list_parameters");
        var describe = other.CreateClient<DescribeParameters, DescribeParameters_Request, DescribeParameters_Response>(
            "/n/describe_parameters");

        Task<SetParameters_Response> setting = set.SendRequestAsync(new SetParameters_Request
        {
            Parameters = [new Parameter("speed", 0.75).ToMessage(), new Parameter("speed", 7.5).ToMessage()],
        });
        graph.Bus.RunUntil(TestGraph.Ms(1));
        Task<GetParameters_Response> getting = get.SendRequestAsync(new GetParameters_Request { Names = ["speed"] });
        Task<GetParameters_Response> missing = get.SendRequestAsync(new GetParameters_Request { Names = ["speed", "?"] });
        Task<ListParameters_Response> listing = list.SendRequestAsync(new ListParameters_Request { Depth = 1 });
        Task<DescribeParameters_Response> describing =
            describe.SendRequestAsync(new DescribeParameters_Request { Names = ["speed"] });
        graph.Bus.RunUntil(TestGraph.Ms(2));

        Assert.Equal([true, false], setting.Result.Results.Select(r => r.Successful));
        Assert.Equal(0.75, getting.Result.Values.Single().DoubleValue);
        Assert.Empty(missing.Result.Values);
        Assert.Equal(["speed", "start_type_description_service", "use_sim_time"], listing.Result.Result.Names);
        Assert.Equal("speed in m/s", describing.Result.Descriptors.Single().Description);
        Assert.Equal((byte)ParameterType.Double, describing.Result.Descriptors.Single().Type);
    }

    [Fact]
    public void Changes_ArePublishedOnParameterEvents()
    {
        using var graph = new TestGraph();
        Node watcher = graph.Node("b", "watcher");
        var events = new List<string>();
        watcher.CreateSubscription<ParameterEvent>(
            "/parameter_events",
            e => events.Add($"{e.Node} +{Names(e.NewParameters)} ~{Names(e.ChangedParameters)} -{Names(e.DeletedParameters)}"),
            QosProfile.ParameterEventsProfile);
        Node node = graph.Node("a", "n");
        node.DeclareParameter("x", 1);
        node.SetParameter(new Parameter("x", 2));
        graph.Bus.RunUntil(TestGraph.Ms(1));

        Assert.Equal(["/n +start_type_description_service ~ -", "/n +use_sim_time ~ -", "/n +x ~ -", "/n + ~x -"], events);
    }

    [Fact]
    public void ParameterEvents_DepthFromOutside_IsTheirs()
    {
        using var graph = new TestGraph();
        Node node = graph.Host("a").CreateNode("n", options: new NodeOptions
        {
            ParameterOverrides = [new Parameter("qos_overrides./parameter_events.publisher.depth", 7L)],
        });

        Assert.Equal(7, node.Publishers.Single(p => p.Topic == "/parameter_events").QosProfile.Depth);
    }

    [Fact]
    public void UseSimTime_DepthOfTheClockFromOutside_IsItsSubscriptions()
    {
        using var graph = new TestGraph();
        Node node = graph.Host("a").CreateNode("n", options: new NodeOptions
        {
            ParameterOverrides = [new Parameter("qos_overrides./clock.subscription.depth", 7L)],
        });
        for (int i = 0; i < 2; i++)
        {
            Assert.True(node.SetParameter(new Parameter("use_sim_time", true)).Successful);
            Assert.Equal(7, node.Subscriptions.Single(s => s.Topic == "/clock").QosProfile.Depth);
            Assert.True(node.SetParameter(new Parameter("use_sim_time", false)).Successful);
        }
    }

    [Theory]
    [InlineData(0UL, "a.b.c|a.d|e|qos_overrides./parameter_events.publisher.depth|qos_overrides./parameter_events.publisher.durability|qos_overrides./parameter_events.publisher.history|qos_overrides./parameter_events.publisher.reliability|start_type_description_service|use_sim_time")]
    [InlineData(1UL, "e|start_type_description_service|use_sim_time")]
    [InlineData(2UL, "a.d|e|start_type_description_service|use_sim_time")]
    public void List_WithDepth_CountsDots(ulong depth, string expected)
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("a.b.c", 1);
        node.DeclareParameter("a.d", 1);
        node.DeclareParameter("e", 1);

        Assert.Equal(expected.Split('|'), node.ListParameters(depth: depth).Names);
        Assert.Equal(["a.b.c"], node.ListParameters(["a.b"]).Names);
    }

    private static string Names(List<rcl_interfaces.msg.Parameter> parameters) =>
        string.Join(",", parameters.Select(p => p.Name));

    // Wording and order as in rclcpp.
    [Fact]
    public void Set_WhatRclcppRefuses_IsRefusedWithItsWords()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("a", "n");
        node.DeclareParameter("fixed", 1);
        node.DeclareParameter("empty", ParameterType.Integer);

        Assert.Equal(
            "parameter list cannot be empty, this might be due to pre_set_parameters_callback modifying the original parameters list.",
            node.SetParametersAtomically([]).Reason);
        Assert.Equal("cannot undeclare a statically typed parameter", node.SetParameter(new Parameter("fixed", ROS2.ParameterValue.NotSet)).Reason);
        Assert.Equal("parameter 'none' cannot be set because it was not declared", node.SetParameter(new Parameter("none", 1)).Reason);
        Assert.Contains("cannot declare a statically typed parameter with an uninitialized value", Assert.Throws<InvalidParameterTypeException>(
            () => node.DeclareParameter("untyped", ParameterType.NotSet)).Message, StringComparison.Ordinal);
        Assert.StartsWith("parameter 'far' could not be set: Parameter {far} doesn't comply with integer range.", Assert.Throws<InvalidParameterValueException>(
            () => node.DeclareParameter("far", 9, ParameterDescriptors.Range("", 0, 5))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_OfUndeclaredAndUnsetParameters_AnswerAsRclcpp()
    {
        using var graph = new TestGraph();
        Node strict = graph.Node("a", "strict");
        Node open = graph.Host("c").CreateNode("open", options: new NodeOptions { AllowUndeclaredParameters = true });
        strict.DeclareParameter("empty", ParameterType.Integer);
        Node caller = graph.Node("b", "caller");
        using var ofStrict = new ParameterClient(caller, "/strict");
        using var ofOpen = new ParameterClient(caller, "/open");

        Assert.Empty(Answer(ofStrict.GetParametersAsync("empty")));
        Assert.Equal(ParameterType.NotSet, Assert.Single(Answer(ofOpen.GetParametersAsync("unknown"))).Type);
        Assert.Equal("unknown", Assert.Single(Answer(ofOpen.DescribeParametersAsync("unknown"))).Name);
        Assert.Equal("One or more parameters were not declared before setting", Answer(ofStrict.SetParametersAtomicallyAsync(new Parameter("unknown", 1))).Reason);

        T Answer<T>(Task<T> task)
        {
            graph.Bus.RunUntil(graph.Bus.NowNs + 1_000_000_000);
            return task.Result;
        }
    }
}
