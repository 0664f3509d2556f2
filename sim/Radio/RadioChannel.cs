using Aios.Numerics;
using ROS2.Simulation;

namespace Aios.Sim;

/// <summary>
/// One direction of a radio link: a queue of packets that take their time on the air, are lost by chance and repeated a
/// few times. What the link can carry is told with each message. Not thread-safe; allocates nothing after construction.
/// </summary>
public sealed class RadioChannel
{
    private readonly RadioModel _model;
    private readonly SeededRandom _random;
    private long _busyUntilNs;

    /// <param name="model">Packet size, repetitions and length of the queue.</param>
    /// <param name="seed">The mission's seed; each direction of each link draws from a stream of its own.</param>
    /// <param name="fromHost">Sending host.</param>
    /// <param name="toHost">Receiving host.</param>
    public RadioChannel(RadioModel model, ulong seed, string fromHost, string toHost)
    {
        _model = model;
        _random = SeededRandom.ForStream(seed, $"radio/{fromHost}/{toHost}");
    }

    /// <summary>Sends all packets of a message; a reliable sender sends the lost ones again.</summary>
    /// <param name="bytes">Size of the message, at least 1.</param>
    /// <param name="loss">Probability that one packet is lost in one attempt, [0, 1].</param>
    /// <param name="bitRate">Bit rate, bit/s, positive.</param>
    /// <param name="delayS">Delay of an empty message, s.</param>
    /// <param name="nowNs">Time, ns; never decreases.</param>
    public LinkOutcome Send(int bytes, double loss, double bitRate, double delayS, long nowNs)
    {
        long start = Math.Max(nowNs, _busyUntilNs);
        if (start - nowNs > (long)(_model.MaxQueueS * 1e9))
        {
            return LinkOutcome.Lost;
        }

        int packets = Math.Max(1, (bytes + _model.PacketBytes - 1) / _model.PacketBytes);
        double packetS = 8.0 * bytes / packets / bitRate;
        double airS = 0.0;
        int lost = 0;
        for (int i = 0; i < packets; i++)
        {
            lost += SendPacket(loss, packetS, ref airS) ? 0 : 1;
        }

        _busyUntilNs = start + (long)(airS * 1e9);
        return lost > 0
            ? new LinkOutcome(false, 0) { LostBytes = Math.Min(bytes, lost * _model.PacketBytes) }
            : new LinkOutcome(true, _busyUntilNs - nowNs + (long)(delayS * 1e9));
    }

    private bool SendPacket(double loss, double packetS, ref double airS)
    {
        for (int attempt = 0; attempt <= _model.Retries; attempt++)
        {
            airS += packetS;
            if (_random.NextDouble() >= loss)
            {
                return true;
            }
        }

        return false;
    }
}
