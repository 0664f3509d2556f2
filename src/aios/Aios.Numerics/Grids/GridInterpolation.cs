namespace Aios.Numerics;

/// <summary>Bilinear sampling of rasters whose values belong to the cells' centres.</summary>
public static class GridInterpolation
{
    /// <summary>
    /// Value at (x, y) between the four nearest centres; NaN outside the outermost centres' rectangle, for
    /// NaN, or if a centre that counts holds NaN. Does not allocate.
    /// </summary>
    public static double Bilinear(Grid<float> grid, double x, double y)
    {
        if (!TryLocate(grid.Geometry, x, y, out int index, out double u, out double v, out int right, out int up))
        {
            return double.NaN;
        }

        return Blend(grid[index], grid[index + right], grid[index + up], grid[index + right + up], u, v);
    }

    /// <inheritdoc cref="Bilinear(Grid{float}, double, double)"/>
    public static double Bilinear(Grid<double> grid, double x, double y)
    {
        if (!TryLocate(grid.Geometry, x, y, out int index, out double u, out double v, out int right, out int up))
        {
            return double.NaN;
        }

        return Blend(grid[index], grid[index + right], grid[index + up], grid[index + right + up], u, v);
    }

    /// <summary>Cell below and left of the point, the parts u, v of the way to the next, and the steps there (0 on the last row or column).</summary>
    private static bool TryLocate(
        GridGeometry g, double x, double y, out int index, out double u, out double v, out int right, out int up)
    {
        double gridX = ((x - g.OriginX) / g.Resolution) - 0.5, gridY = ((y - g.OriginY) / g.Resolution) - 0.5;
        if (!(gridX >= 0.0 && gridX <= g.Width - 1 && gridY >= 0.0 && gridY <= g.Height - 1))
        {
            (index, u, v, right, up) = (-1, 0.0, 0.0, 0, 0);
            return false;
        }

        int col = (int)gridX, row = (int)gridY;
        u = gridX - col;
        v = gridY - row;
        right = u > 0.0 ? 1 : 0;
        up = v > 0.0 ? g.Width : 0;
        index = g.Index(col, row);
        return true;
    }

    private static double Blend(double h00, double h10, double h01, double h11, double u, double v)
    {
        double south = h00 + (u * (h10 - h00)), north = h01 + (u * (h11 - h01));
        return south + (v * (north - south));
    }
}
