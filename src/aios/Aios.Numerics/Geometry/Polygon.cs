namespace Aios.Numerics;

/// <summary>
/// A simple polygon in the map frame, m. Built at configuration, immutable, queried without allocation.
/// </summary>
public sealed class Polygon
{
    private readonly double[] _xy;

    /// <param name="vertices">x0, y0, x1, y1, …: at least three vertices, finite, either winding, not closed.</param>
    /// <exception cref="ArgumentException">Fewer than three vertices, an odd count, or a value that is not finite.</exception>
    public Polygon(ReadOnlySpan<double> vertices)
    {
        if (vertices.Length < 6 || vertices.Length % 2 != 0)
        {
            throw new ArgumentException("A polygon needs at least three x,y pairs.", nameof(vertices));
        }

        foreach (double value in vertices)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("A polygon's vertices must be finite.", nameof(vertices));
            }
        }

        _xy = vertices.ToArray();
    }

    /// <summary>An axis-aligned rectangle.</summary>
    public static Polygon Rectangle(double minX, double minY, double maxX, double maxY) =>
        new([minX, minY, maxX, minY, maxX, maxY, minX, maxY]);

    /// <summary>x0, y0, x1, y1, … as given.</summary>
    public ReadOnlySpan<double> Vertices => _xy;

    /// <summary>Distance in m from the point to the boundary, positive inside, negative outside (crossing-number rule).</summary>
    public double SignedDistance(double x, double y)
    {
        double nearest = double.PositiveInfinity;
        bool inside = false;
        int last = _xy.Length - 2;
        double ax = _xy[last], ay = _xy[last + 1];
        for (int i = 0; i < _xy.Length; i += 2)
        {
            double bx = _xy[i], by = _xy[i + 1];
            nearest = Math.Min(nearest, SquaredDistanceToSegment(x, y, ax, ay, bx, by));
            if ((ay > y) != (by > y) && x < ax + ((bx - ax) * (y - ay) / (by - ay)))
            {
                inside = !inside;
            }

            ax = bx;
            ay = by;
        }

        double distance = Math.Sqrt(nearest);
        return inside ? distance : -distance;
    }

    /// <summary>True when no two of its edges cross or touch but neighbours at their common vertex, and it has an area.</summary>
    public bool IsSimple()
    {
        int n = _xy.Length / 2;
        double area = 0;
        for (int i = 0; i < n; i++)
        {
            (Vector2d a, Vector2d b) = (Vertex(i), Vertex(i + 1));
            area += (a.X * b.Y) - (b.X * a.Y);
            for (int j = i + 2; j < n && (i > 0 || j < n - 1); j++)
            {
                if (Meet(a, b, Vertex(j), Vertex(j + 1)))
                {
                    return false;
                }
            }
        }

        return area != 0;
    }

    private Vector2d Vertex(int i) => new(_xy[2 * i % _xy.Length], _xy[((2 * i) + 1) % _xy.Length]);

    private static bool Meet(Vector2d a, Vector2d b, Vector2d c, Vector2d d) =>
        Side(a, b, c) * Side(a, b, d) <= 0 && Side(c, d, a) * Side(c, d, b) <= 0
        && Math.Max(a.X, b.X) >= Math.Min(c.X, d.X) && Math.Max(c.X, d.X) >= Math.Min(a.X, b.X)
        && Math.Max(a.Y, b.Y) >= Math.Min(c.Y, d.Y) && Math.Max(c.Y, d.Y) >= Math.Min(a.Y, b.Y);

    /// <summary>1 when p lies left of the line from a to b, -1 right of it, 0 on it.</summary>
    private static int Side(Vector2d a, Vector2d b, Vector2d p)
    {
        double cross = (b - a).Cross(p - a);
        return cross > 0 ? 1 : cross < 0 ? -1 : 0;
    }

    private static double SquaredDistanceToSegment(double x, double y, double ax, double ay, double bx, double by)
    {
        double ex = bx - ax, ey = by - ay;
        double px = x - ax, py = y - ay;
        double length2 = (ex * ex) + (ey * ey);
        double t = length2 > 0 ? ((px * ex) + (py * ey)) / length2 : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double dx = px - (t * ex), dy = py - (t * ey);
        return (dx * dx) + (dy * dy);
    }
}
