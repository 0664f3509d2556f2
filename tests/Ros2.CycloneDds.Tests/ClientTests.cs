using example_interfaces.action;
using example_interfaces.srv;
using ROS2;
using Ros2.CycloneDds.Tests.Support;
using ROS2.Transport;
using type_description_interfaces.msg;
using type_description_interfaces.srv;

namespace Ros2.CycloneDds.Tests;

/// <summary>The ROS client on this transport: what users write runs unchanged.</summary>
public sealed class ClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void TalkerAndListener_OfTwoContexts_Talk()
    {
        uint domain = Domain.Next();
        using var near = new RosContext(Domain.Open(domain));
        using var far = new RosContext(Domain.Open(domain));
        Node listener = near.CreateNode("listener");
        Publisher<std_msgs.msg.String> publisher = far.CreateNode("talker").CreatePublisher<std_msgs.msg.String>("chatter");
        var heard = new TaskCompletionSource<string>();
        listener.CreateSubscription<std_msgs.msg.String>("chatter", message => heard.TrySetResult(message.Data));
        listener.CreateTimer(TimeSpan.FromMilliseconds(20), _ => publisher.Publish(new std_msgs.msg.String { Data = "hello" }));

        Assert.True(near.SpinUntilComplete(heard.Task, Patience));
        Assert.Equal("hello", heard.Task.Result);
    }

    [Fact]
    public void IgnoreLocalPublications_HearsOtherContextsAlone()
    {
        uint domain = Domain.Next();
        using var near = new RosContext(Domain.Open(domain));
        using var far = new RosContext(Domain.Open(domain));
        Node node = near.CreateNode("n");
        Publisher<std_msgs.msg.Int32> local = near.CreateNode("local").CreatePublisher<std_msgs.msg.Int32>("x");
        Publisher<std_msgs.msg.Int32> remote = far.CreateNode("remote").CreatePublisher<std_msgs.msg.Int32>("x");
        var all = new HashSet<int>();
        var others = new HashSet<int>();
        var done = new TaskCompletionSource();
        node.CreateSubscription<std_msgs.msg.Int32>("x", m => all.Add(m.Data));
        node.CreateSubscription<std_msgs.msg.Int32>("x", m => others.Add(m.Data), null, new SubscriptionOptions { IgnoreLocalPublications = true });
        node.CreateTimer(TimeSpan.FromMilliseconds(20), _ =>
        {
            local.Publish(new std_msgs.msg.Int32 { Data = 1 });
            remote.Publish(new std_msgs.msg.Int32 { Data = 2 });
            if (all.Count == 2 && others.Count > 0)
            {
                done.TrySetResult();
            }
        });

        Assert.True(near.SpinUntilComplete(done.Task, Patience));
        Assert.Equal([2], others);
    }

    [Fact]
    public void ServiceCall_ToAnotherContext_IsAnswered()
    {
        uint domain = Domain.Next();
        using var near = new RosContext(Domain.Open(domain));
        using var far = new RosContext(Domain.Open(domain));
        far.CreateNode("adder").CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
            "add", (request, response) => response.Sum = request.A + request.B);
        Client<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> client =
            near.CreateNode("caller").CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        using var stop = new CancellationTokenSource();
        Task spinning = Task.Run(() => far.Spin(stop.Token), TestContext.Current.CancellationToken);

        Assert.True(near.SpinUntilComplete(client.WaitForServiceAsync(Patience), Patience));
        Task<AddTwoInts_Response> answer = client.SendRequestAsync(new AddTwoInts_Request { A = 20, B = 22 });
        Assert.True(near.SpinUntilComplete(answer, Patience));
        stop.Cancel();
        spinning.Wait(TestContext.Current.CancellationToken);

        Assert.Equal(42, answer.Result.Sum);
    }

    [Fact]
    public void WaitsForServers_WithNothingElseToRun_EndWhenTheServerIsThere()
    {
        uint domain = Domain.Next();
        using var near = new RosContext(Domain.Open(domain));
        using var far = new RosContext(Domain.Open(domain));
        Node caller = near.CreateNode("caller");
        Node server = far.CreateNode("server");
        using var stop = new CancellationTokenSource();
        Task spinning = Task.Run(() => far.Spin(stop.Token), TestContext.Current.CancellationToken);

        for (int i = 0; i < 10; i++)
        {
            using var client = caller.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>($"add_{i}");
            Task<bool> wait = client.WaitForServiceAsync(Timeout.InfiniteTimeSpan);
            using var service = server.CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
                $"add_{i}", (request, response) => response.Sum = request.A + request.B);
            AssertEnds(near, wait);
        }

        var goals = caller.CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci");
        Task<bool> waitForAction = goals.WaitForServerAsync(Timeout.InfiniteTimeSpan);
        using var action = server.CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "fibonacci", goal => goal.Succeed(new Fibonacci_Result()));
        AssertEnds(near, waitForAction);
        stop.Cancel();
        spinning.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void TypeThatOnlyTheTalkerKnows_IsDescribedAndHeard()
    {
        uint domain = Domain.Next();
        using var near = new RosContext(Domain.Open(domain));
        using var far = new RosContext(Domain.Open(domain));
        TypeDescription description = RosTypeDescriptions.Describe(RosMessageType.Of<geometry_msgs.msg.PointStamped>());
        description.TypeDescription_.TypeName = "survey_msgs/msg/Mark";
        RosMessageType known = DescribedTypes.CreateMessageType(description);
        IRosMessage mark = known.Create();
        RosYamlReader.Read("{header: {frame_id: map}, point: {x: 1.5}}", mark);
        far.CreateNode("talker").CreateGenericPublisher("mark", known, QosProfile.KeepLast(1).WithTransientLocal()).Publish(mark);
        using var stop = new CancellationTokenSource();
        Task spinning = Task.Run(() => far.Spin(stop.Token), TestContext.Current.CancellationToken);
        Node node = near.CreateNode("listener");
        GraphEndpoint? Talker() => near.Transport.Graph.GetEndpoints().FirstOrDefault(end => end is { Name: "/mark", NodeName: "talker", TypeHash.Length: > 0 });

        Assert.True(near.SpinUntilComplete(node.WaitForGraphAsync(() => Talker() is not null, Patience), Patience));
        using var client = new TypeDescriptionClient(node, "/talker");
        Assert.True(near.SpinUntilComplete(client.WaitForServiceAsync(Patience), Patience));
        Task<GetTypeDescription_Response> answer = client.DescribeAsync(Talker()!.TypeName, Talker()!.TypeHash);
        Assert.True(near.SpinUntilComplete(answer, Patience));
        RosMessageType type = DescribedTypes.CreateMessageType(answer.Result.TypeDescription, answer.Result.TypeSources);
        var heard = new TaskCompletionSource<string>();
        node.CreateGenericSubscription(
            "mark", type, (IRosMessage message, in SampleInfo _) => heard.TrySetResult(RosPythonWriter.ToCsv(message)), QosProfile.KeepLast(1).WithTransientLocal());
        Assert.True(near.SpinUntilComplete(heard.Task, Patience));
        stop.Cancel();
        spinning.Wait(TestContext.Current.CancellationToken);

        Assert.Equal("0,0,map,1.5,0.0,0.0", heard.Task.Result);
    }

    [Fact]
    public void EndsDisposed_BeforeTheirTurn_ArePassedOver()
    {
        using var context = new RosContext(Domain.Open(Domain.Next()));
        Node node = context.CreateNode("node");
        var later = new TaskCompletionSource();
        node.CreateTimer(TimeSpan.FromMilliseconds(1), _ => later.TrySetResult());

        node.CreateSubscription<std_msgs.msg.String>("chatter", _ => { }).Dispose(); // each is due for a first look
        node.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add").Dispose();
        node.CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add", (_, _) => { }).Dispose();

        Assert.True(context.SpinUntilComplete(later.Task, Patience));
    }

    /// <summary>Spins without a bound of its own: what never ends the spin fails here.</summary>
    private static void AssertEnds(RosContext context, Task<bool> wait)
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        Task<bool> spinning = Task.Run(() => context.SpinUntilComplete(wait, Timeout.InfiniteTimeSpan), cancel);
        Assert.True(spinning.Wait(Patience, cancel));
        Assert.True(wait.IsCompletedSuccessfully && wait.Result);
    }
}
