using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros lifecycle</c>.</summary>
internal static class RosLifecycleVerb
{
    public static Command Create() => new("lifecycle", "Managed nodes: states and transitions") { CreateNodes(), CreateGet(), CreateSet(), CreateList() };

    private static Argument<string> Node() => RosOptions.Argument("NODE", "Full name of the node");

    private static Command CreateNodes()
    {
        var all = RosOptions.Flag("--all", "Hidden nodes too", "-a");
        var count = RosOptions.Flag("--count-nodes", "Show only how many there are", "-c");
        return new Command("nodes", "Names of the managed nodes") { all, count }.OnGraph(
            (session, parsed) => LifecycleTools.Nodes(session, parsed.GetValue(all), parsed.GetValue(count)));
    }

    private static Command CreateGet()
    {
        var node = RosOptions.Optional("NODE", "Full name of the node; left out: all managed nodes");
        return new Command("get", "State of managed nodes") { node }.OnGraph((session, parsed) => LifecycleTools.Get(session, parsed.GetValue(node)));
    }

    private static Command CreateSet()
    {
        var node = Node();
        var transition = RosOptions.Argument("TRANSITION", "Name or number, for example configure");
        return new Command("set", "Ask for a transition") { node, transition }.OnGraph(
            (session, parsed) => LifecycleTools.Set(session, parsed.GetValue(node)!, parsed.GetValue(transition)!));
    }

    private static Command CreateList()
    {
        var node = Node();
        var all = RosOptions.Flag("--all", "All transitions, not only those that are possible now", "-a");
        return new Command("list", "Transitions of a managed node") { node, all }.OnGraph(
            (session, parsed) => LifecycleTools.List(session, parsed.GetValue(node)!, parsed.GetValue(all)));
    }
}
