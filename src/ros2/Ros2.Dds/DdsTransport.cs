using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>
/// A participant on DDS that looks to others like a node host of the vendor's RMW; what the vendors have in common. Several
/// may live in one process. Publishing and taking do not allocate.
/// </summary>
public abstract partial class DdsTransport : IRosTransport
{
    private readonly Lock _endpointLock = new();
    private readonly ContextHandle _context;
    private readonly GraphWatcher _graph;
    private readonly Gid _gid;
    private DdsEndpoint?[] _endpoints = new DdsEndpoint?[64];
    private ITransportDispatcher? _dispatcher;
    private uint _pairs;
    private long _foreignServiceSamples;
    private int _disposed;

    /// <summary>Takes over an open participant.</summary>
    internal DdsTransport(ContextHandle context, uint domain, string? hostName, Action<string> warn, int gidSize, string enclave)
    {
        _context = context;
        DomainId = domain;
        HostName = hostName ?? Environment.MachineName;
        Log = new LogRelay(warn);
        _gid = ReadGid(context);
        _graph = new GraphWatcher(this, context, gidSize, _gid, enclave);
        _graph.Open();
    }

    /// <inheritdoc/>
    public abstract string Identifier { get; }

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
    public long MalformedSampleCount => (long)Native.GetMalformed() + Interlocked.Read(ref _foreignServiceSamples);

    internal LogRelay Log { get; }

    internal LocalNodes Nodes => _graph.Nodes;

    internal DdsNative Native => _context.Native;

    /// <inheritdoc/>
    public void Attach(ITransportDispatcher dispatcher) => _dispatcher = dispatcher;

    /// <inheritdoc/>
    public INodeEndpoint CreateNode(string name, string nodeNamespace) => Nodes.Add(name, nodeNamespace);

    /// <inheritdoc/>
    public IPublisherEndpoint CreatePublisher(INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Open(new DdsPublisher(this, node, topic, type, qos));

    /// <inheritdoc/>
    public ISubscriptionEndpoint CreateSubscription(
        INodeEndpoint node, string topic, TransportType type, QosProfile qos) =>
        Open(new DdsSubscription(this, node, topic, type, qos));

    /// <inheritdoc/>
    public abstract IServiceServerEndpoint CreateServiceServer(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos);

    /// <inheritdoc/>
    public abstract IServiceClientEndpoint CreateServiceClient(
        INodeEndpoint node, string service, TransportServiceType type, QosProfile qos);

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

        Native.Wake(_context);
        DdsEndpoint?[] endpoints;
        lock (_endpointLock)
        {
            endpoints = [.. _endpoints];
        }

        foreach (DdsEndpoint? endpoint in endpoints)
        {
            endpoint?.Dispose();
        }

        _graph.Dispose();
        _context.Dispose(); // closes once a Wait on another thread has returned
        GC.SuppressFinalize(this);
    }

    /// <summary>The policies of a profile as the vendor's RMW maps them.</summary>
    internal virtual DdsQos ToDds(QosProfile profile) => DdsQos.From(profile);

    internal static unsafe Gid ReadGid(EndpointHandle endpoint)
    {
        byte* bytes = stackalloc byte[Gid.Size];
        return endpoint.Native.GetGuid(endpoint, bytes) == DdsNative.Ok
            ? Gid.Read(new ReadOnlySpan<byte>(bytes, Gid.Size))
            : default;
    }

    /// <summary>The domain asked for.</summary>
    /// <exception cref="RosTransportException">There is no such domain.</exception>
    internal static uint CheckDomain(uint? wanted, RosEnvironment environment)
    {
        uint domain = wanted ?? environment.DomainId;
        return domain <= RosEnvironment.MaxDomainId
            ? domain
            : throw new RosTransportException(
                $"DDS domain {domain}: expected 0 to {RosEnvironment.MaxDomainId}", RosTransportError.Configuration);
    }

    /// <summary>Opens an endpoint; disposes it when that fails.</summary>
    internal static T Open<T>(T endpoint)
        where T : DdsEndpoint
    {
        try
        {
            endpoint.Open();
            return endpoint;
        }
        catch
        {
            endpoint.Dispose();
            throw;
        }
    }

    private static unsafe Gid ReadGid(ContextHandle context)
    {
        byte* bytes = stackalloc byte[Gid.Size];
        return context.Native.GetGuid(context, bytes) == DdsNative.Ok
            ? Gid.Read(new ReadOnlySpan<byte>(bytes, Gid.Size))
            : default;
    }
}
