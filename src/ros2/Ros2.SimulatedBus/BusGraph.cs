using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>The graph of the bus. Discovery is immediate; a killed host stays until its lease has run out.</summary>
internal sealed class BusGraph(SimulatedBus bus) : IRosGraph
{
    public IReadOnlyList<GraphNode> GetNodes()
    {
        var nodes = new List<GraphNode>();
        foreach (BusTransport transport in bus.Transports)
        {
            foreach (BusNode node in transport.Nodes)
            {
                nodes.Add(new GraphNode(node.Name, node.Namespace, "/"));
            }
        }

        nodes.Sort((a, b) => Compare(a.Namespace, b.Namespace, a.Name, b.Name));
        return nodes;
    }

    public IReadOnlyList<GraphEndpoint> GetEndpoints()
    {
        var endpoints = new List<GraphEndpoint>();
        foreach (BusTransport transport in bus.Transports)
        {
            foreach (BusEndpoint endpoint in transport.Endpoints)
            {
                endpoints.Add(endpoint.Describe());
            }
        }

        endpoints.Sort(CompareEndpoints);
        return endpoints;
    }

    private static int CompareEndpoints(GraphEndpoint a, GraphEndpoint b)
    {
        int byName = string.CompareOrdinal(a.Name, b.Name);
        if (byName != 0)
        {
            return byName;
        }

        int byFirst = a.Gid.First.CompareTo(b.Gid.First);
        return byFirst != 0 ? byFirst : a.Gid.Second.CompareTo(b.Gid.Second);
    }

    private static int Compare(string a1, string b1, string a2, string b2)
    {
        int first = string.CompareOrdinal(a1, b1);
        return first != 0 ? first : string.CompareOrdinal(a2, b2);
    }
}
