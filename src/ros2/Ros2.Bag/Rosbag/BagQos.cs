using System.Globalization;
using System.Text;

namespace ROS2.Bag;

/// <summary>Quality of service a topic was offered with, as bags store it so that playback can offer the same.</summary>
public sealed record BagQos
{
    /// <value><c>reliable</c> or <c>best_effort</c>.</value>
    public string Reliability { get; init; } = "reliable";

    /// <value><c>volatile</c> or <c>transient_local</c>.</value>
    public string Durability { get; init; } = "volatile";

    /// <value><c>keep_last</c> or <c>keep_all</c>.</value>
    public string History { get; init; } = "keep_last";

    /// <value>Number of messages kept with <c>keep_last</c>.</value>
    public int Depth { get; init; } = 10;

    /// <summary>
    /// The first profile of a YAML list as bags hold it; what it does not say stays at its default. Policies may be words, as
    /// since Iron, or the numbers of rmw's enumerations.
    /// </summary>
    public static BagQos Parse(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in yaml.Split('\n'))
        {
            string[] parts = line.TrimStart(' ', '-').Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts.Length == 2)
            {
                values.TryAdd(parts[0], parts[1]);
            }
        }

        return new BagQos
        {
            Reliability = values.GetValueOrDefault("reliability") is "best_effort" or "2" ? "best_effort" : "reliable",
            Durability = values.GetValueOrDefault("durability") is "transient_local" or "1" ? "transient_local" : "volatile",
            History = values.GetValueOrDefault("history") is "keep_all" or "2" ? "keep_all" : "keep_last",
            Depth = int.TryParse(values.GetValueOrDefault("depth"), NumberStyles.None, CultureInfo.InvariantCulture, out int depth) && depth > 0 ? depth : 10,
        };
    }

    /// <summary>The profile as an element of a YAML list.</summary>
    /// <param name="indent">Spaces before each line.</param>
    public string ToYaml(int indent = 0)
    {
        string pad = new(' ', indent);
        var text = new StringBuilder();
        text.Append(pad).Append("- history: ").Append(History).Append('\n');
        text.Append(pad).Append("  depth: ").Append(Depth).Append('\n');
        text.Append(pad).Append("  reliability: ").Append(Reliability).Append('\n');
        text.Append(pad).Append("  durability: ").Append(Durability).Append('\n');
        AppendForever(text, pad, "deadline");
        AppendForever(text, pad, "lifespan");
        text.Append(pad).Append("  liveliness: automatic\n");
        AppendForever(text, pad, "liveliness_lease_duration");
        text.Append(pad).Append("  avoid_ros_namespace_conventions: false\n");
        return text.ToString();
    }

    // rmw's infinite duration.
    private static void AppendForever(StringBuilder text, string pad, string name)
    {
        text.Append(pad).Append("  ").Append(name).Append(":\n");
        text.Append(pad).Append("    sec: 9223372036\n");
        text.Append(pad).Append("    nsec: 854775807\n");
    }
}
