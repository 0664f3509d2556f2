using Aios.Numerics;

namespace Aios.Control;

/// <summary>
/// A polyline and the place on it the rover has come to. The place only moves forward, so a path that crosses itself
/// is followed in order. Allocates when a longer path than all before is set.
/// </summary>
internal sealed class PathCursor
{
    private Vector2d[] _points = [];
    private double[] _along = [];
    private int _segment;

    public int Count { get; private set; }

    public double TotalM => Count > 0 ? _along[Count - 1] : 0;

    /// <summary>Distance along the path of the nearest place, m.</summary>
    public double AlongM { get; private set; }

    /// <summary>Distance from the path, m.</summary>
    public double CrossTrackM { get; private set; }

    public Vector2d Goal => _points[Count - 1];

    /// <summary>Takes a path; false, and no path, when it is empty or not finite.</summary>
    public bool Set(ReadOnlySpan<Vector2d> path)
    {
        Count = 0;
        _segment = 0;
        (AlongM, CrossTrackM) = (0, 0);
        foreach (Vector2d p in path)
        {
            if (!double.IsFinite(p.X + p.Y))
            {
                return false;
            }
        }

        if (_points.Length < path.Length)
        {
            _points = new Vector2d[path.Length];
            _along = new double[path.Length];
        }

        path.CopyTo(_points);
        Count = path.Length;
        for (int i = 1; i < Count; i++)
        {
            _along[i] = _along[i - 1] + _points[i].DistanceTo(_points[i - 1]);
        }

        return Count > 0;
    }

    /// <summary>Moves the place forward to the one nearest a position, within a window ahead.</summary>
    public void Advance(Vector2d position, double windowM)
    {
        double limit = AlongM + windowM;
        double best = double.PositiveInfinity;
        double bestAlong = AlongM;
        int bestSegment = _segment;
        for (int i = _segment; i + 1 < Count && _along[i] <= limit; i++)
        {
            Vector2d delta = _points[i + 1] - _points[i];
            double squared = delta.LengthSquared;
            double t = squared > 0 ? Math.Clamp((position - _points[i]).Dot(delta) / squared, 0, 1) : 0;
            double along = Math.Max(_along[i] + (t * (_along[i + 1] - _along[i])), AlongM);
            double distance = position.DistanceTo(PointOn(i, along));
            if (distance < best - 1e-9)
            {
                (best, bestAlong, bestSegment) = (distance, along, i);
            }
        }

        if (double.IsInfinity(best))
        {
            best = Count > 0 ? position.DistanceTo(Goal) : 0;
        }

        (AlongM, CrossTrackM, _segment) = (bestAlong, best, bestSegment);
    }

    /// <summary>The place a distance along the path, clamped to its ends.</summary>
    public Vector2d PointAt(double along)
    {
        int i = _segment;
        while (i + 2 < Count && _along[i + 1] < along)
        {
            i++;
        }

        return Count == 1 ? _points[0] : PointOn(i, along);
    }

    private Vector2d PointOn(int segment, double along)
    {
        double length = _along[segment + 1] - _along[segment];
        double t = length > 0 ? Math.Clamp((along - _along[segment]) / length, 0, 1) : 1;
        return _points[segment] + ((_points[segment + 1] - _points[segment]) * t);
    }
}
