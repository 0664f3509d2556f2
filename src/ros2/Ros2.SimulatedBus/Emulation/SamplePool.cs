using System.Buffers;
using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>Buffers of samples that are kept back.</summary>
internal static class SamplePool
{
    public static HeldSample Copy(ReadOnlySpan<byte> cdr, in SampleInfo info)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(cdr.Length);
        cdr.CopyTo(buffer);
        return new HeldSample(buffer, cdr.Length, info);
    }

    public static void Return(in HeldSample sample) => ArrayPool<byte>.Shared.Return(sample.Buffer);
}
