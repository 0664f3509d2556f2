using composition_interfaces.srv;
using ROS2;

namespace Aios.Cli.RosTools;

/// <summary><c>ros component</c>: containers and the nodes loaded into them.</summary>
internal static class ComponentTools
{
    private const string Suffix = "/_container/list_nodes";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Containers, and what is loaded into each.</summary>
    /// <param name="session">The session.</param>
    /// <param name="container">One container; null for all.</param>
    /// <param name="containersOnly">Names of containers alone.</param>
    public static int List(RosSession session, string? container, bool containersOnly)
    {
        var names = container is null ? Containers(session.Discover()) : [];
        if (container is not null)
        {
            names = [Find(session, container)];
        }

        foreach (var name in names)
        {
            if (container is null)
            {
                session.Output.WriteLine(name);
            }

            if (!containersOnly)
            {
                var nodes = Call<ListNodes, ListNodes_Request, ListNodes_Response>(session, name, "list_nodes", new ListNodes_Request());
                foreach (var (id, node) in nodes.UniqueIds.Zip(nodes.FullNodeNames))
                {
                    session.Output.WriteLine(FormattableString.Invariant($"{(container is null ? "  " : "")}{id}  {node}"));
                }
            }
        }

        return ExitCode.Success;
    }

    /// <summary>What installed packages register.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="index">What is installed.</param>
    /// <param name="package">One package; null for all.</param>
    public static int Types(TextWriter output, ComponentIndex index, string? package)
    {
        if (package is not null && index.Find(package).Count == 0 && Launch.RosPackages.FindPrefix(package) is null)
        {
            throw new AiosException(ExitCode.Failure, $"Unable to find package '{package}'");
        }

        foreach (var name in package is null ? index.Packages : [package])
        {
            if (package is null)
            {
                output.WriteLine(name);
            }

            foreach (var component in index.Find(name))
            {
                output.WriteLine(package is null ? $"  {component.Plugin}" : component.Plugin);
            }
        }

        return ExitCode.Success;
    }

    /// <summary>Loads a component.</summary>
    /// <param name="session">The session.</param>
    /// <param name="container">Full name of the container's node.</param>
    /// <param name="request">Which component and how.</param>
    /// <param name="quiet">Print its number and name alone.</param>
    /// <param name="patience">Longest wait for the container; null for that of discovery.</param>
    public static int Load(RosSession session, string container, LoadNode_Request request, bool quiet = false, TimeSpan? patience = null)
    {
        container = Find(session, container, patience);
        var answer = Call<LoadNode, LoadNode_Request, LoadNode_Response>(session, container, "load_node", request);
        if (!answer.Success)
        {
            throw new AiosException(ExitCode.Failure, $"Failed to load component: {answer.ErrorMessage}");
        }

        session.Output.WriteLine(quiet
            ? FormattableString.Invariant($"{answer.UniqueId}  {answer.FullNodeName}")
            : FormattableString.Invariant($"Loaded component {answer.UniqueId} into '{container}' container node as '{answer.FullNodeName}'"));
        return ExitCode.Success;
    }

    /// <summary>Unloads components by their numbers.</summary>
    public static int Unload(RosSession session, string container, IReadOnlyList<ulong> ids, bool quiet = false)
    {
        container = Find(session, container);
        foreach (var id in ids)
        {
            var answer = Call<UnloadNode, UnloadNode_Request, UnloadNode_Response>(session, container, "unload_node", new UnloadNode_Request { UniqueId = id });
            if (!answer.Success)
            {
                throw new AiosException(ExitCode.Failure, FormattableString.Invariant($"Failed to unload component {id} from '{container}' container node\n    {answer.ErrorMessage}"));
            }

            session.Output.WriteLine(quiet ? FormattableString.Invariant($"{id}") : FormattableString.Invariant($"Unloaded component {id} from '{container}' container node"));
        }

        return ExitCode.Success;
    }

    private static List<string> Containers(RosGraphView graph) =>
    [
        .. graph.Services(includeHidden: true)
            .Where(service => service.Name.EndsWith(Suffix, StringComparison.Ordinal) && service.Types.Contains("composition_interfaces/srv/ListNodes"))
            .Select(service => service.Name[..^Suffix.Length]),
    ];

    private static string Find(RosSession session, string container, TimeSpan? patience = null)
    {
        var name = RosOptions.Absolute(container);
        return Containers(session.Discover(graph => Containers(graph).Contains(name), patience)).Contains(name)
            ? name
            : throw new AiosException(ExitCode.Failure, $"Unable to find container node '{name}'");
    }

    private static TResponse Call<TService, TRequest, TResponse>(RosSession session, string container, string service, TRequest request)
        where TService : IRosServiceDefinition<TRequest, TResponse>
        where TRequest : IRosMessage, new()
        where TResponse : IRosMessage, new()
    {
        using var client = session.Node.CreateClient<TService, TRequest, TResponse>($"{container}/_container/{service}");
        return session.Await(client.WaitForServiceAsync(Patience), Timeout.InfiniteTimeSpan, container)
            ? session.Await(client.SendRequestAsync(request), Patience, client.Name)
            : throw new AiosException(ExitCode.Failure, $"'{container}' is no container: it has no service {client.Name}");
    }
}
