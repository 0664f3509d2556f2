using System.CommandLine;
using Aios.Cli.RosTools;

namespace Aios.Cli.Verbs;

/// <summary><c>aios ros action</c>.</summary>
internal static class RosActionVerb
{
    public static Command Create() => new("action", "Actions: list, send goals") { CreateList(), CreateInfo(), CreateType(), CreateFind(), CreateSendGoal() };

    private static Argument<string> Action() => RosOptions.GraphName("ACTION", "Name of the action, for example /fibonacci");

    private static Command CreateList()
    {
        var types = RosOptions.Flag("--show-types", "Show the types too", "-t");
        var count = RosOptions.Flag("--count-actions", "Show only how many there are", "-c");
        return new Command("list", "Names of the actions") { types, count }.OnGraph(
            (session, parsed) => ActionTools.List(session, parsed.GetValue(types), parsed.GetValue(count)));
    }

    private static Command CreateInfo()
    {
        var action = Action();
        var types = RosOptions.Flag("--show-types", "Show the types too", "-t");
        var count = RosOptions.Flag("--count", "Show only how many there are", "-c");
        return new Command("info", "Servers and clients of an action") { action, types, count }.OnGraph(
            (session, parsed) => ActionTools.Info(session, parsed.GetValue(action)!, parsed.GetValue(types), parsed.GetValue(count)));
    }

    private static Command CreateType()
    {
        var action = Action();
        return new Command("type", "Type of an action; exit code 1 when it is unknown") { action }.OnGraph(
            (session, parsed) => ActionTools.Type(session, RosOptions.Absolute(parsed.GetValue(action)!)));
    }

    private static Command CreateFind()
    {
        var type = RosOptions.Argument("TYPE", "Type, for example example_interfaces/action/Fibonacci");
        var count = RosOptions.Flag("--count-actions", "Show only how many there are", "-c");
        return new Command("find", "Actions of a type") { type, count }.OnGraph(
            (session, parsed) => ActionTools.Find(session, parsed.GetValue(type)!, parsed.GetValue(count)));
    }

    private static Command CreateSendGoal()
    {
        var action = Action();
        var type = RosOptions.Argument("TYPE", "Type, for example example_interfaces/action/Fibonacci");
        var goal = new Argument<string>("GOAL") { Description = "Fields of the goal in YAML, for example '{order: 10}'", DefaultValueFactory = _ => "{}" };
        var feedback = RosOptions.Flag("--feedback", "Print the feedback", "-f");
        var input = RosOptions.Flag("--stdin", "Take the fields from standard input");
        return new Command("send_goal", "Send a goal and wait for its end; Ctrl-C cancels it") { action, type, goal, feedback, input }.OnGraph(
            (session, parsed) => ActionTools.SendGoal(
                session, parsed.GetValue(action)!, parsed.GetValue(type)!, parsed.GetValue(input) ? Console.In.ReadToEnd() : parsed.GetValue(goal)!, parsed.GetValue(feedback)));
    }
}
