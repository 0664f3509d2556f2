using System.CommandLine;
using System.Globalization;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros bag</c>.</summary>
internal static class RosBagVerb
{
    public static Command Create() => new("bag", "Bags: record, play, look into") { CreateRecord(), CreatePlay(), CreateInfo() };

    private static Argument<string> Bag() => RosOptions.Argument("BAG", "Folder of a bag, or an .mcap file");

    private static Command CreateRecord()
    {
        var topics = new Argument<string[]>("TOPIC") { Description = "Names of topics; left out: all that are not hidden", Arity = ArgumentArity.ZeroOrMore };
        var named = new Option<string[]>("--topics") { Description = "Names of topics", HelpName = "TOPIC", AllowMultipleArgumentsPerToken = true };
        var all = RosOptions.Flag("--all", "All topics that are not hidden", "-a");
        var regex = RosParamVerb.Pattern("--regex", "Topics whose name this matches", "-e");
        var exclude = RosParamVerb.Pattern("--exclude-regex", "Not the topics whose name this matches", "-x");
        var output = new Option<string?>("--output", "-o") { Description = "Folder to create; left out: rosbag2_ and the time", HelpName = "DIR" };
        var size = RosOptions.Count("--max-bag-size", "Begin a new file at this size; left out: never");
        size.HelpName = "BYTES";
        var duration = RosOptions.Seconds("--duration", "End after this time");
        return new Command("record", "Record topics, also those that appear later, into MCAP files; Ctrl-C ends")
        {
            topics, named, all, regex, exclude, output, size, duration,
        }.OnGraph((session, parsed) => BagRecord.Run(session, new RecordOptions(parsed.GetValue(output) ?? DefaultName())
        {
            Topics = parsed.GetValue(all) ? [] : new HashSet<string>(
                [.. parsed.GetValue(topics)!.Concat(parsed.GetValue(named) ?? []).Select(RosOptions.Absolute)], StringComparer.Ordinal),
            Regex = parsed.GetValue(regex),
            Exclude = parsed.GetValue(exclude),
            MaxBytes = parsed.GetValue(size) ?? 0,
            Duration = parsed.GetValue(duration) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        }));
    }

    private static string DefaultName() => "rosbag2_" + DateTime.Now.ToString("yyyy_MM_dd-HH_mm_ss", CultureInfo.InvariantCulture);

    private static Command CreatePlay()
    {
        var bag = Bag();
        var rate = RosOptions.Rate("Times as fast as it was recorded; 1 when left out", "-r");
        rate.HelpName = "FACTOR";
        var topics = new Option<string[]>("--topics") { Description = "Only these topics", HelpName = "TOPIC", AllowMultipleArgumentsPerToken = true };
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
        return new Command("play", "Publish what a bag holds, of any type") { bag, rate, topics, offset, loop, delay, clock }.OnGraph((session, parsed) => BagPlay.Run(
            session,
            parsed.GetValue(bag)!,
            new PlayOptions
            {
                Rate = parsed.GetValue(rate) ?? 1,
                Topics = parsed.GetValue(topics) is { Length: > 0 } names ? new HashSet<string>(names.Select(RosOptions.Absolute), StringComparer.Ordinal) : null,
                StartOffset = TimeSpan.FromSeconds(parsed.GetValue(offset) ?? 0),
                Loop = parsed.GetValue(loop),
                Delay = TimeSpan.FromSeconds(parsed.GetValue(delay) ?? 0),
                ClockHz = parsed.GetResult(clock) is null ? null : parsed.GetValue(clock) ?? 40,
            }));
    }

    private static Command CreateInfo()
    {
        var bag = Bag();
        var command = new Command("info", "What a bag holds") { bag };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => BagInfo.Run(output, parsed.GetValue(bag)!)));
        return command;
    }
}
