using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros lifecycle</c>.</summary>
internal static class RosLifecycleVerb
{
    public static Command Create() => new("lifecycle", "Managed nodes: states and transitions") { CreateNodes(), CreateGet(), CreateSet(), CreateList() };

    private static Command CreateNodes()
    {
        var all = RosOptions.Flag("--all", "Hidden nodes too", "-a");
        var count = RosOptions.Flag("--count-nodes", "Show only how many there are", "-c");
        return new Command("nodes", "Names of the managed nodes") { all, count }.OnGraph(
            (session, parsed) => LifecycleTools.Nodes(session, parsed.GetValue(all), parsed.GetValue(count)));
    }

    private static Command CreateGet()
    {
        var command = new Command("get", "State of managed nodes");
        var node = new NodeChoice(command, isOptional: true);
        return command.OnGraph((session, parsed) => LifecycleTools.Get(session, node.Find(parsed), node.IncludesHidden(parsed)));
    }

    private static Command CreateSet()
    {
        var command = new Command("set", "Ask for a transition");
        var node = new NodeChoice(command);
        var transition = RosOptions.Argument("TRANSITION", "Name or number, for example configure");
        command.Arguments.Add(transition);
        return command.OnGraph((session, parsed) => LifecycleTools.Set(session, node.Read(parsed), parsed.GetValue(transition)!));
    }

    private static Command CreateList()
    {
        var all = RosOptions.Flag("--all", "All transitions, not only those that are possible now", "-a");
        var command = new Command("list", "Transitions of a managed node") { all };
        var node = new NodeChoice(command);
        return command.OnGraph((session, parsed) => LifecycleTools.List(session, node.Read(parsed), parsed.GetValue(all)));
    }
}
