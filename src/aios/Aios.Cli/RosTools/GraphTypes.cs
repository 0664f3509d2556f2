using ROS2;
using ROS2.Transport;
using type_description_interfaces.srv;

namespace Aios.Cli.RosTools;

/// <summary>
/// Types of topics and services: those generated into this program, and where it lacks one, or has another version of it than
/// the graph, as a node that uses it describes it.
/// </summary>
internal static class GraphTypes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Type of a topic's messages.</summary>
    /// <param name="session">Asks the nodes.</param>
    /// <param name="topic">Full name of the topic.</param>
    /// <param name="typeName">Name of the type, full or short.</param>
    /// <exception cref="AiosException">Neither this program nor a node of the topic knows it; one line.</exception>
    public static RosMessageType OfTopic(RosSession session, string topic, string typeName)
    {
        var view = session.View();
        IEnumerable<GraphEndpoint> users =
            [.. view.EndpointsOf(topic, GraphEndpointKind.Publisher), .. view.EndpointsOf(topic, GraphEndpointKind.Subscription)];
        return Find(
            session,
            typeName,
            RosTypes.Registry.FindMessage(typeName) is { } own ? (own, own.TypeHash) : null,
            users,
            (answer, known) => DescribedTypes.CreateMessageType(answer.TypeDescription, answer.TypeSources, known),
            () => RosTypes.Message(typeName));
    }

    /// <summary>Type of a service; one that was generated into this program is taken as it is.</summary>
    /// <inheritdoc cref="OfTopic"/>
    public static RosServiceType OfService(RosSession session, string service, string typeName) => Find(
        session,
        typeName,
        RosTypes.Registry.FindService(typeName) is { } own ? (own, "") : null,
        session.View().EndpointsOf(service, GraphEndpointKind.ServiceServer),
        (answer, known) => DescribedTypes.CreateServiceType(answer.TypeDescription, answer.TypeSources, known),
        () => RosTypes.Service(typeName));

    private static T Find<T>(
        RosSession session,
        string typeName,
        (T Type, string Hash)? own,
        IEnumerable<GraphEndpoint> users,
        Func<GetTypeDescription_Response, RosTypeRegistry, T> create,
        Func<T> unknown)
        where T : class
    {
        var candidates = users.Where(user => user.TypeName.StartsWith(typeName.Split('/')[0] + "/", StringComparison.Ordinal)
                && user.TypeName.EndsWith("/" + typeName.Split('/')[^1], StringComparison.Ordinal)
                && user.TypeHash.Length > 0 && !RosGraphView.IsHidden(user.NodeName))
            .Select(user => (Node: RosNames.Join(user.NodeNamespace, user.NodeName), user.TypeName, user.TypeHash)).Distinct().ToList();
        if (own is var (type, hash) && (hash.Length == 0 || candidates.TrueForAll(candidate => candidate.TypeHash == hash)))
        {
            return type;
        }

        var reasons = new List<string>();
        foreach (var (node, name, remoteHash) in candidates)
        {
            if (Ask(session, node, name, remoteHash, create, reasons) is { } found)
            {
                return found;
            }
        }

        if (own is not null)
        {
            Console.Error.WriteLine($"WARNING: {typeName} has another definition in the graph than here, and it is read as defined here: {string.Join("; ", reasons)}");
            return own.Value.Type;
        }

        return reasons.Count > 0
            ? throw new AiosException(ExitCode.Failure, $"{typeName} was not generated into this program: {string.Join("; ", reasons)}")
            : unknown();
    }

    private static T? Ask<T>(
        RosSession session, string node, string typeName, string hash, Func<GetTypeDescription_Response, RosTypeRegistry, T> create, List<string> reasons)
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
            var actual = call.Result.Successful ? RosTypeDescriptions.ComputeHash(call.Result.TypeDescription) : hash;
            reasons.Add(call.Result.Successful ? $"{node} describes a type with hash {actual} instead of {hash}" : $"{node}: {call.Result.FailureReason}");
            return call.Result.Successful && actual == hash ? create(call.Result, RosTypes.Registry) : null;
        }
        catch (FormatException error)
        {
            reasons[^1] = $"{node} describes it wrongly: {error.Message}";
            return null;
        }
    }
}
