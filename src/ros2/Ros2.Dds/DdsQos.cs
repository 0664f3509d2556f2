using System.Runtime.InteropServices;

namespace ROS2.Dds;

/// <summary>
/// The DDS policies ROS 2 sets, with every "default" resolved as the RMWs resolve it. Laid out as the C parts of the
/// transports expect it. Durations in nanoseconds, <see cref="Infinite"/> for no bound.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct DdsQos
{
    /// <summary>No bound.</summary>
    public const long Infinite = long.MaxValue;

    /// <summary>
    /// How long a reliable writer may wait for readers that do not keep up before it drops the sample: DDS' own default
    /// (DDS 1.4, 2.2.3.14), so that one stuck reader cannot hold up a control loop for longer.
    /// </summary>
    public const long DefaultMaxBlockingNs = 100_000_000;

    /// <summary>Left to the vendor and to the user's XML profiles, where the vendor has such.</summary>
    public const int VendorDefault = -1;

    /// <summary>0 best effort, 1 reliable.</summary>
    public int Reliable;

    /// <summary>0 volatile, 1 transient-local, 2 transient, 3 persistent; the last two are only seen in others.</summary>
    public int Durability;

    /// <summary>0 keep last, 1 keep all.</summary>
    public int KeepAll;

    /// <summary>Samples kept with keep-last; at least 1.</summary>
    public int Depth;

    /// <summary>0 automatic, 1 manual by participant, 2 manual by topic.</summary>
    public int Liveliness;

    /// <summary>Readers: 1 to drop what their own participant writes.</summary>
    public int IgnoreLocal;

    /// <summary>DEADLINE.</summary>
    public long DeadlineNs;

    /// <summary>LIFESPAN.</summary>
    public long LifespanNs;

    /// <summary>Lease of LIVELINESS.</summary>
    public long LeaseNs;

    /// <summary>RELIABILITY's max_blocking_time.</summary>
    public long MaxBlockingNs;

    /// <summary>Resolves a profile: "system default" is keep-last 1, reliable, volatile, automatic.</summary>
    public static DdsQos From(QosProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DdsQos
        {
            Reliable = profile.Reliability == QosReliabilityPolicy.BestEffort ? 0 : 1,
            Durability = profile.Durability == QosDurabilityPolicy.TransientLocal ? 1 : 0,
            KeepAll = profile.History == QosHistoryPolicy.KeepAll ? 1 : 0,
            Depth = Math.Max(1, profile.Depth),
            Liveliness = profile.Liveliness == QosLivelinessPolicy.ManualByTopic ? 2 : 0,
            DeadlineNs = ToNanoseconds(profile.Deadline),
            LifespanNs = ToNanoseconds(profile.Lifespan),
            LeaseNs = ToNanoseconds(profile.LivelinessLeaseDuration),
            MaxBlockingNs = DefaultMaxBlockingNs,
        };
    }

    /// <summary>As <see cref="From"/>, but "system default" is left to the vendor.</summary>
    public static DdsQos FromLeavingDefaults(QosProfile profile)
    {
        DdsQos qos = From(profile);
        qos.Reliable = profile.Reliability == QosReliabilityPolicy.SystemDefault ? VendorDefault : qos.Reliable;
        qos.Durability = profile.Durability == QosDurabilityPolicy.SystemDefault ? VendorDefault : qos.Durability;
        qos.KeepAll = profile.History == QosHistoryPolicy.SystemDefault ? VendorDefault : qos.KeepAll;
        qos.Liveliness = profile.Liveliness == QosLivelinessPolicy.SystemDefault ? VendorDefault : qos.Liveliness;
        return qos;
    }

    /// <summary>The profile that tells others of this endpoint.</summary>
    public readonly QosProfile ToProfile()
    {
        QosProfile profile = KeepAll != 0 ? QosProfile.KeepAll() : QosProfile.KeepLast(Math.Max(0, Depth));
        return profile
            .WithReliability(Reliable != 0 ? QosReliabilityPolicy.Reliable : QosReliabilityPolicy.BestEffort)
            .WithDurability(Durability != 0 ? QosDurabilityPolicy.TransientLocal : QosDurabilityPolicy.Volatile)
            .WithLiveliness(Liveliness == 2 ? QosLivelinessPolicy.ManualByTopic : QosLivelinessPolicy.Automatic)
            .WithDeadline(ToTimeSpan(DeadlineNs))
            .WithLifespan(ToTimeSpan(LifespanNs))
            .WithLivelinessLeaseDuration(ToTimeSpan(LeaseNs));
    }

    // Zero is "unspecified", a negative duration "infinite"; for all three policies DDS' default is infinite.
    private static long ToNanoseconds(TimeSpan duration) =>
        duration <= TimeSpan.Zero || duration.Ticks > Infinite / 100 ? Infinite : duration.Ticks * 100;

    private static TimeSpan ToTimeSpan(long nanoseconds) =>
        nanoseconds is Infinite or < 0 ? QosProfile.InfiniteDuration : TimeSpan.FromTicks(nanoseconds / 100);
}
