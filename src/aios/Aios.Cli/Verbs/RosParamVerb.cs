using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros param</c>.</summary>
internal static class RosParamVerb
{
    public static Command Create() => new("param", "Parameters of nodes: list, get, set, save, load")
    {
        CreateList(), CreateGet(), CreateSet(), CreateDelete(), CreateDump(), CreateLoad(), CreateDescribe(),
    };

    private static Command CreateList()
    {
        var filter = Pattern("--filter", "Only parameters whose name begins with what this regular expression matches");
        var prefixes = new Option<string[]>("--param-prefixes") { Description = "Only below these prefixes", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var types = RosOptions.Flag("--param-type", "Show the types too");
        var command = new Command("list", "Names of the parameters") { filter, prefixes, types };
        var node = new NodeChoice(command, isOptional: true);
        return command.OnGraph((session, parsed) => ParamTools.List(
            session, node.Find(parsed), parsed.GetValue(filter), parsed.GetValue(prefixes) ?? [], parsed.GetValue(types), node.IncludesHidden(parsed)));
    }

    private static Command CreateGet()
    {
        var hide = RosOptions.Flag("--hide-type", "The value alone");
        var (command, node, name) = OfParameter("get", "Value of a parameter");
        command.Options.Add(hide);
        return command.OnGraph((session, parsed) => ParamTools.Get(session, node.Read(parsed), parsed.GetValue(name)!, parsed.GetValue(hide)));
    }

    private static Command CreateSet()
    {
        var value = RosOptions.Argument("VALUE", "Value in YAML, for example 0.5 or '[1, 2]'");
        var (command, node, name) = OfParameter("set", "Set a parameter");
        command.Arguments.Add(value);
        return command.OnGraph((session, parsed) => ParamTools.Set(session, node.Read(parsed), parsed.GetValue(name)!, parsed.GetValue(value)!));
    }

    private static Command CreateDelete()
    {
        var (command, node, name) = OfParameter("delete", "Take a parameter away");
        return command.OnGraph((session, parsed) => ParamTools.Delete(session, node.Read(parsed), parsed.GetValue(name)!));
    }

    private static Command CreateDump()
    {
        var command = new Command("dump", "Print all parameters of a node as a parameter file");
        var node = new NodeChoice(command, hasTimeout: true);
        return command.OnGraph((session, parsed) => ParamTools.Dump(session, node.Read(parsed)));
    }

    private static Command CreateLoad()
    {
        var command = new Command("load", "Set what a parameter file says of a node");
        var node = new NodeChoice(command, hasTimeout: true);
        var file = RosOptions.Argument("FILE", "Parameter file");
        var exact = RosOptions.Flag("--no-use-wildcard", "Not what the file says below /** and other names with *");
        command.Arguments.Add(file);
        command.Options.Add(exact);
        return command.OnGraph((session, parsed) => ParamTools.Load(session, node.Read(parsed), parsed.GetValue(file)!, !parsed.GetValue(exact)));
    }

    private static Command CreateDescribe()
    {
        var command = new Command("describe", "Type, range and description of parameters");
        var node = new NodeChoice(command, hasTimeout: true);
        var names = new Argument<string[]>("PARAMETER") { Description = "Names of parameters", Arity = ArgumentArity.OneOrMore };
        command.Arguments.Add(names);
        return command.OnGraph((session, parsed) => ParamTools.Describe(session, node.Read(parsed), parsed.GetValue(names)!));
    }

    private static (Command Command, NodeChoice Node, Argument<string> Name) OfParameter(string verb, string description)
    {
        var (command, name) = (new Command(verb, description), RosOptions.Argument("PARAMETER", "Name of the parameter"));
        var node = new NodeChoice(command, hasTimeout: true);
        command.Arguments.Add(name);
        return (command, node, name);
    }

    /// <summary>An option that takes a regular expression.</summary>
    internal static Option<Regex?> Pattern(string name, string description, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        HelpName = "REGEX",
        CustomParser = Parse,
    };

    private static Regex? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count > 0 ? result.Tokens[^1].Value : "";
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException error)
        {
            result.AddError($"expected a regular expression, found '{text}': {error.Message}");
            return null;
        }
    }
}
