using System.CommandLine;
using Aios.Cli.RosTools;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros bag play</c> and <c>burst</c>.</summary>
internal static class RosBagPlayVerb
{
    // In the order of RequestSource.
    private static readonly string[] Sources = ["service_introspection", "client_introspection"];

    public static Command CreatePlay()
    {
        var bag = RosBagVerb.Bag();
        var command = new Command("play", "Publish what a bag holds, of any type") { bag };
        var choice = new Choice(command);
        var times = new Times(command);
        var loop = RosOptions.Flag("--loop", "Begin again at the end", "-l");
        var paused = RosOptions.Flag("--start-paused", "Begin paused", "-p");
        var noKeys = RosOptions.Flag("--disable-keyboard-controls", "Take no keys: space pauses and resumes, s or the right arrow plays the next message, + and - or up and down change the rate");
        var acknowledged = RosOptions.Count("--wait-for-all-acked", "Wait this many milliseconds at the end for all to be acknowledged; 0 for no bound");
        var calls = RosOptions.Flag("--publish-service-requests", "Call services again as their recorded events say, instead of publishing these");
        var source = new Option<string>("--service-requests-source") { Description = "Whose events say it", DefaultValueFactory = _ => Sources[0] };
        source.AcceptOnlyFromAmong(Sources);
        foreach (var option in (ReadOnlySpan<Option>)[loop, paused, noKeys, acknowledged, calls, source])
        {
            command.Options.Add(option);
        }

        return command.OnGraph(nodeName: RosBagVerb.NodeName("rosbag2_player"), run: (session, parsed) => BagPlay.Run(
            session,
            parsed.GetValue(bag)!,
            times.Read(parsed, choice.Read(parsed)) with
            {
                Loop = parsed.GetValue(loop),
                StartPaused = parsed.GetValue(paused),
                ServiceRequests = parsed.GetValue(calls) ? (RequestSource)Array.IndexOf(Sources, parsed.GetValue(source)) : null,
                Keys = parsed.GetValue(noKeys) ? null : RawKeys.Open() ?? (parsed.GetValue(paused) ? Console.In : null),
                WaitForAcknowledgement = parsed.GetValue(acknowledged) is { } milliseconds
                    ? milliseconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(milliseconds)
                    : null,
            }));
    }

    public static Command CreateBurst()
    {
        var bag = RosBagVerb.Bag();
        var command = new Command("burst", "Publish what a bag holds as fast as it goes") { bag };
        var choice = new Choice(command);
        var offset = RosOptions.Seconds("--start-offset", "Skip this much from the beginning");
        var count = RosOptions.Count("--num-messages", "Publish this many; 0 or left out: all", "-n");
        command.Options.Add(offset);
        command.Options.Add(count);
        return command.OnGraph(nodeName: RosBagVerb.NodeName("rosbag2_player"), run: (session, parsed) => BagPlay.Run(session, parsed.GetValue(bag)!, choice.Read(parsed) with
        {
            AtOnce = true,
            MostMessages = parsed.GetValue(count) ?? 0,
            StartOffset = TimeSpan.FromSeconds(parsed.GetValue(offset) ?? 0),
        }));
    }

    /// <summary>The options that say what is played, and as what.</summary>
    private sealed class Choice
    {
        private readonly Option<string[]> _topics = RosBagVerb.Named("--topics", "Only these topics", "TOPIC");
        private readonly Option<string[]> _services = RosBagVerb.Named("--services", "Only the events of these services", "SERVICE");
        private readonly Option<System.Text.RegularExpressions.Regex?> _regex = RosParamVerb.Pattern("--regex", "Only topics whose name this matches", "-e");
        private readonly Option<System.Text.RegularExpressions.Regex?> _exclude = RosParamVerb.Pattern("--exclude-regex", "Not the topics whose name this matches", "-x");
        private readonly Option<string[]> _without = RosBagVerb.Named("--exclude-topics", "Not these topics", "TOPIC");
        private readonly Option<string[]> _withoutServices = RosBagVerb.Named("--exclude-services", "Not the events of these services", "SERVICE");
        private readonly Option<string[]> _remap = RosBagVerb.Named("--remap", "Publish topics under other names", "FROM:=TO");
        private readonly Option<string?> _qos = RosBagVerb.QosOverrides();

