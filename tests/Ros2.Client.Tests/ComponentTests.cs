using composition_interfaces.srv;
using ROS2;
using ROS2.IntraProcess;
using Ros2.Tests.Support;

namespace Ros2.Client.Tests;

/// <summary>Nodes that are loaded into a running process and unloaded.</summary>
public sealed class ComponentTests : IDisposable
{
    private readonly TestGraph _graph = new();
    private readonly RosContext _context;
    private readonly ComponentContainer _container;
    private readonly Node _operator;

    public ComponentTests()
    {
        _context = _graph.Host("robot");
        _container = new ComponentContainer(_context);
        _operator = _graph.Node("desk", "operator");
        _container.Register("demo", "demo::Talker", (context, options) =>
        {
            Node node = context.CreateNode("talker", options: options);
            node.CreatePublisher<std_msgs.msg.String>(node.DeclareParameter("topic", "chatter"));
            return node;
        });
        _container.Register("demo", "demo::Camera", (context, options) => new Camera(context, options));
        _container.Register("demo", "demo::Broken", (Func<RosContext, NodeOptions, Node>)((_, _) => throw new InvalidOperationException("no camera")));
    }

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void Assembly_OfComponents_CanBeLoaded()
    {
        _container.RegisterLibrary("lib", typeof(Beacon).Assembly.Location); // a copy of this assembly, sharing the client with it

        LoadNode_Response beacon = Load(new LoadNode_Request { PackageName = "lib", PluginName = "lib::Beacon" });
        LoadNode_Response broken = Load(new LoadNode_Request { PackageName = "lib", PluginName = "lib::Broken" });

        Assert.Equal((true, "/beacon", ""), (beacon.Success, beacon.FullNodeName, beacon.ErrorMessage));
        Assert.Equal("Component constructor threw an exception: out of order", broken.ErrorMessage);
        Assert.True(Unload(beacon.UniqueId).Success);
        Assert.DoesNotContain(_context.Nodes, node => node.Name == "beacon");
        Assert.Throws<ArgumentException>(() => _container.RegisterAssembly("client", typeof(Node).Assembly));
        Assert.Throws<FileNotFoundException>(() => _container.RegisterLibrary("x", "/nowhere/x.dll"));
    }

