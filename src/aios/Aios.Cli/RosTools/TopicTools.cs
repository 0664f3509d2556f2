using System.Globalization;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros topic</c> tells from the graph alone; wording and layout are those of <c>ros2 topic</c>.</summary>
internal static class TopicTools
{
    /// <summary>Names of topics, perhaps with types or with numbers of endpoints.</summary>
    public static int List(RosSession session, bool showTypes, bool countOnly, bool includeHidden, bool verbose)
    {
        var view = session.Discover();
        var topics = view.Topics(includeHidden);
        if (countOnly)
        {
            session.Output.WriteLine(topics.Count);
        }
        else if (verbose && topics.Count > 0)
        {
            WriteCounts(session.Output, view, topics, GraphEndpointKind.Publisher, "Published", "publisher");
            WriteCounts(session.Output, view, topics, GraphEndpointKind.Subscription, "Subscribed", "subscriber");
        }
        else
        {
            Names.Write(session.Output, topics, showTypes);
        }

        return ExitCode.Success;
    }

    /// <summary>Type and endpoints of one topic.</summary>
    public static int Info(RosSession session, string topic, bool verbose)
    {
        var view = session.Discover(graph => graph.TopicTypes(topic).Count > 0);
        var types = view.TopicTypes(topic);
        if (types.Count == 0)
        {
            throw new AiosException(ExitCode.Failure, $"Unknown topic '{topic}'");
        }

        var end = verbose ? "\n\n" : "\n";
        var output = session.Output;
        output.Write($"Type: {(types.Count == 1 ? types[0] : $"[{string.Join(", ", types.Select(type => $"'{type}'"))}]")}{end}");
        foreach (var (kind, label) in new[] { (GraphEndpointKind.Publisher, "Publisher"), (GraphEndpointKind.Subscription, "Subscription") })
        {
            var endpoints = view.EndpointsOf(topic, kind);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{label} count: {endpoints.Count}{end}"));
            foreach (var endpoint in verbose ? endpoints : [])
            {
                output.Write(EndpointText.Describe(endpoint) + end);
            }
        }

        return ExitCode.Success;
    }

    /// <summary>The type or types of one topic.</summary>
    public static int Type(RosSession session, string topic) =>
        Names.WriteLines(session.Output, session.Discover(graph => graph.TopicTypes(topic).Count > 0).TopicTypes(topic));

    /// <summary>Topics of one type.</summary>
    public static int Find(RosSession session, string type, bool countOnly, bool includeHidden) =>
        Names.Find(session.Output, session.Discover().Topics(includeHidden), type, countOnly);

    private static void WriteCounts(
        TextWriter output, RosGraphView view, IReadOnlyList<GraphName> topics, GraphEndpointKind kind, string title, string noun)
    {
        output.WriteLine($"{title} topics:");
        foreach (var topic in topics)
        {
            var count = view.EndpointsOf(topic.Name, kind).Count;
            if (count > 0)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $" * {topic.Name} [{string.Join(", ", topic.Types)}] {count} {noun}{(count > 1 ? "s" : "")}"));
            }
        }

        output.WriteLine();
    }
}
