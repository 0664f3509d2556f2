using System.Globalization;
using Aios.Cli.RosTools.Filters;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary><c>ros topic hz</c>, <c>bw</c> and <c>delay</c>: print a measure each second until Ctrl-C.</summary>
internal static class TopicMeters
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UsualDiscovery = TimeSpan.FromSeconds(3);

    /// <summary>Rates of one or several topics.</summary>
    public static int Hz(RosSession session, IReadOnlyList<string> topics, int window, bool wallTime, MessageFilter? filter = null)
    {
        var meters = new List<(string Topic, TopicRate Rate)>();
        foreach (var topic in topics.Select(RosOptions.Absolute))
        {
            var rate = new TopicRate(window);
            meters.Add((topic, rate));
            Listen(session, topic, filter is not null, (cdr, type) =>
            {
                if (filter is null || (type!.Create() is var message && CdrMessage.TryDeserialize(cdr, message) && filter.Matches(message)))
                {
                    rate.Add(wallTime ? session.Context.Clock.NowNanoseconds : session.Node.Clock.NowNanoseconds);
                }
            });
            if (topics.Count > 1)
            {
                session.Output.WriteLine($"Subscribed to [{topic}]");
            }
        }

        session.Every(Second, () =>
        {
            var measured = meters.Select(meter => (meter.Topic, Measure: meter.Rate.Take())).Where(row => row.Measure is not null).ToList();
            if (measured is [var (_, only)] && meters.Count == 1)
            {
                session.Output.WriteLine(FormattableString.Invariant(
                    $"average rate: {only!.Rate:F3}\n\tmin: {only.Min:F3}s max: {only.Max:F3}s std dev: {only.StandardDeviation:F5}s window: {only.Count}"));
            }
            else if (measured.Count > 0)
            {
                session.Output.WriteLine(Table([.. measured.Select(row => Row(row.Topic, row.Measure!))]));
            }
        });
        session.SleepUntilStopped();
        return ExitCode.Success;
    }

    /// <summary>Bandwidth of one topic.</summary>
    public static int Bw(RosSession session, string topic, int window)
    {
        topic = RosOptions.Absolute(topic);
        var meter = new TopicBandwidth(window);
        Listen(session, topic, needsType: false, (cdr, _) => meter.Add(session.Node.Clock.NowNanoseconds, cdr.Length));
        session.Output.WriteLine($"Subscribed to [{topic}]");
        session.Every(Second, () =>
        {
            if (meter.Measure(session.Node.Clock.NowNanoseconds) is { } measure)
            {
                session.Output.WriteLine(Bandwidth(measure));
            }
        });
        session.SleepUntilStopped();
        return ExitCode.Success;
    }

    /// <summary>Age of the messages of one topic.</summary>
    public static int Delay(RosSession session, string topic, int window)
    {
        topic = RosOptions.Absolute(topic);
        var meter = new TopicDelay(window);
        Listen(session, topic, needsType: true, (cdr, type) =>
        {
            var message = type!.Create();
            var header = type.Fields.FirstOrDefault(field => field.Name == "header")?.GetValue(message) as std_msgs.msg.Header
                ?? throw new AiosException(ExitCode.Failure, $"topic '{topic}': {type} has no header");
            if (CdrMessage.TryDeserialize(cdr, message))
            {
                meter.Add(session.Node.Clock.NowNanoseconds, RosTime.ToNanoseconds(header.Stamp));
            }
        });
        session.Every(Second, () =>
        {
            if (meter.HasAny)
            {
                session.Output.WriteLine(meter.Take() is { } measure
                    ? FormattableString.Invariant($"average delay: {measure.Mean:F3}\n\tmin: {measure.Min:F3}s max: {measure.Max:F3}s std dev: {measure.StandardDeviation:F5}s window: {measure.Count}")
                    : "no new messages");
            }
        });
        session.SleepUntilStopped();
        return ExitCode.Success;
    }

    private delegate void OnBytes(ReadOnlySpan<byte> cdr, RosMessageType? type);

    // Blocks until the topic has a type, as the tools of ROS do.
    private static void Listen(RosSession session, string topic, bool needsType, OnBytes onBytes)
    {
        bool IsThere() => session.View().TopicTypes(topic).Count > 0;
        if (!session.Await(session.Node.WaitForGraphAsync(IsThere, UsualDiscovery), Timeout.InfiniteTimeSpan, topic))
        {
            session.Output.WriteLine($"WARNING: topic [{topic}] does not appear to be published yet");
            session.Wait(session.Node.WaitForGraphAsync(IsThere, Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan);
        }

        var name = RosTypes.Single("topic", topic, session.View().TopicTypes(topic));
        var type = needsType ? GraphTypes.OfTopic(session, topic, name) : RosTypes.Registry.FindMessage(name);
        var transportType = type?.ToTransportType() ?? new TransportType(name, RosTypeName.ToDds(name), "");
        session.Node.CreateSerializedSubscription(topic, transportType, (cdr, in _) => onBytes(cdr, type), QosProfile.SensorDataProfile);
    }

    private static string Bandwidth(TopicMeasure measure)
    {
        var (divisor, unit, format) = measure.Rate switch
        {
            < 1e3 => (1.0, "B", "F0"),
            < 1e6 => (1e3, "KB", "F2"),
            _ => (1e6, "MB", "F2"),
        };
        string Size(double bytes) => (bytes / divisor).ToString(format, CultureInfo.InvariantCulture) + " " + unit;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Size(measure.Rate)}/s from {measure.Count} messages\n\tMessage size mean: {Size(measure.Mean)} min: {Size(measure.Min)} max: {Size(measure.Max)}");
    }

    private static string[] Row(string topic, TopicMeasure measure) =>
    [
        topic,
        measure.Rate.ToString("F3", CultureInfo.InvariantCulture),
        measure.Min.ToString("F3", CultureInfo.InvariantCulture),
        measure.Max.ToString("F3", CultureInfo.InvariantCulture),
        measure.StandardDeviation.ToString("F5", CultureInfo.InvariantCulture),
        measure.Count.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Table(IReadOnlyList<string[]> rows)
    {
        string[] header = ["topic", "rate", "min_delta", "max_delta", "std_dev", "window"];
        var widths = header.Select((title, column) => rows.Max(row => Math.Max(title.Length, row[column].Length))).ToArray();
        var title = string.Join("   ", header.Select((text, column) => Centre(text, widths[column])));
        var body = string.Join('\n', rows.Select(row => string.Join("   ", row.Select((text, column) => text.PadRight(widths[column])))));
        return $"{title}\n{new string('=', widths.Sum() + (3 * (header.Length - 1)))}\n{body}\n";
    }

    private static string Centre(string text, int width) => text.PadLeft(text.Length + ((width - text.Length) / 2)).PadRight(width);
}
