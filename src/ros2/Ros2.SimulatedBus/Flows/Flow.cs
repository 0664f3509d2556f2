using ROS2.Transport;

namespace ROS2.Simulation;

/// <summary>A reader of a flow and the writer's last number before it joined.</summary>
internal readonly record struct FlowReader(BusReader Reader, long JoinedAt);

/// <summary>
/// The way from one writer to one participant: each sample crosses a link once, however many readers the participant
/// has. The reader list is replaced, never changed, because readers come and go while samples are handed out.
/// </summary>
internal abstract class Flow(BusWriter writer, BusTransport destination) : BusTarget
{
    public BusWriter Writer { get; } = writer;

    public BusTransport Destination { get; } = destination;

    public FlowReader[] Readers { get; private set; } = [];

    public bool IsOpen => Readers.Length > 0;

    protected SimulatedBus Bus => Writer.Endpoint.Transport.Bus;

    /// <summary>Sends a sample, to one reader or to all that joined before it.</summary>
    public abstract void Send(BusSample sample, BusReader? only);

    public void Add(BusReader reader) => Readers = [.. Readers, new FlowReader(reader, Writer.LastNumber)];

    public void Remove(BusReader reader)
    {
        Readers = [.. Readers.Where(r => r.Reader != reader)];
        if (!IsOpen)
        {
            Close();
        }
    }

    /// <summary>Gives up everything under way.</summary>
    protected virtual void Close()
    {
    }

    protected void Deliver(BusSample sample, BusReader? only)
    {
        if (!Destination.IsAlive || sample.ExpiresNs < Bus.NowNs)
        {
            return;
        }

        foreach (FlowReader entry in Readers)
        {
            bool isMeant = only is null ? sample.Number > entry.JoinedAt : ReferenceEquals(only, entry.Reader);
            if (isMeant && Destination.IsAlive)
            {
                entry.Reader.Deliver(sample);
            }
        }
    }
}

/// <summary>Between participants of one host: ideal, and delivered as the next event of the same instant.</summary>
internal sealed class LocalFlow(BusWriter writer, BusTransport destination) : Flow(writer, destination)
{
    public override void Send(BusSample sample, BusReader? only)
    {
        sample.AddReference();
        Bus.Queue.PushNow(new BusEvent { Target = this, Kind = BusEventKind.Arrival, Payload = sample, Extra = only });
    }

    public override void OnBusEvent(in BusEvent e)
    {
        var sample = (BusSample)e.Payload!;
        try
        {
            Deliver(sample, (BusReader?)e.Extra);
        }
        finally
        {
            sample.Release();
        }
    }
}
