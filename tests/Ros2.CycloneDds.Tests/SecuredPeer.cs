using example_interfaces.action;
using example_interfaces.srv;
using ROS2;
using Ros2.CycloneDds.Tests.Support;
using ROS2.Transport;

namespace Ros2.CycloneDds.Tests;

/// <summary>What the two processes of <see cref="SecuredProcessTests"/> do.</summary>
internal static class SecuredPeer
{
    /// <summary>How everything but <see cref="Open"/> turns out for <see cref="Visit"/>: one of the three that follow.</summary>
    public const string ExpectVariable = "SECURED_PEER_EXPECT";

    public const string Answered = "answered";
    public const string Absent = "absent";
    public const string Refused = "refused";

    /// <summary>What <see cref="Guard"/> serves: this always, the others if it may.</summary>
    public const string Open = "open";

    public const string Service = "add";
    public const string Action = "fibonacci";
    public const string TunedNode = "tuned";

    /// <summary>What <see cref="Guard"/> prints behind the name of what it serves or may not serve.</summary>
    public const string Served = " is served";

    /// <inheritdoc cref="Served"/>
    public const string NotServed = " may not be served";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What is there is seen by then: it was there before what has answered.
    private static readonly TimeSpan AfterTime = TimeSpan.FromSeconds(2);

    /// <summary>Serves what it may until it is killed.</summary>
    public static void Guard()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode("guard", options: new NodeOptions { StartParameterServices = false });
        Offer(Service, () => Serve(node, Service));
        Offer(Action, () => node.CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            Action, goal => goal.Succeed(new Fibonacci_Result { Sequence = [0, 1] })));
        Offer(TunedNode, () => context.CreateNode(TunedNode).DeclareParameter("speed", 0.5));
        Serve(node, Open);
        using var stop = new CancellationTokenSource(3 * Patience); // should the parent be gone
        context.Spin(stop.Token);
    }

    /// <summary>Asks for everything.</summary>
    public static void Visit()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Node node = context.CreateNode("visitor", options: new NodeOptions { StartParameterServices = false });
        string expected = Environment.GetEnvironmentVariable(ExpectVariable)!;
        TimeSpan patience = expected == Absent ? AfterTime : Patience;

        Assert.Equal(Answered, Try(() => Call(context, node, Open, Patience)));
        Assert.Equal((Service, expected), (Service, Try(() => Call(context, node, Service, patience))));
        Assert.Equal((Action, expected), (Action, Try(() => SendGoal(context, node, patience))));
        Assert.Equal((TunedNode, expected), (TunedNode, Try(() => GetParameter(context, node, patience))));
    }

    private static void Offer(string name, Action serve)
    {
        try
        {
            serve();
            Console.WriteLine(name + Served);
        }
        catch (RosTransportException e)
        {
            Console.WriteLine($"{name}{NotServed}: {e.Message}");
        }
    }

    private static void Serve(Node node, string name) =>
        node.CreateService<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(
            name, (request, response) => response.Sum = request.A + request.B);

    private static string Try(Func<bool> ask)
    {
        try
        {
            return ask() ? Answered : Absent;
        }
        catch (RosTransportException e)
        {
            Assert.EndsWith(": not allowed by the security permissions", e.Message, StringComparison.Ordinal);
            return Refused;
        }
    }

    private static bool Call(RosContext context, Node node, string name, TimeSpan patience)
    {
        using var client = node.CreateClient<AddTwoInts, AddTwoInts_Request, AddTwoInts_Response>(name);
        return Await(context, client.WaitForServiceAsync(patience))
            && Await(context, client.SendRequestAsync(new AddTwoInts_Request { A = 20, B = 22 })).Sum == 42;
    }

    private static bool SendGoal(RosContext context, Node node, TimeSpan patience)
    {
        using var client = node.CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(Action);
        return Await(context, client.WaitForServerAsync(patience))
            && Await(context, Await(context, client.SendGoalAsync(new Fibonacci_Goal { Order = 2 })).GetResultAsync()).Sequence.Count == 2;
    }

    private static bool GetParameter(RosContext context, Node node, TimeSpan patience)
    {
        using var parameters = new ParameterClient(node, "/" + TunedNode);
        return Await(context, parameters.WaitForServiceAsync(patience))
            && Await(context, parameters.GetParametersAsync("speed"))[0].Get<double>() == 0.5;
    }

    private static T Await<T>(RosContext context, Task<T> task)
    {
        Assert.True(context.SpinUntilComplete(task, 2 * Patience), "no answer");
        return task.GetAwaiter().GetResult();
    }
}
