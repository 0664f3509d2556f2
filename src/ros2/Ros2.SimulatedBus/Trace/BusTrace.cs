namespace ROS2.Simulation;

/// <summary>What happened on the bus.</summary>
public enum BusTraceKind
{
    /// <summary>A sample was sent: once per publish, request or response.</summary>
    Sent,

    /// <summary>A sample was handed to one endpoint.</summary>
    Delivered,

    /// <summary>A transmission over a link was lost; a reliable one is tried again.</summary>
    Lost,

    /// <summary>A sample will never reach a host: best effort lost it, or it left the history before it got through.</summary>
    Dropped,

    /// <summary>A host was killed.</summary>
    HostKilled,
}

/// <summary>One step of the bus.</summary>
/// <param name="TimeNs">Virtual time.</param>
/// <param name="Kind">What happened.</param>
/// <param name="FromHost">Host of the sender.</param>
/// <param name="ToHost">Host of the receiver; empty when sent, because receivers follow one by one.</param>
/// <param name="Name">ROS name of topic or service; empty for hosts.</param>
/// <param name="Publisher">Number of the sending endpoint on this bus.</param>
/// <param name="Number">Number of the sample within its sender, from 1.</param>
public readonly record struct BusTraceEvent(
    long TimeNs,
    BusTraceKind Kind,
    string FromHost,
    string ToHost,
    string Name,
    ulong Publisher,
    long Number);

/// <summary>Observes the bus. Called on the scheduler's thread; must not change anything on the bus.</summary>
/// <param name="e">What happened.</param>
/// <param name="payload">The sample's CDR bytes, borrowed for the call; empty for hosts.</param>
public delegate void BusTraceHandler(in BusTraceEvent e, ReadOnlySpan<byte> payload);
