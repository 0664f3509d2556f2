using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>The grid that all rovers of a mission map on, so that a cell means the same ground to each.</summary>
public static class MapGeometry
{
    /// <summary>Side of a cell, m.</summary>
    public const double Resolution = 0.2;

    /// <summary>How far the map reaches beyond the mission area, m.</summary>
    public const double Margin = 4.0;

    /// <summary>Grid over a mission area, aligned to multiples of 16 cells so that map tiles are whole.</summary>
    public static GridGeometry Of(AreaBounds area)
    {
        const int Tile = 16;
        var width = Cells(area.MaxX - area.MinX, Tile);
        var height = Cells(area.MaxY - area.MinY, Tile);
        var centreX = 0.5 * (area.MinX + area.MaxX);
        var centreY = 0.5 * (area.MinY + area.MaxY);
        return new GridGeometry(
            width, height, Resolution, centreX - (0.5 * width * Resolution), centreY - (0.5 * height * Resolution));
    }

    private static int Cells(double side, int tile)
    {
        var cells = (int)Math.Ceiling((side + (2 * Margin)) / Resolution);
        return (cells + tile - 1) / tile * tile;
    }
}
