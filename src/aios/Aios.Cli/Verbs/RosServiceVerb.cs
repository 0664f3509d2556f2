using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros service</c>.</summary>
internal static class RosServiceVerb
{
    public static Command Create() => new("service", "Services: list, look into, call") { CreateList(), CreateInfo(), CreateCall(), CreateEcho(), CreateType(), CreateFind() };

    private static Argument<string> Service() => RosOptions.GraphName("SERVICE", "Name of the service, for example /add_two_ints");

    private static Command CreateList()
    {
        var types = RosOptions.Flag("--show-types", "Show the types too", "-t");
        var count = RosOptions.Flag("--count-services", "Show only how many there are", "-c");
        var hidden = RosOptions.Flag("--include-hidden-services", "Hidden services too");
        return new Command("list", "Names of the services") { types, count, hidden }.OnGraph(
            (session, parsed) => ServiceTools.List(session, parsed.GetValue(types), parsed.GetValue(count), parsed.GetValue(hidden)));
    }

    private static Command CreateCall()
    {
        var service = Service();
        var type = RosOptions.Argument("TYPE", "Type, for example std_srvs/srv/SetBool");
        var values = new Argument<string>("VALUES") { Description = "Fields of the request in YAML, for example '{a: 1, b: 2}'", DefaultValueFactory = _ => "{}" };
        var rate = RosOptions.Rate("Call again and again, this often a second", "-r");
        var timeout = RosOptions.Seconds("--timeout", "Longest wait for the service and for its answer; left out: no bound");
        var input = RosOptions.Flag("--stdin", "Take the fields from standard input");
        return new Command("call", "Call a service") { service, type, values, rate, timeout, input }.OnGraph((session, parsed) => ServiceTools.Call(
            session,
            parsed.GetValue(service)!,
            parsed.GetValue(type)!,
            parsed.GetValue(input) ? Console.In.ReadToEnd() : parsed.GetValue(values)!,
            parsed.GetValue(rate),
            parsed.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null));
    }

    private static Command CreateInfo()
    {
        var service = Service();
        return new Command("info", "Type, servers and clients of a service") { service }.OnGraph(
            (session, parsed) => ServiceTools.Info(session, RosOptions.Absolute(parsed.GetValue(service)!)));
    }

    private static Command CreateEcho()
    {
        var service = Service();
        var type = RosOptions.Optional("TYPE", "Type of the service; left out: what the graph tells");
        var once = RosOptions.Flag("--once", "End after the first event");
        var csv = RosOptions.Flag("--csv", "Values separated by commas, one event a line");
        var command = new Command("echo", "Print the calls of a service whose introspection is on") { service, type, once, csv };
        var text = new TextOptions(command);
        var qos = new QosOptions(command, "services_default");
        return command.OnGraph((session, parsed) => ServiceTools.Echo(session, parsed.GetValue(service)!, parsed.GetValue(type), new EchoOptions(text.Read(parsed))
        {
            Once = parsed.GetValue(once),
            Csv = parsed.GetValue(csv),
            Qos = qos.IsGiven(parsed) ? qos.Read(parsed) : null,
            Preset = qos.Read(parsed),
        }));
    }

    private static Command CreateType()
    {
        var service = Service();
        return new Command("type", "Type of a service; exit code 1 when it is unknown") { service }.OnGraph(
            (session, parsed) => ServiceTools.Type(session, RosOptions.Absolute(parsed.GetValue(service)!)));
    }

    private static Command CreateFind()
    {
        var type = RosOptions.Argument("TYPE", "Type, for example rcl_interfaces/srv/ListParameters");
        var count = RosOptions.Flag("--count-services", "Show only how many there are", "-c");
        var hidden = RosOptions.Flag("--include-hidden-services", "Hidden services too");
        return new Command("find", "Services of a type") { type, count, hidden }.OnGraph(
            (session, parsed) => ServiceTools.Find(session, parsed.GetValue(type)!, parsed.GetValue(count), parsed.GetValue(hidden)));
    }
}
