namespace ROS2.Simulation;

/// <summary>Settings of a <see cref="SimulatedBus"/>. Immutable.</summary>
public sealed record SimulatedBusOptions
{
    /// <summary>System time at virtual time 0, so that stamps may look like dates.</summary>
    /// <value>Nanoseconds since 1970-01-01 UTC. Default 0: stamps are mission time.</value>
    public long SystemEpochNs { get; init; }

    /// <summary>Delay of the first retry of a reliable transmission; doubles while retries fail.</summary>
    /// <value>Nanoseconds, positive. Default 100 ms, Cyclone DDS' heartbeat interval.</value>
    public long RetryDelayNs { get; init; } = 100_000_000;

    /// <summary>Longest delay between retries.</summary>
    /// <value>Nanoseconds, at least <see cref="RetryDelayNs"/>. Default 1 s.</value>
    public long MaxRetryDelayNs { get; init; } = 1_000_000_000;

    /// <summary>How long others still see the endpoints of a killed host.</summary>
    /// <value>Nanoseconds, at least 0. Default 10 s, Cyclone DDS' participant lease.</value>
    public long DiscoveryLeaseNs { get; init; } = 10_000_000_000;

    /// <summary>
    /// Whether receivers verify the checksum that UDP gives a sample (RFC 768, 16 bits) and drop, count and, where the flow
    /// is reliable, have sent again what fails it. Damage that the checksum does not show is delivered.
    /// </summary>
    /// <value>Default false: every damaged sample reaches its reader.</value>
    public bool VerifiesChecksums { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(SystemEpochNs, nameof(SystemEpochNs));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RetryDelayNs, nameof(RetryDelayNs));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRetryDelayNs, RetryDelayNs, nameof(MaxRetryDelayNs));
        ArgumentOutOfRangeException.ThrowIfNegative(DiscoveryLeaseNs, nameof(DiscoveryLeaseNs));
    }
}
