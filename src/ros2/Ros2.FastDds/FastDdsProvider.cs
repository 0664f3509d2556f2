using ROS2.FastDds;
using ROS2.Transport;

[assembly: RosTransportProvider(typeof(FastDdsProvider))]

namespace ROS2.FastDds;

/// <summary>Opens Fast DDS for programs that leave the choice of transport to <c>RMW_IMPLEMENTATION</c>.</summary>
public sealed class FastDdsProvider : IRosTransportProvider
{
    /// <inheritdoc/>
    public string Identifier => "rmw_fastrtps_cpp";

    /// <inheritdoc/>
    public IRosTransport Open(RosTransportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FastDdsTransport.Open(new FastDdsOptions { Enclave = request.Enclave, HostName = request.HostName });
    }
}
