using System.Globalization;
using System.Text;

namespace ROS2.Bag;

/// <summary>A file of a bag.</summary>
/// <param name="Name">Relative to the bag's folder.</param>
/// <param name="StartTimeNs">Earliest log time.</param>
/// <param name="EndTimeNs">Latest log time.</param>
/// <param name="MessageCount">Number of messages.</param>
internal sealed record BagFileInfo(string Name, long StartTimeNs, long EndTimeNs, long MessageCount);

/// <summary>A topic as <c>metadata.yaml</c> lists it.</summary>
internal sealed record BagTopicInfo(string Name, string TypeName, string TypeHash, BagQos Qos, long MessageCount);

/// <summary>rosbag2's <c>metadata.yaml</c>, version 9 (Jazzy).</summary>
internal static class BagMetadataYaml
{
    /// <summary>Name of the file in a bag's folder.</summary>
    public const string FileName = "metadata.yaml";

    /// <summary>The only compression format of rosbag2.</summary>
    public const string CompressionFormat = "zstd";

    public static string Compose(IReadOnlyList<BagFileInfo> files, IReadOnlyList<BagTopicInfo> topics, BagWriterOptions options)
    {
        long count = files.Sum(file => file.MessageCount);
        long start = count == 0 ? 0 : files.Where(file => file.MessageCount > 0).Min(file => file.StartTimeNs);
        long end = count == 0 ? 0 : files.Where(file => file.MessageCount > 0).Max(file => file.EndTimeNs);
        var text = new StringBuilder();
        text.Append("rosbag2_bagfile_information:\n");
        text.Append("  version: 9\n");
        text.Append("  storage_identifier: mcap\n");
        AppendTimes(text, "  ", start, end, durationFirst: true);
        text.Append(CultureInfo.InvariantCulture, $"  message_count: {count}\n");
        AppendTopics(text, topics);
        bool isCompressed = options.Compression != BagCompressionMode.None;
        text.Append("  compression_format: ").Append(Quote(isCompressed ? CompressionFormat : "")).Append('\n');
        text.Append("  compression_mode: ").Append(Quote(isCompressed ? options.Compression.ToString().ToUpperInvariant() : "")).Append('\n');
        text.Append("  relative_file_paths:\n");
        foreach (BagFileInfo file in files)
        {
            text.Append("    - ").Append(Quote(file.Name)).Append('\n');
        }

        AppendFiles(text, files);
        text.Append(options.CustomData.Count == 0 ? "  custom_data: ~\n" : "  custom_data:\n");
        foreach ((string key, string value) in options.CustomData.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("    ").Append(Quote(key)).Append(": ").Append(Quote(value)).Append('\n');
        }

        text.Append("  ros_distro: ").Append(options.RosDistro).Append('\n');
        return text.ToString();
    }

    private static void AppendTopics(StringBuilder text, IReadOnlyList<BagTopicInfo> topics)
    {
        text.Append(topics.Count == 0 ? "  topics_with_message_count: []\n" : "  topics_with_message_count:\n");
        foreach (BagTopicInfo topic in topics)
        {
            text.Append("    - topic_metadata:\n");
            text.Append("        name: ").Append(Quote(topic.Name)).Append('\n');
            text.Append("        type: ").Append(topic.TypeName).Append('\n');
            text.Append("        serialization_format: cdr\n");
            text.Append("        offered_qos_profiles:\n");
            text.Append(topic.Qos.ToYaml(indent: 10));
            text.Append("        type_description_hash: ").Append(topic.TypeHash).Append('\n');
            text.Append(CultureInfo.InvariantCulture, $"      message_count: {topic.MessageCount}\n");
        }
    }

    private static void AppendFiles(StringBuilder text, IReadOnlyList<BagFileInfo> files)
    {
        text.Append("  files:\n");
        foreach (BagFileInfo file in files)
        {
            text.Append("    - path: ").Append(Quote(file.Name)).Append('\n');
            AppendTimes(text, "      ", file.StartTimeNs, file.EndTimeNs, durationFirst: false);
            text.Append(CultureInfo.InvariantCulture, $"      message_count: {file.MessageCount}\n");
        }
    }

    private static void AppendTimes(StringBuilder text, string pad, long start, long end, bool durationFirst)
    {
        string duration = string.Create(CultureInfo.InvariantCulture, $"{pad}duration:\n{pad}  nanoseconds: {end - start}\n");
        string begin = string.Create(CultureInfo.InvariantCulture, $"{pad}starting_time:\n{pad}  nanoseconds_since_epoch: {start}\n");
        text.Append(durationFirst ? duration + begin : begin + duration);
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
