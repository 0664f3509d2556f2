namespace ROS2;

/// <summary>Names of policies as ROS writes them in parameters, bags and on command lines.</summary>
public static class QosNames
{
    private const string SystemDefault = "system_default";
    private const string BestAvailable = "best_available";

    /// <summary>Reliability by name.</summary>
    public static IReadOnlyDictionary<string, QosReliabilityPolicy> Reliability { get; } = new Dictionary<string, QosReliabilityPolicy>(StringComparer.Ordinal)
    {
        [SystemDefault] = QosReliabilityPolicy.SystemDefault,
        ["reliable"] = QosReliabilityPolicy.Reliable,
        ["best_effort"] = QosReliabilityPolicy.BestEffort,
        [BestAvailable] = QosReliabilityPolicy.BestAvailable,
    };

    /// <summary>Durability by name.</summary>
    public static IReadOnlyDictionary<string, QosDurabilityPolicy> Durability { get; } = new Dictionary<string, QosDurabilityPolicy>(StringComparer.Ordinal)
    {
        [SystemDefault] = QosDurabilityPolicy.SystemDefault,
        ["transient_local"] = QosDurabilityPolicy.TransientLocal,
        ["volatile"] = QosDurabilityPolicy.Volatile,
        [BestAvailable] = QosDurabilityPolicy.BestAvailable,
    };

    /// <summary>History by name.</summary>
    public static IReadOnlyDictionary<string, QosHistoryPolicy> History { get; } = new Dictionary<string, QosHistoryPolicy>(StringComparer.Ordinal)
    {
        [SystemDefault] = QosHistoryPolicy.SystemDefault,
        ["keep_last"] = QosHistoryPolicy.KeepLast,
        ["keep_all"] = QosHistoryPolicy.KeepAll,
    };

    /// <summary>Liveliness by name.</summary>
    public static IReadOnlyDictionary<string, QosLivelinessPolicy> Liveliness { get; } = new Dictionary<string, QosLivelinessPolicy>(StringComparer.Ordinal)
    {
        [SystemDefault] = QosLivelinessPolicy.SystemDefault,
        ["automatic"] = QosLivelinessPolicy.Automatic,
        ["manual_by_topic"] = QosLivelinessPolicy.ManualByTopic,
        [BestAvailable] = QosLivelinessPolicy.BestAvailable,
    };

    /// <summary>The name of a policy.</summary>
    public static string Of(QosReliabilityPolicy policy) => Find(Reliability, policy);

    /// <inheritdoc cref="Of(QosReliabilityPolicy)"/>
    public static string Of(QosDurabilityPolicy policy) => Find(Durability, policy);

    /// <inheritdoc cref="Of(QosReliabilityPolicy)"/>
    public static string Of(QosHistoryPolicy policy) => Find(History, policy);

    /// <inheritdoc cref="Of(QosReliabilityPolicy)"/>
    public static string Of(QosLivelinessPolicy policy) => Find(Liveliness, policy);

    private static string Find<T>(IReadOnlyDictionary<string, T> names, T policy)
        where T : struct, Enum => names.First(name => name.Value.Equals(policy)).Key;
}
