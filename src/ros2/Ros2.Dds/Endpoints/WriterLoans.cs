using ROS2.Dds.Native;
using ROS2.Transport;

namespace ROS2.Dds.Endpoints;

/// <summary>Renting, sending and giving back of native sample memory. Does not allocate; safe from any thread.</summary>
internal static class WriterLoans
{
    private const int EncapsulationSize = 4;

    /// <summary>Rents <paramref name="size"/> bytes that lie <paramref name="headroom"/> bytes into a sample.</summary>
    /// <exception cref="ObjectDisposedException">The writer was closed.</exception>
    /// <exception cref="RosTransportException">There is not so much memory.</exception>
    public static unsafe TransportBuffer Rent(EndpointHandle writer, int size, int headroom = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, EncapsulationSize);
        byte* data = writer.Native.Loan(writer, (uint)(size + headroom), out nint loan);
        return data == null
            ? throw new RosTransportException($"no memory for a sample of {size} bytes")
            : new TransportBuffer(new Span<byte>(data + headroom, size), owner: null, loan);
    }

    /// <summary>Sends a loan, which is consumed in any case.</summary>
    /// <returns>False when reliable readers did not keep up in time.</returns>
    public static bool Send(EndpointHandle writer, nint loan, long sourceTimestampNs)
    {
        int result = writer.Native.Write(writer, loan, sourceTimestampNs);
        return result switch
        {
            >= DdsNative.Ok => true,
            DdsNative.ErrorTimeout => false,
            _ => throw new RosTransportException($"{writer.Native.VendorName} could not send a sample: {DdsNative.Describe(result)}"),
        };
    }
}
