using System.Globalization;
using ROS2;
using Ros2.CycloneDds.Tests.Support;
using std_msgs.msg;

namespace Ros2.CycloneDds.Tests;

/// <summary>
/// Whether memory for large samples is used again, or had from the kernel anew, a page fault for every 4 KiB. Between processes of
/// their own: what lies where in the heap decides.
/// </summary>
public sealed class PageFaultTests
{
    private const int Bytes = 4 << 20;

    private const int Processes = 4; // without care for it about every other process has the faults, some 145 for each message

    private const int Rounds = 6;

    private const int MessagesPerRound = 50;

    private const long MostFaultsPerRound = 20 * MessagesPerRound;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void LargeMessages_ReceivedOneAfterTheOther_CostNoPageFaults()
    {
        uint domain = Domain.Next();
        Domain.Open(domain).Dispose(); // skips where the vendor is not installed
        using PeerProcess writer = PeerProcess.StartRole([], FloodLarge, domain);
        for (int i = 0; i < Processes; i++)
        {
            using PeerProcess reader = PeerProcess.StartRole([], CountFaults, domain);
            reader.ExpectExit(0, 2 * Patience);
        }
    }

    /// <summary>Writes large messages to whoever is there, until it is killed.</summary>
    internal static void FloodLarge()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        Publisher<UInt8MultiArray> publisher = context.CreateNode("flood").CreatePublisher<UInt8MultiArray>("large", QosProfile.KeepAll());
        var message = new UInt8MultiArray { Data = [.. new byte[Bytes]] };
        using var stop = new CancellationTokenSource((Processes + 1) * Patience); // should the parent be gone
        while (!stop.IsCancellationRequested)
        {
            if (publisher.SubscriptionCount == 0)
            {
                context.SpinOnce(TimeSpan.FromMilliseconds(10));
            }
            else
            {
                publisher.Publish(message);
            }
        }
    }

    /// <summary>Receives some rounds of them, of which the best must do with memory that it has.</summary>
    internal static void CountFaults()
    {
        using var context = new RosContext(Domain.Open(null, Environment.GetEnvironmentVariable));
        var done = new TaskCompletionSource<long>();
        long faults = 0;
        long least = long.MaxValue;
        int received = 0;
        context.CreateNode("count").CreateSubscription<UInt8MultiArray>(
            "large",
            message =>
            {
                Assert.Equal(Bytes, message.Data.Count);
                if (received++ % MessagesPerRound != 0)
                {
                    return;
                }

                long now = PageFaults();
                least = received > 1 ? Math.Min(least, now - faults) : least;
                faults = now;
                if (received > Rounds * MessagesPerRound)
                {
                    done.TrySetResult(least);
                }
            },
            QosProfile.KeepAll(),
            reuseMessage: true);

        Assert.True(context.SpinUntilComplete(done.Task, Patience), $"only {received} messages came");
        Assert.InRange(done.Task.Result, 0, MostFaultsPerRound);
    }

    /// <summary>Page faults of this process that needed no disk so far: field 10 of proc(5)'s stat.</summary>
    private static long PageFaults()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
