namespace ROS2.Transport;

/// <summary>
/// The time a transport lives in: the wall for DDS, virtual time for the simulated bus. Readable from any thread;
/// reading does not allocate.
/// </summary>
public interface ITransportClock
{
    /// <summary>System time: nanoseconds since 1970-01-01 UTC (virtual: since the start the bus was given). May jump.</summary>
    long SystemNowNs { get; }

    /// <summary>Steady time: nanoseconds from an arbitrary origin. Never goes back.</summary>
    long SteadyNowNs { get; }
}
