namespace Aios.Perception;

/// <summary>One cell of an <see cref="ElevationMap"/>: 24 bytes, so that integrating a point touches one cache line.</summary>
/// <remarks>Heights are metres above the map frame's origin. A cell with <see cref="Source"/> 0 has never been seen.</remarks>
public struct ElevationCell
{
    /// <summary>Value of <see cref="Source"/> for a cell nobody has seen.</summary>
    public const byte SourceUnknown = 0;

    /// <summary>Value of <see cref="Source"/> for a cell this rover has measured.</summary>
    public const byte SourceSelf = 1;

    /// <summary>Estimated height of the ground, m.</summary>
    public float Elevation;

    /// <summary>Variance of <see cref="Elevation"/>, m².</summary>
    public float Variance;

    /// <summary>Lowest surface seen with confidence, m (each hit counts one standard deviation less than it says).</summary>
    public float Lower;

    /// <summary>Highest surface seen with confidence, m.</summary>
    public float Upper;

    /// <summary>Time of the last hit, tenths of a second of mission time.</summary>
    public int ObservedDs;

    /// <summary>Hits fused, saturating.</summary>
    public ushort Hits;

    /// <summary>Who measured it: 0 nobody, 1 this rover, 2 and up the peers in the order they were registered.</summary>
    public byte Source;

    /// <summary>True when somebody has seen the cell.</summary>
    public readonly bool IsKnown => Source != SourceUnknown;

    /// <summary>Height between the highest and lowest surface seen in the cell, m; 0 on smooth ground.</summary>
    public readonly float Step => Math.Max(Upper, Elevation) - Math.Min(Lower, Elevation);
}
