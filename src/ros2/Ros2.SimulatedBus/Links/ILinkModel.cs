namespace ROS2.Simulation;

/// <summary>Decides what becomes of each transmission between two hosts. Called on the scheduler's thread, in event order.</summary>
public interface ILinkModel
{
    /// <summary>One transmission attempt. Never called for two participants of one host.</summary>
    /// <param name="fromHost">Sending host.</param>
    /// <param name="toHost">Receiving host; the direction matters.</param>
    /// <param name="bytes">Serialized size of the message, or of what is left of it to send again; at least 1.</param>
    /// <param name="nowNs">Virtual time of the attempt; never decreases.</param>
    LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs);
}

/// <summary>The fate of one transmission.</summary>
/// <param name="Delivered">Whether the whole message arrives.</param>
/// <param name="DelayNs">If delivered: time from now to arrival, at least 0.</param>
public readonly record struct LinkOutcome(bool Delivered, long DelayNs)
{
    /// <summary>Everything was lost.</summary>
    public static LinkOutcome Lost => default;

    /// <summary>If not delivered: bytes that a reliable sender has to send again; 0 means all of them.</summary>
    public int LostBytes { get; init; }

    /// <summary>If delivered: whether the link damages the content (bits flipped at places drawn from the bus' seed).</summary>
    public bool Corrupted { get; init; }

    /// <summary>If delivered and positive: a second copy arrives this long from now.</summary>
    public long DuplicateDelayNs { get; init; }
}

/// <summary>Delivers everything at once, in order, unharmed.</summary>
public sealed class IdealLinkModel : ILinkModel
{
    /// <inheritdoc/>
    public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs) => new(true, 0);
}
