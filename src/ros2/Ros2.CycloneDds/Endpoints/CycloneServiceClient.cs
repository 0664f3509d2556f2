using ROS2.Dds;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>The calling end of a service in rmw_cyclonedds' mapping.</summary>
internal sealed class CycloneServiceClient(
    CycloneDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos)
    : CycloneServiceEndpoint(transport, node, service, isServer: false), IServiceClientEndpoint
{
    private const long Dropped = -1;

    private ulong _clientNumber;
    private Gid _id;
    private long _sequence;
    private int _knownMatches = -1;
    private bool _foreignServer;

    public bool IsServerAvailable
    {
        get
        {
            List<ServicePeer> readers = ServicePeers.GetAll(Writer!, ServicePeers.ServiceKey);
            List<ServicePeer> writers = ServicePeers.GetAll(Reader!, ServicePeers.ServiceKey);
            readers.RemoveAll(peer => DdsVendor.IsFastDds(peer.Gid));
            writers.RemoveAll(peer => DdsVendor.IsFastDds(peer.Gid));

            // A server that tells no pair id (another implementation) counts as soon as both ends are there.
            return readers.TrueForAll(reader => reader.PairId is null)
                ? readers.Count > 0 && writers.Count > 0
                : readers.Exists(reader => writers.Exists(writer => writer.PairId == reader.PairId));
        }
    }

    public RequestId SendRequest(in TransportBuffer buffer)
    {
        bool isForeign;
        try
        {
            isForeign = ReachesForeignServer();
        }
        catch (ObjectDisposedException)
        {
            Cancel(buffer.Token);
            throw;
        }

        if (isForeign)
        {
            Cancel(buffer.Token);
            Transport.Log.Warn($"{Service}: requests are not sent, because a Fast DDS server offers it too and would "
                + "misread them; use RMW_IMPLEMENTATION=rmw_fastrtps_cpp to call it");
            return new RequestId(_id, Dropped);
        }

        long sequence = Interlocked.Increment(ref _sequence);
        Complete(in buffer, new ServiceHeader(_clientNumber, sequence));
        return new RequestId(_id, WriterLoans.Send(Writer!, buffer.Token, 0) ? sequence : Dropped);
    }

    public int TakeResponses(int maxResponses, IServiceHandler handler) => TakeAll(maxResponses, handler);

    protected override void OpenCore()
    {
        OpenReader(DdsNames.Response(Service, qos), type.Response, qos, PairData(type.Response));
        OpenWriter(DdsNames.Request(Service, qos), type.Request, qos, PairData(type.Request));
        _clientNumber = Transport.Native.GetInstanceHandle(Writer!);
        _id = new Gid(_clientNumber, 0);
    }

    protected override bool TryAccept(ServiceHeader header, ulong publicationHandle, Gid publisher, out RequestId id)
    {
        id = new RequestId(_id, header.Sequence);
        return header.Client == _clientNumber; // else the answer to another client
    }

    // A Fast DDS server takes the header for the message's beginning and may ask for gigabytes (rmw_cyclonedds #577).
    private bool ReachesForeignServer()
    {
        int matches = CountMatches(Writer!);
        if (matches != _knownMatches)
        {
            _foreignServer = ServicePeers.GetAll(Writer!, ServicePeers.ServiceKey).Exists(peer => DdsVendor.IsFastDds(peer.Gid));
            _knownMatches = matches;
        }

        return _foreignServer;
    }
}
