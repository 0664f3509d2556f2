using System.Numerics;
using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>
/// One serialized message, shared by all its receivers and counted: whoever keeps it holds a reference. Pooled.
/// </summary>
internal sealed class BusSample(BusSamplePool pool, byte[] data)
{
    private int _references;

    public byte[] Data { get; } = data;

    public int Length { get; set; }

    /// <summary>Number within its writer, from 1.</summary>
    public long Number { get; set; }

    public BusWriter Writer { get; set; } = null!;

    public long SourceTimestampNs { get; set; }

    /// <summary>Virtual time after which it is no longer delivered.</summary>
    public long ExpiresNs { get; set; }

    /// <summary>Services: which request this is or answers.</summary>
    public RequestId Request { get; set; }

    public ReadOnlySpan<byte> Bytes => Data.AsSpan(0, Length);

    public SampleInfo InfoAt(long nowNs) => new(SourceTimestampNs, nowNs, Writer.Handle, Writer.Gid);

    public void AddReference() => _references++;

    public void Release()
    {
        if (--_references == 0)
        {
            pool.GiveBack(this);
        }
    }

    public void CopyMetadata(BusSample other)
    {
        Number = other.Number;
        Writer = other.Writer;
        SourceTimestampNs = other.SourceTimestampNs;
        ExpiresNs = other.ExpiresNs;
        Request = other.Request;
    }

    internal void Reset(int length)
    {
        Length = length;
        Request = default;
        _references = 1;
    }
}

/// <summary>Free samples by the power of two of their capacity. Not thread-safe: the scheduler's thread only.</summary>
internal sealed class BusSamplePool
{
    private const int MinimumBits = 6;
    private const int KeptBytesPerClass = 4 << 20;

    private readonly Stack<BusSample>[] _free = new Stack<BusSample>[31];

    public BusSamplePool()
    {
        for (int i = 0; i < _free.Length; i++)
        {
            _free[i] = new Stack<BusSample>();
        }
    }

    /// <summary>A sample of at least the given capacity, with one reference.</summary>
    public BusSample Rent(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1 << 30);
        int bits = Math.Max(MinimumBits, BitOperations.Log2((uint)Math.Max(length, 1) - 1) + 1);
        if (!_free[bits].TryPop(out BusSample? sample))
        {
            sample = new BusSample(this, new byte[1 << bits]);
        }

        sample.Reset(length);
        return sample;
    }

    internal void GiveBack(BusSample sample)
    {
        Stack<BusSample> stack = _free[BitOperations.Log2((uint)sample.Data.Length)];
        if (stack.Count == 0 || (long)stack.Count * sample.Data.Length < KeptBytesPerClass)
        {
            stack.Push(sample);
        }
    }
}
