namespace ROS2.Simulation;

/// <summary>How one direction of a link behaves. Immutable; the defaults are an ideal link.</summary>
public sealed record LinkParameters
{
    /// <summary>A link without flaws.</summary>
    public static LinkParameters Ideal { get; } = new();

    /// <summary>Time of flight.</summary>
    /// <value>Nanoseconds, at least 0. Default 0.</value>
    public long DelayNs { get; init; }

    /// <summary>Additional delay, drawn uniformly per message.</summary>
    /// <value>Largest value in nanoseconds, at least 0. Default 0.</value>
    public long JitterNs { get; init; }

    /// <summary>Probability that one packet is lost.</summary>
    /// <value>0 to 1. Default 0.</value>
    public double LossProbability { get; init; }

    /// <summary>Rate at which the link drains.</summary>
    /// <value>Bits per second; 0 for unlimited. Default 0.</value>
    public double BandwidthBps { get; init; }

    /// <summary>Bytes that may wait in front of a link of limited bandwidth; more are dropped at the tail.</summary>
    /// <value>Bytes, at least one packet. Default 262 144.</value>
    public int QueueBytes { get; init; } = 256 * 1024;

    /// <summary>Largest payload of one packet; longer messages are fragmented and each fragment may be lost.</summary>
    /// <value>Bytes, at least 1. Default 1 400.</value>
    public int PacketBytes { get; init; } = 1400;

    /// <summary>Headers of each packet, counted against the bandwidth (IP, UDP, RTPS, DATA submessage).</summary>
    /// <value>Bytes, at least 0. Default 92.</value>
    public int OverheadBytes { get; init; } = 92;

    /// <summary>Probability that a delivered message arrives twice.</summary>
    /// <value>0 to 1. Default 0.</value>
    public double DuplicationProbability { get; init; }

    /// <summary>Probability that a delivered message is held up by <see cref="ReorderingDelayNs"/>, so that later ones overtake it.</summary>
    /// <value>0 to 1. Default 0.</value>
    public double ReorderingProbability { get; init; }

    /// <summary>How long a held-up message or a second copy is late.</summary>
    /// <value>Nanoseconds, at least 0. Default 50 ms.</value>
    public long ReorderingDelayNs { get; init; } = 50_000_000;

    /// <summary>Probability that a delivered message arrives with flipped bits.</summary>
    /// <value>0 to 1. Default 0.</value>
    public double CorruptionProbability { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range, or not a number.</exception>
    public void Validate()
    {
        CheckProbability(LossProbability, nameof(LossProbability));
        CheckProbability(DuplicationProbability, nameof(DuplicationProbability));
        CheckProbability(ReorderingProbability, nameof(ReorderingProbability));
        CheckProbability(CorruptionProbability, nameof(CorruptionProbability));
        ArgumentOutOfRangeException.ThrowIfNegative(DelayNs, nameof(DelayNs));
        ArgumentOutOfRangeException.ThrowIfNegative(JitterNs, nameof(JitterNs));
        ArgumentOutOfRangeException.ThrowIfNegative(ReorderingDelayNs, nameof(ReorderingDelayNs));
        ArgumentOutOfRangeException.ThrowIfNegative(OverheadBytes, nameof(OverheadBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PacketBytes, nameof(PacketBytes));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueBytes, nameof(QueueBytes));
        if (!(BandwidthBps >= 0 && BandwidthBps <= 1e15))
        {
            throw new ArgumentOutOfRangeException(nameof(BandwidthBps), BandwidthBps, "must be within 0 and 1e15 bit/s");
        }
    }

    private static void CheckProbability(double value, string name)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "must be within 0 and 1");
        }
    }
}
