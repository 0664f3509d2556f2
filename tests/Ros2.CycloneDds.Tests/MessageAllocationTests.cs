using System.Diagnostics;
using nav_msgs.msg;
using ROS2;
using Ros2.CycloneDds.Tests.Support;
using sensor_msgs.msg;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// What a message costs the garbage collector on its whole way, from a publisher's call to a subscription's callback. Measured in
/// a process of its own, where nothing else allocates.
/// </summary>
public sealed class MessageAllocationTests
{
    private const int MostRounds = 20;

    private const int MessagesPerRound = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void PlainMessage_PublishedAndReceivedIntoAReusedOne_AllocatesNothing() => Expect(MeasurePlain);

    [Fact]
    public void MegabyteOfPoints_PublishedAndReceivedIntoAReusedMessage_AllocatesNothing() => Expect(MeasureMegabyte);

    internal static void MeasurePlain()
    {
        var message = new Odometry { ChildFrameId = "base_link" };
        message.Header.FrameId = "odom";

        Assert.Equal((0, 0), LeastAllocated(message, received => Assert.Equal("base_link", received.ChildFrameId)));
    }

    internal static void MeasureMegabyte()
    {
        var message = new PointCloud2 { Height = 1, Width = 65536, PointStep = 16, RowStep = 1 << 20 };
        message.Fields.Add(new PointField { Name = "x", Datatype = PointField.FLOAT32, Count = 1 });
        message.Data.AddRange(new byte[1 << 20]);
        message.Data[^1] = 77;

        Assert.Equal((0, 0), LeastAllocated(message, received => Assert.Equal(77, received.Data[^1])));
    }

    private static void Expect(Action measure)
    {
        uint domain = Domain.Next();
        Domain.Open(domain).Dispose(); // skips where the vendor is not installed
        using PeerProcess process = PeerProcess.StartRole([], measure, domain);
        process.ExpectExit(0, 2 * Patience);
    }

    /// <summary>
    /// Bytes allocated by the thread that publishes and spins, and by all threads, in that of several rounds in which it was
    /// least: discovery that comes late allocates now and then, a message that does so does it in every round.
    /// </summary>
    private static (long OfThread, long OfProcess) LeastAllocated<T>(T message, Action<T> check)
        where T : IRosMessage, new()
    {
        using var near = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        using var far = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        int received = 0;
        T? last = default;
        using Subscription<T> subscription = near.CreateNode("listener").CreateSubscription<T>(
            "steady",
            got =>
            {
                last = got;
                received++;
            },
            QosProfile.DefaultProfile,
            reuseMessage: true);
        using Publisher<T> publisher = far.CreateNode("talker").CreatePublisher<T>("steady", QosProfile.DefaultProfile);
        var watch = Stopwatch.StartNew();
        Spin(() => publisher.SubscriptionCount > 0 && subscription.PublisherCount > 0);
        (long OfThread, long OfProcess) least = (long.MaxValue, long.MaxValue);
        for (int round = 0; round < MostRounds && least != (0, 0); round++)
        {
            long thread = GC.GetAllocatedBytesForCurrentThread();
            long process = GC.GetTotalAllocatedBytes(precise: true);
            for (int i = 0; i < MessagesPerRound; i++)
            {
                int before = received;
                publisher.Publish(message);
                while (received == before && watch.Elapsed < Patience)
                {
                    near.SpinOnce(TimeSpan.FromMilliseconds(10));
                }
            }

            thread = GC.GetAllocatedBytesForCurrentThread() - thread;
            process = GC.GetTotalAllocatedBytes(precise: true) - process;
            least = (Math.Min(least.OfThread, thread), Math.Min(least.OfProcess, process));
        }

        Assert.True(watch.Elapsed < Patience, "messages did not arrive");
        check(last!);
        return least;

        void Spin(Func<bool> until)
        {
            while (!until())
            {
                Assert.True(watch.Elapsed < Patience, "publisher and subscription did not meet");
                near.SpinOnce(TimeSpan.FromMilliseconds(10));
                far.SpinOnce(TimeSpan.Zero);
            }
        }
    }
}
