using action_msgs.srv;
using ROS2;
using ROS2.Simulation;
using Ros2.Tests.Support;
using test_msgs.action;
using static Ros2.Tests.Support.TestGraph;
using Goal = ROS2.ActionServerGoalHandle<
    test_msgs.action.Fibonacci, test_msgs.action.Fibonacci_Goal, test_msgs.action.Fibonacci_Result, test_msgs.action.Fibonacci_Feedback>;
using GoalClient = ROS2.ActionClient<
    test_msgs.action.Fibonacci, test_msgs.action.Fibonacci_Goal, test_msgs.action.Fibonacci_Result, test_msgs.action.Fibonacci_Feedback>;

namespace Ros2.Client.Tests;

public sealed class ActionTests
{
    [Fact]
    public void Goal_Executed_GivesFeedbackThenResult()
    {
        using var graph = new TestGraph(links: new SeededLinkModel(1, new LinkParameters { DelayNs = Ms(10) }));
        Node server = graph.Node("server", "s");
        Serve(server, goal => Compute(server, goal));
        GoalClient client = ClientOf(graph.Node("client", "c"));
        var feedback = new List<string>();
        var log = new List<string>();
        graph.Bus.Schedule(Ms(1), () => _ = RunAsync());
        graph.Bus.RunUntil(Ms(5000));

        Assert.Equal(["0,1,1", "0,1,1,2", "0,1,1,2,3"], feedback);
        Assert.Equal(["accepted at 11", "0,1,1,2,3 Succeeded"], log);

        async Task RunAsync()
        {
            var goal = await client.SendGoalAsync(
                new Fibonacci_Goal { Order = 5 }, f => feedback.Add(string.Join(",", f.Sequence)));
            log.Add($"{(goal.Accepted ? "accepted" : "rejected")} at {RosTime.ToNanoseconds(goal.Stamp) / 1_000_000}");
            Fibonacci_Result result = await goal.GetResultAsync();
            log.Add($"{string.Join(",", result.Sequence)} {goal.Status}");
        }
    }

    [Fact]
    public void Goal_Rejected_IsNotAcceptedAndNeverExecuted()
    {
        using var graph = new TestGraph();
        int accepted = 0;
        graph.Node("server", "s").CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "fibonacci", _ => accepted++, (_, goal) => goal.Order < 0 ? GoalResponse.Reject : GoalResponse.AcceptAndExecute);
        var task = ClientOf(graph.Node("client", "c")).SendGoalAsync(new Fibonacci_Goal { Order = -1 });
        graph.Bus.RunUntil(1);

