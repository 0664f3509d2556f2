using System.Globalization;
using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>An endpoint of the graph as <c>ros2 topic info -v</c> prints it.</summary>
internal static class EndpointText
{
    /// <summary>Several lines without the last line feed.</summary>
    public static string Describe(GraphEndpoint endpoint) => string.Join('\n', (ReadOnlySpan<string?>)[
        $"Node name: {endpoint.NodeName}",
        $"Node namespace: {endpoint.NodeNamespace}",
        $"Topic type: {endpoint.TypeName}",
        $"Topic type hash: {(endpoint.TypeHash.Length > 0 ? endpoint.TypeHash : "INVALID")}",
        $"Endpoint type: {(endpoint.Kind == GraphEndpointKind.Publisher ? "PUBLISHER" : "SUBSCRIPTION")}",
        $"GID: {endpoint.Gid}",
        "QoS profile:",
        $"  Reliability: {Reliability(endpoint.Qos)}",
        $"  History (Depth): {History(endpoint.Qos)}",
        $"  Durability: {Durability(endpoint.Qos)}",
        $"  Lifespan: {Duration(endpoint.Qos.Lifespan)}",
        $"  Deadline: {Duration(endpoint.Qos.Deadline)}",
        $"  Liveliness: {Liveliness(endpoint.Qos)}",
        $"  Liveliness lease duration: {Duration(endpoint.Qos.LivelinessLeaseDuration)}"]);

    /// <summary>Reliability in capitals.</summary>
    public static string Reliability(QosProfile qos) => qos.Reliability switch
    {
        QosReliabilityPolicy.Reliable => "RELIABLE",
        QosReliabilityPolicy.BestEffort => "BEST_EFFORT",
        _ => "UNKNOWN",
    };

    /// <summary>Durability in capitals.</summary>
    public static string Durability(QosProfile qos) => qos.Durability switch
    {
        QosDurabilityPolicy.TransientLocal => "TRANSIENT_LOCAL",
        QosDurabilityPolicy.Volatile => "VOLATILE",
        _ => "UNKNOWN",
    };

    private static string Liveliness(QosProfile qos) => qos.Liveliness switch
    {
        QosLivelinessPolicy.ManualByTopic => "MANUAL_BY_TOPIC",
        _ => "AUTOMATIC",
    };

    // DDS discovery does not carry the depth.
    private static string History(QosProfile qos) => qos.History switch
    {
        QosHistoryPolicy.KeepLast when qos.Depth > 0 => string.Create(CultureInfo.InvariantCulture, $"KEEP_LAST ({qos.Depth})"),
        QosHistoryPolicy.KeepAll => "KEEP_ALL",
        _ => "UNKNOWN",
    };

    private static string Duration(TimeSpan time) => time <= TimeSpan.Zero
        ? "Infinite"
        : string.Create(CultureInfo.InvariantCulture, $"{(long)(time.Ticks * 100.0)} nanoseconds");
}
