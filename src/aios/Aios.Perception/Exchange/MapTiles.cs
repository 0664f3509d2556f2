namespace Aios.Perception;

/// <summary>The division of an elevation map into tiles for exchange between rovers.</summary>
public static class MapTiles
{
    /// <summary>Side of a tile, cells.</summary>
    public const int TileCells = 16;
}