        Assert.False(task.Result.Accepted);
        Assert.Equal(0, accepted);
    }

    [Fact]
    public void Goal_Deferred_ExecutesWhenTheServerSaysSo()
    {
        using var graph = new TestGraph();
        Goal? goal = null;
        graph.Node("server", "s").CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "fibonacci", g => goal = g, (_, _) => GoalResponse.AcceptAndDefer);
        var task = ClientOf(graph.Node("client", "c")).SendGoalAsync(new Fibonacci_Goal());
        graph.Bus.RunUntil(1);
        Assert.Equal(ActionGoalStatus.Accepted, goal!.Status);
        Assert.Equal(ActionGoalStatus.Accepted, task.Result.Status);

        goal.Execute();
        graph.Bus.RunUntil(2);

        Assert.True(goal.IsExecuting);
        Assert.Equal(ActionGoalStatus.Executing, task.Result.Status);
        Assert.Throws<InvalidOperationException>(goal.Execute);
    }

    [Theory]
    [InlineData(CancelResponse.Accept, CancelGoal_Response.ERROR_NONE)]
    [InlineData(CancelResponse.Reject, CancelGoal_Response.ERROR_REJECTED)]
    public void Cancel_AsTheServerDecides(CancelResponse decision, sbyte code)
    {
        using var graph = new TestGraph();
        Goal? goal = null;
        Serve(graph.Node("server", "s"), g => goal = g, _ => decision);
        var sending = ClientOf(graph.Node("client", "c")).SendGoalAsync(new Fibonacci_Goal());
        graph.Bus.RunUntil(1);
        Task<CancelGoal_Response> canceling = sending.Result.CancelGoalAsync();
        graph.Bus.RunUntil(2);

        Assert.Equal(code, canceling.Result.ReturnCode);
        Assert.Equal(decision == CancelResponse.Accept, goal!.IsCanceling);
        Assert.Equal(decision == CancelResponse.Accept ? 1 : 0, canceling.Result.GoalsCanceling.Count);
    }

    [Fact]
    public void Cancel_ThenCanceled_EndsTheGoalWithItsResult()
    {
        using var graph = new TestGraph();
        Goal? goal = null;
        Serve(graph.Node("server", "s"), g => goal = g, _ => CancelResponse.Accept);
        var client = ClientOf(graph.Node("client", "c"));
        var sending = client.SendGoalAsync(new Fibonacci_Goal());
        graph.Bus.RunUntil(1);
        Assert.Throws<InvalidOperationException>(() => goal!.Canceled(new Fibonacci_Result()));
        Task<Fibonacci_Result> result = sending.Result.GetResultAsync();
        sending.Result.CancelGoalAsync();
        graph.Bus.RunUntil(2);
        Assert.False(result.IsCompleted);
        goal!.Canceled(new Fibonacci_Result { Sequence = [42] });
        graph.Bus.RunUntil(3);

        Assert.Equal([42], result.Result.Sequence);
        Assert.Equal(ActionGoalStatus.Canceled, sending.Result.Status);
        Assert.False(goal.IsActive);
        Task<CancelGoal_Response> late = sending.Result.CancelGoalAsync();
        graph.Bus.RunUntil(4);
        Assert.Equal(CancelGoal_Response.ERROR_GOAL_TERMINATED, late.Result.ReturnCode);
    }

    [Fact]
    public void CancelAll_AndBefore_MeanTheRightGoals()
    {
        using var graph = new TestGraph();
        var goals = new List<Goal>();
        Serve(graph.Node("server", "s"), goals.Add, _ => CancelResponse.Accept);
        GoalClient client = ClientOf(graph.Node("client", "c"));
        for (int i = 1; i <= 3; i++)
        {
            graph.Bus.RunUntil(Ms(1000 * i));
            client.SendGoalAsync(new Fibonacci_Goal { Order = i });
        }

        graph.Bus.RunUntil(Ms(4000));
        client.CancelGoalsBeforeAsync(RosTime.ToMessage(Ms(2000)));
        graph.Bus.RunUntil(Ms(4001));
        Assert.Equal([true, true, false], goals.Select(g => g.IsCanceling));

        Task<CancelGoal_Response> all = client.CancelAllGoalsAsync();
        graph.Bus.RunUntil(Ms(4002));

        Assert.Single(all.Result.GoalsCanceling);
        Assert.All(goals, g => Assert.True(g.IsCanceling));
    }

    [Fact]
    public void Result_AfterItsTimeout_IsForgotten()
    {
        using var graph = new TestGraph();
        Serve(graph.Node("server", "s"), g => g.Abort(new Fibonacci_Result { Sequence = [1] }));
        GoalClient client = ClientOf(graph.Node("client", "c"));
        var first = client.SendGoalAsync(new Fibonacci_Goal());
        var second = client.SendGoalAsync(new Fibonacci_Goal());
        graph.Bus.RunUntil(Ms(9_000));
        Task<Fibonacci_Result> kept = first.Result.GetResultAsync();
        graph.Bus.RunUntil(Ms(11_000));
        Task<Fibonacci_Result> forgotten = second.Result.GetResultAsync();
        graph.Bus.RunUntil(Ms(12_000));

        Assert.Equal([1], kept.Result.Sequence);
        Assert.Equal(ActionGoalStatus.Aborted, first.Result.Status);
        Assert.Empty(forgotten.Result.Sequence);
    }

    [Fact]
    public void ServerIsReady_FollowsTheServer()
    {
        using var graph = new TestGraph();
        GoalClient client = ClientOf(graph.Node("client", "c"));
        Task<bool> waiting = client.WaitForServerAsync(TimeSpan.FromSeconds(5));
        graph.Bus.RunUntil(Ms(1000));
        Assert.False(client.ServerIsReady());
        Node server = graph.Node("server", "s");
        Serve(server, _ => { });
        graph.Bus.RunUntil(Ms(1001));
        Assert.True(waiting.Result);

        server.Dispose();

        Assert.False(client.ServerIsReady());
        Assert.Empty(server.ActionServers);
    }

    [Fact]
    public void Goals_OfManyClientsOverBadLinks_AllSucceedDeterministically()
    {
        Assert.Equal(RunMany(3), RunMany(3));
        Assert.NotEqual(RunMany(3), RunMany(4));
    }

    [Fact]
    public void Uuid_IsBigEndianOnTheWire()
    {
        var guid = new Guid("00112233-4455-6677-8899-aabbccddeeff");

        Assert.Equal(Convert.FromHexString("00112233445566778899aabbccddeeff"), guid.ToUuidByteArray());
        Assert.Equal(guid, guid.ToUuidMsg().ToGuid());
    }

    private static string RunMany(ulong seed)
    {
        var links = new SeededLinkModel(seed, new LinkParameters { LossProbability = 0.3, JitterNs = Ms(30) });
        using var graph = new TestGraph(seed, links);
        using var digest = new BusDigest();
        graph.Bus.OnEvent += digest.Add;
        Node server = graph.Node("server", "s");
        Serve(server, goal => Compute(server, goal));
        int done = 0;
        for (int i = 0; i < 5; i++)
        {
            _ = RunAsync(ClientOf(graph.Node($"client_{i}", $"c_{i}")));
        }

        graph.Bus.RunUntil(Ms(60_000));
        Assert.Equal(5, done);
        return digest.ToHex();

        async Task RunAsync(GoalClient client)
        {
            var goal = await client.SendGoalAsync(new Fibonacci_Goal { Order = 6 });
            Fibonacci_Result result = await goal.GetResultAsync();
            Assert.Equal([0, 1, 1, 2, 3, 5], result.Sequence);
            done++;
        }
    }

    private static void Compute(Node node, Goal goal)
    {
        var sequence = new List<int> { 0, 1 };
        ROS2.Timer? timer = null;
        timer = node.CreateTimer(TimeSpan.FromMilliseconds(100), _ =>
        {
            if (sequence.Count < goal.Goal.Order)
            {
                sequence.Add(sequence[^1] + sequence[^2]);
                goal.PublishFeedback(new Fibonacci_Feedback { Sequence = sequence });
                return;
            }

            timer!.Dispose();
            goal.Succeed(new Fibonacci_Result { Sequence = sequence });
        });
    }

    private static void Serve(Node node, Action<Goal> accepted, Func<Goal, CancelResponse>? cancel = null) =>
        node.CreateActionServer<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>(
            "fibonacci", accepted, cancelCallback: cancel);

    private static GoalClient ClientOf(Node node) =>
        node.CreateActionClient<Fibonacci, Fibonacci_Goal, Fibonacci_Result, Fibonacci_Feedback>("fibonacci");
}
