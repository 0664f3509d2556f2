namespace ROS2.Simulation;

/// <summary>State of one direction of a link.</summary>
internal sealed class SeededLink(LinkRandom random, LinkParameters parameters)
{
    private long _busyUntilNs;

    public LinkParameters Parameters { get; set; } = parameters;

    /// <summary>Half-open windows of virtual time in which nothing passes.</summary>
    public List<(long StartNs, long EndNs)> Cuts { get; } = [];

    public LinkOutcome Transmit(int bytes, long nowNs)
    {
        if (IsCut(nowNs))
        {
            return LinkOutcome.Lost;
        }

        LinkParameters p = Parameters;
        int packets = (bytes + p.PacketBytes - 1) / p.PacketBytes;
        if (!TryQueue(p, bytes + ((long)packets * p.OverheadBytes), nowNs, out long queueNs))
        {
            return LinkOutcome.Lost;
        }

        int lostPackets = CountLost(p.LossProbability, packets);
        if (lostPackets > 0)
        {
            return new LinkOutcome(false, 0) { LostBytes = Math.Min(bytes, lostPackets * p.PacketBytes) };
        }

        return Deliver(p, queueNs);
    }

    private LinkOutcome Deliver(LinkParameters p, long queueNs)
    {
        long delayNs = queueNs + p.DelayNs;
        if (p.JitterNs > 0)
        {
            delayNs += random.NextLong(p.JitterNs);
        }

        if (Draw(p.ReorderingProbability))
        {
            delayNs += p.ReorderingDelayNs;
        }

        return new LinkOutcome(true, delayNs)
        {
            Corrupted = Draw(p.CorruptionProbability),
            DuplicateDelayNs = Draw(p.DuplicationProbability) ? delayNs + p.ReorderingDelayNs : 0,
        };
    }

    private bool TryQueue(LinkParameters p, long wireBytes, long nowNs, out long delayNs)
    {
        delayNs = 0;
        if (p.BandwidthBps <= 0)
        {
            return true;
        }

        long startNs = Math.Max(nowNs, _busyUntilNs);
        double waitingBytes = (startNs - nowNs) * p.BandwidthBps / 8e9;
        if (waitingBytes > 0 && waitingBytes + wireBytes > p.QueueBytes)
        {
            return false;
        }

        _busyUntilNs = startNs + (long)Math.Ceiling(wireBytes * 8e9 / p.BandwidthBps);
        delayNs = _busyUntilNs - nowNs;
        return true;
    }

    private int CountLost(double probability, int packets)
    {
        if (probability <= 0)
        {
            return 0;
        }

        int lost = 0;
        for (int i = 0; i < packets; i++)
        {
            lost += random.NextDouble() < probability ? 1 : 0;
        }

        return lost;
    }

    private bool Draw(double probability) => probability > 0 && random.NextDouble() < probability;

    private bool IsCut(long nowNs)
    {
        foreach ((long start, long end) in Cuts)
        {
            if (nowNs >= start && nowNs < end)
            {
                return true;
            }
        }

        return false;
    }
}
