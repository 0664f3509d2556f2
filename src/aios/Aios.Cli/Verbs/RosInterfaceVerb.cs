using System.CommandLine;
using Aios.Cli.RosTools;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros interface</c>.</summary>
internal static class RosInterfaceVerb
{
    public static Command Create() => new("interface", "Message, service and action types")
    {
        CreateList(), CreatePackage(), CreatePackages(), CreateShow(), CreateProto(), CreateVerify(),
    };

    private static Command CreateList() => OnKinds(
        new Command("list", "All types: those of aios and those installed below AMENT_PREFIX_PATH"), (output, _, kinds) => InterfaceTools.List(output, kinds));

    private static Command CreatePackage()
    {
        var package = RosOptions.Argument("PACKAGE", "Name of the package, for example nav_msgs");
        return OnKinds(
            new Command("package", "Types of a package") { package }, (output, parsed, kinds) => InterfaceTools.Package(output, parsed.GetValue(package)!, kinds));
    }

    private static Command CreatePackages() => OnKinds(
        new Command("packages", "Packages with types"), (output, _, kinds) => InterfaceTools.Packages(output, kinds));

    private static Command CreateShow()
    {
        var type = RosOptions.Argument("TYPE", "Type, for example geometry_msgs/msg/Twist; - reads it from standard input");
        var all = RosOptions.Flag("--all-comments", "Comments of nested types too");
        var none = RosOptions.Flag("--no-comments", "No comments and no empty lines");
        var bag = new Option<string?>("--bag") { Description = "As this bag defines it, be it known here or not", HelpName = "BAG" };
        var command = new Command("show", "The definition of a type, with those of nested types") { type, all, none, bag };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) =>
        {
            var name = parsed.GetValue(type)!;
            name = name == "-" ? Console.ReadLine()?.Trim() ?? "" : name;
            return parsed.GetValue(bag) is { } path
                ? InterfaceTools.ShowOfBag(output, path, name, parsed.GetValue(all), parsed.GetValue(none))
                : InterfaceTools.Show(output, name, parsed.GetValue(all), parsed.GetValue(none));
        }));
        return command;
    }

    private static Command CreateProto()
    {
        var type = RosOptions.Argument("TYPE", "Type, for example geometry_msgs/msg/Twist; of a service the request, of an action the goal");
        var bare = RosOptions.Flag("--no-quotes", "Without quotes around it");
        var command = new Command("proto", "Default values of a type in YAML, to be changed and given to pub, call or send_goal") { type, bare };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => InterfaceTools.Proto(output, parsed.GetValue(type)!, parsed.GetValue(bare))));
        return command;
    }

    private static Command OnKinds(Command command, Func<TextWriter, ParseResult, InterfaceTools.Kinds, int> run)
    {
        var messages = RosOptions.Flag("--only-msgs", "Message types", "-m");
        var services = RosOptions.Flag("--only-srvs", "Service types", "-s");
        var actions = RosOptions.Flag("--only-actions", "Action types", "-a");
        command.Options.Add(messages);
        command.Options.Add(services);
        command.Options.Add(actions);
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => run(
            output, parsed, new InterfaceTools.Kinds(parsed.GetValue(messages), parsed.GetValue(services), parsed.GetValue(actions)))));
        return command;
    }

    private static Command CreateVerify()
    {
        var file = new Argument<string>("FILE.jsonl") { Description = "What another implementation made of interfaces, one JSON object per line" };
        var command = new Command("verify", "Compare type hashes and bytes with a file, both ways; exit code 1 on a mismatch, 2 where the file is not of that form") { file };
        command.SetAction(parsed => RosToolRunner.Guard((output, _) => InterfaceTools.Verify(output, parsed.GetValue(file)!)));
        return command;
    }
}
