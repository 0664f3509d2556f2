using System.CommandLine;
using Aios.Cli.RosTools;
using composition_interfaces.srv;
using ROS2;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros component</c>.</summary>
internal static class RosComponentVerb
{
    public static Command Create() => new("component", "Containers: list, load and unload their nodes") 
    {
        CreateList(),
        CreateLoad(),
        CreateUnload(),
        RosVerb.Elsewhere("types", "components are classes that a program registers in its own ComponentContainer: see chapter 5 of docs/ros2.md"),
        RosVerb.Elsewhere("standalone", "a program makes its container itself (ComponentContainer): see chapter 5 of docs/ros2.md; then 'aios ros component load'"),
    };

    private static Argument<string> Container() => RosOptions.Argument("CONTAINER", "Full name of the container's node");

    private static Command CreateList()
    {
        var container = RosOptions.Optional("CONTAINER", "Full name of the container's node; left out: all containers");
        var only = RosOptions.Flag("--containers-only", "Not what is loaded into them");
        return new Command("list", "Containers and the nodes loaded into them") { container, only }.OnGraph(
            (session, parsed) => ComponentTools.List(session, parsed.GetValue(container), parsed.GetValue(only)));
    }

    private static Command CreateLoad()
    {
        var container = Container();
        var package = RosOptions.Argument("PACKAGE", "Package of the component");
        var plugin = RosOptions.Argument("PLUGIN", "Name of the component, for example demo::Talker");
        var name = new Option<string>("--node-name", "-n") { Description = "Name of the node; left out: the component's own", HelpName = "NAME", DefaultValueFactory = _ => "" };
        var space = new Option<string>("--node-namespace") { Description = "Namespace of the node", HelpName = "NAMESPACE", DefaultValueFactory = _ => "" };
        var level = new Option<LogLevel>("--log-level") { Description = "Level of the node's log", DefaultValueFactory = _ => LogLevel.Unset };
        var remap = Several("--remap-rule", "FROM:=TO", "Remapping rules", "-r");
        var parameter = Several("--parameter", "NAME:=VALUE", "Parameters", "-p");
        var extra = Several("--extra-argument", "NAME:=VALUE", "Arguments of the container, such as forward_global_arguments:=true", "-e");
        var quiet = Quiet();
        return new Command("load", "Load a component into a container") { container, package, plugin, name, space, level, remap, parameter, extra, quiet }.OnGraph(
            (session, parsed) => ComponentTools.Load(session, parsed.GetValue(container)!, new LoadNode_Request
            {
                PackageName = parsed.GetValue(package)!,
                PluginName = parsed.GetValue(plugin)!,
                NodeName = parsed.GetValue(name)!,
                NodeNamespace = parsed.GetValue(space)!,
                LogLevel = (byte)parsed.GetValue(level),
                RemapRules = [.. parsed.GetValue(remap) ?? []],
                Parameters = Parameters("--parameter", parsed.GetValue(parameter)),
                ExtraArguments = Parameters("--extra-argument", parsed.GetValue(extra)),
            }, parsed.GetValue(quiet)));
    }

    private static Command CreateUnload()
    {
        var container = Container();
        var ids = new Argument<ulong[]>("ID") { Description = "Numbers of components, as list shows them", Arity = ArgumentArity.OneOrMore };
        var quiet = Quiet();
        return new Command("unload", "Unload components") { container, ids, quiet }.OnGraph(
            (session, parsed) => ComponentTools.Unload(session, parsed.GetValue(container)!, parsed.GetValue(ids)!, parsed.GetValue(quiet)));
    }

    private static Option<bool> Quiet() => RosOptions.Flag("--quiet", "Print the numbers alone", "-q");

    private static Option<string[]> Several(string name, string what, string description, string alias) => new(name, alias) { Description = description, HelpName = what };

    private static List<rcl_interfaces.msg.Parameter> Parameters(string option, string[]? assignments) => [.. (assignments ?? []).Select(assignment =>
    {
        var split = assignment.IndexOf(":=", StringComparison.Ordinal);
        try
        {
            return split > 0
                ? new Parameter(assignment[..split], ParameterValue.Parse(assignment[(split + 2)..])).ToMessage()
                : throw new ArgumentException("expected NAME:=VALUE");
        }
        catch (ArgumentException error)
        {
            throw new AiosException(ExitCode.WrongInput, $"{option} '{assignment}': {error.Message}", error);
        }
    })];
}
