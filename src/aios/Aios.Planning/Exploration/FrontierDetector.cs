using Aios.Numerics;

namespace Aios.Planning;

/// <summary>
/// Finds the frontiers of a cost grid that the rover can reach.
/// </summary>
/// <remarks>
/// Yamauchi, "A Frontier-Based Approach for Autonomous Exploration", CIRA 1997: a frontier cell is known, not an
/// obstacle, inside the mission area and beside an unknown cell. Cells join eight-wise into frontiers, long ones are
/// split, so that rovers can share them. A frontier counts only when a cell reached by the travel field lies near
/// enough to look at it; its gain is the unknown ground in the sensor's reach that is joined to it, so that a hole
/// behind a ridge seen from the wrong side does not count. Results are ordered by travel cost, then by place. Not
/// thread-safe; allocates in the constructor only, and when the number of frontiers outgrows all before.
/// </remarks>
public sealed class FrontierDetector
{
    private readonly FrontierOptions _options;
    private readonly GridGeometry _geometry;
    private readonly int[] _label;
    private readonly int[] _members;
    private readonly int[] _queue;
    private readonly List<Frontier> _frontiers = [];
    private readonly int _left;
    private readonly int _right;
    private readonly int _bottom;
    private readonly int _top;
    private int _mark;

    /// <param name="geometry">The grid.</param>
    /// <param name="area">Where to explore; unknown ground outside does not count.</param>
    /// <param name="options">What counts; throws <see cref="ArgumentException"/> when invalid.</param>
    public FrontierDetector(GridGeometry geometry, MissionArea area, FrontierOptions? options = null)
    {
        _options = options ?? new FrontierOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _geometry = geometry;
        _label = new int[geometry.CellCount];
        _members = new int[geometry.CellCount];
        _queue = new int[geometry.CellCount];
        _left = ClampCell((area.MinX - geometry.OriginX) / geometry.Resolution, geometry.Width);
        _right = ClampCell(((area.MaxX - geometry.OriginX) / geometry.Resolution) - 1e-9, geometry.Width);
        _bottom = ClampCell((area.MinY - geometry.OriginY) / geometry.Resolution, geometry.Height);
        _top = ClampCell(((area.MaxY - geometry.OriginY) / geometry.Resolution) - 1e-9, geometry.Height);
    }

    /// <summary>Frontiers of the last detection, nearest first.</summary>
    public IReadOnlyList<Frontier> Frontiers => _frontiers;

