using System.CommandLine;
using System.Globalization;
using Aios.Cli.RosTools;
using ROS2.Bag;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros bag</c>.</summary>
internal static class RosBagVerb
{
    public static Command Create() => new("bag", "Bags: record, play, look into") { CreateRecord(), CreatePlay(), CreateInfo() };

    private static Argument<string> Bag() => RosOptions.Argument("BAG", "Folder of a bag, or an .mcap file");

    private static Command CreateRecord()
    {
        var topics = new Argument<string[]>("TOPIC") { Description = "Names of topics; left out: all that are not hidden", Arity = ArgumentArity.ZeroOrMore };
        var named = Named("--topics", "Names of topics", "TOPIC");
        var all = RosOptions.Flag("--all", "All topics that are not hidden", "-a", "--all-topics");
        var regex = RosParamVerb.Pattern("--regex", "Topics whose name this matches", "-e");
        var exclude = RosParamVerb.Pattern("--exclude-regex", "Not the topics whose name this matches", "-x");
        var without = Named("--exclude-topics", "Not these topics", "TOPIC");
        var types = Named("--topic-types", "Only topics of these types", "TYPE");
        var hidden = RosOptions.Flag("--include-hidden-topics", "Hidden topics too");
        var output = new Option<string?>("--output", "-o") { Description = "Folder to create; left out: rosbag2_ and the time", HelpName = "DIR" };
        var size = RosOptions.Count("--max-bag-size", "Begin a new file at this size; left out: never", "-b");
        size.HelpName = "BYTES";
        var each = RosOptions.Seconds("--max-bag-duration", "Begin a new file after this time; left out: never");
        each.Aliases.Add("-d");
        var duration = RosOptions.Seconds("--duration", "End after this time");
        var preset = new Option<string>("--storage-preset-profile") { Description = "Of the MCAP storage: zstd_fast compresses", DefaultValueFactory = _ => "none" };
        preset.AcceptOnlyFromAmong("none", "zstd_fast");
        return new Command("record", "Record topics, also those that appear later, into MCAP files; Ctrl-C ends")
        {
            topics, named, all, regex, exclude, without, types, hidden, output, size, each, duration, preset,
        }.OnGraph(nodeName: NodeName("rosbag2_recorder"), run: (session, parsed) => BagRecord.Run(session, new RecordOptions(parsed.GetValue(output) ?? DefaultName())
        {
            Topics = parsed.GetValue(all) ? new HashSet<string>() : TopicSet([.. parsed.GetValue(topics)!, .. parsed.GetValue(named) ?? []]),
            ExcludeTopics = TopicSet(parsed.GetValue(without) ?? []),
            Types = new HashSet<string>(parsed.GetValue(types) ?? [], StringComparer.Ordinal),
            IncludeHidden = parsed.GetValue(hidden),
            Regex = parsed.GetValue(regex),
            Exclude = parsed.GetValue(exclude),
            MaxBytes = parsed.GetValue(size) ?? 0,
            MaxFileDuration = parsed.GetValue(each) is { } most ? TimeSpan.FromSeconds(most) : null,
            Compression = parsed.GetValue(preset) == "zstd_fast" ? McapCompression.Zstd : McapCompression.None,
            Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        }));
    }

    private static Option<string?> NodeName(string fallback) =>
        new("--node-name") { Description = "Name of the node", HelpName = "NAME", DefaultValueFactory = _ => fallback };

    private static Option<string[]> Named(string name, string description, string what) =>
        new(name) { Description = description, HelpName = what, AllowMultipleArgumentsPerToken = true };

    private static HashSet<string> TopicSet(string[] names) => new(names.Select(RosOptions.Absolute), StringComparer.Ordinal);

    private static string DefaultName() => "rosbag2_" + DateTime.Now.ToString("yyyy_MM_dd-HH_mm_ss", CultureInfo.InvariantCulture);

    private static Command CreatePlay()
    {
        var bag = Bag();
        var rate = RosOptions.Rate("Times as fast as it was recorded; 1 when left out", "-r");
        rate.HelpName = "FACTOR";
        var topics = Named("--topics", "Only these topics", "TOPIC");
        var regex = RosParamVerb.Pattern("--regex", "Only topics whose name this matches", "-e");
        var exclude = RosParamVerb.Pattern("--exclude-regex", "Not the topics whose name this matches", "-x");
        var without = Named("--exclude-topics", "Not these topics", "TOPIC");
        var remap = Named("--remap", "Publish topics under other names", "FROM:=TO");
        remap.Aliases.Add("-m");
        var most = RosOptions.Seconds("--playback-duration", "End after this much of recorded time");
        var paused = RosOptions.Flag("--start-paused", "Begin paused", "-p");
        var noKeys = RosOptions.Flag("--disable-keyboard-controls", "Take no keys: space pauses and resumes, s plays the next message, + and - change the rate");
        var offset = RosOptions.Seconds("--start-offset", "Skip this much from the beginning");
        var loop = RosOptions.Flag("--loop", "Begin again at the end", "-l");
        var delay = RosOptions.Seconds("--delay", "Wait before the first message");
        var clock = new Option<double?>("--clock")
        {
            Description = "Publish /clock this often; 40 a second when no number is given",
            HelpName = "HZ",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? 40 : CommonOptions.ParseNumber<double>(result, "a number above 0, up to 1000", hz => hz > 0 && hz <= 1000),
        };
        return new Command("play", "Publish what a bag holds, of any type") { bag, rate, topics, regex, exclude, without, remap, offset, most, loop, delay, clock, paused, noKeys }.OnGraph(nodeName: NodeName("rosbag2_player"), run: (session, parsed) => BagPlay.Run(
            session,
            parsed.GetValue(bag)!,
            new PlayOptions
            {
                Rate = parsed.GetValue(rate) ?? 1,
                Topics = parsed.GetValue(topics) is { Length: > 0 } names ? TopicSet(names) : null,
                Regex = parsed.GetValue(regex),
                Exclude = parsed.GetValue(exclude),
                ExcludeTopics = TopicSet(parsed.GetValue(without) ?? []),
                Remap = ReadRemap(parsed.GetValue(remap) ?? []),
                PlaybackDuration = parsed.GetValue(most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                StartPaused = parsed.GetValue(paused),
                Keys = parsed.GetValue(noKeys) ? null : RawKeys.Open() ?? (parsed.GetValue(paused) ? Console.In : null),
                StartOffset = TimeSpan.FromSeconds(parsed.GetValue(offset) ?? 0),
                Loop = parsed.GetValue(loop),
                Delay = TimeSpan.FromSeconds(parsed.GetValue(delay) ?? 0),
                ClockHz = parsed.GetResult(clock) is null ? null : parsed.GetValue(clock) ?? 40,
            }));
    }

    private static Dictionary<string, string> ReadRemap(string[] rules)
    {
        var remap = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            if (rule.Split(":=") is not [{ Length: > 0 } from, { Length: > 0 } to])
            {
                throw new AiosException(ExitCode.WrongInput, $"--remap: expected FROM:=TO, found '{rule}'");
            }

            remap[RosOptions.Absolute(from)] = RosOptions.Absolute(to);
        }

        return remap;
    }

    private static Command CreateInfo()
    {
        var bag = Bag();
        var command = new Command("info", "What a bag holds") { bag };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => BagInfo.Run(output, parsed.GetValue(bag)!)));
        return command;
    }
}
