using ROS2.Transport;

namespace ROS2;

/// <summary>Descriptions of generated types as the transport takes them.</summary>
public static class TransportTypes
{
    /// <summary>A message type.</summary>
    public static TransportType ToTransportType(this RosMessageType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new TransportType(type.Name, type.DdsTypeName, type.TypeHash);
    }

    /// <summary>A service type.</summary>
    public static TransportServiceType ToTransportType(this RosServiceType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new TransportServiceType(type.Name, type.Request.ToTransportType(), type.Response.ToTransportType());
    }
}
