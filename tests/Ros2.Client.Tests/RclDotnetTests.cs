#nullable disable
using ROS2;
using ROS2.IntraProcess;
using test_msgs.action;

namespace Ros2.Client.Tests;

/// <summary>Programs as they are written for ros2_dotnet: static entry, spinning node by node, no disposal.</summary>
public sealed class RclDotnetTests : IDisposable
{
    public RclDotnetTests() => RCLdotnet.Init(new IntraProcessDomain().CreateTransport());

    public void Dispose()
    {
        RosContext context = RCLdotnet.Context;
        RCLdotnet.Shutdown();
        context.Dispose();
    }

    [Fact]
    public void Context_InitTwice_StaysTheSame_AndShutdownEndsIt()
    {
        RosContext first = RCLdotnet.Context;
        RCLdotnet.Init(new IntraProcessDomain().CreateTransport());

        Assert.Same(first, RCLdotnet.Context);
        Assert.True(RCLdotnet.Ok());
        Assert.Equal("aios_intra_process", RCLdotnet.GetRMWIdentifier());
        RCLdotnet.Shutdown();
        Assert.False(RCLdotnet.Ok());
        RCLdotnet.Spin(RCLdotnet.Context.Nodes.FirstOrDefault() ?? throwawayNode());

        static Node throwawayNode()
        {
            RCLdotnet.Init(new IntraProcessDomain().CreateTransport());
            Node node = RCLdotnet.CreateNode("n");
            RCLdotnet.Shutdown();
            return node;
        }
    }

    [Fact]
    public void TalkerAndListener_SpunInTurn_Talk()
    {
        Node talker = RCLdotnet.CreateNode("talker");
        Node listener = RCLdotnet.CreateNode("listener", "ears");
        Publisher<std_msgs.msg.String> publisher = talker.CreatePublisher<std_msgs.msg.String>("/chatter");
        string heard = null;
        listener.CreateSubscription<std_msgs.msg.String>("/chatter", m => heard = m.Data);
        while (heard == null)
        {
            publisher.Publish(new std_msgs.msg.String { Data = "hello" });
            RCLdotnet.SpinOnce(talker, 1);
            RCLdotnet.SpinOnce(listener, 500);
        }

        Assert.Equal("hello", heard);
        Assert.Equal("/ears/listener", listener.FullyQualifiedName);
        Assert.Equal("/ears", listener.Namespace);
        Assert.Equal("/", talker.Namespace);
        Assert.Single(listener.Subscriptions);
    }

    [Fact]
    public void Publish_BrokenBounds_Throws()
    {
        Node node = RCLdotnet.CreateNode("n");
        Publisher<test_msgs.msg.Arrays> publisher = node.CreatePublisher<test_msgs.msg.Arrays>("arrays");
        var message = new test_msgs.msg.Arrays { BoolValues = new bool[2] };

        Exception error = Assert.ThrowsAny<Exception>(() => publisher.Publish(message));
        Assert.Contains("BoolValues", error.Message, StringComparison.Ordinal);
        publisher.Publish(new test_msgs.msg.Arrays());
    }

    [Fact]
    public void Service_CalledFromAnotherNode_Answers()
    {
        Node server = RCLdotnet.CreateNode("server");
        Node caller = RCLdotnet.CreateNode("caller");
        var service = server.CreateService<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>(
            "switch", (request, response) => response.Message = request.Data ? "on" : "off");
        var client = caller.CreateClient<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>("switch");
        Assert.True(client.ServiceIsReady());
        Task<std_srvs.srv.SetBool_Response> task = client.SendRequestAsync(new std_srvs.srv.SetBool_Request { Data = true });
        while (!task.IsCompleted)
        {
            RCLdotnet.SpinOnce(server, 50);
            RCLdotnet.SpinOnce(caller, 50);
        }

        Assert.Equal("on", task.Result.Message);
        Assert.Equal("/switch", service.Name);
    }

    [Fact]
    public void GuardCondition_TriggeredAndNot_RunsOnlyThen()
    {
        Node node = RCLdotnet.CreateNode("n");
        int calls = 0;
        GuardCondition guard = node.CreateGuardCondition(() => calls++);
        RCLdotnet.SpinOnce(node, 1);
        Assert.Equal(0, calls);
        guard.Trigger();
        RCLdotnet.SpinOnce(node, 500);
        Assert.Equal(1, calls);
        RCLdotnet.SpinOnce(node, 1);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Action_ServerSpinsInsideItsCallback_ClientGetsFeedbackAndResult()
    {
        Node serverNode = RCLdotnet.CreateNode("action_server");
        Node clientNode = RCLdotnet.CreateNode("action_client");
        List<int> heard = null;
        serverNode.CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci", goal =>
        {
            goal.PublishFeedback(new Fibonacci_Feedback { Sequence = new List<int> { 0, 1 } });
            RCLdotnet.SpinOnce(serverNode, 1);
            RCLdotnet.SpinOnce(clientNode, 500);
            goal.Succeed(new Fibonacci_Result { Sequence = new List<int> { 0, 1, goal.Goal.Order } });
        });
        var client = clientNode.CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci");
        var sending = client.SendGoalAsync(new Fibonacci_Goal { Order = 7 }, f => heard = f.Sequence);
        SpinUntil(sending);
        Task<Fibonacci_Result> result = sending.Result.GetResultAsync();
        SpinUntil(result);

        Assert.Equal(new List<int> { 0, 1 }, heard);
        Assert.Equal(new List<int> { 0, 1, 7 }, result.Result.Sequence);
        Assert.Equal(ActionGoalStatus.Succeeded, sending.Result.Status);

        void SpinUntil(Task task)
        {
            while (!task.IsCompleted)
            {
                RCLdotnet.SpinOnce(serverNode, 5);
                RCLdotnet.SpinOnce(clientNode, 5);
            }
        }
    }

    [Fact]
    public void CreateNode_OfANameInUse_ReplacesTheNode()
    {
        Node first = RCLdotnet.CreateNode("n", "a");
        first.CreateService<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>("s", (_, _) => { });
        Node other = RCLdotnet.CreateNode("n", "b");
        var client = other.CreateClient<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>("/a/s");
        Assert.True(client.ServiceIsReady());

        RCLdotnet.CreateNode("n", "a");

        Assert.False(client.ServiceIsReady());
        Assert.Equal(2, RCLdotnet.Context.Nodes.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void SpinOnce_NoBound_WaitsForWork(long timeout)
    {
        Node node = RCLdotnet.CreateNode("n");
        int calls = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(1), _ => calls++);

        while (calls == 0)
        {
            RCLdotnet.SpinOnce(node, timeout);
        }
    }

    [Fact]
    public void JumpThreshold_ArgumentsByName_SetTheProperties()
    {
        var threshold = new JumpThreshold(
            onClockChange: true, minForward: TimeSpan.FromSeconds(2), minBackward: TimeSpan.FromSeconds(-3));

        Assert.True(threshold.OnClockChange);
        Assert.Equal((2, -3), (threshold.MinForward.TotalSeconds, threshold.MinBackward.TotalSeconds));
    }

    [Fact]
    public void Clock_OfTheContext_ShowsSystemTime()
    {
        Clock clock = RCLdotnet.CreateClock(ClockType.SystemTime);

        Assert.True(clock.Now().Sec > 1_600_000_000);
        Assert.True(RCLdotnet.CreateClock().NowNanoseconds >= clock.NowNanoseconds - 1_000_000_000);
    }
}
