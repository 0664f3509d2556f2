using ROS2.Dds;
using ROS2.FastDds.Native;
using ROS2.Transport;

namespace ROS2.FastDds.Endpoints;

/// <summary>
/// The calling end of a service in rmw_fastrtps' mapping. A request is known by its writer and sequence number; it tells the
/// reader of its response as related identity, and the response carries that reader or the writer with the number.
/// </summary>
internal sealed class FastServiceClient(
    FastDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos)
    : FastServiceEndpoint(transport, node, service, type, qos, isServer: false), IServiceClientEndpoint
{
    public bool IsServerAvailable
    {
        get
        {
            List<Gid> readers = GetMatches(Writer!);
            List<Gid> writers = GetMatches(Reader!);
            return readers.Exists(reader => !DdsVendor.IsCycloneDds(reader)
                && writers.Exists(writer => DdsVendor.IsSameParticipant(reader, writer)));
        }
    }

    public RequestId SendRequest(in TransportBuffer buffer) =>
        new(ReaderGid, Identities.WriteRequest(Writer!, buffer.Token, ReaderGid));

    public int TakeResponses(int maxResponses, IServiceHandler handler) => TakeAll(maxResponses, handler);

    // The reader first: no request may be answered before there is one.
    protected override void OpenCore()
    {
        OpenReader(ofRequests: false);
        OpenWriter(ofRequests: true);
    }

    protected override bool TryAccept(SampleIdentity own, SampleIdentity related, out RequestId id)
    {
        id = new RequestId(ReaderGid, related.Sequence);
        return related.Writer == ReaderGid || related.Writer == WriterGid; // else the answer to another client
    }
}
