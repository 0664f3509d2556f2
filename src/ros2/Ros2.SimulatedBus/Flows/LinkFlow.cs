namespace ROS2.Simulation;

/// <summary>A flow between two hosts: every attempt asks the link model.</summary>
internal abstract class LinkFlow : Flow
{
    protected LinkFlow(BusWriter writer, BusTransport destination)
        : base(writer, destination)
    {
        Statistics = Bus.StatisticsOf(writer.Endpoint.Transport.HostName, destination.HostName);
    }

    protected LinkStatistics Statistics { get; }

    /// <summary>One attempt; on success the arrival is scheduled with <paramref name="number"/> as its argument.</summary>
    protected LinkOutcome Transmit(BusSample sample, BusReader? only, long number, int bytes)
    {
        Statistics.Bytes += bytes;
        LinkOutcome outcome = Bus.Links.Transmit(Statistics.FromHost, Statistics.ToHost, bytes, Bus.NowNs);
        BusSample? carried = outcome.Delivered ? Carry(sample, outcome.Corrupted) : null;
        if (carried is null && outcome.DuplicateDelayNs <= 0)
        {
            Statistics.Lost++;
            Bus.Trace(BusTraceKind.Lost, sample, Statistics.ToHost);
            return outcome.Delivered ? LinkOutcome.Lost : outcome;
        }

        if (carried is not null)
        {
            Schedule(carried, only, number, outcome.DelayNs);
        }

        if (outcome.DuplicateDelayNs > 0)
        {
            sample.AddReference();
            Schedule(sample, only, number, outcome.DuplicateDelayNs);
        }

        return outcome;
    }

    protected void Drop(BusSample sample)
    {
        Statistics.Dropped++;
        Bus.Trace(BusTraceKind.Dropped, sample, Statistics.ToHost);
        foreach (FlowReader entry in Readers)
        {
            entry.Reader.Endpoint.Events.RaiseCount(Transport.QosEventKind.MessageLost);
        }
    }

    /// <summary>What arrives; null when the receiver's checksum shows the damage.</summary>
    private BusSample? Carry(BusSample sample, bool corrupted)
    {
        if (!corrupted)
        {
            sample.AddReference();
            return sample;
        }

        Statistics.Corrupted++;
        BusSample damaged = Bus.Damage.Corrupt(sample);
        if (!Bus.Options.VerifiesChecksums || SampleDamage.HaveOneChecksum(sample.Bytes, damaged.Bytes))
        {
            return damaged;
        }

        Statistics.Rejected++;
        damaged.Release();
        return null;
    }

    private void Schedule(BusSample sample, BusReader? only, long number, long delayNs) => Bus.Queue.Push(
        Bus.NowNs + Math.Max(0, delayNs),
        new BusEvent { Target = this, Kind = BusEventKind.Arrival, Payload = sample, Extra = only, Argument = number });
}

/// <summary>
/// Best effort over a link: what is lost stays lost, and a sample older than one already delivered is discarded, as an
/// RTPS best-effort reader does (RTPS 2.5, 8.4.12.1).
/// </summary>
internal sealed class BestEffortFlow(BusWriter writer, BusTransport destination) : LinkFlow(writer, destination)
{
    private long _sent;
    private long _delivered;

    public override void Send(BusSample sample, BusReader? only)
    {
        Statistics.Messages++;
        if (!Transmit(sample, only, ++_sent, sample.Length).Delivered)
        {
            Drop(sample);
        }
    }

    public override void OnBusEvent(in BusEvent e)
    {
        var sample = (BusSample)e.Payload!;
        try
        {
            if (e.Argument > _delivered)
            {
                _delivered = e.Argument;
                Statistics.Delivered++;
                Deliver(sample, (BusReader?)e.Extra);
            }
            else if (e.Argument == _delivered)
            {
                Statistics.Duplicates++;
            }
            else
            {
                Drop(sample);
            }
        }
        finally
        {
            sample.Release();
        }
    }
}
