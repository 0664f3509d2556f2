namespace Aios.Perception;

/// <summary>What is known of another rover's map and of how far it has ours.</summary>
internal sealed class MapPeer(string name, ulong id, byte source)
{
    private const double OffsetGain = 0.2;

    public string Name { get; } = name;

    public ulong Id { get; } = id;

    /// <summary>Value of <see cref="ElevationCell.Source"/> for its cells.</summary>
    public byte Source { get; } = source;

    public uint Incarnation { get; set; }

    public bool Heard { get; set; }

    /// <summary>Up to here its changes have all arrived.</summary>
    public ulong Received { get; set; }

    /// <summary>Up to here it has ours, by its own word.</summary>
    public ulong Acknowledged { get; set; }

    /// <summary>False when it is lost: nobody waits for it.</summary>
    public bool IsLive { get; set; } = true;

    /// <summary>Whether its cells are passed on as our own.</summary>
    public bool IsAdopted { get; set; }

    /// <summary>How much higher its map lies than ours, m, by the overlap.</summary>
    public double Offset { get; private set; }

    /// <summary>The part of <see cref="Offset"/> already taken off its cells in the map, m.</summary>
    public double AppliedOffset { get; set; }

    /// <summary>Comparisons behind <see cref="Offset"/>.</summary>
    public int Comparisons { get; private set; }

    public void Compare(double difference)
    {
        Comparisons++;
        double gain = Math.Max(1.0 / Comparisons, OffsetGain);
        Offset += gain * (difference - Offset);
    }
}
