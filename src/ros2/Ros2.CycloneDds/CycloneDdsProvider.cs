using ROS2.CycloneDds;
using ROS2.Transport;

[assembly: RosTransportProvider(typeof(CycloneDdsProvider))]

namespace ROS2.CycloneDds;

/// <summary>Opens Cyclone DDS for programs that leave the choice of transport to <c>RMW_IMPLEMENTATION</c>.</summary>
public sealed class CycloneDdsProvider : IRosTransportProvider
{
    /// <inheritdoc/>
    public string Identifier => "rmw_cyclonedds_cpp";

    /// <inheritdoc/>
    public IRosTransport Open(RosTransportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return CycloneDdsTransport.Open(new CycloneDdsOptions { Enclave = request.Enclave, HostName = request.HostName });
    }
}
