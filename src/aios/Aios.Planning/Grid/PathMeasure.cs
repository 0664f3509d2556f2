using Aios.Numerics;

namespace Aios.Planning;

/// <summary>Lengths along polylines.</summary>
public static class PathMeasure
{
    /// <summary>Length of a polyline, m.</summary>
    public static double Length(ReadOnlySpan<Vector2d> path)
    {
        double sum = 0;
        for (int i = 1; i < path.Length; i++)
        {
            sum += path[i].DistanceTo(path[i - 1]);
        }

        return sum;
    }

    /// <summary>Whether every cell a polyline crosses may be entered.</summary>
    /// <param name="cost">Row-major cost bytes.</param>
    /// <param name="geometry">Their grid.</param>
    /// <param name="path">Waypoints, m.</param>
    /// <param name="fromIndex">First waypoint that matters: those before have been passed.</param>
    /// <param name="escapeRadiusM">Distance from the first waypoint that matters within which the inflated zone counts
    /// as free, m.</param>
    /// <param name="allowUnknown">Whether unknown cells may be entered.</param>
    /// <returns>Index of the waypoint that ends the first blocked stretch, or −1 when the path is free.</returns>
    public static int FirstBlocked(
        ReadOnlySpan<byte> cost, GridGeometry geometry, ReadOnlySpan<Vector2d> path, int fromIndex, double escapeRadiusM, bool allowUnknown)
    {
        double step = 0.5 * geometry.Resolution;
        for (int i = Math.Max(fromIndex, 0); i + 1 < path.Length; i++)
        {
            Vector2d delta = path[i + 1] - path[i];
            int samples = Math.Max((int)Math.Ceiling(delta.Length / step), 1);
            for (int k = 0; k <= samples; k++)
            {
                Vector2d p = path[i] + (delta * ((double)k / samples));
                if (!geometry.TryCell(p.X, p.Y, out int col, out int row))
                {
                    return i + 1;
                }

                byte value = cost[geometry.Index(col, row)];
                bool escaping = p.DistanceTo(path[Math.Max(fromIndex, 0)]) <= escapeRadiusM;
                bool blocked = value == GridCost.Lethal
                    || (value == GridCost.Inscribed && !escaping)
                    || (value == GridCost.Unknown && !allowUnknown && !escaping);
                if (blocked)
                {
                    return i + 1;
                }
            }
        }

        return -1;
    }
}
