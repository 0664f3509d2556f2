using System.Globalization;
using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary><c>ros bag info</c> in rosbag2's layout; times are UTC.</summary>
internal static class BagInfo
{
    private static readonly string Indent = new(' ', 19);

    /// <summary>Prints what a bag holds.</summary>
    public static int Run(TextWriter output, string path)
    {
        using var bag = BagReader.Open(path);
        var size = bag.Files.Sum(file => new FileInfo(file).Length);
        output.WriteLine();
        output.WriteLine($"Files:             {string.Join('\n' + Indent, bag.Files.Select(Path.GetFileName))}");
        output.WriteLine($"Bag size:          {Size(size)}");
        output.WriteLine("Storage id:        mcap");
        output.WriteLine($"ROS Distro:        {Distribution(path)}");
        output.WriteLine($"Duration:          {Seconds(bag.EndTimeNs - bag.StartTimeNs)}s");
        output.WriteLine($"Start:             {Moment(bag.StartTimeNs)}");
        output.WriteLine($"End:               {Moment(bag.EndTimeNs)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Messages:          {bag.MessageCount}"));
        output.WriteLine($"Topic information: {string.Join('\n' + Indent, bag.Topics.Select(Describe))}");
        return ExitCode.Success;
    }

    private static string Describe(BagTopicSummary topic) => string.Create(
        CultureInfo.InvariantCulture,
        $"Topic: {topic.Name} | Type: {topic.TypeName} | Count: {topic.MessageCount} | Serialization Format: {topic.SerializationFormat}");

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
        var time = DateTime.UnixEpoch.AddTicks(ns / 100);
        return string.Create(CultureInfo.InvariantCulture, $"{time:MMM} {time.Day,2} {time:yyyy HH:mm:ss}.{ns % 1_000_000_000:d9} ({Seconds(ns)})");
    }
}
