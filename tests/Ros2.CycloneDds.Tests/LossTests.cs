using ROS2;
using ROS2.Dds;
using ROS2.Transport;
using Ros2.CycloneDds.Tests.Support;

namespace Ros2.CycloneDds.Tests;

/// <summary>Best-effort samples at 2 kHz while this process stops, again and again, for full collections of 400 ms and more.</summary>
[Collection("alone")]
public sealed class LossTests
{
    private const int Count = 8000;
    private const int Rate = 2000;
    private const int MinLongPauses = 3;
    private const int MostFloods = 5; // of which one is enough, unless the machine is busy
    private const int LinksAtATime = 1 << 21;
    private const int MostLinks = 16 << 20;

    private static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan PauseBetweenCollections = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void BestEffort_At2KilohertzDuringLongFullCollections_LosesNothing()
    {
        List<Link> ballast = Ballast();
        uint domain = Domain.Next();
        using DdsTransport transport = Domain.Open(domain);
        var spinner = new Spinner(transport);
        INodeEndpoint node = transport.CreateNode("listener", "/");
        ISubscriptionEndpoint subscription = transport.CreateSubscription(
            node, "/flood", Wire.Type("std_msgs/msg/UInt64"), QosProfile.KeepLast(Count).WithBestEffort());
        var numbers = new Numbers();
        spinner.Ready.Capacity = MostFloods * 4 * Count;
        spinner.WhenReady = (_, _) => subscription.Take(int.MaxValue, numbers);
        int longPauses = 0;
        for (int floods = 0; longPauses < MinLongPauses; floods++)
        {
            Assert.SkipWhen(floods == MostFloods, $"only {longPauses} collections of {LongPause.TotalMilliseconds} ms could be forced");
            numbers.Seen.Clear();
            longPauses += Flood(spinner, transport, domain, numbers).Count(pause => pause >= LongPause);

            Assert.Equal(Count, numbers.Seen.Distinct().Count());
            Assert.Equal(numbers.Seen.Order(), numbers.Seen);
        }

        GC.KeepAlive(ballast);
    }

    /// <summary>Receives what another process writes, while a thread forces one collection after the other.</summary>
    /// <returns>The pauses that ended while it wrote.</returns>
    private static List<TimeSpan> Flood(Spinner spinner, DdsTransport transport, uint domain, Numbers numbers)
    {
        using var stop = new CancellationTokenSource();
        var pauses = new List<TimeSpan>();
        var collector = new Thread(() =>
        {
            // A pause between two: without it the other threads get no turn at all on an idle machine.
            while (!stop.Token.WaitHandle.WaitOne(PauseBetweenCollections))
            {
                pauses.Add(Collect());
            }
        })
        {
            IsBackground = true, // a test that fails must not keep the process
        };

        using PeerProcess peer = PeerProcess.Start("flood_peer_cyclone", domain, $"{Rate}", $"{Count}", "20");
        spinner.Until(() => numbers.Seen.Count > 0, "the first sample");
        collector.Start();
        spinner.Until(() => peer.HasExited, "the writer's end");
        int whileWriting = pauses.Count;
        spinner.Until(() => !transport.Wait(50_000_000), "quiet");
        stop.Cancel();
        collector.Join();
        peer.ExpectExit(0);
        return pauses[..whileWriting];
    }

    /// <summary>A full collection, in which all threads of .NET stand still.</summary>
    /// <returns>How long they stood.</returns>
    private static TimeSpan Collect()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetGCMemoryInfo(GCKind.FullBlocking).PauseDurations[0];
    }

    /// <summary>So many live objects that collections are long on this machine.</summary>
    private static List<Link> Ballast()
    {
        var chains = new List<Link>();
        var random = new Random(1);
        TimeSpan pause;
        while ((pause = Collect()) < 1.5 * LongPause)
        {
            if (chains.Count * LinksAtATime >= MostLinks)
            {
                Assert.Skip($"a full collection of {MostLinks} objects takes only {pause.TotalMilliseconds:0} ms here");
            }

            chains.Add(Chain(random));
        }

        return chains;
    }

    /// <summary>Objects each of which is found only from another far away: to mark them waits for memory at each.</summary>
    private static Link Chain(Random random)
    {
        Link[] links = new Link[LinksAtATime];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new Link();
        }

        random.Shuffle(links);
        for (int i = 1; i < links.Length; i++)
        {
            links[i - 1].Next = links[i];
        }

        return links[0];
    }

    private sealed class Link
    {
        public Link? Next { get; set; }
    }

    private sealed class Numbers : ISampleHandler
    {
        public List<ulong> Seen { get; } = new(Count);

        public void OnSample(ReadOnlySpan<byte> cdr, in SampleInfo info) => Seen.Add(BitConverter.ToUInt64(cdr[4..]));
    }
}
