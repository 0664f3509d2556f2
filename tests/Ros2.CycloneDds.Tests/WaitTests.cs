using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

public sealed class WaitTests : IDisposable
{
    private readonly DdsTransport _transport = Domain.Open(Domain.Next());

    public void Dispose() => _transport.Dispose();

    [Fact]
    public void Wait_WithNothingGoingOn_TimesOut()
    {
        Settle();

        Assert.False(_transport.Wait(1_000_000));
        Assert.False(_transport.Wait(0));
    }

    [Fact]
    public void Wake_BeforeTheWait_IsNotLost()
    {
        Settle();
        _transport.Wake();

        Assert.True(_transport.Wait(-1));
        Assert.False(_transport.Wait(0));
    }

    [Fact]
    public async Task Wake_FromAnotherThread_EndsTheWait()
    {
        Settle();
        Task<bool> waiting = Task.Run(() => _transport.Wait(-1), TestContext.Current.CancellationToken);
        _transport.Wake();

        Assert.True(await waiting);
    }

    [Fact]
    public async Task Dispose_DuringAWait_EndsIt()
    {
        DdsTransport transport = Domain.Open(Domain.Next());
        var begun = new ManualResetEventSlim();
        Task waiting = Task.Run(
            () =>
            {
                begun.Set();
                while (true)
                {
                    transport.Wait(-1);
                }
            },
            TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);

        transport.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [Fact]
    public async Task Wait_AfterManyShortOnes_StillTimesOutAndIsWoken()
    {
        (IPublisherEndpoint publisher, byte[] sample, Counter counter) = OpenLoop();
        Exchange(publisher, sample, counter, 200); // from here on a wait looks a while for events before it sleeps
        Settle();

        Assert.False(_transport.Wait(1_000));
        Assert.False(_transport.Wait(1_000_000));
        Task<bool> waiting = Task.Run(() => _transport.Wait(-1), TestContext.Current.CancellationToken);
        _transport.Wake();
        Assert.True(await waiting);
    }

    [Fact]
    public void Wait_PerMessage_DoesNotAllocate()
    {
        (IPublisherEndpoint publisher, byte[] sample, Counter counter) = OpenLoop();
        Exchange(publisher, sample, counter, 200); // warms up: discovery, tiering, dictionaries

        // Discovery that comes late is told in Wait too, and allocates once; what a message allocates is in every round.
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Exchange(publisher, sample, counter, 1000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    /// <summary>A publisher whose samples the counter gets in Wait.</summary>
    private (IPublisherEndpoint Publisher, byte[] Sample, Counter Counter) OpenLoop()
    {
        var spinner = new Spinner(_transport);
        INodeEndpoint node = _transport.CreateNode("n", "/");
        ISubscriptionEndpoint subscription = _transport.CreateSubscription(node, "/t", Wire.String, QosProfile.DefaultProfile);
        IPublisherEndpoint publisher = _transport.CreatePublisher(node, "/t", Wire.String, QosProfile.DefaultProfile);
        var counter = new Counter();
        spinner.Ready.Capacity = 100_000;
        spinner.WhenReady = (_, _) => subscription.Take(10, counter);
        return (publisher, Wire.Text("steady"), counter);
    }

    private void Exchange(IPublisherEndpoint publisher, byte[] sample, Counter counter, int count)
    {
        for (int i = 0; i < count; i++)
        {
            int target = counter.Count + 1;
            publisher.Publish(sample);
            while (counter.Count < target)
            {
                _transport.Wait(-1);
            }
        }
    }

    // The participant's own discovery is an event of its own.
    private void Settle()
    {
        while (_transport.Wait(50_000_000))
        {
        }
    }

    private sealed class Counter : ISampleHandler
    {
        public int Count { get; private set; }

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info) => Count++;
    }
}
