namespace Aios.Sim;

/// <summary>
/// Link budget of the fleet's radios, alike on every rover: log-distance path loss, an extra loss where terrain
/// stands in the way, and a receiver that fades out over a few decibels.
/// </summary>
public sealed record RadioModel
{
    /// <value>Transmit power plus both antennas' gains, dBm.</value>
    public double TransmitPowerDbm { get; init; } = 20.0;

    /// <value>Loss over the first metre, dB (40 dB at 2.4 GHz).</value>
    public double ReferenceLossDb { get; init; } = 40.0;

    /// <value>Path-loss exponent near the ground: 2 in free space.</value>
    public double PathLossExponent { get; init; } = 2.7;

    /// <value>Extra loss without a line of sight, dB.</value>
    public double ObstructionLossDb { get; init; } = 25.0;

    /// <value>Received power at which half of the packets are lost, dBm.</value>
    public double SensitivityDbm { get; init; } = -92.0;

    /// <value>Width of the receiver's fade-out, dB: the packet error rate is logistic in the margin over this.</value>
    public double FadeWidthDb { get; init; } = 1.5;

    /// <value>Packets lost even on the best link, [0, 1).</value>
    public double FloorLoss { get; init; } = 0.005;

    /// <value>Nothing passes beyond this distance, m.</value>
    public double MaxRangeM { get; init; } = 500.0;

    /// <value>Bit rate at full margin, bit/s; it falls in proportion to the margin below <see cref="FullRateMarginDb"/>.</value>
    public double BitRate { get; init; } = 2e6;

    /// <value>Margin over sensitivity that gives the full bit rate, dB.</value>
    public double FullRateMarginDb { get; init; } = 20.0;

    /// <value>Bytes of one packet on the air.</value>
    public int PacketBytes { get; init; } = 1400;

    /// <value>Times the link layer repeats a lost packet before it gives up.</value>
    public int Retries { get; init; } = 2;

    /// <value>Delay of an empty message, s.</value>
    public double BaseDelayS { get; init; } = 0.004;

    /// <value>A message that would wait longer than this behind others is dropped, s.</value>
    public double MaxQueueS { get; init; } = 2.0;

    /// <value>Height of the antenna above the wheel contact plane, m.</value>
    public double AntennaHeightM { get; init; } = 1.6;

    /// <value>What is wrong with every link beside its budget; nothing by default.</value>
    public RadioDisturbance Disturbance { get; init; }

    /// <value>Mean length of a burst in which everything is lost, s.</value>
    public double BurstS { get; init; } = 1.0;

    /// <value>How late a held-up message or a second copy is, s.</value>
    public double ReorderingS { get; init; } = 0.1;

    /// <value>A link's budget is looked at again after this, s.</value>
    public double RefreshS { get; init; } = 1.0;
}

/// <summary>A fixed radio station, for example the lander.</summary>
/// <param name="Host">Host name on the bus.</param>
/// <param name="X">Map frame, m.</param>
/// <param name="Y">Map frame, m.</param>
/// <param name="AntennaHeightM">Above the ground, m.</param>
public sealed record RadioStation(string Host, double X, double Y, double AntennaHeightM = 4.0);

/// <summary>One direction of one link as it is now.</summary>
public readonly record struct RadioLinkState(
    string From, string To, bool Up, double Quality, double Loss, double BandwidthBps, double DelayS, double DistanceM,
    bool LineOfSight);
