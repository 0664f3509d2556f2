using System.CommandLine;
using System.Globalization;
using Aios.Cli.RosTools;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros bag record</c>.</summary>
internal static class RosBagRecordVerb
{
    public static Command Create()
    {
        var topics = RosOptions.GraphNames("TOPIC", "Names of topics; left out: all that are not hidden", ArgumentArity.ZeroOrMore);
        var command = new Command("record", "Record topics, also those that appear later, into MCAP files; Ctrl-C ends") { topics };
        var choice = new Choice(command);
        var files = new Files(command);
        var types = RosBagVerb.Named("--topic-types", "Only topics of these types", "TYPE");
        var qos = RosBagVerb.QosOverrides();
        var duration = RosOptions.Seconds("--duration", "End after this time");
        var fixedSet = RosOptions.Flag("--no-discovery", "Only topics that are there now");
        var paused = RosOptions.Flag("--start-paused", "Do not record until a key resumes");
        var noKeys = RosOptions.Flag("--disable-keyboard-controls", "Take no keys; else space pauses and resumes");
        var snapshots = RosOptions.Flag("--snapshot-mode", "Keep what came last in memory, and write it when the service ~/snapshot is called");
        var cache = new Option<long>("--max-cache-size")
        {
            Description = "How much --snapshot-mode keeps; without effect otherwise",
            HelpName = "BYTES",
            DefaultValueFactory = _ => 100L << 20,
            CustomParser = result => CommonOptions.ParseNumber<long>(result, "bytes of 0 or more", n => n >= 0),
        };
        foreach (var option in (ReadOnlySpan<Option>)[types, qos, duration, fixedSet, paused, noKeys, snapshots, cache])
        {
            command.Options.Add(option);
        }

        RosOptions.AcceptWithoutEffect(command, "--polling-interval|-p", "--serialization-format|-f", "--compression-queue-size", "--compression-threads", "--compression-threads-priority", "--log-level");
        return command.OnGraph(nodeName: RosBagVerb.NodeName("rosbag2_recorder"), run: (session, parsed) => BagRecord.Run(session, choice.Read(parsed, files.Read(parsed), parsed.GetValue(topics)!) with
        {
            Types = new HashSet<string>(parsed.GetValue(types) ?? [], StringComparer.Ordinal),
            QosOverrides = parsed.GetValue(qos) is { } path ? BagQosFile.Load(path) : new Dictionary<string, QosProfile>(StringComparer.Ordinal),
            Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            NoDiscovery = parsed.GetValue(fixedSet),
            StartPaused = parsed.GetValue(paused),
            SnapshotBytes = parsed.GetValue(snapshots) ? parsed.GetValue(cache) : null,
            Keys = parsed.GetValue(noKeys) ? null : RawKeys.Open(),
        }));
    }

    /// <summary>The options that say which topics are meant.</summary>
    private sealed class Choice
    {
        private readonly Option<string[]> _named = RosBagVerb.Named("--topics", "Names of topics", "TOPIC");
        private readonly Option<string[]> _services = RosBagVerb.Named("--services", "Names of services, whose events are recorded", "SERVICE");
        private readonly Option<bool> _all = RosOptions.Flag("--all", "All topics that are not hidden, and the events of all services", "-a");
        private readonly Option<bool> _allTopics = RosOptions.Flag("--all-topics", "All topics that are not hidden");
        private readonly Option<bool> _allServices = RosOptions.Flag("--all-services", "The events of all services");
        private readonly Option<System.Text.RegularExpressions.Regex?> _regex = RosParamVerb.Pattern("--regex", "Topics whose name this matches", "-e");
        private readonly Option<System.Text.RegularExpressions.Regex?> _exclude = RosParamVerb.Pattern("--exclude-regex", "Not the topics whose name this matches", "-x");
        private readonly Option<string[]> _without = RosBagVerb.Named("--exclude-topics", "Not these topics", "TOPIC");
        private readonly Option<string[]> _withoutTypes = RosBagVerb.Named("--exclude-topic-types", "Not topics of these types", "TYPE");
        private readonly Option<string[]> _withoutServices = RosBagVerb.Named("--exclude-services", "Not the events of these services", "SERVICE");
        private readonly Option<bool> _hidden = RosOptions.Flag("--include-hidden-topics", "Hidden topics too");
        private readonly Option<bool> _unpublished = RosOptions.Flag("--include-unpublished-topics", "Topics that nobody publishes yet too");
        private readonly Option<bool> _noLeaves = RosOptions.Flag("--ignore-leaf-topics", "Not the topics that nobody subscribes to");

