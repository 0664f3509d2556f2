using System.CommandLine;
using Aios.Cli.RosTools;
using Aios.Cli.RosTools.Filters;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros topic</c>.</summary>
internal static class RosTopicVerb
{
    public static Command Create() => new("topic", "Topics: list, look into, measure, publish")
    {
        CreateList(), CreateInfo(), CreateEcho(), CreateHz(), CreateBw(), CreateDelay(), CreatePub(), CreateType(), CreateFind(),
    };

    private static Argument<string> Topic() => RosOptions.GraphName("TOPIC", "Name of the topic, for example /chatter");

    private static Command CreateList()
    {
        var types = RosOptions.Flag("--show-types", "Show the types too", "-t");
        var count = RosOptions.Flag("--count-topics", "Show only how many there are", "-c");
        var hidden = RosOptions.Flag("--include-hidden-topics", "Hidden topics too");
        var verbose = RosOptions.Flag("--verbose", "Publishers and subscribers of each topic", "-v");
        return new Command("list", "Names of the topics") { types, count, hidden, verbose }.OnGraph((session, parsed) => TopicTools.List(
            session, parsed.GetValue(types), parsed.GetValue(count), parsed.GetValue(hidden), parsed.GetValue(verbose)));
    }

    private static Command CreateInfo()
    {
        var topic = Topic();
        var verbose = RosOptions.Flag("--verbose", "Node, type hash, GID and quality of service of each endpoint", "-v");
        return new Command("info", "Type and endpoints of a topic") { topic, verbose }.OnGraph(
            (session, parsed) => TopicTools.Info(session, RosOptions.Absolute(parsed.GetValue(topic)!), parsed.GetValue(verbose)));
    }

    private static Command CreateType()
    {
        var topic = Topic();
        return new Command("type", "Type of a topic; exit code 1 when it is unknown") { topic }.OnGraph(
            (session, parsed) => TopicTools.Type(session, RosOptions.Absolute(parsed.GetValue(topic)!)));
    }

    private static Command CreateFind()
    {
        var type = RosOptions.Argument("TYPE", "Type, for example std_msgs/msg/String");
        var count = RosOptions.Flag("--count-topics", "Show only how many there are", "-c");
        var hidden = RosOptions.Flag("--include-hidden-topics", "Hidden topics too");
        return new Command("find", "Topics of a type") { type, count, hidden }.OnGraph(
            (session, parsed) => TopicTools.Find(session, parsed.GetValue(type)!, parsed.GetValue(count), parsed.GetValue(hidden)));
    }

    private static Command CreateEcho()
    {
        var topic = Topic();
        var type = RosOptions.Optional("TYPE", "Type of the topic; left out: what the graph tells");
        var once = RosOptions.Flag("--once", "End after the first message");
        var timeout = RosOptions.Seconds("--timeout", "End after this time");
        var field = new Option<string?>("--field") { Description = "Part of the message, for example pose.pose.position or ranges[0]", HelpName = "PATH" };
        var filter = Filter("Print only the messages for which this is true, for example 'm.pose.pose.position.x > 1 and len(m.child_frame_id) > 0'; with --field, m is that field");
        var csv = RosOptions.Flag("--csv", "Values separated by commas, one message a line");
        var raw = RosOptions.Flag("--raw", "The bytes");
        var info = RosOptions.Flag("--include-message-info", "Times of sending and arrival too", "-i");
        var noLost = RosOptions.Flag("--no-lost-messages", "Do not say when messages are lost");
        var command = new Command("echo", "Print the messages of a topic") { topic, type, once, timeout, field, filter, csv, raw, info, noLost };
        var text = new TextOptions(command);
        var qos = new QosOptions(command, "sensor_data");
        return command.OnGraph((session, parsed) => TopicEcho.Run(session, parsed.GetValue(topic)!, new EchoOptions(text.Read(parsed))
        {
            TypeName = parsed.GetValue(type),
            Once = parsed.GetValue(once),
            Timeout = parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Field = parsed.GetValue(field) is { } path ? new FieldPath(path) : null,
            Filter = ReadFilter(parsed, filter),
            Csv = parsed.GetValue(csv),
            Raw = parsed.GetValue(raw),
            MessageInfo = parsed.GetValue(info),
            ReportLost = !parsed.GetValue(noLost),
            Qos = qos.IsGiven(parsed) ? qos.Read(parsed) : null,
            Preset = qos.Read(parsed),
        }));
    }

