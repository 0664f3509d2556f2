using System.Diagnostics;
using ROS2.Transport;

namespace ROS2.Dds;

/// <summary>The wall clock and the machine's monotonic clock. Safe from any thread; does not allocate.</summary>
public sealed class SystemTransportClock : ITransportClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <inheritdoc/>
    public long SystemNowNs => (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;

    /// <inheritdoc/>
    public long SteadyNowNs
    {
        get
        {
            long ticks = Stopwatch.GetTimestamp();
            return Stopwatch.Frequency == NanosecondsPerSecond
                ? ticks
                : (long)((Int128)ticks * NanosecondsPerSecond / Stopwatch.Frequency);
        }
    }
}
