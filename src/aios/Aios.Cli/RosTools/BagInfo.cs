using System.Globalization;
using ROS2.Bag;
using service_msgs.msg;

namespace Aios.Cli.RosTools;

/// <summary><c>ros bag info</c> in rosbag2's layout; times are local, as there.</summary>
internal static class BagInfo
{
    private static readonly string Indent = new(' ', 19);

    /// <summary>Prints what a bag holds.</summary>
    /// <param name="output">Gets the text.</param>
    /// <param name="path">The bag.</param>
    /// <param name="topicNames">Names of topics alone.</param>
    /// <param name="verbose">Numbers of requests and responses of services, which takes reading their events.</param>
    public static int Run(TextWriter output, string path, bool topicNames = false, bool verbose = false)
    {
        using var bag = BagReader.Open(path);
        var services = bag.Topics.Where(IsService).ToList();
        var topics = bag.Topics.Where(topic => !IsService(topic)).ToList();
        if (topicNames)
        {
            topics.ForEach(topic => output.WriteLine(topic.Name));
            return ExitCode.Success;
        }

        var size = bag.Files.Sum(file => new FileInfo(file).Length);
        output.WriteLine();
        output.WriteLine($"Files:             {string.Join('\n' + Indent, bag.Files.Select(Path.GetFileName))}");
        output.WriteLine($"Bag size:          {Size(size)}");
        output.WriteLine("Storage id:        mcap");
        output.WriteLine($"ROS Distro:        {Distribution(path)}");
        output.WriteLine($"Duration:          {Seconds(bag.EndTimeNs - bag.StartTimeNs)}s");
        output.WriteLine($"Start:             {Moment(bag.StartTimeNs)}");
        output.WriteLine($"End:               {Moment(bag.EndTimeNs)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Messages:          {bag.MessageCount - services.Sum(service => service.MessageCount)}"));
        output.WriteLine($"Topic information: {string.Join('\n' + Indent, topics.Select(Describe))}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Service:           {services.Count}"));
        output.WriteLine($"Service information: {string.Join("\n  " + Indent, services.Select(service => DescribeService(bag, service, verbose)))}");
        if (services.Count > 0)
        {
            output.WriteLine();
        }

        return ExitCode.Success;
    }

    private static string Describe(BagTopicSummary topic) => string.Create(
        CultureInfo.InvariantCulture,
        $"Topic: {topic.Name} | Type: {topic.TypeName} | Count: {topic.MessageCount} | Serialization Format: {topic.SerializationFormat}");

    private static bool IsService(BagTopicSummary topic) => BagServices.Of(topic.Name, topic.TypeName) is not null;

    private static string DescribeService(BagReader bag, BagTopicSummary topic, bool verbose)
    {
        var (name, type) = BagServices.Of(topic.Name, topic.TypeName)!.Value;
        var counts = FormattableString.Invariant($"Event Count: {topic.MessageCount}");
        if (verbose)
        {
            var (requests, responses) = CountCalls(bag, topic);
            counts = FormattableString.Invariant($"Request Count: {requests} | Response Count: {responses}");
        }

        return $"Service: {name} | Type: {type} | {counts} | Serialization Format: {topic.SerializationFormat}";
    }

    // A call is told by each side whose introspection is on; the one that told more has told all of it.
    private static (int Requests, int Responses) CountCalls(BagReader bag, BagTopicSummary topic)
    {
        var counts = new int[4];
        var query = new McapQuery { Topics = new HashSet<string>(StringComparer.Ordinal) { topic.Name } };
        foreach (var message in bag.ReadMessages(query))
        {
            // The event's info comes first, and its kind first of all, behind the encapsulation header.
            var kind = message.Data.Length > 4 ? message.Data.Span[4] : byte.MaxValue;
            if (kind < counts.Length)
            {
                counts[kind]++;
            }
        }

        return (
            Math.Max(counts[ServiceEventInfo.REQUEST_SENT], counts[ServiceEventInfo.REQUEST_RECEIVED]),
            Math.Max(counts[ServiceEventInfo.RESPONSE_SENT], counts[ServiceEventInfo.RESPONSE_RECEIVED]));
    }

    private static string Distribution(string path)
    {
        const string Key = "ros_distro:";
        var metadata = Path.Combine(path, "metadata.yaml");
        var line = File.Exists(metadata) ? File.ReadLines(metadata).FirstOrDefault(text => text.TrimStart().StartsWith(Key, StringComparison.Ordinal)) : null;
        return line is null ? "unknown" : line.TrimStart()[Key.Length..].Trim();
    }

    private static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        double size = bytes;
        var unit = 0;
        while (size >= 1024 && unit < units.Length - 1)
        {
            size /= 1024;
            unit++;
        }

        return size.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture) + " " + units[unit];
    }

    private static string Seconds(long ns) => string.Create(CultureInfo.InvariantCulture, $"{ns / 1_000_000_000}.{ns % 1_000_000_000:d9}");

    private static string Moment(long ns)
    {
        var time = DateTime.UnixEpoch.AddTicks(ns / 100).ToLocalTime();
        return string.Create(CultureInfo.InvariantCulture, $"{time:MMM} {time.Day,2} {time:yyyy HH:mm:ss}.{ns % 1_000_000_000:d9} ({Seconds(ns)})");
    }
}