    private static Command CreateHz()
    {
        var topics = RosOptions.GraphNames("TOPIC", "Names of topics", ArgumentArity.OneOrMore);
        var window = RosOptions.Window(10000);
        var wall = RosOptions.Flag("--wall-time", "Measure on the wall's clock though --use-sim-time is given");
        var filter = Filter("Count only the messages for which this is true, for example 'm.data > 0'");
        return new Command("hz", "Rate of topics, each second") { topics, window, wall, filter }.OnGraph((session, parsed) => TopicMeters.Hz(
            session, parsed.GetValue(topics)!, parsed.GetValue(window), parsed.GetValue(wall), ReadFilter(parsed, filter)));
    }

    private static Option<string?> Filter(string description) => new("--filter") { Description = description, HelpName = "EXPR" };

    private static MessageFilter? ReadFilter(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? new MessageFilter(text) : null;

    private static Command CreateBw()
    {
        var topic = Topic();
        var window = RosOptions.Window(100);
        return new Command("bw", "Bandwidth of a topic, each second") { topic, window }.OnGraph(
            (session, parsed) => TopicMeters.Bw(session, parsed.GetValue(topic)!, parsed.GetValue(window)));
    }

    private static Command CreateDelay()
    {
        var topic = Topic();
        var window = RosOptions.Window(10000);
        return new Command("delay", "Age of a topic's messages by their header's stamp, each second") { topic, window }.OnGraph(
            (session, parsed) => TopicMeters.Delay(session, parsed.GetValue(topic)!, parsed.GetValue(window)));
    }

    private static Command CreatePub()
    {
        var topic = Topic();
        var type = RosOptions.Argument("TYPE", "Type, for example std_msgs/msg/String");
        var values = new Argument<string>("VALUES") { Description = "Fields in YAML, for example '{linear: {x: 0.5}}'; a header 'auto' and a time 'now' are stamped", DefaultValueFactory = _ => "{}" };
        var rate = RosOptions.Rate("Messages a second; 1 when left out", "-r");
        var once = RosOptions.Flag("--once", "Publish once and end", "-1");
        var times = RosOptions.Count("--times", "Publish this often and end", "-t");
        var print = RosOptions.Count("--print", "Print every n-th message; 1 when left out", "-p");
        var wait = RosOptions.Count("--wait-matching-subscriptions", "Wait for this many subscriptions; left out: 1 with -1 and -t, else 0", "-w");
        var longest = RosOptions.Seconds("--max-wait-time-secs", "Longest wait for them");
        var keep = RosOptions.Seconds("--keep-alive", "Live on after the last message; 0.1 when left out");
        var file = new Option<string?>("--yaml-file") { Description = "Take the messages from a file, as 'ros topic echo' prints them, one after the other", HelpName = "FILE" };
        var input = RosOptions.Flag("--stdin", "Take the messages from standard input");
        var name = new Option<string?>("--node-name", "-n") { Description = "Name of the node that publishes", HelpName = "NAME" };
        var command = new Command("pub", "Publish messages on a topic") { topic, type, values, rate, once, times, print, wait, longest, keep, file, input };
        var qos = new QosOptions(command, "default");
        return command.OnGraph(nodeName: name, run: (session, parsed) => TopicPub.Run(session, parsed.GetValue(topic)!, parsed.GetValue(type)!, parsed.GetValue(values)!, new PubOptions
        {
            RateHz = parsed.GetValue(rate) ?? 1,
            Times = parsed.GetValue(once) ? 1 : parsed.GetValue(times) ?? 0,
            PrintEvery = parsed.GetValue(print) ?? 1,
            WaitFor = parsed.GetValue(wait),
            LongestWait = parsed.GetValue(longest) is { } most ? TimeSpan.FromSeconds(most) : null,
            KeepAlive = TimeSpan.FromSeconds(parsed.GetValue(keep) ?? 0.1),
            File = parsed.GetValue(input) ? "-" : parsed.GetValue(file),
            Qos = qos.Read(parsed),
        }));
    }
}
