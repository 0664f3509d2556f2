using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary><c>ros node</c>.</summary>
internal static class NodeTools
{
    /// <summary>Names of the nodes.</summary>
    public static int List(RosSession session, bool includeHidden, bool countOnly)
    {
        var names = session.Discover().NodeNames(includeHidden);
        if (countOnly)
        {
            session.Output.WriteLine(names.Count);
            return ExitCode.Success;
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
        {
            Console.Error.WriteLine("WARNING: Be aware that there are nodes in the graph that share an exact name, which can have unintended side effects.");
        }

        Names.WriteLines(session.Output, names);
        return ExitCode.Success;
    }

    /// <summary>What one node publishes, subscribes to, serves and calls.</summary>
    public static int Info(RosSession session, string node, bool includeHidden)
    {
        var view = session.Discover(graph => graph.NodeNames(includeHidden: true).Contains(node, StringComparer.Ordinal));
        var count = view.NodeNames(includeHidden: true).Count(name => name == node);
        if (count == 0)
        {
            throw new AiosException(ExitCode.Failure, $"Unable to find node '{node}'");
        }

        if (count > 1)
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"There are {count} nodes in the graph with the exact name \"{node}\". You are seeing information about only one of them."));
        }

        session.Output.WriteLine(node);
        Write("Subscribers", view.NamesOf(node, GraphEndpointKind.Subscription, includeHidden));
        Write("Publishers", view.NamesOf(node, GraphEndpointKind.Publisher, includeHidden));
        Write("Service Servers", view.NamesOf(node, GraphEndpointKind.ServiceServer, includeHidden));
        Write("Service Clients", view.NamesOf(node, GraphEndpointKind.ServiceClient, includeHidden));
        Write("Action Servers", view.ActionServersOf(node, includeHidden));
        Write("Action Clients", view.ActionClientsOf(node, includeHidden));
        return ExitCode.Success;

        void Write(string title, IReadOnlyList<GraphName> names)
        {
            session.Output.WriteLine($"  {title}:");
            // An empty list leaves an empty line, as with ros2.
            session.Output.WriteLine(string.Join('\n', names.Select(name => $"    {name.Name}: {string.Join(", ", name.Types)}")));
        }
    }

    /// <summary>Waits for a node.</summary>
    /// <returns>Its full name.</returns>
    /// <exception cref="AiosException">It is not there.</exception>
    public static string Find(RosSession session, NodeQuery node)
    {
        var name = RosOptions.Absolute(node.Name);
        return IsThere(session.Discover(IsThere, node.Timeout)) ? name : throw new AiosException(ExitCode.Failure, $"Node not found: {name}{Hint()}");

        bool IsThere(RosGraphView graph) => graph.NodeNames(node.IncludeHidden).Contains(name, StringComparer.Ordinal);

        string Hint() => !node.IncludeHidden && RosGraphView.IsHidden(name) ? " (it is hidden, see --include-hidden-nodes)" : "";
    }
}
