using ROS2.Transport;

namespace ROS2;

/// <summary>
/// What "best available" comes to when an endpoint is created: the strictest that matches every endpoint of the other side that
/// is known then, as rmw decides. It does not follow later changes of the graph.
/// </summary>
internal static class BestAvailable
{
    /// <summary>For a subscription, after the publishers of its topic: as strict as the least strict of them.</summary>
    public static QosProfile ForSubscription(QosProfile qos, IRosGraph graph, string topic)
    {
        if (!IsWanted(qos))
        {
            return qos;
        }

        QosProfile[] others = Others(graph, topic, GraphEndpointKind.Publisher);
        return Resolve(
            qos,
            Array.TrueForAll(others, QosCompatibility.IsReliable),
            Array.TrueForAll(others, other => other.Durability == QosDurabilityPolicy.TransientLocal),
            Array.TrueForAll(others, other => other.Liveliness == QosLivelinessPolicy.ManualByTopic),
            Longest(others.Select(other => other.Deadline)),
            Longest(others.Select(other => other.LivelinessLeaseDuration)));
    }

    /// <summary>For a publisher, after the subscriptions of its topic: as strict as the strictest of them.</summary>
    public static QosProfile ForPublisher(QosProfile qos, IRosGraph graph, string topic)
    {
        if (!IsWanted(qos))
        {
            return qos;
        }

        QosProfile[] others = Others(graph, topic, GraphEndpointKind.Subscription);
        return Resolve(
            qos,
            isReliable: true,
            isTransientLocal: true,
            Array.Exists(others, other => other.Liveliness == QosLivelinessPolicy.ManualByTopic),
            Shortest(others.Select(other => other.Deadline)),
            Shortest(others.Select(other => other.LivelinessLeaseDuration)));
    }

    /// <summary>For the two ends of a service: as services are by default.</summary>
    public static QosProfile ForService(QosProfile qos) =>
        IsWanted(qos) ? Resolve(qos, isReliable: true, isTransientLocal: false, isManual: false, TimeSpan.Zero, TimeSpan.Zero) : qos;

    private static bool IsWanted(QosProfile qos) => qos.Reliability == QosReliabilityPolicy.BestAvailable
        || qos.Durability == QosDurabilityPolicy.BestAvailable
        || qos.Liveliness == QosLivelinessPolicy.BestAvailable
        || qos.Deadline == QosProfile.BestAvailableDuration
        || qos.LivelinessLeaseDuration == QosProfile.BestAvailableDuration;

    private static QosProfile Resolve(
        QosProfile qos, bool isReliable, bool isTransientLocal, bool isManual, TimeSpan deadline, TimeSpan lease)
    {
        qos = qos.Reliability == QosReliabilityPolicy.BestAvailable
            ? qos.WithReliability(isReliable ? QosReliabilityPolicy.Reliable : QosReliabilityPolicy.BestEffort)
            : qos;
        qos = qos.Durability == QosDurabilityPolicy.BestAvailable
            ? qos.WithDurability(isTransientLocal ? QosDurabilityPolicy.TransientLocal : QosDurabilityPolicy.Volatile)
            : qos;
        qos = qos.Liveliness == QosLivelinessPolicy.BestAvailable
            ? qos.WithLiveliness(isManual ? QosLivelinessPolicy.ManualByTopic : QosLivelinessPolicy.Automatic)
            : qos;
        qos = qos.Deadline == QosProfile.BestAvailableDuration ? qos.WithDeadline(deadline) : qos;
        return qos.LivelinessLeaseDuration == QosProfile.BestAvailableDuration ? qos.WithLivelinessLeaseDuration(lease) : qos;
    }

    private static QosProfile[] Others(IRosGraph graph, string topic, GraphEndpointKind kind) =>
        [.. new RosGraphView(graph).EndpointsOf(topic, kind).Select(endpoint => endpoint.Qos)];

    // A publisher without a bound offers none, so nothing can be asked for: infinite is the longest of all.
    private static TimeSpan Longest(IEnumerable<TimeSpan> durations) => AsDuration(durations.Select(QosCompatibility.Bound).DefaultIfEmpty(TimeSpan.MaxValue).Max());

    private static TimeSpan Shortest(IEnumerable<TimeSpan> durations) => AsDuration(durations.Select(QosCompatibility.Bound).DefaultIfEmpty(TimeSpan.MaxValue).Min());

    private static TimeSpan AsDuration(TimeSpan bound) => bound == TimeSpan.MaxValue ? TimeSpan.Zero : bound;
}
