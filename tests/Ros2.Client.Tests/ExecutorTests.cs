using ROS2;
using ROS2.IntraProcess;
using Ros2.Tests.Support;
using std_srvs.srv;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>Executors that are given nodes and callback groups, as rclcpp's. Nothing here asserts on durations.</summary>
public sealed class ExecutorTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly RosContext _context = new(new IntraProcessDomain().CreateTransport(), new RosContextOptions { LogSink = new MemoryLog() });

    public void Dispose() => _context.Dispose();

    [Fact]
    public void AddNode_OnlyItsCallbacksRun_AndTheContextNoLongerRunsThem()
    {
        Node a = _context.CreateNode("a");
        Node b = _context.CreateNode("b");
        var heard = new List<string>();
        a.CreateSubscription<Int32>("x", _ => heard.Add("a"));
        b.CreateSubscription<Int32>("x", _ => heard.Add("b"));
        using var executor = new SingleThreadedExecutor(_context);
        executor.AddNode(a);
        a.CreatePublisher<Int32>("x").Publish(new Int32());

        executor.SpinAll(TimeSpan.Zero);
        Assert.Equal(["a"], heard);
        Assert.True(_context.SpinAll(TimeSpan.Zero));
        Assert.Equal(["a", "b"], heard);
        a.CreatePublisher<Int32>("x").Publish(new Int32());
        _context.SpinAll(TimeSpan.Zero);
        Assert.Equal(["a", "b", "b"], heard);
        executor.RemoveNode(a);
        _context.SpinAll(TimeSpan.Zero);
        Assert.Equal(["a", "b", "b", "a"], heard);
    }

    [Fact]
    public void AddNode_TwiceOrToTwo_IsRefusedAndRemovingToo()
    {
        Node node = _context.CreateNode("n", "ns");
        CallbackGroup group = node.CreateCallbackGroup(CallbackGroupType.Reentrant);
        using var one = new SingleThreadedExecutor(_context);
        using var other = new MultiThreadedExecutor(_context);
        using var elsewhere = new RosContext(new IntraProcessDomain().CreateTransport());
        one.AddNode(node);
        one.AddCallbackGroup(group);

        Assert.Equal(
            "Node '/ns/n' has already been added to an executor.",
            Assert.Throws<InvalidOperationException>(() => other.AddNode(node)).Message);
        Assert.Throws<InvalidOperationException>(() => other.RemoveNode(node));
        Assert.Equal(
            "Callback group has already been added to an executor.",
            Assert.Throws<InvalidOperationException>(() => other.AddCallbackGroup(group)).Message);
        Assert.Throws<InvalidOperationException>(() => other.RemoveCallbackGroup(group));
        Assert.Throws<ArgumentException>(() => one.AddNode(elsewhere.CreateNode("m")));
        Assert.Equal([node], one.Nodes);
        node.Dispose();
        Assert.Empty(one.Nodes);
        Assert.True(other.ThreadCount >= 2);
    }

    [Fact]
    public void Executors_OnThreadsOfTheirOwn_RunTheirNodesThere()
    {
        var threads = new int[2];
        using var bothRan = new CountdownEvent(2);
        var executors = new SingleThreadedExecutor[2];
        var spinning = new Thread[2];
        for (int i = 0; i < 2; i++)
        {
            int me = i;
            Node node = _context.CreateNode($"n{i}");
            node.CreateSubscription<Int32>("x", _ =>
            {
                threads[me] = Environment.CurrentManagedThreadId;
                bothRan.Signal();
            });
            executors[i] = new SingleThreadedExecutor(_context);
            executors[i].AddNode(node);
            spinning[i] = new Thread(() => executors[me].Spin(CancellationToken.None));
            spinning[i].Start();
        }

        Publisher<Int32> publisher = _context.CreateNode("talker").CreatePublisher<Int32>("x");
        publisher.Publish(new Int32());
        Assert.True(bothRan.Wait(Long, TestContext.Current.CancellationToken));
        Assert.Equal(spinning.Select(t => t.ManagedThreadId), threads);
        foreach (SingleThreadedExecutor executor in executors)
        {
            executor.Cancel();
        }

        Assert.All(spinning, t => Assert.True(t.Join(Long)));
        Array.ForEach(executors, e => e.Dispose());
    }

    [Fact]
    public void Spin_WhileSpinning_IsRefused()
    {
        Node node = _context.CreateNode("n");
        using var executor = new SingleThreadedExecutor(_context);
        executor.AddNode(node);
        var errors = new List<string>();
        node.CreateGuardCondition(() =>
        {
            Assert.True(executor.IsSpinning);
            errors.Add(Assert.Throws<InvalidOperationException>(() => executor.SpinOnce(TimeSpan.Zero)).Message);
            errors.Add(Assert.Throws<InvalidOperationException>(() => executor.SpinSome()).Message);
            executor.Cancel();
        }).Trigger();

        executor.Spin(TestContext.Current.CancellationToken);

        Assert.Equal(["SpinOnce() called while already spinning", "SpinSome() called while already spinning"], errors);
        Assert.False(executor.IsSpinning);
        Assert.Throws<ArgumentOutOfRangeException>(() => executor.SpinAll(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public void SpinUntilFutureComplete_TellsHowItEnded()
    {
        Node node = _context.CreateNode("n");
        using var executor = new SingleThreadedExecutor(_context);
        executor.AddNode(node);
        var never = new TaskCompletionSource();
        var soon = new TaskCompletionSource();
        node.CreateGuardCondition(soon.SetResult).Trigger();

        Assert.Equal(FutureReturnCode.Success, executor.SpinUntilFutureComplete(soon.Task, Long));
        Assert.Equal(FutureReturnCode.Timeout, executor.SpinUntilFutureComplete(never.Task, TimeSpan.FromMilliseconds(1)));
        node.CreateGuardCondition(executor.Cancel).Trigger();
        Assert.Equal(FutureReturnCode.Interrupted, executor.SpinUntilFutureComplete(never.Task, Timeout.InfiniteTimeSpan));
        node.CreateGuardCondition(_context.Shutdown).Trigger();
        Assert.Equal(FutureReturnCode.Interrupted, executor.SpinUntilFutureComplete(never.Task, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void SpinSome_ReadyAtOnce_RunsTimersThenSubscriptionsServicesClientsOnceEach()
    {
        Node node = _context.CreateNode("n");
        var order = new List<string>();
        GuardCondition guard = node.CreateGuardCondition(() => order.Add("guard"));
        node.CreateService<SetBool, SetBool_Request, SetBool_Response>("s", (_, _) => order.Add("service"));
        var client = node.CreateClient<SetBool, SetBool_Request, SetBool_Response>("s");
        node.CreateSubscription<Int32>("x", _ => order.Add("subscription"));
        Publisher<Int32> publisher = node.CreatePublisher<Int32>("x");
        _context.SpinAll(TimeSpan.Zero); // each new endpoint is looked at once
        guard.Trigger();
        Task<SetBool_Response> answer = client.SendRequestAsync(new SetBool_Request());
        publisher.Publish(new Int32());
        publisher.Publish(new Int32());
        ROS2.Timer? timer = null;
        timer = node.CreateTimer(TimeSpan.Zero, _ =>
        {
            order.Add("timer");
            timer!.Cancel();
        });

        _context.SpinSome();
        Assert.Equal(["timer", "subscription", "service", "guard"], order);
        _context.SpinAll(TimeSpan.Zero);

        Assert.Equal(["timer", "subscription", "service", "guard", "subscription"], order);
        Assert.True(answer.IsCompletedSuccessfully);
    }

    [Fact]
    public void Spin_TimerThatIsAlwaysReady_LeavesTheOthersTheirTurn()
    {
        Node node = _context.CreateNode("n");
        using var stop = new CancellationTokenSource(Long);
        node.CreateTimer(TimeSpan.Zero, _ => { });
        Publisher<Int32> publisher = node.CreatePublisher<Int32>("x", QosProfile.KeepAll());
        int heard = 0;
        node.CreateSubscription<Int32>(
            "x",
            m =>
            {
                heard++;
                if (m.Data == 0)
                {
                    stop.Cancel();
                }

                publisher.Publish(new Int32 { Data = m.Data - 1 });
            },
            QosProfile.KeepAll());
        publisher.Publish(new Int32 { Data = 50 });

        _context.Spin(stop.Token);

        Assert.True(heard >= 51, "the messages came to their end, not the patience of the test");
    }

    [Fact]
    public void Spin_CallbackThrows_TheRestIsStillThereAtTheNextSpin()
    {
        Node node = _context.CreateNode("n");
        int heard = 0;
        node.CreateSubscription<Int32>("bad", _ => throw new InvalidDataException("boom"));
        node.CreateSubscription<Int32>("good", _ => heard++);
        _context.SpinAll(TimeSpan.Zero);
        node.CreatePublisher<Int32>("bad").Publish(new Int32());
        node.CreatePublisher<Int32>("good").Publish(new Int32());

        Assert.Throws<InvalidDataException>(() => _context.SpinAll(TimeSpan.Zero));
        _context.SpinAll(TimeSpan.Zero);

        Assert.Equal(1, heard);
    }

    [Fact]
    public void Callback_DisposesItselfAndItsNode_NothingOfItRunsAfterwards()
    {
        Node node = _context.CreateNode("n");
        Node other = _context.CreateNode("other");
        Publisher<Int32> publisher = other.CreatePublisher<Int32>("x", QosProfile.KeepAll());
        int first = 0;
        int second = 0;
        Subscription<Int32>? own = null;
        own = other.CreateSubscription<Int32>(
            "x",
            _ =>
            {
                first++;
                own!.Dispose();
                node.Dispose();
            },
            QosProfile.KeepAll());
        node.CreateSubscription<Int32>("x", _ => second++, QosProfile.KeepAll());
        _context.SpinAll(TimeSpan.Zero);
        for (int i = 0; i < 5; i++)
        {
            publisher.Publish(new Int32());
        }

        _context.SpinAll(TimeSpan.Zero);

        Assert.Equal((1, 0), (first, second));
        Assert.Equal([other], _context.Nodes);
    }

    [Fact]
    public void Nodes_MadeAndDisposedWhileAnotherThreadSpins_AreServed()
    {
        using var stop = new CancellationTokenSource();
        var spinning = new Thread(() => _context.SpinMultiThreaded(2, stop.Token));
        spinning.Start();
        for (int i = 0; i < 20; i++)
        {
            using Node node = _context.CreateNode($"n{i}");
            using var heard = new ManualResetEventSlim();
            node.CreateSubscription<Int32>("x", _ => heard.Set());
            node.CreatePublisher<Int32>("x").Publish(new Int32());
            Assert.True(heard.Wait(Long, TestContext.Current.CancellationToken));
        }

        stop.Cancel();
        Assert.True(spinning.Join(Long));
    }
}
