namespace ROS2.Bag;

/// <summary>A topic of a bag.</summary>
public sealed class BagTopic
{
    internal BagTopic(string name, string typeName, string typeHash, BagQos qos, ushort channelId)
    {
        Name = name;
        TypeName = typeName;
        TypeHash = typeHash;
        Qos = qos;
        ChannelId = channelId;
    }

    /// <summary>The topic's name, for example <c>/rover_1/odom</c>.</summary>
    public string Name { get; }

    /// <summary>The type, for example <c>nav_msgs/msg/Odometry</c>.</summary>
    public string TypeName { get; }

    /// <summary>RIHS01 hash of the type; empty when unknown.</summary>
    public string TypeHash { get; }

    /// <summary>Quality of service it was offered with.</summary>
    public BagQos Qos { get; }

    /// <summary>Messages written so far.</summary>
    public long MessageCount { get; internal set; }

    internal ushort ChannelId { get; }
}
