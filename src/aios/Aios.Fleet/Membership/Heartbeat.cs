namespace Aios.Fleet;

/// <summary>What a rover thinks of a peer. The numbers are those of <c>aios_interfaces/PeerReport</c>.</summary>
public enum PeerState : byte
{
    /// <summary>Heard directly or through others.</summary>
    Alive = 0,

    /// <summary>Silent for longer than bad luck explains; only this rover's opinion.</summary>
    Suspected = 1,

    /// <summary>Declared lost by a quorum certificate.</summary>
    Lost = 2,

    /// <summary>Declared lost, then heard again, and not yet readmitted by the quorum.</summary>
    Returned = 3,
}

/// <summary>What the sender of a heartbeat knows of one other rover.</summary>
/// <param name="Rover">Its name.</param>
/// <param name="State">The sender's opinion.</param>
/// <param name="Incarnation">Of the newest heartbeat known.</param>
/// <param name="Sequence">Of the newest heartbeat known, heard directly or through others; 0 when never.</param>
/// <param name="AgeS">Seconds since the sender learnt of it.</param>
/// <param name="Suspicion">The sender's φ.</param>
public readonly record struct PeerKnowledge(
    string Rover, PeerState State, uint Incarnation, ulong Sequence, float AgeS, float Suspicion);

/// <summary>
/// A rover's sign of life and summary of itself. Sent every <see cref="FailureDetectorOptions.PeriodNs"/>. Mutable and
/// reused: the receiver copies what it keeps.
/// </summary>
public sealed class Heartbeat
{
    public string Rover { get; set; } = "";

    /// <summary>Grows with every restart of the rover.</summary>
    public uint Incarnation { get; set; }

    /// <summary>From 1, one more with every heartbeat of the incarnation.</summary>
    public ulong Sequence { get; set; }

    /// <summary>When it was sent, the sender's mission time, ns.</summary>
    public long StampNs { get; set; }

    /// <summary>Position east in the map frame, m.</summary>
    public double X { get; set; }

    /// <summary>Position north in the map frame, m.</summary>
    public double Y { get; set; }

    /// <summary>Heading, rad.</summary>
    public double Yaw { get; set; }

    /// <summary>Mission phase, as <c>aios_interfaces/MissionPhase</c>.</summary>
    public byte Phase { get; set; }

    /// <summary>State of charge, 0 to 1.</summary>
    public float Battery { get; set; }

    /// <summary>Whether <see cref="GoalX"/> and <see cref="GoalY"/> hold the place it is heading for and claims.</summary>
    public bool HasGoal { get; set; }

    public double GoalX { get; set; }

    public double GoalY { get; set; }

    /// <summary>Digest of its map version vector, to ask for what is missing; 0 when unknown.</summary>
    public ulong MapDigest { get; set; }

    /// <summary>Number of fleet decisions it holds.</summary>
    public uint DecisionHeight { get; set; }

    /// <summary>What it knows of every other member of the roster.</summary>
    public List<PeerKnowledge> Peers { get; } = [];

    /// <summary>Copies everything from another heartbeat.</summary>
    public void CopyFrom(Heartbeat other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Rover = other.Rover;
        Incarnation = other.Incarnation;
        Sequence = other.Sequence;
        StampNs = other.StampNs;
        X = other.X;
        Y = other.Y;
        Yaw = other.Yaw;
        Phase = other.Phase;
        Battery = other.Battery;
        HasGoal = other.HasGoal;
        GoalX = other.GoalX;
        GoalY = other.GoalY;
        MapDigest = other.MapDigest;
        DecisionHeight = other.DecisionHeight;
        Peers.Clear();
        Peers.AddRange(other.Peers);
    }
}
