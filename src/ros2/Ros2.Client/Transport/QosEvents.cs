namespace ROS2.Transport;

/// <summary>The events a transport can report of an endpoint; values are bits so that they combine in a mask.</summary>
[Flags]
public enum QosEventKind
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Subscription: no sample came within the deadline.</summary>
    RequestedDeadlineMissed = 1 << 0,

    /// <summary>Subscription: a matched publisher became alive or not alive.</summary>
    LivelinessChanged = 1 << 1,

    /// <summary>Subscription: a publisher offers less than is requested.</summary>
    RequestedIncompatibleQos = 1 << 2,

    /// <summary>Subscription: a sample was lost.</summary>
    MessageLost = 1 << 3,

    /// <summary>Subscription: a publisher matched or left.</summary>
    SubscriptionMatched = 1 << 4,

    /// <summary>Publisher: nothing was published within the deadline.</summary>
    OfferedDeadlineMissed = 1 << 5,

    /// <summary>Publisher: liveliness was not asserted within the lease.</summary>
    LivelinessLost = 1 << 6,

    /// <summary>Publisher: a subscription requests more than is offered.</summary>
    OfferedIncompatibleQos = 1 << 7,

    /// <summary>Publisher: a subscription matched or left.</summary>
    PublicationMatched = 1 << 8,

    /// <summary>Either: an endpoint on this topic has another type.</summary>
    IncompatibleType = 1 << 9,
}

/// <summary>The policy behind an incompatibility; values of rmw's <c>rmw_qos_policy_kind_t</c>.</summary>
[Flags]
public enum QosPolicyKind
{
    /// <summary>Unknown or none.</summary>
    Invalid = 1 << 0,

    /// <summary>Durability.</summary>
    Durability = 1 << 1,

    /// <summary>Deadline.</summary>
    Deadline = 1 << 2,

    /// <summary>Liveliness.</summary>
    Liveliness = 1 << 3,

    /// <summary>Reliability.</summary>
    Reliability = 1 << 4,

    /// <summary>History.</summary>
    History = 1 << 5,

    /// <summary>Lifespan.</summary>
    Lifespan = 1 << 6,

    /// <summary>Depth.</summary>
    Depth = 1 << 7,

    /// <summary>Liveliness lease duration.</summary>
    LivelinessLeaseDuration = 1 << 8,
}

/// <summary>The state of one event when it was taken. Fields without meaning for a kind are zero.</summary>
/// <param name="Kind">The one event this is about.</param>
/// <param name="TotalCount">How often it happened since the endpoint exists; for liveliness the number alive.</param>
/// <param name="TotalCountChange">Change of <paramref name="TotalCount"/> since it was last taken.</param>
/// <param name="CurrentCount">Matched: endpoints matched now; liveliness: publishers not alive.</param>
/// <param name="CurrentCountChange">Change of <paramref name="CurrentCount"/> since it was last taken.</param>
/// <param name="LastPolicy">Incompatible QoS: the policy that failed last.</param>
public readonly record struct QosEventStatus(
    QosEventKind Kind,
    int TotalCount,
    int TotalCountChange,
    int CurrentCount = 0,
    int CurrentCountChange = 0,
    QosPolicyKind LastPolicy = QosPolicyKind.Invalid);
