using ROS2;
using ROS2.Transport;

namespace Aios.Cli.RosTools;

/// <summary>Quality of service under which every publisher of a topic is heard: as strict as the least strict of them.</summary>
internal static class AdaptedQos
{
    /// <summary>Adapts a profile to publishers.</summary>
    /// <param name="publishers">Those that are there; none leaves the profile as it is.</param>
    /// <param name="preset">Profile to start from.</param>
    /// <param name="tell">Gets a line when they differ.</param>
    public static QosProfile For(IReadOnlyList<GraphEndpoint> publishers, QosProfile preset, Action<string> tell)
    {
        if (publishers.Count == 0)
        {
            return preset;
        }

        var reliable = publishers.Count(publisher => QosCompatibility.IsReliable(publisher.Qos));
        var latched = publishers.Count(publisher => publisher.Qos.Durability == QosDurabilityPolicy.TransientLocal);
        Tell(reliable, "RELIABLE", "BEST_EFFORT");
        Tell(latched, "TRANSIENT_LOCAL", "VOLATILE");
        return preset
            .WithReliability(reliable == publishers.Count ? QosReliabilityPolicy.Reliable : QosReliabilityPolicy.BestEffort)
            .WithDurability(latched == publishers.Count ? QosDurabilityPolicy.TransientLocal : QosDurabilityPolicy.Volatile);

        void Tell(int count, string offered, string instead)
        {
            if (count > 0 && count < publishers.Count)
            {
                tell($"Some, but not all, publishers are offering {offered}. Falling back to {instead} as it will connect to all publishers");
            }
        }
    }
}
