using ROS2;
using ROS2.IntraProcess;
using Ros2.Tests.Support;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>Callback groups that executors are given by themselves, and messages that no callback gets.</summary>
public sealed class CallbackGroupTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly RosContext _context = new(new IntraProcessDomain().CreateTransport(), new RosContextOptions { LogSink = new MemoryLog() });

    public void Dispose() => _context.Dispose();

    [Fact]
    public void CallbackGroup_NotAddedWithItsNode_RunsOnlyInTheExecutorItWasGivenTo()
    {
        Node node = _context.CreateNode("n");
        CallbackGroup group = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive, automaticallyAddToExecutorWithNode: false);
        int heard = 0;
        int others = 0;
        node.CreateSubscription<Int32>("x", _ => heard++, null, new SubscriptionOptions { CallbackGroup = group });
        node.CreateSubscription<Int32>("x", _ => others++);
        using var executor = new SingleThreadedExecutor(_context);
        node.CreatePublisher<Int32>("x").Publish(new Int32());

        _context.SpinAll(TimeSpan.Zero);
        Assert.Equal((0, 1), (heard, others));
        executor.AddCallbackGroup(group);
        executor.SpinAll(TimeSpan.Zero);
        Assert.Equal((1, 1), (heard, others));
        executor.RemoveCallbackGroup(group);
        node.CreatePublisher<Int32>("x").Publish(new Int32());
        executor.SpinAll(TimeSpan.Zero);
        _context.SpinAll(TimeSpan.Zero);
        Assert.Equal((1, 2), (heard, others));
    }

    [Fact]
    public void TryTake_GroupThatNobodyRuns_GivesMessagesOneByOne()
    {
        Node node = _context.CreateNode("n");
        CallbackGroup group = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive, automaticallyAddToExecutorWithNode: false);
        Subscription<Int32> subscription = node.CreateSubscription<Int32>(
            "x",
            _ => Assert.Fail("nobody runs its group"),
            null,
            new SubscriptionOptions { CallbackGroup = group, ContentFilter = new ContentFilterOptions { FilterExpression = "data <> 2" } });
        Publisher<Int32> publisher = node.CreatePublisher<Int32>("x");
        for (int i = 1; i <= 3; i++)
        {
            publisher.Publish(new Int32 { Data = i });
        }

        _context.SpinAll(TimeSpan.Zero);

        Assert.True(subscription.TryTake(out Int32? first, out ROS2.Transport.SampleInfo info));
        Assert.True(subscription.TryTake(out Int32? second, out _));
        Assert.Equal((1, 3), (first.Data, second.Data));
        Assert.Equal(publisher.Gid, info.Publisher);
        Assert.False(subscription.TryTake(out _, out _));
    }

    [Fact]
    public void CallbackGroup_ThatNobodyRunsOnTheSimulatedBus_WaitsForAnExecutor()
    {
        using var graph = new TestGraph();
        RosContext host = graph.Host("a");
        Node node = host.CreateNode("n");
        CallbackGroup group = node.CreateCallbackGroup(CallbackGroupType.MutuallyExclusive, automaticallyAddToExecutorWithNode: false);
        var heard = new List<int>();
        int ticks = 0;
        Subscription<Int32> subscription = node.CreateSubscription<Int32>(
            "x", m => heard.Add(m.Data), null, new SubscriptionOptions { CallbackGroup = group });
        node.CreateTimer(TimeSpan.FromMilliseconds(10), _ => ticks++, node.Clock, group);
        Publisher<Int32> publisher = node.CreatePublisher<Int32>("x");
        publisher.Publish(new Int32 { Data = 1 });
        publisher.Publish(new Int32 { Data = 2 });
        graph.Bus.RunUntil(TestGraph.Ms(105));
        Assert.Equal((0, 0), (heard.Count, ticks));
        Assert.True(subscription.TryTake(out Int32? first, out _));
        Assert.Equal(1, first.Data);

        using var executor = new SingleThreadedExecutor(host);
        executor.AddCallbackGroup(group);
        publisher.Publish(new Int32 { Data = 3 });
        graph.Bus.RunUntil(TestGraph.Ms(125));

        Assert.Equal([2, 3], heard);
        Assert.Equal(2, ticks);
    }

    [Fact]
    public void WaitForMessage_ComesOrDoesNot_LeavesNoSubscription()
    {
        Node node = _context.CreateNode("n");
        Task<Int32?> got = node.WaitForMessageAsync<Int32>("x", Long, cancellationToken: TestContext.Current.CancellationToken);
        node.CreatePublisher<Int32>("x").Publish(new Int32 { Data = 7 });
        Assert.True(_context.SpinUntilComplete(got, Long));
        Assert.Equal(7, got.Result!.Data);

        Task<Int32?> none = node.WaitForMessageAsync<Int32>(
            "y", TimeSpan.FromMilliseconds(1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(_context.SpinUntilComplete(none, Long));
        Assert.Null(none.Result);
        Assert.DoesNotContain(node.Subscriptions, s => s.Topic is "/x" or "/y");
        Assert.Empty(node.Timers);
    }
}
