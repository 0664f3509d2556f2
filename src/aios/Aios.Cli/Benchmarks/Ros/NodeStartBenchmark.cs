using System.Diagnostics;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.Benchmarks.Ros;

/// <summary>Start of many nodes with many topics in one process.</summary>
/// <param name="Transport">Middleware.</param>
/// <param name="Nodes">Number of nodes.</param>
/// <param name="TopicsPerNode">Publishers of each.</param>
/// <param name="Seconds">From the first node's creation until another participant sees every node and publisher.</param>
/// <param name="CreateSeconds">The part of it until the last publisher was created.</param>
internal sealed record NodeStartFigures(string Transport, int Nodes, int TopicsPerNode, double Seconds, double CreateSeconds);

/// <summary>Measures how long many nodes take to start and to be seen.</summary>
internal static class NodeStartBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Measures on one transport.</summary>
    /// <param name="open">Opens a participant; called twice.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <param name="topicsPerNode">Publishers of each.</param>
    /// <exception cref="AiosException">They are not seen within two minutes.</exception>
    public static NodeStartFigures Run(Func<IRosTransport> open, int nodes, int topicsPerNode)
    {
        using var watching = new RosContext(open());
        var watcher = watching.CreateNode("_watcher");
        using var starting = new RosContext(open());
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < nodes; i++)
        {
            var node = starting.CreateNode(FormattableString.Invariant($"node_{i}"));
            for (var topic = 0; topic < topicsPerNode; topic++)
            {
                node.CreatePublisher<std_msgs.msg.Int32>(FormattableString.Invariant($"node_{i}/topic_{topic}"));
            }
        }

        var created = watch.Elapsed;
        var seen = watcher.WaitForGraphAsync(() => IsSeen(watching, nodes, topicsPerNode), Patience);
        if (!watching.SpinUntilComplete(seen, Patience) || !seen.Result)
        {
            throw new AiosException(ExitCode.Failure, FormattableString.Invariant($"{nodes} nodes were not seen within {Patience.TotalSeconds} s"));
        }

        return new NodeStartFigures(starting.Transport.Identifier, nodes, topicsPerNode, watch.Elapsed.TotalSeconds, created.TotalSeconds);
    }

    private static bool IsSeen(RosContext context, int nodes, int topicsPerNode)
    {
        var graph = context.Transport.Graph;
        return graph.GetNodes().Count(node => node.Name.StartsWith("node_", StringComparison.Ordinal)) == nodes
            && graph.GetEndpoints().Count(endpoint =>
                endpoint.NodeName.StartsWith("node_", StringComparison.Ordinal) && endpoint.Name.Contains("/topic_", StringComparison.Ordinal)) == nodes * topicsPerNode;
    }
}
