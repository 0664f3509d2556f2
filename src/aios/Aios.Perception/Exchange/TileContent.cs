namespace Aios.Perception;

/// <summary>Cells of a tile between the map and the wire.</summary>
internal sealed class TileContent
{
    public readonly bool[] Known = new bool[MapTiles.CellsPerTile];
    public readonly float[] Elevation = new float[MapTiles.CellsPerTile];
    public readonly float[] Variance = new float[MapTiles.CellsPerTile];
    public readonly float[] Above = new float[MapTiles.CellsPerTile];
    public readonly float[] Below = new float[MapTiles.CellsPerTile];

    /// <summary>Index of the tile.</summary>
    public int Tile { get; set; }

    /// <summary>Time of the newest hit, tenths of a second.</summary>
    public int ObservedDs { get; set; }

    /// <summary>Cells known.</summary>
    public int KnownCount { get; set; }

    /// <summary>Copies a cell of the map in and counts it.</summary>
    public void Take(int i, in ElevationCell cell)
    {
        Elevation[i] = cell.Elevation;
        Variance[i] = cell.Variance;
        Above[i] = Math.Max(cell.Upper - cell.Elevation, 0);
        Below[i] = Math.Max(cell.Elevation - cell.Lower, 0);
        ObservedDs = Math.Max(ObservedDs, cell.ObservedDs);
        KnownCount++;
    }
}
