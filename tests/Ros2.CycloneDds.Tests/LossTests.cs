using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Best-effort samples at 2 kHz while this process stops for full collections again and again.</summary>
[Collection("alone")]
public sealed class LossTests
{
    private const int Count = 6000;
    private const int Rate = 2000;
    private const int MinCollections = 5;

    private static readonly TimeSpan PauseBetweenCollections = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void BestEffort_At2KilohertzDuringFullCollections_LosesNothing()
    {
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("listener", "/");
        ISubscriptionEndpoint subscription = transport.CreateSubscription(
            node, "/flood", Wire.Type("std_msgs/msg/UInt64"), QosProfile.KeepLast(Count).WithBestEffort());
        var numbers = new Numbers();
        spinner.Ready.Capacity = 4 * Count;
        spinner.WhenReady = (_, _) => subscription.Take(int.MaxValue, numbers);
        object ballast = Ballast();
        using var stop = new CancellationTokenSource();
        int collections = 0;
        var collector = new Thread(() =>
        {
            // A pause between two: without it the other threads get no turn at all on an idle machine.
            while (!stop.Token.WaitHandle.WaitOne(PauseBetweenCollections))
            {
                GC.Collect(2, GCCollectionMode.Forced, blocking: true);
                collections++;
            }
        })
        {
            IsBackground = true, // a test that fails must not keep the process
        };

        using PeerProcess peer = PeerProcess.Start("flood_peer_cyclone", domain, $"{Rate}", $"{Count}", "20");
        collector.Start();
        spinner.Until(() => peer.HasExited, "the writer's end");
        spinner.Until(() => !transport.Wait(50_000_000), "quiet");
        stop.Cancel();
        collector.Join();

        peer.ExpectExit(0);
        GC.KeepAlive(ballast);
        Assert.InRange(collections, MinCollections, int.MaxValue);
        Assert.Equal(Count, numbers.Seen.Distinct().Count());
        Assert.Equal(numbers.Seen.Order(), numbers.Seen);
    }

    // Many small objects that live: marking them is what makes a full collection long.
    private static List<object[]> Ballast()
    {
        var all = new List<object[]>();
        for (int i = 0; i < 1_000_000; i++)
        {
            all.Add([i, i]);
        }

        return all;
    }

    private sealed class Numbers : ISampleHandler
    {
        public List<ulong> Seen { get; } = new(Count);

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info) => Seen.Add(BitConverter.ToUInt64(cdr[4..]));
    }
}
