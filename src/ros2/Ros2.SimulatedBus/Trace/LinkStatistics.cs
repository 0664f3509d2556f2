namespace ROS2.Simulation;

/// <summary>Counters of one direction between two hosts since the start.</summary>
/// <param name="FromHost">Sending host.</param>
/// <param name="ToHost">Receiving host.</param>
public sealed record LinkStatistics(string FromHost, string ToHost)
{
    /// <summary>Messages that were to cross the link; retries do not count.</summary>
    public long Messages { get; internal set; }

    /// <summary>Serialized bytes handed to the link, retries included.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Messages that arrived.</summary>
    public long Delivered { get; internal set; }

    /// <summary>Transmissions lost, first attempts and retries.</summary>
    public long Lost { get; internal set; }

    /// <summary>Retries of reliable flows.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>Messages given up: best effort lost, out of order, or out of the history.</summary>
    public long Dropped { get; internal set; }

    /// <summary>Second copies that arrived and were ignored.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Messages damaged on the way.</summary>
    public long Corrupted { get; internal set; }

    /// <summary>Damaged messages that the receiver's checksum showed, so that nobody got them.</summary>
    public long Rejected { get; internal set; }
}
