using Aios.Numerics;

namespace Aios.Safety;

/// <summary>
/// Clearance over a cost grid of the map frame, for <see cref="SafetyGate"/>'s runtime assurance: how far a place of the
/// base frame is from ground that the rover's centre may not enter.
/// </summary>
/// <remarks>
/// The grid's bytes are those of nav_msgs/OccupancyGrid with 99 for the zone around an obstacle: 99 and 100 are closed to
/// the rover's centre; below 99 and unknown (255) are open, as is everything outside the grid. Closed ground round a rock
/// ends one stand-off from the rock, so the clearance is the stand-off on open ground and shrinks with the depth of a
/// place inside closed ground: exact distance to the nearest open cell's square, at most <see cref="DepthReachM"/>. A
/// required clearance below the stand-off thus leaves the rover the difference as a margin for tracking errors and for
/// single false cells. Reads the grid, owns nothing; allocates and throws nothing.
/// </remarks>
public readonly struct GroundProbe : IClearanceProbe
{
    /// <summary>Depth inside closed ground beyond which it is not told apart, m.</summary>
    public const double DepthReachM = 1.6;

    private const byte Inscribed = 99;
    private const byte Lethal = 100;
    private readonly ReadOnlyMemory<byte> _cost;
    private readonly GridGeometry _geometry;
    private readonly PoseSample _pose;
    private readonly double _standOffM;

    /// <param name="cost">Row-major bytes, one per cell; empty: no map, the clearance is NaN everywhere.</param>
    /// <param name="geometry">Their grid, map frame.</param>
    /// <param name="pose">Where the rover is, map frame.</param>
    /// <param name="standOffM">Distance from an obstacle at which closed ground ends, m.</param>
    public GroundProbe(ReadOnlyMemory<byte> cost, GridGeometry geometry, in PoseSample pose, double standOffM)
    {
        _cost = cost.Length == geometry.CellCount ? cost : default;
        _geometry = geometry;
        _pose = pose;
        _standOffM = standOffM;
    }

    /// <inheritdoc/>
    public double ClearanceM(double forwardM, double leftM)
    {
        if (_cost.IsEmpty)
        {
            return double.NaN;
        }

        double x = _pose.X + (_pose.HeadingX * forwardM) - (_pose.HeadingY * leftM);
        double y = _pose.Y + (_pose.HeadingY * forwardM) + (_pose.HeadingX * leftM);
        return _geometry.TryCell(x, y, out int col, out int row) && IsClosed(col, row)
            ? _standOffM - DepthM(x, y, col, row)
            : _standOffM;
    }

    private bool IsClosed(int col, int row) => _cost.Span[_geometry.Index(col, row)] is Inscribed or Lethal;

    private double DepthM(double x, double y, int col, int row)
    {
        int rings = (int)(DepthReachM / _geometry.Resolution);
        double depth = DepthReachM;

        // A cell of ring r + 1 is at least r cells away.
        for (int ring = 1; ring <= rings && depth > (ring - 1) * _geometry.Resolution; ring++)
        {
            for (int offset = -ring; offset <= ring; offset++)
            {
                depth = Math.Min(depth, DistanceIfOpen(x, y, col + offset, row - ring));
                depth = Math.Min(depth, DistanceIfOpen(x, y, col + offset, row + ring));
                depth = Math.Min(depth, DistanceIfOpen(x, y, col - ring, row + offset));
                depth = Math.Min(depth, DistanceIfOpen(x, y, col + ring, row + offset));
            }
        }

        return depth;
    }

    private double DistanceIfOpen(double x, double y, int col, int row)
    {
        if (_geometry.ContainsCell(col, row) && IsClosed(col, row))
        {
            return double.PositiveInfinity;
        }

        double half = 0.5 * _geometry.Resolution;
        double dx = Math.Max(0, Math.Abs(x - _geometry.CenterX(col)) - half);
        double dy = Math.Max(0, Math.Abs(y - _geometry.CenterY(row)) - half);
        return Math.Sqrt((dx * dx) + (dy * dy));
    }
}
