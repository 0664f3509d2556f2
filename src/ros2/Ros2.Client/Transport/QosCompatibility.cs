namespace ROS2.Transport;

/// <summary>
/// Requested-versus-offered rules of DDS 1.4, 2.2.3, for transports that match endpoints themselves. "System default" is
/// reliable and volatile.
/// </summary>
public static class QosCompatibility
{
    /// <summary>Whether a profile is reliable; the system default is.</summary>
    public static bool IsReliable(QosProfile qos) => qos.Reliability != QosReliabilityPolicy.BestEffort;

    /// <summary>The first policy a writer offers too little of, or <see cref="QosPolicyKind.Invalid"/> when all match.</summary>
    public static QosPolicyKind FirstMismatch(QosProfile offered, QosProfile requested)
    {
        if (!IsReliable(offered) && IsReliable(requested))
        {
            return QosPolicyKind.Reliability;
        }

        if (offered.Durability != QosDurabilityPolicy.TransientLocal
            && requested.Durability == QosDurabilityPolicy.TransientLocal)
        {
            return QosPolicyKind.Durability;
        }

        if (Bound(offered.Deadline) > Bound(requested.Deadline))
        {
            return QosPolicyKind.Deadline;
        }

        if (offered.Liveliness != QosLivelinessPolicy.ManualByTopic
            && requested.Liveliness == QosLivelinessPolicy.ManualByTopic)
        {
            return QosPolicyKind.Liveliness;
        }

        return Bound(offered.LivelinessLeaseDuration) > Bound(requested.LivelinessLeaseDuration)
            ? QosPolicyKind.Liveliness // the lease is a part of that policy
            : QosPolicyKind.Invalid;
    }

    /// <summary>A duration as a bound: unspecified and infinite are no bound.</summary>
    public static TimeSpan Bound(TimeSpan duration) => duration <= TimeSpan.Zero ? TimeSpan.MaxValue : duration;
}
