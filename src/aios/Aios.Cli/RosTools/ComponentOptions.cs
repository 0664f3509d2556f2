using System.CommandLine;
using composition_interfaces.srv;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary>Which component to load and how: arguments and options of <c>ros component load</c> and <c>standalone</c>.</summary>
internal sealed class ComponentOptions
{
    private readonly Argument<string> _package = RosOptions.Argument("PACKAGE", "Package of the component");
    private readonly Argument<string> _plugin = RosOptions.Argument("PLUGIN", "Name of the component, for example demo::Talker");
    private readonly Option<string> _name = new("--node-name", "-n") { Description = "Name of the node; left out: the component's own", HelpName = "NAME", DefaultValueFactory = _ => "" };
    private readonly Option<string> _space = new("--node-namespace") { Description = "Namespace of the node", HelpName = "NAMESPACE", DefaultValueFactory = _ => "" };
    private readonly Option<LogLevel> _level = new("--log-level") { Description = "Level of the node's log", DefaultValueFactory = _ => LogLevel.Unset };
    private readonly Option<string[]> _remap = Several("--remap-rule", "FROM:=TO", "Remapping rules", "-r");
    private readonly Option<string[]> _parameter = Several("--parameter", "NAME:=VALUE", "Parameters", "-p");
    private readonly Option<string[]> _extra = Several("--extra-argument", "NAME:=VALUE", "Arguments of the container, such as forward_global_arguments:=true", "-e");

    /// <summary>Adds them to a command.</summary>
    public ComponentOptions(Command command)
    {
        command.Arguments.Add(_package);
        command.Arguments.Add(_plugin);
        foreach (var option in (ReadOnlySpan<Option>)[_name, _space, _level, _remap, _parameter, _extra])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="AiosException">A parameter is not NAME:=VALUE.</exception>
    public LoadNode_Request Read(ParseResult parsed) => new()
    {
        PackageName = parsed.GetValue(_package)!,
        PluginName = parsed.GetValue(_plugin)!,
        NodeName = parsed.GetValue(_name)!,
        NodeNamespace = parsed.GetValue(_space)!,
        LogLevel = (byte)parsed.GetValue(_level),
        RemapRules = [.. parsed.GetValue(_remap) ?? []],
        Parameters = Parameters("--parameter", parsed.GetValue(_parameter)),
        ExtraArguments = Parameters("--extra-argument", parsed.GetValue(_extra)),
    };

    private static Option<string[]> Several(string name, string what, string description, string alias) => new(name, alias) { Description = description, HelpName = what };

    private static List<rcl_interfaces.msg.Parameter> Parameters(string option, string[]? assignments) => [.. (assignments ?? []).Select(assignment =>
    {
        var split = assignment.IndexOf(":=", StringComparison.Ordinal);
        try
        {
            return split > 0
                ? new Parameter(assignment[..split], ParamTools.Guess(assignment[(split + 2)..])).ToMessage()
                : throw new ArgumentException("expected NAME:=VALUE");
        }
        catch (ArgumentException error)
        {
            throw new AiosException(ExitCode.WrongInput, $"{option} '{assignment}': {error.Message}", error);
        }
    })];
}
