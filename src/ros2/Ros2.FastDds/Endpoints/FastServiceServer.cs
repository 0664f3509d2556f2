using ROS2.Dds;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.FastDds.Native;
using ROS2.Transport;

namespace ROS2.FastDds.Endpoints;

/// <summary>The answering end of a service in rmw_fastrtps' mapping.</summary>
internal sealed class FastServiceServer : FastServiceEndpoint, IServiceServerEndpoint
{
    private const int MostKnownClients = 4096;

    private readonly HashSet<Gid> _reachable = [];
    private readonly HashSet<Gid> _known = [];
    private readonly ResponseQueue _responses;

    public FastServiceServer(
        FastDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos)
        : base(transport, node, service, type, qos, isServer: true) =>
        _responses = new ResponseQueue(
            transport.Clock,
            request => FindClient(request.Client),
            (request, loan) => Identities.WriteResponse(Writer!, loan, in request),
            Cancel);

    public int TakeRequests(int maxRequests, IServiceHandler handler) => TakeAll(maxRequests, handler);

    public bool SendResponse(in RequestId request, in TransportBuffer buffer) =>
        _responses.Send(in request, buffer.Token);

    public override Readiness OnReady(NativeEvents events)
    {
        if ((events & NativeEvents.PublicationMatched) != 0)
        {
            _responses.Retry();
        }

        return base.OnReady(events);
    }

    // The writer first: who finds the reader can then be answered.
    protected override void OpenCore()
    {
        OpenWriter(ofRequests: false);
        OpenReader(ofRequests: true);
    }

    protected override void DisposeCore() => _responses.Dispose();

    protected override bool TryAccept(SampleIdentity own, SampleIdentity related, out RequestId id)
    {
        id = new RequestId(related.Writer == default ? own.Writer : related.Writer, own.Sequence);
        if (!DdsVendor.IsCycloneDds(own.Writer))
        {
            return true;
        }

        Transport.CountMalformed($"{Service}: requests of a Cyclone DDS client are dropped, whose service mapping is another; "
            + "use the same RMW_IMPLEMENTATION for both");
        return false;
    }

    /// <summary>Under the lock of the queue. A client that told no reader cannot be looked for.</summary>
    private ClientState FindClient(Gid client)
    {
        if (!DdsVendor.IsReader(client))
        {
            return ClientState.Reachable;
        }

        if (!_reachable.Contains(client) || _reachable.Count != CountMatches(Writer!))
        {
            _reachable.Clear();
            _reachable.UnionWith(GetMatches(Writer!));
        }

        if (!_reachable.Contains(client))
        {
            return _known.Contains(client) ? ClientState.Gone : ClientState.NotYet;
        }

        if (_known.Count >= MostKnownClients)
        {
            _known.Clear();
        }

        _known.Add(client);
        return ClientState.Reachable;
    }
}