    /// <summary>Finds the frontiers.</summary>
    /// <param name="cost">Row-major cost bytes, <see cref="GridCost"/>; not kept.</param>
    /// <param name="travel">Travel costs on the same grid from where the rover is.</param>
    /// <returns>Number of frontiers.</returns>
    public int Detect(ReadOnlySpan<byte> cost, TravelField travel)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cost.Length, _geometry.CellCount, nameof(cost));
        _frontiers.Clear();
        Array.Clear(_label);
        _mark = 0;
        for (int row = _bottom; row <= _top; row++)
        {
            for (int col = _left; col <= _right; col++)
            {
                int cell = _geometry.Index(col, row);
                if (_label[cell] == 0 && IsFrontierCell(cost, cell, col, row))
                {
                    int size = Collect(cost, cell);
                    Assess(cost, travel, size);
                }
            }
        }

        _frontiers.Sort(CompareFrontiers);
        if (_frontiers.Count > _options.MaxFrontiers)
        {
            _frontiers.RemoveRange(_options.MaxFrontiers, _frontiers.Count - _options.MaxFrontiers);
        }

        return _frontiers.Count;
    }

    private static int ClampCell(double cell, int count) => (int)Math.Clamp(Math.Floor(cell), 0, count - 1);

    private static int CompareFrontiers(Frontier a, Frontier b)
    {
        int byCost = a.TravelCostM.CompareTo(b.TravelCostM);
        if (byCost != 0)
        {
            return byCost;
        }

        int byX = a.Viewpoint.X.CompareTo(b.Viewpoint.X);
        return byX != 0 ? byX : a.Viewpoint.Y.CompareTo(b.Viewpoint.Y);
    }

    private bool IsInside(int col, int row) => col >= _left && col <= _right && row >= _bottom && row <= _top;

    private bool IsUnknown(ReadOnlySpan<byte> cost, int col, int row) =>
        IsInside(col, row) && cost[_geometry.Index(col, row)] == GridCost.Unknown;

    private bool IsFrontierCell(ReadOnlySpan<byte> cost, int cell, int col, int row) =>
        cost[cell] <= GridCost.Inscribed
        && (IsUnknown(cost, col - 1, row) || IsUnknown(cost, col + 1, row)
            || IsUnknown(cost, col, row - 1) || IsUnknown(cost, col, row + 1));

    /// <summary>Breadth-first over joined frontier cells, at most the size limit; members go to <see cref="_members"/>.</summary>
    private int Collect(ReadOnlySpan<byte> cost, int seed)
    {
        int mark = ++_mark;
        int size = 0, head = 0;
        _members[size++] = seed;
        _label[seed] = mark;
        while (head < size && size < _options.MaxCells)
        {
            int cell = _members[head++];
            int row = cell / _geometry.Width, col = cell - (row * _geometry.Width);
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    int c = col + dx, r = row + dy;
                    if (!IsInside(c, r) || size >= _options.MaxCells)
                    {
                        continue;
                    }

                    int other = _geometry.Index(c, r);
                    if (_label[other] == 0 && IsFrontierCell(cost, other, c, r))
                    {
                        _label[other] = mark;
                        _members[size++] = other;
                    }
                }
            }
        }

        return size;
    }

    private void Assess(ReadOnlySpan<byte> cost, TravelField travel, int size)
    {
        if (size < _options.MinCells)
        {
            return;
        }

        Vector2d sum = Vector2d.Zero;
        for (int i = 0; i < size; i++)
        {
            sum += _geometry.Center(_members[i]);
        }

        Vector2d centroid = sum / size;
        int viewpoint = FindViewpoint(travel, size, centroid);
        if (viewpoint < 0)
        {
            return;
        }

        Vector2d place = _geometry.Center(viewpoint);
        double gain = Gain(cost, size, place);
        if (gain >= _options.MinGainM2)
        {
            _frontiers.Add(new Frontier(place, centroid, size, gain, travel.Cost(viewpoint)));
        }
    }

    private int FindViewpoint(TravelField travel, int size, Vector2d centroid)
    {
        int best = -1;
        double bestDistance = double.PositiveInfinity;
        for (int i = 0; i < size; i++)
        {
            Consider(travel, _members[i], centroid, ref best, ref bestDistance);
        }

        if (best >= 0)
        {
            return best;
        }

        // Every frontier cell stands too close to an obstacle: look from farther away.
        double limit = _options.ViewpointRadiusM;
        _geometry.CellUnbounded(centroid.X, centroid.Y, out int col, out int row);
        int reach = (int)Math.Ceiling(limit / _geometry.Resolution);
        bestDistance = limit * limit;
        for (int r = Math.Max(row - reach, 0); r <= Math.Min(row + reach, _geometry.Height - 1); r++)
        {
            for (int c = Math.Max(col - reach, 0); c <= Math.Min(col + reach, _geometry.Width - 1); c++)
            {
                Consider(travel, _geometry.Index(c, r), centroid, ref best, ref bestDistance);
            }
        }

        return best;
    }

    private void Consider(TravelField travel, int cell, Vector2d centroid, ref int best, ref double bestDistance)
    {
        if (!travel.IsReached(cell))
        {
            return;
        }

        double distance = (_geometry.Center(cell) - centroid).LengthSquared;
        if (distance < bestDistance)
        {
            best = cell;
            bestDistance = distance;
        }
    }

    /// <summary>Unknown ground within the sensor's reach of a place that is joined to the frontier's cells, m².</summary>
    private double Gain(ReadOnlySpan<byte> cost, int size, Vector2d place)
    {
        int mark = -(++_mark);
        int tail = 0;
        for (int i = 0; i < size; i++)
        {
            AddUnknownNeighbours(cost, _members[i], place, mark, ref tail);
        }

        for (int head = 0; head < tail; head++)
        {
            AddUnknownNeighbours(cost, _queue[head], place, mark, ref tail);
        }

        return tail * _geometry.Resolution * _geometry.Resolution;
    }

    private void AddUnknownNeighbours(ReadOnlySpan<byte> cost, int cell, Vector2d place, int mark, ref int tail)
    {
        int row = cell / _geometry.Width, col = cell - (row * _geometry.Width);
        AddUnknown(cost, col - 1, row, place, mark, ref tail);
        AddUnknown(cost, col + 1, row, place, mark, ref tail);
        AddUnknown(cost, col, row - 1, place, mark, ref tail);
        AddUnknown(cost, col, row + 1, place, mark, ref tail);
    }

    private void AddUnknown(ReadOnlySpan<byte> cost, int col, int row, Vector2d place, int mark, ref int tail)
    {
        if (!IsUnknown(cost, col, row))
        {
            return;
        }

        int cell = _geometry.Index(col, row);
        double range = _options.SensorRangeM;
        if (_label[cell] == mark || (_geometry.Center(cell) - place).LengthSquared > range * range)
        {
            return;
        }

        _label[cell] = mark;
        _queue[tail++] = cell;
    }
}
