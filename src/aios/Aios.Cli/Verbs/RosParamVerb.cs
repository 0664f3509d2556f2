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

    private static Argument<string> Node() => RosOptions.Argument("NODE", "Full name of the node");

    private static Argument<string> Name() => RosOptions.Argument("PARAMETER", "Name of the parameter");

    private static Command CreateList()
    {
        var node = RosOptions.Optional("NODE", "Full name of the node; left out: all nodes");
        var filter = Pattern("--filter", "Only parameters whose name begins with what this regular expression matches");
        var prefixes = new Option<string[]>("--param-prefixes") { Description = "Only below these prefixes", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var types = RosOptions.Flag("--param-type", "Show the types too");
        var hidden = RosOptions.Flag("--include-hidden-nodes", "Hidden nodes too");
        return new Command("list", "Names of the parameters") { node, filter, prefixes, types, hidden }.OnGraph((session, parsed) => ParamTools.List(
            session, parsed.GetValue(node), parsed.GetValue(filter), parsed.GetValue(prefixes) ?? [], parsed.GetValue(types), parsed.GetValue(hidden)));
    }

    private static Command CreateGet()
    {
        var (node, name) = (Node(), Name());
        var hide = RosOptions.Flag("--hide-type", "The value alone");
        return new Command("get", "Value of a parameter") { node, name, hide }.OnGraph(
            (session, parsed) => ParamTools.Get(session, parsed.GetValue(node)!, parsed.GetValue(name)!, parsed.GetValue(hide)));
    }

    private static Command CreateSet()
    {
        var (node, name) = (Node(), Name());
        var value = RosOptions.Argument("VALUE", "Value in YAML, for example 0.5 or '[1, 2]'");
        return new Command("set", "Set a parameter") { node, name, value }.OnGraph(
            (session, parsed) => ParamTools.Set(session, parsed.GetValue(node)!, parsed.GetValue(name)!, parsed.GetValue(value)!));
    }

    private static Command CreateDelete()
    {
        var (node, name) = (Node(), Name());
        return new Command("delete", "Take a parameter away") { node, name }.OnGraph(
            (session, parsed) => ParamTools.Delete(session, parsed.GetValue(node)!, parsed.GetValue(name)!));
    }

    private static Command CreateDump()
    {
        var node = Node();
        return new Command("dump", "Print all parameters of a node as a parameter file") { node }.OnGraph(
            (session, parsed) => ParamTools.Dump(session, parsed.GetValue(node)!));
    }

    private static Command CreateLoad()
    {
        var node = Node();
        var file = RosOptions.Argument("FILE", "Parameter file");
        return new Command("load", "Set what a parameter file says of a node") { node, file }.OnGraph(
            (session, parsed) => ParamTools.Load(session, parsed.GetValue(node)!, parsed.GetValue(file)!));
    }

    private static Command CreateDescribe()
    {
        var node = Node();
        var names = new Argument<string[]>("PARAMETER") { Description = "Names of parameters", Arity = ArgumentArity.OneOrMore };
        return new Command("describe", "Type, range and description of parameters") { node, names }.OnGraph(
            (session, parsed) => ParamTools.Describe(session, parsed.GetValue(node)!, parsed.GetValue(names)!));
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
