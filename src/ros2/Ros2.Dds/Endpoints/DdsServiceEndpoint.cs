using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>Common to both ends of a service, whatever the mapping: a reader and a writer.</summary>
internal abstract class DdsServiceEndpoint(DdsTransport transport, INodeEndpoint node, string service, bool isServer)
    : DdsEndpoint(transport, node, isReader: isServer)
{
    protected string Service { get; } = service;

    public virtual TransportBuffer Rent(int size) => WriterLoans.Rent(Writer!, size);

    public void Return(in TransportBuffer buffer) => Cancel(buffer.Token);

    /// <summary>Gives a loan back unsent.</summary>
    protected void Cancel(nint loan) => Transport.Native.CancelLoan(Writer!, loan);

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

    /// <summary>Hands a sample over if it is for this endpoint.</summary>
    protected abstract bool TryHand(in NativeSample sample, IServiceHandler handler);

    private struct Visitor(DdsServiceEndpoint owner, IServiceHandler handler) : ISampleVisitor
    {
        public int Handed { get; private set; }

        public readonly bool IsStopped => owner.IsDisposed;

        public void Visit(in NativeSample sample) => Handed += owner.TryHand(in sample, handler) ? 1 : 0;
    }
}