        public Choice(Command command)
        {
            foreach (var option in (ReadOnlySpan<Option>)[_named, _services, _all, _allTopics, _allServices, _regex, _exclude, _without, _withoutTypes, _withoutServices, _hidden, _unpublished, _noLeaves])
            {
                command.Options.Add(option);
            }
        }

        public RecordOptions Read(ParseResult parsed, RecordOptions options, IEnumerable<string> topics) => options with
        {
            Topics = RosBagVerb.TopicSet([.. topics, .. parsed.GetValue(_named) ?? []]),
            ServiceEvents = RosBagVerb.EventSet(parsed.GetValue(_services)),
            AllTopics = parsed.GetValue(_all) || parsed.GetValue(_allTopics),
            AllServices = parsed.GetValue(_all) || parsed.GetValue(_allServices),
            Regex = parsed.GetValue(_regex),
            Exclude = parsed.GetValue(_exclude),
            ExcludeTopics = RosBagVerb.TopicSet([.. parsed.GetValue(_without) ?? [], .. RosBagVerb.EventSet(parsed.GetValue(_withoutServices))]),
            ExcludeTypes = new HashSet<string>(parsed.GetValue(_withoutTypes) ?? [], StringComparer.Ordinal),
            IncludeHidden = parsed.GetValue(_hidden),
            IncludeUnpublished = parsed.GetValue(_unpublished),
            IgnoreLeaves = parsed.GetValue(_noLeaves),
        };
    }

    /// <summary>The options that say what is written.</summary>
    private sealed class Files
    {
        private readonly Option<string?> _output = new("--output", "-o") { Description = "Folder to create; left out: rosbag2_ and the time", HelpName = "DIR" };
        private readonly Option<int?> _size = RosOptions.Count("--max-bag-size", "Begin a new file at this size; left out: never", "-b");
        private readonly Option<double?> _each = RosOptions.Seconds("--max-bag-duration", "Begin a new file after this time; left out: never");
        private readonly Option<string> _preset = new("--storage-preset-profile") { Description = "Of the MCAP storage: the zstd_ ones compress", DefaultValueFactory = _ => "none" };
        private readonly Option<string?> _configuration = new("--storage-config-file") { Description = "YAML file with options of the MCAP writer: compression, chunkSize", HelpName = "FILE" };
        private readonly Option<string> _mode = new("--compression-mode") { Description = "Compress each complete file or each message, apart from what MCAP compresses within files", DefaultValueFactory = _ => "none" };
        private readonly Option<string> _format = new("--compression-format") { Description = "How; there is one", DefaultValueFactory = _ => "zstd" };
        private readonly Option<string[]> _data = RosBagVerb.Named("--custom-data", "Goes into the metadata", "KEY=VALUE");

        public Files(Command command)
        {
            _size.HelpName = "BYTES";
            _each.Aliases.Add("-d");
            _preset.AcceptOnlyFromAmong([.. BagStorage.Presets]);
            _mode.AcceptOnlyFromAmong([.. BagStorage.CompressionModes]);
            _format.AcceptOnlyFromAmong("zstd");
            foreach (var option in (ReadOnlySpan<Option>)[_output, RosBagVerb.Storage(), _size, _each, _preset, _configuration, _mode, _format, _data])
            {
                command.Options.Add(option);
            }
        }

        public RecordOptions Read(ParseResult parsed)
        {
            var preset = BagStorage.Preset(parsed.GetValue(_preset)!)!;
            return new RecordOptions(parsed.GetValue(_output) ?? "rosbag2_" + DateTime.Now.ToString("yyyy_MM_dd-HH_mm_ss", CultureInfo.InvariantCulture))
            {
                MaxBytes = parsed.GetValue(_size) ?? 0,
                MaxFileDuration = parsed.GetValue(_each) is { } most ? TimeSpan.FromSeconds(most) : null,
                Mcap = parsed.GetValue(_configuration) is { } path ? BagStorage.Configure(preset, path) : preset,
                Compression = BagStorage.CompressionMode(parsed.GetValue(_mode)!)!.Value,
                CustomData = ReadData(parsed.GetValue(_data) ?? []),
            };
        }

        private static Dictionary<string, string> ReadData(string[] pairs)
        {
            var data = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in pairs)
            {
                data[pair.Split('=', 2) is [{ Length: > 0 } key, var value] ? key : throw new AiosException(ExitCode.WrongInput, $"--custom-data: expected KEY=VALUE, found '{pair}'")] = value;
            }

            return data;
        }
    }
}
