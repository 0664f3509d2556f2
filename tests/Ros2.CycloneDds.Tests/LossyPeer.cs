using System.Globalization;
using example_interfaces.action;
using example_interfaces.srv;
using ROS2;
using Ros2.CycloneDds.Tests.Support;
using UInt64 = std_msgs.msg.UInt64;

namespace Ros2.CycloneDds.Tests;

/// <summary>What the two processes of <see cref="LossyLinkTests"/> do; they alone run it.</summary>
internal static class LossyPeer
{
    public const string DropVariable = "LOSSY_PEER_DROP";

    private const int Count = 100;
    private const int Flood = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Serves everything until it is killed.</summary>
    public static void Serve()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode("server");
        node.DeclareParameter("speed", 0.5);
        node.CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
            "add", (request, response) => response.Sum = request.A + request.B);
        node.CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci", Run);
        Publisher<UInt64> echo = node.CreatePublisher<UInt64>("echo", QosProfile.KeepAll());
        node.CreateSubscription<UInt64>("numbers", message => PublishKept(echo, message), QosProfile.KeepAll());
        Publisher<UInt64> flood = node.CreatePublisher<UInt64>("flood", QosProfile.SensorDataProfile);
        ulong next = 0;
        node.CreateTimer(TimeSpan.FromMilliseconds(2), _ => flood.Publish(new UInt64 { Data = next++ }));
        using var stop = new CancellationTokenSource(3 * Patience); // should the parent be gone
        context.Spin(stop.Token);
    }

    /// <summary>Uses everything.</summary>
    public static void Call()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode("client");
        List<ulong> flood = [];
        node.CreateSubscription<UInt64>("flood", message => flood.Add(message.Data), QosProfile.SensorDataProfile);

        // All at first, so that they are discovered at the same time.
        var calls = node.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>("add");
        using var parameters = new ParameterClient(node, "/server");
        var goals = node.CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci");

        Topic(context, node);
        Services(context, calls);
        Parameters(context, parameters);
        Action(context, goals);
        BestEffort(context, flood);
    }

    private static void Run(ActionServerGoalHandle<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback> goal)
    {
        List<int> sequence = [0, 1];
        while (sequence.Count < goal.Goal.Order)
        {
            sequence.Add(sequence[^1] + sequence[^2]);
            goal.PublishFeedback(new Fibonacci_Feedback { Sequence = [.. sequence] });
        }

        goal.Succeed(new Fibonacci_Result { Sequence = sequence });
    }

    private static void Topic(RosContext context, Node node)
    {
        List<ulong> got = [];
        var all = new TaskCompletionSource();
        Publisher<UInt64> publisher = node.CreatePublisher<UInt64>("numbers", QosProfile.KeepAll());
        Subscription<UInt64> subscription = node.CreateSubscription<UInt64>(
            "echo",
            message =>
            {
                got.Add(message.Data);
                if (message.Data == Count)
                {
                    all.TrySetResult();
                }
            },
            QosProfile.KeepAll());

        // Volatile: what is sent before the server has matched both ends is not for it. Number 0 is sent until it comes back.
        node.CreateTimer(TimeSpan.FromMilliseconds(50), _ =>
        {
            if (got.Count == 0)
            {
                publisher.Publish(new UInt64());
            }
        });
        var first = new TaskCompletionSource();
        node.CreateTimer(TimeSpan.FromMilliseconds(50), _ =>
        {
            if (got.Count > 0)
            {
                first.TrySetResult();
            }
        });
        Assert.True(context.SpinUntilComplete(first.Task, Patience), "the server's echo");
        for (ulong i = 1; i <= Count; i++)
        {
            PublishKept(publisher, new UInt64 { Data = i });
        }

        Assert.True(context.SpinUntilComplete(all.Task, Patience), $"{got.Count} numbers");
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (ulong)i), got.SkipWhile(number => number == 0));
        subscription.Dispose();
        publisher.Dispose();
    }

    // A reliable writer waits 0.1 s at most for readers that do not keep up, and then tells that it gave the message up.
    private static void PublishKept(Publisher<UInt64> publisher, UInt64 message)
    {
        long dropped;
        do
        {
            dropped = publisher.DroppedCount;
            publisher.Publish(message);
        }
        while (publisher.DroppedCount > dropped);
    }

    private static void Services(RosContext context, Client<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response> client)
    {
        Assert.True(context.SpinUntilComplete(client.WaitForServiceAsync(Patience), Patience), "the service");
        for (int i = 0; i < 20; i++)
        {
            Task<AddTwoInts_Response> answer = client.SendRequestAsync(new AddTwoInts_Request { A = i, B = 1000 });
            Assert.True(context.SpinUntilComplete(answer, Patience), $"answer {i}");
            Assert.Equal(1000 + i, answer.Result.Sum);
        }
    }

    private static void Parameters(RosContext context, ParameterClient server)
    {
        Assert.True(context.SpinUntilComplete(server.WaitForServiceAsync(Patience), Patience), "the parameter services");
        var set = server.SetParametersAsync(new Parameter("speed", 0.25));
        Assert.True(context.SpinUntilComplete(set, Patience), "setting");
        Assert.True(set.Result[0].Successful);
        var get = server.GetParametersAsync("speed");
        Assert.True(context.SpinUntilComplete(get, Patience), "getting");
        Assert.Equal(0.25, get.Result[0].Get<double>());
    }

    private static void Action(
        RosContext context, ActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback> client)
    {
        Assert.True(context.SpinUntilComplete(client.WaitForServerAsync(Patience), Patience), "the action server");
        var goal = client.SendGoalAsync(new Fibonacci_Goal { Order = 10 });
        Assert.True(context.SpinUntilComplete(goal, Patience), "the goal's acceptance");
        Assert.True(goal.Result.Accepted);
        var result = goal.Result.GetResultAsync();
        Assert.True(context.SpinUntilComplete(result, Patience), "the result");
        Assert.Equal([0, 1, 1, 2, 3, 5, 8, 13, 21, 34], result.Result.Sequence);
    }

    // Each packet is lost by itself: the share that arrives is within six standard deviations of what is to be expected.
    private static void BestEffort(RosContext context, List<ulong> flood)
    {
        flood.Clear();
        var enough = new TaskCompletionSource();
        context.Nodes[0].CreateTimer(TimeSpan.FromMilliseconds(20), _ =>
        {
            if (flood.Count > 0 && flood[^1] - flood[0] >= Flood)
            {
                enough.TrySetResult();
            }
        });
        Assert.True(context.SpinUntilComplete(enough.Task, Patience), $"{flood.Count} numbers");

        double arrives = 1 - (double.Parse(Environment.GetEnvironmentVariable(DropVariable)!, CultureInfo.InvariantCulture) / 100);
        double sent = flood[^1] - flood[0] + 1;
        double deviation = Math.Sqrt(arrives * (1 - arrives) / sent);
        Assert.InRange(flood.Count / sent, arrives - (6 * deviation), arrives + (6 * deviation));
        Assert.Equal(flood.Order(), flood);
    }
}
