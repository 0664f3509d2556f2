using ROS2.Dds;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>The answering end of a service in rmw_cyclonedds' mapping.</summary>
internal sealed class CycloneServiceServer : CycloneServiceEndpoint, IServiceServerEndpoint
{
    private const int MostKnownClients = 4096;

    private readonly HashSet<ulong> _reachable = [];
    private readonly ResponseQueue _responses;
    private readonly TransportServiceType _type;
    private readonly QosProfile _qos;

    public CycloneServiceServer(
        CycloneDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos)
        : base(transport, node, service, isServer: true)
    {
        _type = type;
        _qos = qos;
        _responses = new ResponseQueue(
            transport.Clock,
            request => FindClient(request.Client.Second),
            (_, loan) => WriterLoans.Send(Writer!, loan, 0),
            Cancel);
    }

    public int TakeRequests(int maxRequests, IServiceHandler handler) => TakeAll(maxRequests, handler);

    public bool SendResponse(in RequestId request, in TransportBuffer buffer)
    {
        Complete(in buffer, new ServiceHeader(request.Client.First, request.Sequence));
        return _responses.Send(in request, buffer.Token);
    }

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
        OpenWriter(DdsNames.Response(Service, _qos), _type.Response, _qos, PairData(_type.Response));
        OpenReader(DdsNames.Request(Service, _qos), _type.Request, _qos, PairData(_type.Request));
    }

    protected override bool TryAccept(ServiceHeader header, ulong publicationHandle, Gid publisher, out RequestId id)
    {
        id = new RequestId(new Gid(header.Client, publicationHandle), header.Sequence);
        if (!DdsVendor.IsFastDds(publisher))
        {
            return true;
        }

        Transport.CountMalformed($"{Service}: requests of a Fast DDS client are dropped, whose service mapping is another; "
            + "use the same RMW_IMPLEMENTATION for both");
        return false;
    }

    protected override void DisposeCore() => _responses.Dispose();

    private ClientState FindClient(ulong requestWriter)
    {
        if (_reachable.Contains(requestWriter))
        {
            return ClientState.Reachable;
        }

        if (ServicePeers.Find(Reader!, requestWriter, ServicePeers.ClientKey) is not { } client)
        {
            return ClientState.Gone;
        }

        if (client.PairId is not null
            && !ServicePeers.GetAll(Writer!, ServicePeers.ClientKey).Exists(peer => peer.PairId == client.PairId))
        {
            return ClientState.NotYet;
        }

        if (_reachable.Count >= MostKnownClients)
        {
            _reachable.Clear();
        }

        _reachable.Add(requestWriter);
        return ClientState.Reachable;
    }
}
