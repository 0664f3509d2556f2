using System.Diagnostics;
using ROS2;
using ROS2.Transport;
using std_msgs.msg;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>What the two processes of a measurement do. The domain and the DDS are the environment's.</summary>
internal static class RosPeer
{
    private const int MostRoundTrips = 1 << 20;

    private static readonly NodeOptions Bare = new() { EnableRosout = false, StartParameterServices = false, StartParameterEventPublisher = false };

    /// <summary>Sends back what comes, until it is ended.</summary>
    public static void Echo(string? rmw, CancellationToken cancel)
    {
        using var context = new RosContext(RosTransports.Open(rmw));
        var node = context.CreateNode("echo", options: Bare);
        var pong = node.CreatePublisher<UInt8MultiArray>("pong", QosProfile.KeepLast(1));
        node.CreateSubscription<UInt8MultiArray>("ping", pong.Publish, QosProfile.KeepLast(1), reuseMessage: true);
        context.Spin(cancel);
    }

    /// <summary>Sends messages as fast as they go, until it is ended.</summary>
    public static void Flood(int bytes, CancellationToken cancel)
    {
        using var context = new RosContext(RosTransports.Open());
        var publisher = context.CreateNode("flood", options: Bare).CreatePublisher<UInt8MultiArray>("flood", QosProfile.KeepAll());
        var message = Payload(bytes);
        while (!cancel.IsCancellationRequested)
        {
            if (publisher.SubscriptionCount == 0)
            {
                context.SpinOnce(TimeSpan.FromMilliseconds(10));
                continue;
            }

            for (var i = 0; i < 64 && !cancel.IsCancellationRequested; i++)
            {
                publisher.Publish(message);
            }
        }
    }

    /// <summary>Round-trip times to an echo, nanoseconds, sorted. Empty when there is none.</summary>
    public static long[] Ping(string? rmw, int bytes, TimeSpan warmUp, TimeSpan duration)
    {
        using var context = new RosContext(RosTransports.Open(rmw));
        var node = context.CreateNode("ping", options: Bare);
        var ping = node.CreatePublisher<UInt8MultiArray>("ping", QosProfile.KeepLast(1));
        var message = Payload(bytes);
        var times = new long[MostRoundTrips];
        var (count, sent, measuring) = (0, 0L, false);
        var pong = node.CreateSubscription<UInt8MultiArray>(
            "pong",
            _ =>
            {
                var now = Stopwatch.GetTimestamp();
                if (measuring && count < times.Length)
                {
                    times[count++] = now - sent;
                }

                sent = Stopwatch.GetTimestamp();
                ping.Publish(message);
            },
            QosProfile.KeepLast(1),
            reuseMessage: true);
        if (!SpinUntil(context, () => ping.SubscriptionCount > 0 && pong.PublisherCount > 0))
        {
            return [];
        }

        SpinFor(context, TimeSpan.FromMilliseconds(200)); // until the echo has matched as well
        sent = Stopwatch.GetTimestamp();
        ping.Publish(message);
        SpinFor(context, warmUp);
        measuring = true;
        SpinFor(context, duration);
        times = times[..count];
        Array.Sort(times);
        return [.. times.Select(ticks => (long)(ticks * (1e9 / Stopwatch.Frequency)))];
    }

    /// <summary>Messages a second received from a flood; 0 when there is none.</summary>
    public static double Count(TimeSpan warmUp, TimeSpan duration)
    {
        using var context = new RosContext(RosTransports.Open());
        var count = 0L;
        var flood = context.CreateNode("count", options: Bare)
            .CreateSubscription<UInt8MultiArray>("flood", _ => count++, QosProfile.KeepAll(), reuseMessage: true);
        if (!SpinUntil(context, () => flood.PublisherCount > 0))
        {
            return 0;
        }

        SpinFor(context, warmUp);
        var (before, watch) = (count, Stopwatch.StartNew());
        SpinFor(context, duration);
        return (count - before) / watch.Elapsed.TotalSeconds;
    }

    private static UInt8MultiArray Payload(int bytes) => new() { Data = [.. new byte[bytes]] };

    private static bool SpinUntil(RosContext context, Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition() && watch.Elapsed < TimeSpan.FromSeconds(20))
        {
            context.SpinOnce(TimeSpan.FromMilliseconds(10));
        }

        return condition();
    }

    private static void SpinFor(RosContext context, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource(duration);
        context.Spin(stop.Token);
    }
}
