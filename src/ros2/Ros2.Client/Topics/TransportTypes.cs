using ROS2.Transport;

namespace ROS2;

/// <summary>Descriptions of generated types as the transport takes them.</summary>
internal static class TransportTypes
{
    public static TransportType ToTransportType(this RosMessageType type) => new(type.Name, type.DdsTypeName, type.TypeHash);

    public static TransportServiceType ToTransportType(this RosServiceType type) =>
        new(type.Name, type.Request.ToTransportType(), type.Response.ToTransportType());
}
