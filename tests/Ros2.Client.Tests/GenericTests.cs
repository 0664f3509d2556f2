using example_interfaces.action;
using example_interfaces.srv;
using ROS2;
using ROS2.Transport;
using Ros2.Tests.Support;

namespace Ros2.Client.Tests;

/// <summary>Topics, services and actions whose type is chosen at run time, and the graph they show up in.</summary>
public sealed class GenericTests : IDisposable
{
    private static readonly RosTypeRegistry Registry = RosTypeRegistry.FromAssemblies(typeof(std_msgs.msg.String).Assembly);

    private readonly TestGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public void PublisherAndSubscription_OfATypeByName_CarryMessages()
    {
        RosMessageType type = Registry.FindMessage("geometry_msgs/Twist")!;
        var heard = new List<IRosMessage>();
        _graph.Node("a", "listener").CreateGenericSubscription("cmd", type, (IRosMessage message, in SampleInfo _) => heard.Add(message));
        SerializedPublisher publisher = _graph.Node("b", "talker").CreateGenericPublisher("cmd", type);
        IRosMessage twist = type.Create();
        RosYamlReader.Read("{linear: {x: 0.5}}", twist);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        publisher.Publish(twist);
        _graph.Bus.RunUntil(TestGraph.Ms(200));

        Assert.Equal(0.5, Assert.IsType<geometry_msgs.msg.Twist>(Assert.Single(heard)).Linear.X);
        Assert.Throws<ArgumentException>(() => publisher.Publish(new std_msgs.msg.Empty()));
    }

    [Fact]
    public void Client_OfATypeByName_GetsTheAnswer()
    {
        _graph.Node("a", "adder").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (q, r) => r.Sum = q.A + q.B);
        RosServiceType type = Registry.FindService("example_interfaces/srv/AddTwoInts")!;
        GenericClient client = _graph.Node("b", "caller").CreateGenericClient("add", type);
        IRosMessage request = type.Request.Create();
        RosYamlReader.Read("{a: 20, b: 22}", request);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        Task<IRosMessage> answer = client.SendRequestAsync(request);
        _graph.Bus.RunUntil(TestGraph.Ms(200));

