namespace ROS2;

/// <summary>How many samples an endpoint keeps that the other side has not taken yet (DDS HISTORY).</summary>
public enum QosHistoryPolicy
{
    /// <summary>The transport's own default.</summary>
    SystemDefault = 0,

    /// <summary>Keep the last <see cref="QosProfile.Depth"/> samples; older ones are replaced.</summary>
    KeepLast = 1,

    /// <summary>Keep every sample until it is taken or a resource limit of the transport is reached.</summary>
    KeepAll = 2,
}

/// <summary>Whether lost samples are sent again (DDS RELIABILITY).</summary>
public enum QosReliabilityPolicy
{
    /// <summary>The transport's own default.</summary>
    SystemDefault = 0,

    /// <summary>Lost samples are sent again until acknowledged or pushed out of the history.</summary>
    Reliable = 1,

    /// <summary>Samples are sent once and may be lost.</summary>
    BestEffort = 2,

    /// <summary>The strictest that matches the other side, as it is known when the endpoint is created.</summary>
    BestAvailable = 4,
}

/// <summary>Whether samples outlive the moment they are published in (DDS DURABILITY).</summary>
public enum QosDurabilityPolicy
{
    /// <summary>The transport's own default.</summary>
    SystemDefault = 0,

    /// <summary>The publisher keeps its history for subscriptions that appear later.</summary>
    TransientLocal = 1,

    /// <summary>Only subscriptions present at publication receive a sample.</summary>
    Volatile = 2,

    /// <inheritdoc cref="QosReliabilityPolicy.BestAvailable"/>
    BestAvailable = 4,
}

/// <summary>How a publisher shows that it is alive (DDS LIVELINESS).</summary>
public enum QosLivelinessPolicy
{
    /// <summary>The transport's own default.</summary>
    SystemDefault = 0,

    /// <summary>The transport asserts liveliness while the process lives.</summary>
    Automatic = 1,

    /// <summary>The program asserts liveliness, by publishing or by an explicit call.</summary>
    ManualByTopic = 3,

    /// <inheritdoc cref="QosReliabilityPolicy.BestAvailable"/>
    BestAvailable = 5,
}
