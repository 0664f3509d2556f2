using ROS2;
using ROS2.Simulation;
using Ros2.Tests.Support;
using std_srvs.srv;
using static Ros2.Tests.Support.TestGraph;
using SetBoolClient = ROS2.Client<std_srvs.srv.SetBool, std_srvs.srv.SetBool_Request, std_srvs.srv.SetBool_Response>;

namespace Ros2.SimulatedBus.Tests;

public sealed class ServiceTests
{
    [Fact]
    public void Request_OverADelayedLink_IsAnsweredAfterTheRoundTrip()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(30) });
        using var graph = new TestGraph(links: links);
        Serve(graph.Node("server", "s"));
        SetBoolClient client = ClientOf(graph.Node("client", "c"));
        long answered = -1;
        Task<SetBool_Response> task = client.SendRequestAsync(new SetBool_Request { Data = true });
        task.ContinueWith(_ => answered = graph.Bus.NowNs, TaskContinuationOptions.ExecuteSynchronously);
        graph.Bus.RunUntil(Ms(1000));

        Assert.True(task.Result.Success);
        Assert.Equal(Ms(60), answered);
        Assert.Equal(0, client.PendingCount);
    }

    [Fact]
    public void Requests_OfTwoClients_GetTheirOwnAnswers()
    {
        var links = new SeededLinkModel(3, new LinkParameters { JitterNs = Ms(30), LossProbability = 0.3 });
        using var graph = new TestGraph(links: links);
        Serve(graph.Node("server", "s"));
        SetBoolClient a = ClientOf(graph.Node("a", "a"));
        SetBoolClient b = ClientOf(graph.Node("b", "b"));
        var tasks = new List<(bool Sent, Task<SetBool_Response> Task)>();
        for (int i = 0; i < 5; i++)
        {
            bool data = i % 2 == 0;
            tasks.Add((data, a.SendRequestAsync(new SetBool_Request { Data = data })));
            tasks.Add((!data, b.SendRequestAsync(new SetBool_Request { Data = !data })));
        }

        graph.Bus.RunUntil(Ms(30_000));

        Assert.All(tasks, t => Assert.Equal(t.Sent, t.Task.Result.Success));
    }

    [Fact]
    public void Await_InNodeCode_ContinuesAtTheVirtualTimeOfTheAnswer()
    {
        var links = new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(10) });
        using var graph = new TestGraph(links: links);
        Serve(graph.Node("server", "s"));
        Node node = graph.Node("client", "c");
        SetBoolClient client = ClientOf(node);
        var steps = new List<long>();
        graph.Bus.Schedule(Ms(5), () => _ = CallThrice());
        graph.Bus.RunUntil(Ms(1000));

        Assert.Equal([Ms(25), Ms(45), Ms(65)], steps);

        async Task CallThrice()
        {
            for (int i = 0; i < 3; i++)
            {
                await client.SendRequestAsync(new SetBool_Request());
                steps.Add(node.Clock.NowNanoseconds);
            }
        }
    }

    [Fact]
    public void Request_WithoutServer_TimesOutOnVirtualTime()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("client", "c");
        SetBoolClient client = ClientOf(node);
        Assert.False(client.ServiceIsReady());
        Task<SetBool_Response> task = client.SendRequestAsync(
            new SetBool_Request(), TimeSpan.FromSeconds(2), CancellationToken.None);
        Task<SetBool_Response> canceled = client.SendRequestAsync(
            new SetBool_Request(), TimeSpan.FromSeconds(2), new CancellationToken(canceled: true));
        graph.Bus.RunUntil(Ms(1999));
        Assert.False(task.IsCompleted);
        Assert.True(canceled.IsCanceled);

        graph.Bus.RunUntil(Ms(2000));

        Assert.IsType<TimeoutException>(task.Exception!.InnerException);
        Assert.Equal(0, client.PendingCount);
        Assert.Empty(node.Timers);
    }

    [Fact]
    public void WaitForService_ServerAppears_CompletesThen()
    {
        using var graph = new TestGraph();
        Node node = graph.Node("client", "c");
        SetBoolClient client = ClientOf(node);
        Task<bool> early = client.WaitForServiceAsync(TimeSpan.FromSeconds(1));
        Task<bool> patient = client.WaitForServiceAsync(TimeSpan.FromSeconds(10));
        graph.Bus.Schedule(Ms(2000), () => Serve(graph.Node("server", "s")));
        graph.Bus.RunUntil(Ms(1000));
        Assert.True(early.IsCompleted);
        Assert.False(early.Result);
        Assert.False(patient.IsCompleted);

        graph.Bus.RunUntil(Ms(2000));

        Assert.True(patient.Result);
        Assert.Empty(node.Timers);
    }

    [Fact]
    public void DeferredService_AnswersLater()
    {
        using var graph = new TestGraph();
        Node server = graph.Node("server", "s");
        server.CreateDeferredService<SetBool, SetBool_Request, SetBool_Response>("set", (request, responder) =>
        {
            ROS2.Timer? timer = null;
            timer = server.CreateTimer(TimeSpan.FromSeconds(1), _ =>
            {
                timer!.Dispose();
                Assert.True(responder.Respond(new SetBool_Response { Success = request.Data }));
                Assert.Throws<InvalidOperationException>(() => responder.Respond(new SetBool_Response()));
            });
        });
        Task<SetBool_Response> task = ClientOf(graph.Node("client", "c")).SendRequestAsync(new SetBool_Request { Data = true });
        graph.Bus.RunUntil(Ms(999));
        Assert.False(task.IsCompleted);
        graph.Bus.RunUntil(Ms(1000));

        Assert.True(task.Result.Success);
    }

    [Fact]
    public void Client_Disposed_CancelsItsPendingRequests()
    {
        using var graph = new TestGraph();
        SetBoolClient client = ClientOf(graph.Node("client", "c"));
        Task<SetBool_Response> task = client.SendRequestAsync(new SetBool_Request());

        client.Dispose();

        Assert.True(task.IsCanceled);
        Assert.Throws<ObjectDisposedException>(() => { client.SendRequestAsync(new SetBool_Request()); });
    }

    private static void Serve(Node node) =>
        node.CreateService<SetBool, SetBool_Request, SetBool_Response>("set", (request, response) => response.Success = request.Data);

    private static SetBoolClient ClientOf(Node node) =>
        node.CreateClient<SetBool, SetBool_Request, SetBool_Response>("set");
}