        Assert.True(client.ServiceIsReady());
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal("sum: 42\n", RosYamlWriter.ToYaml(answer.Result));
        Assert.Throws<ArgumentException>(() => { _ = client.SendRequestAsync(new std_msgs.msg.Empty()); });
    }

    [Fact]
    public void ActionClient_OfATypeByName_GetsFeedbackAndResult()
    {
        ServeFibonacci();
        RosActionType type = Registry.FindAction("example_interfaces/action/Fibonacci")!;
        using GenericActionClient client = _graph.Node("b", "caller").CreateGenericActionClient("fibonacci", type);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        Assert.True(client.ServerIsReady());
        var feedback = new List<string>();
        IRosMessage goal = type.Goal.Create();
        RosYamlReader.Read("order: 4", goal);
        Task<Guid?> sent = client.SendGoalAsync(goal, m => feedback.Add(RosYamlWriter.ToYaml(m, new MessageTextOptions { FlowStyle = true })));
        _graph.Bus.RunUntil(TestGraph.Ms(200));
        Task<(ActionGoalStatus Status, IRosMessage Result)> result = client.GetResultAsync(sent.Result!.Value);
        _graph.Bus.RunUntil(TestGraph.Ms(2000));

        Assert.Equal(ActionGoalStatus.Succeeded, result.Result.Status);
        Assert.Equal("sequence:\n- 4\n", RosYamlWriter.ToYaml(result.Result.Result));
        Assert.Equal(["{sequence: [1]}\n"], feedback);
    }

    [Fact]
    public void ActionClient_GoalThatIsRefused_IsNull()
    {
        ServeFibonacci();
        RosActionType type = Registry.FindAction("example_interfaces/Fibonacci")!;
        using GenericActionClient client = _graph.Node("b", "caller").CreateGenericActionClient("fibonacci", type);
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        Task<Guid?> sent = client.SendGoalAsync(type.Goal.Create());
        _graph.Bus.RunUntil(TestGraph.Ms(200));

        Assert.Null(sent.Result);
    }

    [Fact]
    public void GraphView_TellsWhatTheRosToolsAsk()
    {
        ServeFibonacci();
        Node node = _graph.Node("b", "talker");
        node.CreatePublisher<std_msgs.msg.String>("chatter");
        node.CreatePublisher<std_msgs.msg.String>("_secret");
        _graph.Node("c", "_hidden").CreateSubscription<std_msgs.msg.String>("chatter", _ => { });
        _graph.Bus.RunUntil(TestGraph.Ms(100));
        var view = new RosGraphView(_graph.Host("d").Transport.Graph);

        Assert.Equal(["/server", "/talker"], view.NodeNames(includeHidden: false));
        Assert.Equal(["/_hidden", "/server", "/talker"], view.NodeNames(includeHidden: true));
        Assert.Equal(["/chatter", "/parameter_events", "/rosout"], view.Topics(includeHidden: false).Select(topic => topic.Name));
        Assert.Contains(view.Topics(includeHidden: true), topic => topic.Name == "/_secret");
        Assert.Equal(["std_msgs/msg/String"], view.TopicTypes("/chatter"));
        Assert.Empty(view.TopicTypes("/nothing"));
        Assert.Single(view.EndpointsOf("/chatter", GraphEndpointKind.Subscription));
        Assert.Equal(("/fibonacci", "example_interfaces/action/Fibonacci"), view.Actions(false).Select(a => (a.Name, a.Types[0])).Single());
        Assert.Equal(["/server"], view.NodesOfAction("/fibonacci", GraphEndpointKind.Publisher));
        Assert.Equal("/fibonacci", Assert.Single(view.ActionServersOf("/server", false)).Name);
        Assert.Empty(view.ActionClientsOf("/server", false));
        Assert.Equal(["rcl_interfaces/srv/GetParameters"], view.ServiceTypes("/talker/get_parameters"));
        Assert.DoesNotContain(view.Services(includeHidden: false), service => RosGraphView.IsHidden(service.Name));
        Assert.Equal(["/chatter"], view.NamesOf("/_hidden", GraphEndpointKind.Subscription, false).Select(topic => topic.Name));
    }

    [Fact]
    public void Node_AskedForTheGraph_AnswersByExpandedNames()
    {
        Node node = _graph.Host("a").CreateNode("n", "ns");
        node.CreatePublisher<std_msgs.msg.String>("chatter");
        node.CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (_, _) => { });
        Node other = _graph.Host("b").CreateNode("m", "ns");
        other.CreateSubscription<std_msgs.msg.String>("chatter", _ => { });
        other.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        _graph.Bus.RunUntil(TestGraph.Ms(100));

        GraphEndpoint publisher = Assert.Single(other.GetPublishersInfoByTopic("chatter"));
        Assert.Equal(("n", "/ns", "std_msgs/msg/String"), (publisher.NodeName, publisher.NodeNamespace, publisher.TypeName));
        Assert.StartsWith("RIHS01_", publisher.TypeHash, StringComparison.Ordinal);
        Assert.Equal("m", Assert.Single(node.GetSubscriptionsInfoByTopic("/ns/chatter")).NodeName);
        Assert.Equal((1, 1, 1, 1), (other.CountPublishers("chatter"), node.CountSubscribers("chatter"), other.CountServices("add"), node.CountClients("add")));
        Assert.Equal(0, other.CountPublishers("/chatter"));
        Assert.Equal(["/ns/m", "/ns/n"], node.GetNodeNames());
        Assert.Contains(node.GetTopicNamesAndTypes(), topic => topic.Name == "/ns/chatter");
        Assert.Contains(node.GetServiceNamesAndTypes(), service => service.Name == "/ns/add");
        Assert.Contains(other.GetServiceNamesAndTypesByNode("/ns/n"), service => service.Name == "/ns/add");
    }

    private void ServeFibonacci() => _graph.Node("a", "server").CreateActionServer<
        Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
        "fibonacci",
        goal =>
        {
            goal.PublishFeedback(new Fibonacci_Feedback { Sequence = [1] });
            goal.Succeed(new Fibonacci_Result { Sequence = [goal.Goal.Order] });
        },
        (_, goal) => goal.Order > 0 ? GoalResponse.AcceptAndExecute : GoalResponse.Reject);
}
