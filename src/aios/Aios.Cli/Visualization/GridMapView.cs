using Aios.Nodes;
using Aios.Numerics;
using grid_map_msgs.msg;

namespace Aios.Cli.Visualization;

/// <summary>Reads elevation out of <c>grid_map_msgs/GridMap</c>.</summary>
internal static class GridMapView
{
    private const string Elevation = "elevation";

    /// <summary>The map's grid, as this project counts cells: rows from the smallest y, columns from the smallest x.</summary>
    public static GridGeometry GeometryOf(GridMap map) => new(
        (int)Math.Round(map.Info.LengthX / map.Info.Resolution),
        (int)Math.Round(map.Info.LengthY / map.Info.Resolution),
        map.Info.Resolution,
        map.Info.Pose.Position.X - (0.5 * map.Info.LengthX),
        map.Info.Pose.Position.Y - (0.5 * map.Info.LengthY));

    /// <summary>Writes a map's known cells over what is in a grid.</summary>
    /// <param name="map">The message.</param>
    /// <param name="elevation">Row-major, m, NaN unknown; of the map's geometry.</param>
    /// <returns>False, with nothing written, when the message has no elevation of that many cells.</returns>
    public static bool Overlay(GridMap map, Span<float> elevation)
    {
        var layer = map.Layers.IndexOf(Elevation);
        var geometry = GeometryOf(map);
        if (layer < 0 || layer >= map.Data.Count || map.Data[layer].Data.Count != elevation.Length || geometry.CellCount != elevation.Length)
        {
            return false;
        }

        var data = map.Data[layer].Data;
        for (var i = 0; i < elevation.Length; i++)
        {
            var (row, col) = Math.DivRem(i, geometry.Width);
            var height = data[GridMapCells.IndexOf(geometry, col, row)];
            elevation[i] = float.IsNaN(height) ? elevation[i] : height;
        }

        return true;
    }
}
