namespace ROS2.Transport;

/// <summary>
/// What a transport needs to know of a message type. It never sees messages, only their CDR bytes, so a recorder can
/// make one for a type it has no class for.
/// </summary>
/// <param name="RosName">Name in ROS, <c>std_msgs/msg/String</c>.</param>
/// <param name="DdsName">Name on the wire, <c>std_msgs::msg::dds_::String_</c>.</param>
/// <param name="Hash">Type hash, <c>RIHS01_…</c>; empty when unknown.</param>
public sealed record TransportType(string RosName, string DdsName, string Hash);

/// <summary>The two message types of a service.</summary>
/// <param name="RosName">Name of the service type in ROS, <c>std_srvs/srv/SetBool</c>.</param>
/// <param name="Request">The request's type.</param>
/// <param name="Response">The response's type.</param>
public sealed record TransportServiceType(string RosName, TransportType Request, TransportType Response);
