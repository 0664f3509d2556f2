using Aios.Numerics;

namespace Aios.Perception;

/// <summary>The division of an elevation map into square tiles for exchange between rovers.</summary>
/// <param name="geometry">The map's grid.</param>
public readonly struct MapTiles(GridGeometry geometry)
{
    /// <summary>Side of a tile, cells.</summary>
    public const int TileCells = 16;

    /// <summary>Cells of a whole tile.</summary>
    public const int CellsPerTile = TileCells * TileCells;

    /// <summary>Tiles from west to east; the last may stick out of the map.</summary>
    public int Columns { get; } = (geometry.Width + TileCells - 1) / TileCells;

    /// <summary>Tiles from south to north.</summary>
    public int Rows { get; } = (geometry.Height + TileCells - 1) / TileCells;

    /// <summary>Number of tiles.</summary>
    public int Count => Columns * Rows;

    /// <summary>Index in the map of a cell of a tile, or −1 when it sticks out.</summary>
    /// <param name="tile">Tile, 0 .. <see cref="Count"/>.</param>
    /// <param name="cell">Cell in the tile, row-major, 0 .. 255.</param>
    public int CellIndex(int tile, int cell)
    {
        int col = (tile % Columns * TileCells) + (cell % TileCells);
        int row = (tile / Columns * TileCells) + (cell / TileCells);
        return col < geometry.Width && row < geometry.Height ? geometry.Index(col, row) : -1;
    }
}
