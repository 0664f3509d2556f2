using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>An IMU sample in the body frame: rad/s, m/s², ns.</summary>
internal readonly record struct ImuSample(Vector3d AngularVelocity, Vector3d SpecificForce, long StampNs);

/// <summary>
/// Brings IMU samples and wheel odometry back into the order of their stamps. After a pause of the process several of each
/// are waiting, and the middleware hands out one topic after the other; a turn must be counted to the interval of the
/// wheels in which it was made. What is in order passes at once. Not thread-safe.
/// </summary>
internal sealed class ImuQueue
{
    /// <summary>Samples that wait at most; beyond, the wheels are not coming.</summary>
    private const int Capacity = 64;

    private const long LongestPeriodNs = 200_000_000;
    private readonly Queue<ImuSample> _waiting = new(Capacity + 1);
    private long _wheelNs = long.MinValue;
    private long _periodNs = LongestPeriodNs;
    private long _periodBeforeNs = LongestPeriodNs;

    // On a grid of steps the period alternates between two values: the longer one counts.
    private long NextWheelsNs => _wheelNs == long.MinValue ? long.MaxValue : _wheelNs + Math.Max(_periodNs, _periodBeforeNs);

    /// <summary>A sample has arrived. Call <see cref="TryTake"/> until it gives none.</summary>
    public void Add(in ImuSample sample) => _waiting.Enqueue(sample);

    /// <summary>The oldest sample that has its turn before the next wheel odometry, which is yet to arrive.</summary>
    public bool TryTake(out ImuSample sample) => TryTakeUpTo(NextWheelsNs, out sample);

    /// <summary>The oldest sample that has its turn before wheel odometry of a stamp.</summary>
    public bool TryTakeUpTo(long stampNs, out ImuSample sample) =>
        _waiting.TryPeek(out sample) && (sample.StampNs <= stampNs || _waiting.Count > Capacity) && _waiting.TryDequeue(out sample);

    /// <summary>Wheel odometry of a stamp has had its turn.</summary>
    public void OnWheels(long stampNs)
    {
        _periodBeforeNs = _periodNs;
        _periodNs = _wheelNs == long.MinValue ? LongestPeriodNs : Math.Clamp(stampNs - _wheelNs, 0, LongestPeriodNs);
        _wheelNs = Math.Max(_wheelNs, stampNs);
    }
}
