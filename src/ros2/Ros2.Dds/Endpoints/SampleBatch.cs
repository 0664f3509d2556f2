using ROS2.Dds.Native;

namespace ROS2.Dds.Endpoints;

/// <summary>Handles one received sample; a struct so that no delegate is allocated.</summary>
internal interface ISampleVisitor
{
    /// <summary>True once the endpoint was disposed: the samples still in hand are dropped.</summary>
    bool IsStopped { get; }

    /// <summary>Called before the samples of each batch.</summary>
    void Begin()
    {
    }

    void Visit(in NativeSample sample);
}

/// <summary>Takes samples in batches, so that the cost of crossing into native code is shared.</summary>
internal static unsafe class SampleBatch
{
    private const int Size = 32;

    /// <summary>
    /// Visits up to <paramref name="maxSamples"/> waiting samples. Their memory is given back after each batch, also
    /// when the visitor throws; the reader stays open until the end even if the visitor disposes it.
    /// </summary>
    /// <returns>Samples visited; fewer than asked for when there are no more, none when the reader was closed before its turn.</returns>
    public static int Take<TVisitor>(EndpointHandle reader, int maxSamples, ref TVisitor visitor)
        where TVisitor : struct, ISampleVisitor
    {
        NativeSample* samples = stackalloc NativeSample[Size];
        bool added = false;
        try
        {
            reader.DangerousAddRef(ref added);
            int total = 0;
            while (total < maxSamples && !visitor.IsStopped)
            {
                int wanted = Math.Min(Size, maxSamples - total);
                int taken = reader.Native.Take(reader, samples, wanted);
                if (taken <= 0)
                {
                    break;
                }

                total += VisitAll(reader.Native, samples, taken, ref visitor);
                if (taken < wanted)
                {
                    break;
                }
            }

            return total;
        }
        catch (ObjectDisposedException) when (!added)
        {
            return 0;
        }
        finally
        {
            if (added)
            {
                reader.DangerousRelease();
            }
        }
    }

    private static int VisitAll<TVisitor>(DdsNative native, NativeSample* samples, int count, ref TVisitor visitor)
        where TVisitor : struct, ISampleVisitor
    {
        int visited = 0;
        try
        {
            visitor.Begin();
            while (visited < count && !visitor.IsStopped)
            {
                visitor.Visit(in samples[visited++]);
            }

            return visited;
        }
        finally
        {
            native.Return(samples, count);
        }
    }
}
