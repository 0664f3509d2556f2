using System.Text.RegularExpressions;
using ROS2;
using ROS2.Bag;

namespace Aios.Cli.RosTools;

/// <summary>
/// <c>ros bag convert</c>: bags in, other bags out, with topics left out, merged by time, split or compressed, as a file with
/// <c>output_bags</c> says.
/// </summary>
internal static class BagConvert
{
    private static readonly string[] WithoutEffect =
    [
        "storage_id", "rmw_serialization_format", "max_cache_size", "storage_config_uri", "snapshot_mode", "compression_queue_size", "compression_threads",
        "compression_threads_priority", "topic_polling_interval", "node_prefix", "use_sim_time", "is_discovery_disabled", "include_hidden_topics", "include_unpublished_topics",
    ];

    /// <summary>Converts.</summary>
    /// <param name="output">Gets a line for each bag that was written.</param>
    /// <param name="inputs">Bags to read.</param>
    /// <param name="optionsFile">YAML file.</param>
    /// <exception cref="AiosException">The file says something that is not understood.</exception>
    /// <exception cref="IOException">A bag cannot be read or written.</exception>
    public static int Run(TextWriter output, IReadOnlyList<string> inputs, string optionsFile)
    {
        var outputs = ReadOptions(YamlMap.Load(optionsFile));
        foreach (var options in outputs)
        {
            List<BagReader> bags = [];
            try
            {
                bags.AddRange(inputs.Select(BagReader.Open));
                using var writer = new BagWriter(options.Output, options.ForWriter());
                Copy(bags, writer, options, output);
                output.WriteLine(FormattableString.Invariant($"{options.Output}: {writer.MessageCount} messages"));
            }
            finally
            {
                bags.ForEach(bag => bag.Dispose());
            }
        }

        return ExitCode.Success;
    }

    private static void Copy(List<BagReader> bags, BagWriter writer, RecordOptions options, TextWriter output)
    {
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var topic in bags.SelectMany(bag => bag.Topics).Where(topic => options.Wants(new GraphName(topic.Name, [topic.TypeName]))))
        {
            if (wanted.Add(topic.Name))
            {
                writer.AddTopic(topic.Name, BagTypes.Find(topic, output.WriteLine) ?? BagTypes.NameOnly(topic.TypeName, topic.TypeHash), topic.Qos);
            }
        }

        var query = new McapQuery { Topics = wanted };
        var next = new PriorityQueue<IEnumerator<McapMessage>, (long, int)>();
        for (var i = 0; i < bags.Count; i++)
        {
            Advance(bags[i].ReadMessages(query).GetEnumerator(), i);
        }

        while (next.TryDequeue(out var source, out var key))
        {
            var message = source.Current;
            writer.Write(message.Channel.Topic, message.Data.Span, message.LogTimeNs, message.PublishTimeNs);
            Advance(source, key.Item2);
        }

        void Advance(IEnumerator<McapMessage> source, int bag)
        {
            if (source.MoveNext())
            {
                next.Enqueue(source, (source.Current.LogTimeNs, bag));
            }
            else
            {
                source.Dispose();
            }
        }
    }

    private static List<RecordOptions> ReadOptions(YamlMap file)
    {
        List<RecordOptions> outputs = [];
        foreach (var (key, value) in file.Entries("the key 'output_bags'"))
        {
            outputs.AddRange(key == "output_bags" ? value.Items().Select(ReadBag) : throw value.Wrong($"'{key}' is not known, expected 'output_bags'"));
        }

        return outputs.Count > 0 ? outputs : throw file.Wrong("no bag to write, expected 'output_bags' with a list");
    }

    private static RecordOptions ReadBag(YamlMap bag)
    {
        var options = new RecordOptions("");
        foreach (var (key, value) in bag.Entries("options of a bag"))
        {
            options = Set(options, key, value);
        }

        return options.Output.Length > 0 ? options : throw bag.Wrong("'uri' is missing, the folder to write");
    }

    private static RecordOptions Set(RecordOptions options, string key, YamlMap value) => key switch
    {
        "uri" => options with { Output = value.Text() },
        "topics" => options with { Topics = Names(value) },
        "services" => options with { ServiceEvents = value.Items().Select(item => BagServices.EventTopic(item.Text())).ToHashSet(StringComparer.Ordinal) },
        "topic_types" => options with { Types = value.Items().Select(item => item.Text()).ToHashSet(StringComparer.Ordinal) },
        "all" => options with { AllTopics = value.Flag(), AllServices = value.Flag(), IncludeHidden = value.Flag() },
        "all_topics" => options with { AllTopics = value.Flag(), IncludeHidden = value.Flag() },
        "all_services" => options with { AllServices = value.Flag() },
        "regex" => options with { Regex = Pattern(value) },
        "exclude" or "exclude_regex" => options with { Exclude = Pattern(value) },
        "exclude_topics" => options with { ExcludeTopics = Names(value) },
        "exclude_topic_types" => options with { ExcludeTypes = value.Items().Select(item => item.Text()).ToHashSet(StringComparer.Ordinal) },
        "max_bagfile_size" => options with { MaxBytes = value.Whole(0, long.MaxValue) },
        "max_bagfile_duration" => options with { MaxFileDuration = value.Whole(0, int.MaxValue) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null },
        "storage_preset_profile" => options with { Mcap = BagStorage.Preset(value.Text()) ?? throw value.Wrong($"'{value.Text()}' is none of {string.Join(", ", BagStorage.Presets)}") },
        "compression_mode" => options with { Compression = BagStorage.CompressionMode(value.Text()) ?? throw value.Wrong($"'{value.Text()}' is none of {string.Join(", ", BagStorage.CompressionModes)}") },
        "compression_format" => value.Text() is "" or "zstd" ? options : throw value.Wrong($"'{value.Text()}' is not written here, expected zstd"),
        _ when WithoutEffect.Contains(key) => options,
        _ => throw value.Wrong($"'{key}' is not known, expected uri, topics, services, topic_types, all, regex, exclude_regex, exclude_topics, max_bagfile_size, max_bagfile_duration, storage_preset_profile"),
    };

    private static HashSet<string> Names(YamlMap list) => list.Items().Select(item => RosOptions.Absolute(item.Text())).ToHashSet(StringComparer.Ordinal);

    private static Regex? Pattern(YamlMap value)
    {
        try
        {
            return value.Text().Length == 0 ? null : new Regex(value.Text(), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException error)
        {
            throw value.Wrong(error.Message);
        }
    }
}
