using Aios.Numerics;

namespace Aios.Perception;

/// <summary>How rovers exchange their maps.</summary>
public sealed record MapExchangeOptions
{
    /// <value>Largest message, bytes. Default 8000.</value>
    public int MaxMessageBytes { get; init; } = 8000;

    /// <value>Shortest time between two versions of one tile, s. Default 4.</value>
    public double TileIntervalS { get; init; } = 4.0;

    /// <value>Time without progress of the slowest peer's acknowledgement before its tiles are sent again, s. Default 4.</value>
    public double RetransmitS { get; init; } = 4.0;

    /// <value>Longest silence: after it a message with nothing but acknowledgements is sent, s. Default 5.</value>
    public double KeepAliveS { get; init; } = 5.0;

    /// <value>Heights beyond this are rejected, m. Default 1000.</value>
    public double MaxHeightM { get; init; } = 1000.0;

    /// <value>How far in the future an observation may lie, s. Default 5.</value>
    public double MaxFutureS { get; init; } = 5.0;

    /// <value>Overlapping cells of a tile needed to compare two rovers' heights. Default 16.</value>
    public int MinOverlapCells { get; init; } = 16;

    /// <value>Change of a peer's height offset that makes its cells move, m. Default 0.02.</value>
    public double OffsetStepM { get; init; } = 0.02;

    /// <value>Peers known at most; messages of further ones are rejected. Default 200.</value>
    public int MaxPeers { get; init; } = 200;

    /// <summary>Checks every value.</summary>
    /// <returns>Null when all is well, otherwise one line that names the property and the bound.</returns>
    public string? Validate() => OptionCheck.First(
        OptionCheck.InRange(nameof(MaxMessageBytes), MaxMessageBytes, 1500, 60000),
        OptionCheck.InRange(nameof(TileIntervalS), TileIntervalS, 0, 1000),
        OptionCheck.InRange(nameof(RetransmitS), RetransmitS, 0.1, 1000),
        OptionCheck.InRange(nameof(KeepAliveS), KeepAliveS, 0.1, 1000),
        OptionCheck.InRange(nameof(MaxHeightM), MaxHeightM, 1, 50000),
        OptionCheck.InRange(nameof(MaxFutureS), MaxFutureS, 0, 1000),
        OptionCheck.InRange(nameof(MinOverlapCells), MinOverlapCells, 4, MapTiles.CellsPerTile),
        OptionCheck.InRange(nameof(OffsetStepM), OffsetStepM, 0.001, 1),
        OptionCheck.InRange(nameof(MaxPeers), MaxPeers, 1, byte.MaxValue - ElevationCell.SourceSelf));
}