        public Choice(Command command)
        {
            _remap.Aliases.Add("-m");
            foreach (var option in (ReadOnlySpan<Option>)[_topics, _services, _regex, _exclude, _without, _withoutServices, _remap, _qos, RosBagVerb.Storage()])
            {
                command.Options.Add(option);
            }

            RosOptions.AcceptWithoutEffect(command, "--read-ahead-queue-size", "--storage-config-file", "--log-level");
            command.Options.Add(RosOptions.Flag("--disable-loan-message", "Accepted and without effect"));
        }

        public PlayOptions Read(ParseResult parsed)
        {
            HashSet<string> only = [.. RosBagVerb.TopicSet(parsed.GetValue(_topics)), .. RosBagVerb.EventSet(parsed.GetValue(_services))];
            return new PlayOptions
            {
                Topics = only.Count > 0 ? only : null,
                Regex = parsed.GetValue(_regex),
                Exclude = parsed.GetValue(_exclude),
                ExcludeTopics = RosBagVerb.TopicSet([.. parsed.GetValue(_without) ?? [], .. RosBagVerb.EventSet(parsed.GetValue(_withoutServices))]),
                Remap = ReadRemap(parsed.GetValue(_remap) ?? []),
                QosOverrides = parsed.GetValue(_qos) is { } path ? BagQosFile.Load(path) : new Dictionary<string, QosProfile>(StringComparer.Ordinal),
            };
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
    }

    /// <summary>The options that say when it is played.</summary>
    private sealed class Times
    {
        private readonly Option<double?> _rate = RosOptions.Rate("Times as fast as it was recorded; 1 when left out", "-r");
        private readonly Option<double?> _most = RosOptions.Seconds("--playback-duration", "End after this much of recorded time");
        private readonly Option<double?> _untilSeconds = RosOptions.Number("--playback-until-sec", "End at this moment of recorded time, seconds since 1970");
        private readonly Option<long?> _until = RosOptions.Nanoseconds("--playback-until-nsec", "The same in nanoseconds");
        private readonly Option<double?> _offset = RosOptions.Number("--start-offset", "Skip this much from the beginning, in seconds");
        private readonly Option<double?> _delay = RosOptions.Seconds("--delay", "Wait before the first message");
        private readonly Option<string[]> _clockTopics = RosBagVerb.Named("--clock-topics", "Publish /clock with each message of these topics", "TOPIC");
        private readonly Option<bool> _clockAll = RosOptions.Flag("--clock-topics-all", "Publish /clock with each message");
        private readonly Option<double?> _clock = new("--clock")
        {
            Description = "Publish /clock this often; 40 a second when no number is given",
            HelpName = "HZ",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? 40 : CommonOptions.ParseNumber<double>(result, "a number above 0, up to 1000", hz => hz > 0 && hz <= 1000),
        };

        public Times(Command command)
        {
            _rate.HelpName = "FACTOR";
            _delay.Aliases.Add("-d");
            foreach (var option in (ReadOnlySpan<Option>)[_rate, _most, _untilSeconds, _until, _offset, _delay, _clock, _clockTopics, _clockAll])
            {
                command.Options.Add(option);
            }
        }

        public PlayOptions Read(ParseResult parsed, PlayOptions options) => options with
        {
            Rate = parsed.GetValue(_rate) ?? 1,
            PlaybackDuration = parsed.GetValue(_most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            UntilNs = parsed.GetValue(_untilSeconds) is { } until ? (long)(until * 1e9) : parsed.GetValue(_until),
            StartOffset = TimeSpan.FromSeconds(parsed.GetValue(_offset) ?? 0),
            Delay = TimeSpan.FromSeconds(parsed.GetValue(_delay) ?? 0),
            ClockHz = parsed.GetResult(_clock) is null ? null : parsed.GetValue(_clock) ?? 40,
            ClockTopics = RosBagVerb.TopicSet(parsed.GetValue(_clockTopics)),
            ClockAtEveryMessage = parsed.GetValue(_clockAll),
        };
    }
}
