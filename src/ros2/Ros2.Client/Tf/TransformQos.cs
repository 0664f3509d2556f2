using ROS2.Transport;

namespace ROS2;

/// <summary>What users may override of the topics of transforms: on the static one durability is fixed, as in tf2_ros.</summary>
internal static class TransformQos
{
    public static QosOverridingOptions Dynamic { get; } = new()
    {
        Policies = QosPolicyKind.Depth | QosPolicyKind.Durability | QosPolicyKind.History | QosPolicyKind.Reliability,
    };

    public static QosOverridingOptions Static { get; } = new()
    {
        Policies = QosPolicyKind.Depth | QosPolicyKind.History | QosPolicyKind.Reliability,
    };
}