    [Fact]
    public void Index_OfSeveralPrefixes_TellsEachPackageFromTheFirst()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("component index");
        try
        {
            Write("a/share/ament_index/resource_index/dotnet_components/demo", "demo::A;lib/demo/a.dll\n\n");
            Write("b/share/ament_index/resource_index/dotnet_components/demo", "demo::B;lib/demo/b.dll\n");
            Write("b/share/ament_index/resource_index/rclcpp_components/demo", "demo::C;lib/libc.so\ndemo::D\n");
            Write("b/share/ament_index/resource_index/rclcpp_components/arm", "");
            var index = new ComponentIndex([folder.FullName + "/a", folder.FullName + "/b", folder.FullName + "/none"]);

            Assert.Equal(["arm", "demo"], index.Packages);
            Assert.Equal(
                [("demo::A", "a/lib/demo/a.dll", true), ("demo::C", "b/lib/libc.so", false), ("demo::D", "b", false)],
                index.Find("demo").Select(c => (c.Plugin, Path.GetRelativePath(folder.FullName, c.LibraryPath), c.IsManaged)));
            Assert.Empty(index.Find("arm"));
            Assert.Empty(index.Find("leg"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Write(string name, string text)
        {
            string file = Path.Combine(folder.FullName, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    [Fact]
    public void Load_ListUnload_AsInRclcpp()
    {
        LoadNode_Response first = Load(new LoadNode_Request { PluginName = "demo::Talker" });
        LoadNode_Response second = Load(new LoadNode_Request { PluginName = "demo::Camera" });

        Assert.Equal((true, "/talker", 1ul, ""), (first.Success, first.FullNodeName, first.UniqueId, first.ErrorMessage));
        Assert.Equal((true, "/camera", 2ul), (second.Success, second.FullNodeName, second.UniqueId));
        Assert.Equal(["/talker", "/camera"], List().FullNodeNames);
        Assert.Contains(_context.Nodes, node => node.Name == "talker");

        Assert.True(Unload(1).Success);
        Assert.Equal([2ul], List().UniqueIds);
        Assert.DoesNotContain(_context.Nodes, node => node.Name == "talker");
        Assert.Equal("No node found with unique_id: 1", Unload(1).ErrorMessage);
        Assert.Equal(3ul, Load(new LoadNode_Request { PluginName = "demo::Talker" }).UniqueId);
    }

    [Fact]
    public void Load_NameRemappingParametersAndLevel_ReachTheNode()
    {
        LoadNode_Response answer = Load(new LoadNode_Request
        {
            PluginName = "demo::Talker",
            NodeName = "voice",
            NodeNamespace = "left",
            LogLevel = (byte)LogLevel.Error,
            RemapRules = ["news:=/wire"],
            Parameters = [new Parameter("topic", "news").ToMessage()],
            ExtraArguments = [new Parameter("use_intra_process_comms", true).ToMessage()],
        });

        Assert.Equal("/left/voice", answer.FullNodeName);
        Node node = _context.Nodes.Single(candidate => candidate.Name == "voice");
        Assert.Contains(node.Publishers, publisher => publisher.Topic == "/wire");
        Assert.Equal(LogLevel.Error, node.Logger.Level);
    }

    [Theory]
    [InlineData("demo", "demo::Nothing", "Failed to find class with the requested plugin name.")]
    [InlineData("other", "demo::Talker", "Could not find package 'other' in this container.")]
    [InlineData("demo", "demo::Broken", "Component constructor threw an exception: no camera")]
    public void Load_WhatCannotBe_SaysWhyAndTheContainerLives(string package, string plugin, string reason)
    {
        LoadNode_Response answer = Load(new LoadNode_Request { PackageName = package, PluginName = plugin });

        Assert.Equal((false, reason, 0ul), (answer.Success, answer.ErrorMessage, answer.UniqueId));
        Assert.Empty(List().UniqueIds);
    }

    [Fact]
    public void Load_WrongRuleOrArgument_SaysWhy()
    {
        Assert.Contains("expected FROM:=TO", Load(new LoadNode_Request { PluginName = "demo::Talker", RemapRules = ["x"] }).ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("node name 'a b'", Load(new LoadNode_Request { PluginName = "demo::Talker", NodeName = "a b" }).ErrorMessage, StringComparison.Ordinal);
        foreach (string name in new[] { "use_intra_process_comms", "forward_global_arguments" })
        {
            LoadNode_Response answer = Load(new LoadNode_Request { PluginName = "demo::Talker", ExtraArguments = [new Parameter(name, "hello").ToMessage()] });
            Assert.Equal((false, $"Extra component argument '{name}' must be a boolean", 0ul), (answer.Success, answer.ErrorMessage, answer.UniqueId));
        }

        Assert.True(Load(new LoadNode_Request { PluginName = "demo::Talker", ExtraArguments = [new Parameter("speed", 1).ToMessage()] }).Success);
    }

    [Fact]
    public void Load_NameAsARuleAndAsAName_TheRuleHolds()
    {
        LoadNode_Response answer = Load(new LoadNode_Request { PluginName = "demo::Talker", NodeName = "voice", RemapRules = ["__node:=mouth"] });

        Assert.Equal("/mouth", answer.FullNodeName);
    }

    [Fact]
    public void Isolation_OnASchedulersTransport_IsRefused() => Assert.Throws<NotSupportedException>(
        () => new ComponentContainer(_context, isolation: ComponentIsolation.SingleThreaded));

    [Theory]
    [InlineData(ComponentIsolation.SingleThreaded)]
    [InlineData(ComponentIsolation.MultiThreaded)]
    public void Isolation_EachComponent_RunsOnThreadsOfItsOwnAndThrowsAlone(ComponentIsolation isolation)
    {
        var patience = TimeSpan.FromSeconds(30);
        using var context = new RosContext(new IntraProcessDomain().CreateTransport(), new RosContextOptions { LogSink = new MemoryLog() });
        using var container = new ComponentContainer(context, isolation: isolation);
        using var threw = new ManualResetEventSlim();
        using var beat = new ManualResetEventSlim();
        container.Register("demo", "demo::Bad", (host, options) =>
        {
            Node node = host.CreateNode("bad", options: options);
            node.CreateTimer(TimeSpan.FromMilliseconds(1), _ =>
            {
                threw.Set();
                throw new InvalidDataException("boom");
            });
            return node;
        });
        container.Register("demo", "demo::Heart", (host, options) =>
        {
            Node node = host.CreateNode("heart", options: options);
            node.CreateTimer(TimeSpan.FromMilliseconds(1), _ => beat.Set());
            return node;
        });
        Node caller = context.CreateNode("caller");
        var client = caller.CreateClient<LoadNode, LoadNode_Request, LoadNode_Response>("/ComponentManager/_container/load_node");
        foreach (string plugin in new[] { "demo::Bad", "demo::Heart" })
        {
            Task<LoadNode_Response> answer = client.SendRequestAsync(new LoadNode_Request { PackageName = "demo", PluginName = plugin });
            Assert.True(context.SpinUntilComplete(answer, patience));
            Assert.True(answer.Result.Success);
        }

        Assert.True(threw.Wait(patience, TestContext.Current.CancellationToken));
        beat.Reset();
        Assert.True(beat.Wait(patience, TestContext.Current.CancellationToken));
        Assert.True(container.ThreadCount >= 1);
    }

    [Fact]
    public void Components_AndDispose()
    {
        Load(new LoadNode_Request { PluginName = "demo::Talker" });

        Assert.Equal([("demo", "demo::Broken"), ("demo", "demo::Camera"), ("demo", "demo::Talker")], _container.Components);
        _container.Dispose();
        Assert.Empty(_context.Nodes);
    }

    private LoadNode_Response Load(LoadNode_Request request)
    {
        request.PackageName = request.PackageName.Length > 0 ? request.PackageName : "demo";
        return Call<LoadNode, LoadNode_Request, LoadNode_Response>("load_node", request);
    }

    private UnloadNode_Response Unload(ulong id) => Call<UnloadNode, UnloadNode_Request, UnloadNode_Response>("unload_node", new UnloadNode_Request { UniqueId = id });

    private ListNodes_Response List() => Call<ListNodes, ListNodes_Request, ListNodes_Response>("list_nodes", new ListNodes_Request());

    private TResponse Call<TService, TRequest, TResponse>(string service, TRequest request)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new()
    {
        using var client = _operator.CreateClient<TService, TRequest, TResponse>($"/ComponentManager/_container/{service}");
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(100));
        Task<TResponse> answer = client.SendRequestAsync(request);
        _graph.Bus.RunUntil(_graph.Bus.NowNs + TestGraph.Ms(100));
        return answer.Result;
    }

    private sealed class Camera(RosContext context, NodeOptions options) : LifecycleNode(context, "camera", options: options);
}
