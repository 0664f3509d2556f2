using lifecycle_msgs.msg;
using lifecycle_msgs.srv;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary><c>ros lifecycle</c>.</summary>
internal static class LifecycleTools
{
    private const string GetStateService = "/get_state";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Names of managed nodes.</summary>
    public static int Nodes(RosSession session, bool includeHidden, bool countOnly)
    {
        var names = ManagedNodes(session.Discover(), includeHidden);
        if (countOnly)
        {
            session.Output.WriteLine(names.Count);
        }
        else
        {
            Names.WriteLines(session.Output, names);
        }

        return ExitCode.Success;
    }

    /// <summary>State of one managed node or of all.</summary>
    public static int Get(RosSession session, NodeQuery? node, bool includeHidden = false)
    {
        var names = node is { } named ? [Find(session, named)] : ManagedNodes(session.Discover(), includeHidden);
        foreach (var name in names)
        {
            var state = Call<GetState, GetState_Request, GetState_Response>(session, name + GetStateService, new()).CurrentState;
            session.Output.WriteLine(FormattableString.Invariant($"{(node is null ? name + ": " : "")}{state.Label} [{state.Id}]"));
        }

        return ExitCode.Success;
    }

    /// <summary>Asks for a transition by name or number.</summary>
    public static int Set(RosSession session, NodeQuery node, string transition)
    {
        var name = Find(session, node);
        var possible = Transitions(session, name, all: false).ConvertAll(arrow => arrow.Transition);
        var chosen = possible.Find(candidate => candidate.Label == transition)
            ?? possible.Find(candidate => FormattableString.Invariant($"{candidate.Id}") == transition)
            ?? throw new AiosException(
                ExitCode.Failure,
                "Unknown transition requested, available ones are:" + string.Concat(possible.Select(t => FormattableString.Invariant($"\n- {t.Label} [{t.Id}]"))));
        var answer = Call<ChangeState, ChangeState_Request, ChangeState_Response>(session, name + "/change_state", new() { Transition = chosen });
        if (!answer.Success)
        {
            throw new AiosException(ExitCode.Failure, "Transitioning failed");
        }

        session.Output.WriteLine("Transitioning successful");
        return ExitCode.Success;
    }

    /// <summary>Transitions that are possible now, or all there are.</summary>
    public static int List(RosSession session, NodeQuery node, bool all)
    {
        foreach (var arrow in Transitions(session, Find(session, node), all))
        {
            session.Output.WriteLine(FormattableString.Invariant(
                $"- {arrow.Transition.Label} [{arrow.Transition.Id}]\n\tStart: {arrow.StartState.Label}\n\tGoal: {arrow.GoalState.Label}"));
        }

        return ExitCode.Success;
    }

    private static List<string> ManagedNodes(RosGraphView view, bool includeHidden) =>
        [.. view.Services(includeHidden: true)
            .Where(service => service.Types.Contains(GetState.RosType.Name, StringComparer.Ordinal) && service.Name.EndsWith(GetStateService, StringComparison.Ordinal))
            .Select(service => service.Name[..^GetStateService.Length])
            .Where(name => includeHidden || !name[(name.LastIndexOf('/') + 1)..].StartsWith('_'))];

    private static string Find(RosSession session, NodeQuery node)
    {
        var name = RosOptions.Absolute(node.Name);
        var view = session.Discover(graph => ManagedNodes(graph, node.IncludeHidden).Contains(name));
        return ManagedNodes(view, node.IncludeHidden).Contains(name)
            ? name
            : throw new AiosException(ExitCode.Failure, $"Node not found: no managed node is called {name}");
    }

    private static List<TransitionDescription> Transitions(RosSession session, string node, bool all) =>
        Call<GetAvailableTransitions, GetAvailableTransitions_Request, GetAvailableTransitions_Response>(
            session, node + (all ? "/get_transition_graph" : "/get_available_transitions"), new()).AvailableTransitions;

    private static TResponse Call<TService, TRequest, TResponse>(RosSession session, string service, TRequest request)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new()
    {
        using var client = session.Node.CreateClient<TService, TRequest, TResponse>(service);
        return session.Await(client.WaitForServiceAsync(Patience), Timeout.InfiniteTimeSpan, service)
            ? session.Await(client.SendRequestAsync(request), Patience, $"service '{service}'")
            : throw new AiosException(ExitCode.Failure, $"service '{service}' is not there");
    }
}
