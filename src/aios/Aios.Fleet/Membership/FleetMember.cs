namespace Aios.Fleet;

/// <summary>What this rover knows of one peer. Written by <see cref="FleetMembership"/> only.</summary>
public sealed class FleetMember
{
    internal FleetMember(int index, string name, FailureDetectorOptions options)
    {
        Index = index;
        Name = name;
        Direct = new HeartbeatStream(options);
        Evidence = new HeartbeatStream(options);
    }

    /// <summary>Place in the roster.</summary>
    public int Index { get; }

    public string Name { get; }

    public PeerState State { get; internal set; }

    /// <summary>When <see cref="State"/> last changed, ns.</summary>
    public long StateSinceNs { get; internal set; }

    /// <summary>Suspicion level from all evidence, at the last tick.</summary>
    public double Suspicion { get; internal set; }

    /// <summary>Heartbeats of the peer over the direct link.</summary>
    public HeartbeatStream Direct { get; }

    /// <summary>Everything that shows the peer alive: its heartbeats here, and those that others report.</summary>
    public HeartbeatStream Evidence { get; }

    /// <summary>Whether the direct link is silent although the peer may live (out of sight, cut).</summary>
    public bool LinkDown { get; internal set; }

    /// <summary>Newest heartbeat heard directly; its fields are stale when the peer is not <see cref="PeerState.Alive"/>.</summary>
    public Heartbeat LastHeartbeat { get; } = new();

    /// <summary>What each rover of the roster last said of this peer, by roster index.</summary>
    internal bool[] SuspectedBy { get; set; } = [];
}

/// <summary>A change in what this rover thinks of a peer.</summary>
/// <param name="Peer">Roster index.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="AtNs">When, mission time, ns.</param>
/// <param name="SilentNs">How long nothing had been heard of the peer by any way, ns.</param>
public readonly record struct MembershipChange(int Peer, PeerState From, PeerState To, long AtNs, long SilentNs);
