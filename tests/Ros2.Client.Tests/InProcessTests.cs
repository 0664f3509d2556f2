using ROS2;
using ROS2.IntraProcess;
using ROS2.Transport;
using Ros2.Tests.Support;
using std_srvs.srv;
using Int32 = std_msgs.msg.Int32;

namespace Ros2.Client.Tests;

/// <summary>The spinning executor, over the in-process transport on the wall clock. Nothing here asserts on durations.</summary>
public sealed class InProcessTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly IntraProcessDomain _domain = new();
    private readonly List<RosContext> _contexts = [];

    public void Dispose() => _contexts.ForEach(c => c.Dispose());

    [Fact]
    public void Spin_PublisherOnAnotherThread_DeliversEverythingInOrder()
    {
        RosContext context = Open();
        using var stop = new CancellationTokenSource(Long);
        var received = new List<int>();
        context.CreateNode("listener").CreateSubscription<Int32>(
            "x",
            m =>
            {
                received.Add(m.Data);
                if (m.Data == 1000)
                {
                    stop.Cancel();
                }
            },
            QosProfile.KeepAll());
        Publisher<Int32> publisher = Open().CreateNode("talker").CreatePublisher<Int32>("x", QosProfile.KeepAll());
        Thread thread = new(() =>
        {
            for (int i = 1; i <= 1000; i++)
            {
                publisher.Publish(new Int32 { Data = i });
            }
        });
        thread.Start();
        context.Spin(stop.Token);
        thread.Join();

        Assert.Equal(Enumerable.Range(1, 1000), received);
    }

    [Fact]
    public void SpinOnce_SampleComesAfterALookThatFoundNone_RunsItsCallback()
    {
        RosContext context = Open();
        int heard = 0;
        context.CreateNode("listener").CreateSubscription<Int32>("x", _ => heard++);
        Publisher<Int32> publisher = Open().CreateNode("talker").CreatePublisher<Int32>("x");
        Thread thread = new(() =>
        {
            Thread.Sleep(50); // the first look at the new subscription is over by then, or the test shows nothing
            publisher.Publish(new Int32());
        });
        thread.Start();

        Assert.True(context.SpinOnce(Long));
        thread.Join();
        Assert.Equal(1, heard);
    }

    [Fact]
    public void SpinOnce_OneNode_LeavesTheOthersReady()
    {
        RosContext context = Open();
        Node a = context.CreateNode("a");
        Node b = context.CreateNode("b");
        int heardByA = 0;
        int heardByB = 0;
        a.CreateSubscription<Int32>("x", _ => heardByA++);
        b.CreateSubscription<Int32>("x", _ => heardByB++);
        Publisher<Int32> publisher = a.CreatePublisher<Int32>("x");
        publisher.Publish(new Int32());
        publisher.Publish(new Int32());

        Assert.True(context.SpinOnce(b, Long));
        Assert.Equal((0, 1), (heardByA, heardByB));
        Assert.True(context.SpinOnce(a, Long));
        Assert.True(context.SpinOnce(a, Long));
        Assert.Equal((2, 1), (heardByA, heardByB));
        Assert.False(context.SpinOnce(a, TimeSpan.Zero));
        Assert.True(context.SpinSome());
        Assert.Equal((2, 2), (heardByA, heardByB));
    }

    [Fact]
    public void Timer_OnTheWallClock_RunsAndStops()
    {
        RosContext context = Open();
        Node node = context.CreateNode("n");
        int calls = 0;
        ROS2.Timer? timer = null;
        timer = node.CreateTimer(TimeSpan.FromMilliseconds(1), _ =>
        {
            if (++calls == 5)
            {
                timer!.Cancel();
                context.Shutdown();
            }
        });
        context.Spin(TestContext.Current.CancellationToken);

        Assert.Equal(5, calls);
        Assert.False(context.IsValid);
    }

    [Fact]
    public void SpinInsideACallback_RunsOtherCallbacks()
    {
        RosContext context = Open();
        Node node = context.CreateNode("n");
        node.CreateService<SetBool, SetBool_Request, SetBool_Response>("s", (q, r) => r.Success = q.Data);
        var client = node.CreateClient<SetBool, SetBool_Request, SetBool_Response>("s");
        bool? answer = null;
        GuardCondition guard = node.CreateGuardCondition(() =>
        {
            Task<SetBool_Response> task = client.SendRequestAsync(new SetBool_Request { Data = true });
            Assert.True(context.SpinUntilComplete(task, Long));
            answer = task.Result.Success;
        });
        guard.Trigger();
        context.SpinOnce(Long);

        Assert.True(answer);
    }

    [Fact]
    public void GuardCondition_FromAnotherThread_EndsTheWait()
    {
        RosContext context = Open();
        int thread = -1;
        GuardCondition guard = context.CreateNode("n").CreateGuardCondition(
            () => thread = Environment.CurrentManagedThreadId);
        var other = new Thread(guard.Trigger);
        other.Start();
        while (thread < 0)
        {
            context.SpinOnce(Long);
        }

        other.Join();
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    [Fact]
    public void MultiThreaded_ExclusiveGroupsNeverOverlap_ReentrantOnesMay()
    {
        RosContext context = Open();
        Node node = context.CreateNode("n");
        using var stop = new CancellationTokenSource(Long);
        using var twoInside = new ManualResetEventSlim();
        CallbackGroup reentrant = node.CreateCallbackGroup(CallbackGroupType.Reentrant);
        int inside = 0;
        int reentrantInside = 0;
        int overlaps = 0;
        int calls = 0;
        for (int i = 0; i < 3; i++)
        {
            node.CreateTimer(TimeSpan.FromMilliseconds(1), _ =>
            {
                overlaps += Interlocked.Increment(ref inside) > 1 ? 1 : 0;
                Thread.Yield();
                Interlocked.Decrement(ref inside);
                calls++;
            });
        }

        for (int i = 0; i < 2; i++)
        {
            ROS2.Timer? timer = null;
            timer = node.CreateTimer(
                TimeSpan.FromMilliseconds(1),
                _ =>
                {
                    timer!.Cancel();
                    if (Interlocked.Increment(ref reentrantInside) > 1)
                    {
                        twoInside.Set();    // nobody left in between: each waits below for the other
                    }

                    if (!twoInside.Wait(Long, CancellationToken.None))
                    {
                        throw new TimeoutException("the reentrant callbacks never ran at once");
                    }

                    stop.Cancel();
                },
                node.Clock,
                reentrant);
        }

        context.SpinMultiThreaded(4, stop.Token);

        Assert.Equal(0, overlaps);
        Assert.True(twoInside.IsSet);
    }

    [Fact]
    public void MultiThreaded_ExceptionInACallback_StopsAllThreadsAndIsThrown()
    {
        RosContext context = Open();
        context.CreateNode("n").CreateTimer(
            TimeSpan.FromMilliseconds(1), _ => throw new InvalidDataException("boom"));

        var error = Assert.Throws<AggregateException>(
            () => context.SpinMultiThreaded(3, TestContext.Current.CancellationToken));
        Assert.All(error.InnerExceptions, e => Assert.IsType<InvalidDataException>(e));
    }

    [Fact]
    public void LateSubscription_TransientLocal_GetsTheLastSamples()
    {
        RosContext context = Open();
        QosProfile latched = QosProfile.KeepLast(2).WithTransientLocal();
        Publisher<Int32> publisher = context.CreateNode("talker").CreatePublisher<Int32>("x", latched);
        for (int i = 1; i <= 4; i++)
        {
            publisher.Publish(new Int32 { Data = i });
        }

        var received = new List<int>();
        context.CreateNode("late").CreateSubscription<Int32>("x", m => received.Add(m.Data), latched);
        while (context.SpinSome())
        {
        }

        Assert.Equal([3, 4], received);
    }

    [Fact]
    public void Graph_NodesAndEndpoints_AreSeenAndChangesTold()
    {
        RosContext context = Open();
        int changes = 0;
        context.GraphChanged += () => changes++;
        RosContext other = Open();
        Node node = other.CreateNode("n", "ns");
        node.CreatePublisher<Int32>("x");
        context.SpinSome();
        IRosGraph graph = context.Transport.Graph;

        Assert.True(changes > 0);
        Assert.Equal([new GraphNode("n", "/ns", "/")], graph.GetNodes());
        GraphEndpoint endpoint = graph.GetEndpoints().Single(e => e.Name == "/ns/x");
        Assert.Equal(
            (GraphEndpointKind.Publisher, "std_msgs/msg/Int32", "n", "/ns"),
            (endpoint.Kind, endpoint.TypeName, endpoint.NodeName, endpoint.NodeNamespace));
        other.Dispose();
        Assert.Empty(graph.GetNodes());
        Assert.Empty(graph.GetEndpoints());
    }

    [Fact]
    public void SpinOnce_AWaitForTheGraphEnds_Returns()
    {
        RosContext context = Open();
        Node server = Open().CreateNode("server");
        var client = context.CreateNode("caller").CreateClient<Trigger, Trigger_Request, Trigger_Response>("do");
        Task<bool> wait = client.WaitForServiceAsync(Timeout.InfiniteTimeSpan);
        Task<bool> spinning = Task.Run(() => context.SpinOnce(Timeout.InfiniteTimeSpan), TestContext.Current.CancellationToken);
        server.CreateService<Trigger, Trigger_Request, Trigger_Response>("do", (_, _) => { });

        Assert.True(spinning.Wait(Long, TestContext.Current.CancellationToken));
        Assert.True(spinning.Result);
        Assert.True(wait.IsCompletedSuccessfully && wait.Result);
    }

    [Fact]
    public void SpinUntilComplete_TaskCompletedOnAnotherThread_Returns()
    {
        RosContext context = Open();
        var source = new TaskCompletionSource();
        Task<bool> spinning = Task.Run(
            () => context.SpinUntilComplete(source.Task, Timeout.InfiniteTimeSpan), TestContext.Current.CancellationToken);
        Thread.Sleep(50); // the wait has begun by then, or the test shows nothing
        source.SetResult();

        Assert.True(spinning.Wait(Long, TestContext.Current.CancellationToken));
        Assert.True(spinning.Result);
    }

    private RosContext Open()
    {
        var context = new RosContext(_domain.CreateTransport(), new RosContextOptions { LogSink = new MemoryLog() });
        _contexts.Add(context);
        return context;
    }
}
