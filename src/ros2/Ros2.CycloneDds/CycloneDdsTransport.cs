using System.Text;
using ROS2.CycloneDds.Configuration;
using ROS2.CycloneDds.Endpoints;
using ROS2.CycloneDds.Native;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.CycloneDds;

/// <summary>
/// A participant on Eclipse Cyclone DDS that looks to others like a node host of rmw_cyclonedds_cpp. Several may live in
/// one process. Publishing and taking do not allocate.
/// </summary>
public sealed partial class CycloneDdsTransport : IRosTransport
{
    private readonly Lock _endpointLock = new();
    private readonly ContextHandle _context;
    private readonly GraphWatcher _graph;
    private readonly Gid _gid;
    private CycloneEndpoint?[] _endpoints = new CycloneEndpoint?[64];
    private ITransportDispatcher? _dispatcher;
    private uint _pairs;
    private long _foreignServiceSamples;
    private int _disposed;

    private CycloneDdsTransport(CycloneDdsOptions options, RosEnvironment environment, ContextHandle context, uint domain)
    {
        _context = context;
        DomainId = domain;
        HostName = options.HostName ?? Environment.MachineName;
        Log = new LogRelay(options.Warn);
        _gid = ReadGid(context);
        _graph = new GraphWatcher(this, context, environment.GidSize, _gid, options.Enclave);
        _graph.Open();
    }

    /// <inheritdoc/>
    public string Identifier => "rmw_cyclonedds_cpp";

    /// <inheritdoc/>
    public string HostName { get; }

    /// <summary>The DDS domain.</summary>
    public uint DomainId { get; }

    /// <inheritdoc/>
    public ITransportClock Clock { get; } = new SystemTransportClock();

    /// <inheritdoc/>
    public bool IsDriven => false;

    /// <inheritdoc/>
    public IRosGraph Graph => _graph.Cache;

    /// <summary>
    /// Samples dropped because their encapsulation or fragments (counted over the process) or their service header were not
    /// acceptable, or because a client with another vendor's service mapping sent them.
    /// </summary>
    public long MalformedSampleCount => (long)NativeMethods.GetMalformed() + Interlocked.Read(ref _foreignServiceSamples);

    internal LogRelay Log { get; }

    internal LocalNodes Nodes => _graph.Nodes;

    /// <summary>Opens a participant.</summary>
    /// <exception cref="RosTransportException">
    /// Cyclone DDS is missing or another version, the domain has no free participant number, a variable or configuration
    /// is wrong; the message is one line, <see cref="RosTransportException.Error"/> tells which.
    /// </exception>
    public static CycloneDdsTransport Open(CycloneDdsOptions? options = null)
    {
        options ??= new CycloneDdsOptions();
        NativeLibraryLoader.EnsureLoaded();
        RosEnvironment environment = RosEnvironment.Read(options.Variable);
        uint domain = options.DomainId ?? environment.DomainId;
        if (domain > RosEnvironment.MaxDomainId)
        {
            throw new RosTransportException(
                $"DDS domain {domain}: expected 0 to {RosEnvironment.MaxDomainId}", RosTransportError.Configuration);
        }

        CycloneConfiguration configuration = CycloneConfiguration.Create(
            options,
            environment,
            options.Variable("CYCLONEDDS_URI"),
            NativeMethods.HasSharedMemory() != 0,
            Environment.ProcessId);
        ContextHandle context = ParticipantOpener.Open(domain, configuration, options);
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
    public void Attach(ITransportDispatcher dispatcher) => _dispatcher = dispatcher;

    /// <inheritdoc/>
    public INodeEndpoint CreateNode(string name, string nodeNamespace) => Nodes.Add(name, nodeNamespace);

    /// <inheritdoc/>
    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Open(new CyclonePublisher(this, node, topic, type, qos));

    /// <inheritdoc/>
    public ISubscriptionEndpoint CreateSubscription(
        INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Open(new CycloneSubscription(this, node, topic, type, qos));

    /// <inheritdoc/>
    public IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Open(new CycloneServiceServer(this, node, service, type, qos));

    /// <inheritdoc/>
    public IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos) =>
        Open(new CycloneServiceClient(this, node, service, type, qos));

    /// <inheritdoc/>
    public void RequestWake(long steadyNs)
    {
        // The executor waits with a timeout instead.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        NativeMethods.Wake(_context);
        CycloneEndpoint?[] endpoints;
        lock (_endpointLock)
        {
            endpoints = [.. _endpoints];
        }

        foreach (CycloneEndpoint? endpoint in endpoints)
        {
            endpoint?.Dispose();
        }

        _graph.Dispose();
        _context.Dispose(); // closes once a Wait on another thread has returned
    }

    internal static unsafe Gid ReadGid(EndpointHandle endpoint)
    {
        byte* bytes = stackalloc byte[Gid.Size];
        return NativeMethods.GetGuid(endpoint, bytes) == NativeMethods.Ok
            ? Gid.Read(new ReadOnlySpan<byte>(bytes, Gid.Size))
            : default;
    }

    private static unsafe Gid ReadGid(ContextHandle context)
    {
        byte* bytes = stackalloc byte[Gid.Size];
        return NativeMethods.GetGuid(context, bytes) == NativeMethods.Ok
            ? Gid.Read(new ReadOnlySpan<byte>(bytes, Gid.Size))
            : default;
    }
}
