using System.Runtime.InteropServices;
using Aios.Numerics;
using grid_map_msgs.msg;
using nav_msgs.msg;

namespace Aios.Nodes.Tests;

/// <summary>Maps of made-up ground, as the terrain mapper publishes them.</summary>
internal static class Grounds
{
    /// <summary>A cost grid.</summary>
    /// <param name="geometry">Its cells.</param>
    /// <param name="cost">Cost at x, y in m.</param>
    public static OccupancyGrid Traversability(GridGeometry geometry, Func<double, double, sbyte> cost)
    {
        var grid = new OccupancyGrid();
        (grid.Info.Width, grid.Info.Height, grid.Info.Resolution) = ((uint)geometry.Width, (uint)geometry.Height, (float)geometry.Resolution);
        CollectionsMarshal.SetCount(grid.Data, geometry.CellCount);
        for (var cell = 0; cell < geometry.CellCount; cell++)
        {
            var centre = geometry.Center(cell);
            grid.Data[cell] = cost(centre.X, centre.Y);
        }

        return grid;
    }

    /// <summary>An elevation map.</summary>
    /// <param name="geometry">Its cells.</param>
    /// <param name="height">Height in m at x, y in m.</param>
    public static GridMap Elevation(GridGeometry geometry, Func<double, double, double> height)
    {
        var map = new GridMap();
        map.Data.Add(new());
        CollectionsMarshal.SetCount(map.Data[0].Data, geometry.CellCount);
        for (var cell = 0; cell < geometry.CellCount; cell++)
        {
            var centre = geometry.Center(cell);
            map.Data[0].Data[GridMapCells.IndexOf(geometry, geometry.Col(cell), geometry.Row(cell))] = (float)height(centre.X, centre.Y);
        }

        return map;
    }
}
