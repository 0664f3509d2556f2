namespace ROS2.Simulation;

/// <summary>What an event means to its target.</summary>
internal enum BusEventKind
{
    /// <summary>A sample reaches the receiving host.</summary>
    Arrival,

    /// <summary>A reliable flow tries its lost samples again.</summary>
    Retry,

    /// <summary>A reliable flow may go on after a gap.</summary>
    Release,

    /// <summary>The participant's timer.</summary>
    Wake,

    /// <summary>The participant's view of the graph changed.</summary>
    Graph,

    /// <summary>A QoS event is to be told.</summary>
    QosEvent,

    /// <summary>A time-out of a QoS contract or of discovery's lease.</summary>
    Expiry,

    /// <summary>A scheduled action of the program that owns the bus.</summary>
    Action,
}

/// <summary>Something events happen to.</summary>
internal abstract class BusTarget
{
    public abstract void OnBusEvent(in BusEvent e);
}

/// <summary>One event, without its place in time.</summary>
internal struct BusEvent
{
    public BusTarget Target;
    public object? Payload;
    public object? Extra;
    public long Argument;
    public BusEventKind Kind;
}
