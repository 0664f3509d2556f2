using ROS2.Dds;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.FastDds.Native;
using ROS2.Transport;

namespace ROS2.FastDds.Endpoints;

/// <summary>Common to both ends of a service in rmw_fastrtps' mapping: plain bodies, related by their sample identities.</summary>
internal abstract class FastServiceEndpoint(
    FastDdsTransport transport, INodeEndpoint node, string service, TransportServiceType type, QosProfile qos, bool isServer)
    : DdsServiceEndpoint(transport, node, service, isServer)
{
    protected SampleIdentities Identities { get; } = transport.Identities;

    protected string RequestTopic => DdsNames.Request(Service, qos);

    protected string ResponseTopic => DdsNames.Response(Service, qos);

    /// <summary>GUIDs of what is matched with a reader or writer now.</summary>
    protected static unsafe List<Gid> GetMatches(EndpointHandle endpoint)
    {
        ulong[] handles = new ulong[CountMatches(endpoint) + 16]; // room for those that match meanwhile
        int count;
        fixed (ulong* start = handles)
        {
            count = Math.Clamp(endpoint.Native.GetMatches(endpoint, start, handles.Length), 0, handles.Length);
        }

        var gids = new List<Gid>(count);
        byte* guid = stackalloc byte[Gid.Size];
        foreach (ulong handle in handles.AsSpan(0, count))
        {
            if (endpoint.Native.GetMatch(endpoint, handle, guid, null, 0) >= DdsNative.Ok)
            {
                gids.Add(Gid.Read(new ReadOnlySpan<byte>(guid, Gid.Size)));
            }
        }

        return gids;
    }

    protected void OpenReader(bool ofRequests)
    {
        TransportType half = ofRequests ? type.Request : type.Response;
        OpenReader(ofRequests ? RequestTopic : ResponseTopic, half, qos, UserData.ForTypeHash(half.Hash));
    }

    protected void OpenWriter(bool ofRequests)
    {
        TransportType half = ofRequests ? type.Request : type.Response;
        OpenWriter(ofRequests ? RequestTopic : ResponseTopic, half, qos, UserData.ForTypeHash(half.Hash));
    }

    /// <summary>Decides whether a sample is for this endpoint and makes the id the client sees.</summary>
    protected abstract bool TryAccept(SampleIdentity own, SampleIdentity related, out RequestId id);

    protected override bool TryHand(in NativeSample sample, IServiceHandler handler)
    {
        (SampleIdentity own, SampleIdentity related) = Identities.Read(in sample);
        if (!TryAccept(own, related, out RequestId id))
        {
            return false;
        }

        var info = new SampleInfo(
            sample.SourceTimestampNs, Transport.Clock.SystemNowNs, sample.PublicationHandle, own.Writer);
        handler.OnServiceSample(sample.Bytes, in id, in info);
        return true;
    }
}
