using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>DDS' communication statuses as the events of the seam.</summary>
internal static class QosEvents
{
    private const QosEventKind OfReader = QosEventKind.RequestedDeadlineMissed | QosEventKind.LivelinessChanged
        | QosEventKind.RequestedIncompatibleQos | QosEventKind.MessageLost | QosEventKind.SubscriptionMatched;

    private const QosEventKind OfWriter = QosEventKind.OfferedDeadlineMissed | QosEventKind.LivelinessLost
        | QosEventKind.OfferedIncompatibleQos | QosEventKind.PublicationMatched;

    private static readonly (QosEventKind Kind, NativeEvents Native)[] Pairs =
    [
        (QosEventKind.RequestedDeadlineMissed, NativeEvents.RequestedDeadlineMissed),
        (QosEventKind.LivelinessChanged, NativeEvents.LivelinessChanged),
        (QosEventKind.RequestedIncompatibleQos, NativeEvents.RequestedIncompatibleQos),
        (QosEventKind.MessageLost, NativeEvents.SampleLost),
        (QosEventKind.SubscriptionMatched, NativeEvents.SubscriptionMatched),
        (QosEventKind.OfferedDeadlineMissed, NativeEvents.OfferedDeadlineMissed),
        (QosEventKind.LivelinessLost, NativeEvents.LivelinessLost),
        (QosEventKind.OfferedIncompatibleQos, NativeEvents.OfferedIncompatibleQos),
        (QosEventKind.PublicationMatched, NativeEvents.PublicationMatched),
    ];

    /// <summary>What DDS reports of a reader or writer.</summary>
    public static QosEventKind Supported(bool isReader) => isReader ? OfReader : OfWriter;

    /// <summary>The events a set of native bits stands for.</summary>
    public static QosEventKind FromNative(NativeEvents events)
    {
        var kinds = QosEventKind.None;
        foreach ((QosEventKind kind, NativeEvents native) in Pairs)
        {
            kinds |= (events & native) != 0 ? kind : QosEventKind.None;
        }

        return kinds;
    }

    /// <summary>Reads and resets one status.</summary>
    /// <returns>False if nothing changed.</returns>
    public static bool TryTake(EndpointHandle endpoint, QosEventKind kind, out QosEventStatus status)
    {
        status = default;
        foreach ((QosEventKind candidate, NativeEvents native) in Pairs)
        {
            if (candidate == kind && endpoint.Native.GetStatus(endpoint, native, out NativeStatus counts) == DdsNative.Ok)
            {
                status = Translate(kind, counts);
                return status.TotalCountChange != 0 || status.CurrentCountChange != 0;
            }
        }

        return false;
    }

    private static QosEventStatus Translate(QosEventKind kind, in NativeStatus s) => kind switch
    {
        QosEventKind.LivelinessChanged =>
            new QosEventStatus(kind, (int)s.Current, s.CurrentChange, (int)s.NotAlive, s.NotAliveChange),
        _ => new QosEventStatus(
            kind, (int)s.Total, s.TotalChange, (int)s.Current, s.CurrentChange, TranslatePolicy(s.Policy)),
    };

    // Numbers of the DDS specification (DDS 1.4, 2.3.3).
    private static QosPolicyKind TranslatePolicy(uint id) => id switch
    {
        2 => QosPolicyKind.Durability,
        4 => QosPolicyKind.Deadline,
        8 => QosPolicyKind.Liveliness,
        11 => QosPolicyKind.Reliability,
        13 => QosPolicyKind.History,
        21 => QosPolicyKind.Lifespan,
        _ => QosPolicyKind.Invalid,
    };
}
