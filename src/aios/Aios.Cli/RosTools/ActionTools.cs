using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary><c>ros action</c>.</summary>
internal static class ActionTools
{
    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(3);

    /// <summary>Names of actions.</summary>
    public static int List(RosSession session, bool showTypes, bool countOnly) =>
        Names.WriteOrCount(session.Output, session.Discover().Actions(includeHidden: false), showTypes, countOnly);

    /// <summary>Servers and clients of one action.</summary>
    public static int Info(RosSession session, string action, bool showTypes, bool countOnly)
    {
        action = RosOptions.Absolute(action);
        var view = session.Discover(graph => graph.ActionTypes(action).Count > 0);
        session.Output.WriteLine($"Action: {action}");
        Write("Action clients", GraphEndpointKind.Subscription);
        Write("Action servers", GraphEndpointKind.Publisher);
        return ExitCode.Success;

        void Write(string title, GraphEndpointKind kind)
        {
            var nodes = view.NodesOfAction(action, kind);
            session.Output.WriteLine(FormattableString.Invariant($"{title}: {nodes.Count}"));
            foreach (var node in countOnly ? [] : nodes)
            {
                session.Output.WriteLine(showTypes ? $"    {node} [{string.Join(", ", view.ActionTypes(action))}]" : $"    {node}");
            }
        }
    }

    /// <summary>The type or types of one action.</summary>
    public static int Type(RosSession session, string action) =>
        Names.WriteLines(session.Output, session.Discover(graph => graph.ActionTypes(action).Count > 0).ActionTypes(action));

    /// <summary>Actions of one type.</summary>
    public static int Find(RosSession session, string type, bool countOnly) =>
        Names.Find(session.Output, session.Discover().Actions(includeHidden: false), type, countOnly);

    /// <summary>Sends a goal and waits for its end; Ctrl-C cancels it.</summary>
    public static int SendGoal(RosSession session, string action, string typeName, string values, bool feedback)
    {
        var type = GraphTypes.OfAction(session, action, typeName);
        var goal = type.Goal.Create();
        RosTypes.Fill(goal, values);
        using var client = session.Node.CreateGenericActionClient(action, type);
        session.Output.WriteLine("Waiting for an action server to become available...");
        session.Wait(client.WaitForServerAsync(Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan);
        session.Output.WriteLine($"Sending goal:\n     {RosYamlWriter.ToYaml(goal)}");
        List<IRosMessage>? early = []; // what comes before the acceptance is told after it
        var sent = client.SendGoalAsync(goal, feedback ? OnFeedback : null);
        if (session.Await(sent, Timeout.InfiniteTimeSpan, $"action '{action}'") is not { } id)
        {
            session.Output.WriteLine("Goal was rejected.");
            return ExitCode.Failure;
        }

        session.Output.WriteLine($"Goal accepted with ID: {Convert.ToHexStringLower(id.ToUuidByteArray())}\n");
        var held = early;
        early = null;
        held.ForEach(OnFeedback);
        return AwaitResult(session, client, id, action);

        void OnFeedback(IRosMessage message)
        {
            if (early is not null)
            {
                early.Add(message);
            }
            else
            {
                session.Output.WriteLine($"Feedback:\n    {RosYamlWriter.ToYaml(message)}");
            }
        }
    }

    private static int AwaitResult(RosSession session, GenericActionClient client, Guid id, string action)
    {
        try
        {
            var (status, result) = session.Await(client.GetResultAsync(id), Timeout.InfiniteTimeSpan, $"action '{action}'");
            session.Output.WriteLine($"Result:\n    {RosYamlWriter.ToYaml(result)}");
            session.Output.WriteLine($"Goal finished with status: {status.ToString().ToUpperInvariant()}");
            return status == ActionGoalStatus.Succeeded ? ExitCode.Success : ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            session.Output.WriteLine("Canceling goal...");
            var cancelled = client.CancelGoalAsync(id);
            var answered = session.Context.SpinUntilComplete(cancelled, CancelPatience) && cancelled is { IsCompletedSuccessfully: true, Result: true };
            session.Output.WriteLine(answered ? "Goal canceled." : "Failed to cancel goal");
            return ExitCode.Failure;
        }
    }
}
