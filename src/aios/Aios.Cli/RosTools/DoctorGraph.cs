using System.Globalization;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>What <c>ros doctor</c> finds in the graph: topics with one side only, and endpoints that cannot hear each other.</summary>
internal sealed class DoctorGraph
{
    private readonly RosGraphView _view;
    private readonly IReadOnlyList<string> _topics;

    /// <summary>Looks at a graph.</summary>
    public DoctorGraph(RosGraphView view)
    {
        _view = view;
        _topics = [.. view.Topics(includeHidden: false).Select(topic => topic.Name)];
    }

    /// <summary>Topics that somebody publishes and nobody hears, or the other way round.</summary>
    public IReadOnlyList<string> FindOneSided()
    {
        List<string> warnings = [];
        foreach (var topic in Reported())
        {
            var (publishers, subscriptions) = (Count(topic, GraphEndpointKind.Publisher), Count(topic, GraphEndpointKind.Subscription));
            if (publishers > 0 && subscriptions == 0)
            {
                warnings.Add($"Publisher without subscriber detected on {topic}.");
            }
            else if (subscriptions > 0 && publishers == 0)
            {
                warnings.Add($"Subscriber without publisher detected on {topic}.");
            }
        }

        return warnings;
    }

    /// <summary>One line for each pair that cannot hear each other.</summary>
    public IReadOnlyList<string> FindIncompatible() =>
        [.. Pairs().Where(pair => pair.Mismatch.Length > 0).Select(pair => $"QoS compatibility error found on topic '{pair.Topic}': {pair.Mismatch}")];

    /// <summary>Each pair of endpoints, for the report.</summary>
    public IEnumerable<(string Key, string Value)> DescribeQos()
    {
        var isEmpty = true;
        foreach (var (topic, publisher, subscription, mismatch) in Pairs())
        {
            isEmpty = false;
            yield return ("topic [type]", $"{topic} [{publisher.TypeName}]");
            yield return ("publisher node", publisher.NodeName);
            yield return ("subscriber node", subscription.NodeName);
            yield return ("compatibility status", mismatch.Length == 0 ? "OK" : $"ERROR: {mismatch}");
        }

        if (isEmpty)
        {
            yield return ("compatibility status", "No publisher/subscriber pairs found");
        }
    }

    /// <summary>Each topic with its numbers of endpoints, for the report.</summary>
    public IEnumerable<(string Key, string Value)> DescribeTopics()
    {
        foreach (var topic in Reported().DefaultIfEmpty("none"))
        {
            yield return ("topic", topic);
            yield return ("publisher count", Count(topic, GraphEndpointKind.Publisher).ToString(CultureInfo.InvariantCulture));
            yield return ("subscriber count", Count(topic, GraphEndpointKind.Subscription).ToString(CultureInfo.InvariantCulture));
        }
    }

    private IEnumerable<string> Reported() => _topics.Where(topic => topic is not ("/parameter_events" or "/rosout"));

    private int Count(string topic, GraphEndpointKind kind) => _view.EndpointsOf(topic, kind).Count;

    private IEnumerable<(string Topic, GraphEndpoint Publisher, GraphEndpoint Subscription, string Mismatch)> Pairs() =>
        from topic in _topics
        from publisher in _view.EndpointsOf(topic, GraphEndpointKind.Publisher)
        from subscription in _view.EndpointsOf(topic, GraphEndpointKind.Subscription)
        select (topic, publisher, subscription, Mismatch(publisher.Qos, subscription.Qos));

    /// <summary>Why two profiles do not communicate; empty when they do or may.</summary>
    private static string Mismatch(QosProfile offered, QosProfile requested) =>
        QosChecks.CheckCompatible(offered, requested) is { Compatibility: QosCompatibilityLevel.Error } error
            ? error.Reason.Replace("ERROR: ", "", StringComparison.Ordinal)
            : "";
}
