using System.Buffers;
using ROS2.Dds;
using ROS2.Dds.Endpoints;
using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>
/// Common to both ends of a service in rmw_cyclonedds' mapping: a header in front of each body, and a reader and a writer
/// with the same pair id in USER_DATA.
/// </summary>
internal abstract class CycloneServiceEndpoint : DdsServiceEndpoint
{
    private readonly PublisherDirectory _publishers = new();
    private readonly string _pairId;
    private readonly string _pairKey;

    protected CycloneServiceEndpoint(
        CycloneDdsTransport transport, INodeEndpoint node, string service, bool isServer)
        : base(transport, node, service, isServer)
    {
        _pairKey = isServer ? ServicePeers.ServiceKey : ServicePeers.ClientKey;
        _pairId = transport.NextPairId();
    }

    public override TransportBuffer Rent(int size) => WriterLoans.Rent(Writer!, size, ServiceHeader.Size);

    /// <summary>USER_DATA of one half: the id that joins the two, then the type's hash.</summary>
    protected string PairData(TransportType type) => $"{_pairKey}={_pairId};{UserData.ForTypeHash(type.Hash)}";

    /// <summary>Puts the header in front of a rented buffer's content.</summary>
    protected static unsafe void Complete(in TransportBuffer buffer, ServiceHeader header)
    {
        fixed (byte* start = buffer.Bytes)
        {
            header.Complete(new Span<byte>(start - ServiceHeader.Size, buffer.Bytes.Length + ServiceHeader.Size));
        }
    }

    /// <summary>Decides whether a sample is for this endpoint and makes the id the client sees.</summary>
    protected abstract bool TryAccept(ServiceHeader header, ulong publicationHandle, Gid publisher, out RequestId id);

    protected override bool TryHand(in NativeSample sample, IServiceHandler handler)
    {
        // The received bytes are shared with other readers of this process, so the header is cut out of a copy.
        byte[] copy = ArrayPool<byte>.Shared.Rent((int)sample.Size);
        try
        {
            Gid publisher = _publishers.Find(Reader!, sample.PublicationHandle);
            if (!ServiceHeader.TrySplit(sample.Bytes, copy, out ServiceHeader header))
            {
                Transport.CountMalformed($"{Service}: a sample without service header was dropped");
                return false;
            }

            if (!TryAccept(header, sample.PublicationHandle, publisher, out RequestId id))
            {
                return false;
            }

            var info = new SampleInfo(
                sample.SourceTimestampNs, Transport.Clock.SystemNowNs, sample.PublicationHandle, publisher);
            handler.OnServiceSample(copy.AsSpan(0, (int)sample.Size - ServiceHeader.Size), in id, in info);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }
}
