using ROS2.CycloneDds.Configuration;
using ROS2.CycloneDds.Endpoints;
using ROS2.Dds;
using ROS2.Dds.Native;
using ROS2.Dds.Security;
using ROS2.Transport;

namespace ROS2.CycloneDds;

/// <summary>
/// A participant on Eclipse Cyclone DDS that looks to others like a node host of rmw_cyclonedds_cpp. Several may live in
/// one process. Publishing and taking do not allocate.
/// </summary>
public sealed class CycloneDdsTransport : DdsTransport
{
    internal static readonly DdsVendorLibrary Library =
        new("cyclonedds", "Cyclone DDS", "libddsc", "Ros2.CycloneDds", "cyclonedds-dev");

    private CycloneDdsTransport(CycloneDdsOptions options, RosEnvironment environment, ContextHandle context, uint domain)
        : base(context, domain, options.HostName, options.Warn, environment.GidSize, options.Enclave)
    {
    }

    /// <inheritdoc/>
    public override string Identifier => "rmw_cyclonedds_cpp";

    /// <summary>Opens a participant.</summary>
    /// <exception cref="RosTransportException">
    /// Cyclone DDS is missing or another version, the domain has no free participant number, a variable or configuration
    /// is wrong, security is asked for and cannot be had; the message is one line, <see cref="RosTransportException.Error"/> tells which.
    /// </exception>
    public static CycloneDdsTransport Open(CycloneDdsOptions? options = null)
    {
        options ??= new CycloneDdsOptions();
        DdsNative native = Library.Load();
        RosEnvironment environment = RosEnvironment.Read(options.Variable);
        uint domain = CheckDomain(options.DomainId, environment);
        CycloneConfiguration configuration = CycloneConfiguration.Create(
            options,
            environment,
            options.Variable("CYCLONEDDS_URI"),
            native.HasSharedMemory(),
            Environment.ProcessId,
            LocalNetworks.Names);
        IReadOnlyList<KeyValuePair<string, string>> properties = ParticipantSecurity.Properties(
            options, domain, native, CycloneSecurity.Create, takesTokenKeys: false);
        var settings = new ParticipantSettings(configuration.Xml, options.Enclave, properties, configuration.LoopbackOnly);
        ContextHandle context = ParticipantOpener.Open(native, domain, settings);
        try
        {
            return new CycloneDdsTransport(options, environment, context, domain);
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Open(new CycloneServiceServer(this, node, service, type, qos));

    /// <inheritdoc/>
    public override IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Open(new CycloneServiceClient(this, node, service, type, qos));
}
