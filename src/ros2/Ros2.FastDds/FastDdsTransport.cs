using ROS2.Dds;
using ROS2.Dds.Native;
using ROS2.Dds.Security;
using ROS2.FastDds.Configuration;
using ROS2.FastDds.Endpoints;
using ROS2.FastDds.Native;
using ROS2.Transport;

namespace ROS2.FastDds;

/// <summary>
/// A participant on eProsima Fast DDS that looks to others like a node host of rmw_fastrtps_cpp. Several may live in one
/// process.
/// </summary>
public sealed class FastDdsTransport : DdsTransport
{
    internal static readonly DdsVendorLibrary Library =
        new("fastdds", "Fast DDS", "libfastrtps", "Ros2.FastDds", "libfastrtps-dev");

    private FastDdsTransport(FastDdsOptions options, RosEnvironment environment, ContextHandle context, uint domain)
        : base(context, domain, options.HostName, options.Warn, environment.GidSize, options.Enclave) =>
        Identities = new SampleIdentities(context.Native);

    /// <inheritdoc/>
    public override string Identifier => "rmw_fastrtps_cpp";

    /// <summary>What relates requests and responses.</summary>
    internal SampleIdentities Identities { get; }

    /// <summary>Opens a participant.</summary>
    /// <exception cref="RosTransportException">
    /// Fast DDS is missing or another version, a variable or configuration is wrong, or security is asked for and
    /// cannot be had; the message is one line, <see cref="RosTransportException.Error"/> tells which.
    /// </exception>
    public static FastDdsTransport Open(FastDdsOptions? options = null)
    {
        options ??= new FastDdsOptions();
        DdsNative native = Library.Load();
        RosEnvironment environment = RosEnvironment.Read(options.Variable);
        uint domain = CheckDomain(options.DomainId, environment);
        Reach reach = FastConfiguration.Decide(options, environment);
        FastConfiguration.CheckPublicationMode(options);
        var settings = new ParticipantSettings(
            FastConfiguration.Write(reach),
            options.Enclave,
            ParticipantSecurity.Properties(options, domain, native, FastSecurity.Create, takesTokenKeys: true),
            reach.LoopbackOnly);
        ContextHandle context = ParticipantOpener.Open(native, domain, settings);
        try
        {
            return new FastDdsTransport(options, environment, context, domain);
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
        Open(new FastServiceServer(this, node, service, type, qos));

    /// <inheritdoc/>
    public override IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Open(new FastServiceClient(this, node, service, type, qos));

    /// <inheritdoc/>
    internal override DdsQos ToDds(QosProfile profile) => DdsQos.FromLeavingDefaults(profile);
}
