using ROS2;
using ROS2.Transport;
using type_description_interfaces.srv;

namespace Aios.Cli.RosTools;

/// <summary>
/// Types of topics and services: those installed and those generated into this program, and where both lack one, or have
/// another version of it than the graph, as a node that uses it describes it.
/// </summary>
internal static class GraphTypes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Type of a topic's messages.</summary>
    /// <param name="session">Asks the nodes.</param>
    /// <param name="topic">Full name of the topic.</param>
    /// <param name="typeName">Name of the type, full or short.</param>
    /// <exception cref="AiosException">It is not installed, and neither this program nor a node of the topic knows it; one line.</exception>
    public static RosMessageType OfTopic(RosSession session, string topic, string typeName)
    {
        var view = session.View();
        IEnumerable<GraphEndpoint> users =
            [.. view.EndpointsOf(topic, GraphEndpointKind.Publisher), .. view.EndpointsOf(topic, GraphEndpointKind.Subscription)];
        return Find(
            session,
            typeName,
            [.. RosTypes.MessagesNamed(typeName)],
            (own, hash) => own.TypeHash == hash,
            users,
            (answer, known, hash) => DescribedTypes.CreateMessageType(answer.TypeDescription, answer.TypeSources, known) is var type && type.TypeHash == hash ? type : null,
            () => RosTypes.Message(typeName));
    }

    /// <summary>Type of a service.</summary>
    /// <inheritdoc cref="OfTopic"/>
    public static RosServiceType OfService(RosSession session, string service, string typeName) => Find(
        session,
        typeName,
        [.. RosTypes.ServicesNamed(typeName)],
        (own, hash) => own.HasHash(hash),
        session.View().EndpointsOf(service, GraphEndpointKind.ServiceServer),
        (answer, known, hash) => DescribedTypes.CreateServiceType(answer.TypeDescription, answer.TypeSources, known) is var type && type.HasHash(hash) ? type : null,
        () => RosTypes.Service(typeName));

    /// <summary>Type of an action; one that is installed or was generated into this program is taken as it is.</summary>
    /// <inheritdoc cref="OfTopic"/>
    public static RosActionType OfAction(RosSession session, string action, string typeName)
    {
        if (RosTypes.Registry.FindAction(typeName) is { } own)
        {
            return own;
        }

        action = RosOptions.Absolute(action);
        if (!session.Discover(graph => graph.ActionTypes(action).Count > 0).ActionTypes(action).Contains(FullName(typeName)))
        {
            return RosTypes.Action(typeName);
        }

        var name = FullName(typeName);
        var sendGoal = OfService(session, ActionNames.SendGoal(action), name + "_SendGoal");
        var getResult = OfService(session, ActionNames.GetResult(action), name + "_GetResult");
        var feedback = OfTopic(session, ActionNames.Feedback(action), name + "_FeedbackMessage");
        return new RosActionType(
            name, "", "", Part(sendGoal.Request, "goal"), Part(getResult.Response, "result"), Part(feedback, "feedback"), sendGoal, getResult, feedback);

        RosMessageType Part(RosMessageType whole, string field) => whole.Fields.FirstOrDefault(candidate => candidate.Name == field)?.Message
            ?? throw new AiosException(ExitCode.Failure, $"{name} is described wrongly: {whole.Name} has no message '{field}'");
    }

    private static string FullName(string actionType) => actionType.Split('/') is [var package, var type] ? $"{package}/action/{type}" : actionType;

    private static T Find<T>(
        RosSession session,
        string typeName,
        T[] own,
        Func<T, string, bool> hasHash,
        IEnumerable<GraphEndpoint> users,
        Func<GetTypeDescription_Response, RosTypeRegistry, string, T?> create,
        Func<T> unknown)
        where T : class
    {
        var candidates = users.Where(user => user.TypeName.StartsWith(typeName.Split('/')[0] + "/", StringComparison.Ordinal)
                && user.TypeName.EndsWith("/" + typeName.Split('/')[^1], StringComparison.Ordinal)
                && user.TypeHash.Length > 0 && !RosGraphView.IsHidden(user.NodeName))
            .Select(user => (Node: RosNames.Join(user.NodeNamespace, user.NodeName), user.TypeName, user.TypeHash)).Distinct().ToList();
        if (Array.Find(own, type => candidates.TrueForAll(candidate => hasHash(type, candidate.TypeHash))) is { } fitting)
        {
            return fitting;
        }

        var reasons = new List<string>();
        foreach (var (node, name, remoteHash) in candidates)
        {
            if (Ask(session, node, name, remoteHash, create, reasons) is { } found)
            {
                return found;
            }
        }

        if (own.Length > 0)
        {
            Console.Error.WriteLine($"WARNING: {typeName} has another definition in the graph than here, and it is read as defined here: {string.Join("; ", reasons)}");
            return own[0];
        }

        return reasons.Count > 0
            ? throw new AiosException(ExitCode.Failure, $"{typeName} is not installed and was not generated into this program: {string.Join("; ", reasons)}")
            : unknown();
    }

    private static T? Ask<T>(
        RosSession session, string node, string typeName, string hash, Func<GetTypeDescription_Response, RosTypeRegistry, string, T?> create, List<string> reasons)
        where T : class
    {
        var service = TypeDescriptionClient.ServiceOf(node);
        using var client = new TypeDescriptionClient(session.Node, node);
        if (!session.Await(client.WaitForServiceAsync(Patience), Timeout.InfiniteTimeSpan, node))
        {
            reasons.Add($"{node} has no service {service} that would describe it");
            return null;
        }

        var call = client.DescribeAsync(typeName, hash);
        if (!session.Wait(call, Patience) || !call.IsCompletedSuccessfully)
        {
            reasons.Add($"{service} did not answer");
            return null;
        }

        try
        {
            reasons.Add(call.Result.Successful
                ? $"{node} describes a type with hash {RosTypeDescriptions.ComputeHash(call.Result.TypeDescription)} instead of {hash}"
                : $"{node}: {call.Result.FailureReason}");
            return call.Result.Successful ? create(call.Result, RosTypes.Registry, hash) : null;
        }
        catch (FormatException error)
        {
            reasons[^1] = $"{node} describes it wrongly: {error.Message}";
            return null;
        }
    }
}
