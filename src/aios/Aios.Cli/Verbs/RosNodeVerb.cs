using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros node</c>.</summary>
internal static class RosNodeVerb
{
    public static Command Create() => new("node", "Nodes: list, look into") { CreateList(), CreateInfo() };

    private static Command CreateList()
    {
        var all = RosOptions.Flag("--all", "Hidden nodes too", "-a");
        var count = RosOptions.Flag("--count-nodes", "Show only how many there are", "-c");
        return new Command("list", "Names of the nodes") { all, count }.OnGraph(
            (session, parsed) => NodeTools.List(session, parsed.GetValue(all), parsed.GetValue(count)));
    }

    private static Command CreateInfo()
    {
        var node = RosOptions.Argument("NODE", "Full name of the node");
        var hidden = RosOptions.Flag("--include-hidden", "Hidden topics, services and actions too");
        return new Command("info", "What a node publishes, subscribes to, serves and calls") { node, hidden }.OnGraph(
            (session, parsed) => NodeTools.Info(session, RosOptions.Absolute(parsed.GetValue(node)!), parsed.GetValue(hidden)));
    }
}
