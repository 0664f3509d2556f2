using Aios.Numerics;

namespace Aios.Nodes;

/// <summary>How <c>grid_map_msgs/GridMap</c> orders the cells of a layer.</summary>
/// <remarks>
/// grid_map counts cells from the corner with the largest x and y, x along the first (outer) index of a column-major
/// matrix: cell (i, j) lies at x = max − (i + ½) r, y = max − (j + ½) r, and stands at data[j · rows + i].
/// </remarks>
public static class GridMapCells
{
    /// <summary>Where a cell, counted as this project does from the corner of smallest x and y, stands in a layer's data.</summary>
    public static int IndexOf(GridGeometry geometry, int col, int row) =>
        ((geometry.Height - 1 - row) * geometry.Width) + geometry.Width - 1 - col;
}
