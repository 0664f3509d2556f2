using System.Buffers;
using ROS2.CycloneDds.Native;
using ROS2.Dds;
using ROS2.Transport;

namespace ROS2.CycloneDds.Endpoints;

/// <summary>Common to both ends of a service: a reader and a writer with the same pair id in USER_DATA.</summary>
internal abstract class CycloneServiceEndpoint : CycloneEndpoint
{
    private readonly PublisherDirectory _publishers = new();
    private readonly string _pairId;
    private readonly string _pairKey;

    protected CycloneServiceEndpoint(
        CycloneDdsTransport transport, INodeEndpoint node, string service, bool isServer)
        : base(transport, node, isReader: isServer)
    {
        Service = service;
        _pairKey = isServer ? ServicePeers.ServiceKey : ServicePeers.ClientKey;
        _pairId = transport.NextPairId();
    }

    protected string Service { get; }

    public TransportBuffer Rent(int size) => WriterLoans.Rent(Writer!, size, ServiceHeader.Size);

    public void Return(in TransportBuffer buffer) => NativeMethods.CancelLoan(buffer.Token);

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

    protected int TakeAll(int maxSamples, IServiceHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        int total = 0;
        while (total < maxSamples)
        {
            var visitor = new Visitor(this, handler);
            int wanted = maxSamples - total;
            int taken = SampleBatch.Take(Reader!, wanted, ref visitor);
            total += visitor.Handed;
            if (taken < wanted || IsDisposed)
            {
                break;
            }
        }

        return total;
    }

    /// <summary>Decides whether a sample is for this endpoint and makes the id the client sees.</summary>
    protected abstract bool TryAccept(ServiceHeader header, ulong publicationHandle, Gid publisher, out RequestId id);

    private struct Visitor(CycloneServiceEndpoint owner, IServiceHandler handler) : ISampleVisitor
    {
        public int Handed { get; private set; }

        public readonly bool IsStopped => owner.IsDisposed;

        public void Visit(in NativeSample sample)
        {
            // The received bytes are shared with other readers of this process, so the header is cut out of a copy.
            byte[] copy = ArrayPool<byte>.Shared.Rent((int)sample.Size);
            try
            {
                Gid publisher = owner._publishers.Find(owner.Reader!, sample.PublicationHandle);
                if (!ServiceHeader.TrySplit(sample.Bytes, copy, out ServiceHeader header))
                {
                    owner.Transport.CountMalformed($"{owner.Service}: a sample without service header was dropped");
                }
                else if (owner.TryAccept(header, sample.PublicationHandle, publisher, out RequestId id))
                {
                    Handed++;
                    var info = new SampleInfo(
                        sample.SourceTimestampNs, owner.Transport.Clock.SystemNowNs, sample.PublicationHandle, publisher);
                    handler.OnServiceSample(copy.AsSpan(0, (int)sample.Size - ServiceHeader.Size), in id, in info);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(copy);
            }
        }
    }
}
