namespace ROS2.Dds;

/// <summary>What the prefix of a DDS topic name says of its role in ROS 2.</summary>
public enum DdsTopicRole
{
    /// <summary>No ROS prefix: a plain DDS topic.</summary>
    Plain,

    /// <summary><c>rt/</c>: a topic.</summary>
    Topic,

    /// <summary><c>rq/…Request</c>: requests of a service.</summary>
    Request,

    /// <summary><c>rr/…Reply</c>: responses of a service.</summary>
    Response,
}

/// <summary>ROS 2 names on DDS, and back. Both RMWs mangle alike.</summary>
public static class DdsNames
{
    /// <summary>The topic both RMWs tell their nodes on; without a prefix.</summary>
    public const string DiscoveryTopic = "ros_discovery_info";

    private const string RequestSuffix = "Request";
    private const string ResponseSuffix = "Reply";

    /// <summary><c>/a/b</c> → <c>rt/a/b</c>; unchanged where the profile avoids ROS' conventions.</summary>
    public static string Topic(string rosName, QosProfile qos)
    {
        ArgumentNullException.ThrowIfNull(qos);
        return qos.AvoidRosNamespaceConventions ? rosName : "rt" + rosName;
    }

    /// <summary><c>/s</c> → <c>rq/sRequest</c>.</summary>
    public static string Request(string rosName, QosProfile qos)
    {
        ArgumentNullException.ThrowIfNull(qos);
        return (qos.AvoidRosNamespaceConventions ? "" : "rq") + rosName + RequestSuffix;
    }

    /// <summary><c>/s</c> → <c>rr/sReply</c>.</summary>
    public static string Response(string rosName, QosProfile qos)
    {
        ArgumentNullException.ThrowIfNull(qos);
        return (qos.AvoidRosNamespaceConventions ? "" : "rr") + rosName + ResponseSuffix;
    }

    /// <summary>Takes a DDS topic name apart.</summary>
    /// <param name="ddsName">As discovery tells it; from anywhere.</param>
    /// <param name="rosName">The ROS name with its slash, or for a plain topic the wire name as it is.</param>
    public static DdsTopicRole Demangle(string ddsName, out string rosName)
    {
        ArgumentNullException.ThrowIfNull(ddsName);
        if (ddsName.StartsWith("rt/", StringComparison.Ordinal))
        {
            rosName = ddsName[2..];
            return DdsTopicRole.Topic;
        }

        if (TryStrip(ddsName, "rq/", RequestSuffix, out rosName))
        {
            return DdsTopicRole.Request;
        }

        if (TryStrip(ddsName, "rr/", ResponseSuffix, out rosName))
        {
            return DdsTopicRole.Response;
        }

        rosName = ddsName;
        return DdsTopicRole.Plain;
    }

    /// <summary>The ROS name of a type; for a service's request or response type the service's name; a foreign name as it is.</summary>
    public static string DemangleType(string ddsType, DdsTopicRole role)
    {
        string rosType = RosTypeName.FromDds(ddsType) ?? ddsType;
        string suffix = role switch
        {
            DdsTopicRole.Request => "_Request",
            DdsTopicRole.Response => "_Response",
            _ => "",
        };
        return suffix.Length > 0 && rosType.EndsWith(suffix, StringComparison.Ordinal) ? rosType[..^suffix.Length] : rosType;
    }

    private static bool TryStrip(string name, string prefix, string suffix, out string inner)
    {
        bool fits = name.Length > prefix.Length + suffix.Length
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.EndsWith(suffix, StringComparison.Ordinal);
        inner = fits ? name[(prefix.Length - 1)..^suffix.Length] : "";
        return fits;
    }
}
