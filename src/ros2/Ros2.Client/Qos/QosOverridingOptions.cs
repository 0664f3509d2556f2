using ROS2.Transport;

namespace ROS2;

/// <summary>
/// Lets users change the quality of service of a publisher or subscription from outside, by read-only parameters
/// <c>qos_overrides.TOPIC.publisher.POLICY</c> or <c>….subscription…</c>, as rclcpp's class of this name. Immutable.
/// </summary>
public sealed record QosOverridingOptions
{
    /// <summary>The policies that users most often need: history, depth and reliability.</summary>
    public static QosOverridingOptions Default { get; } = new();

    /// <summary>What ROS' own topics let users override: history, depth, durability and reliability.</summary>
    internal static QosOverridingOptions OfRosTopics { get; } = new()
    {
        Policies = QosPolicyKind.Depth | QosPolicyKind.Durability | QosPolicyKind.History | QosPolicyKind.Reliability,
    };

    /// <summary>Every policy that can be overridden.</summary>
    public static QosOverridingOptions All { get; } = new()
    {
        Policies = QosPolicyKind.Deadline | QosPolicyKind.Depth | QosPolicyKind.Durability | QosPolicyKind.History | QosPolicyKind.Lifespan
            | QosPolicyKind.Liveliness | QosPolicyKind.LivelinessLeaseDuration | QosPolicyKind.Reliability,
    };

    /// <summary>The policies that can be overridden.</summary>
    /// <value>Default history, depth and reliability. Lifespan has no meaning for subscriptions and is left out there.</value>
    public QosPolicyKind Policies { get; init; } = QosPolicyKind.History | QosPolicyKind.Depth | QosPolicyKind.Reliability;

    /// <summary>Says why a profile is not acceptable; null when it is.</summary>
    /// <value>Default null: all are.</value>
    public Func<QosProfile, string?>? Validate { get; init; }

    /// <summary>Tells apart several publishers or subscriptions of one node on one topic.</summary>
    /// <value>Default empty.</value>
    public string Id { get; init; } = "";
}

/// <summary>A profile that overrides led to is not acceptable, or an override is none of the values its policy has.</summary>
public sealed class InvalidQosOverridesException(string message) : ParameterException(message);
