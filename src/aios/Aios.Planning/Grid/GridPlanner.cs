using Aios.Numerics;

namespace Aios.Planning;

/// <summary>
/// Shortest path on a cost grid: A* over eight neighbours without corner cutting, then straightened.
/// </summary>
/// <remarks>
/// Hart, Nilsson and Raphael 1968 with the octile distance as heuristic, which is consistent, so no cell is expanded
/// twice. A step costs its length times the mean price of its two cells, more where it climbs; a diagonal step needs both cells beside it.
/// Ties go to the cell nearer the goal, then to the lower index: the result is the same everywhere. Straightening
/// replaces stretches of the path by lines whose cost is not higher (beyond a small slack), so the path is any-angle
/// but keeps to cheap ground. One instance per thread; allocates in the constructor only.
/// </remarks>
public sealed class GridPlanner
{
    private const double Diagonal = 1.4142135623730951;
    private readonly GridPlannerOptions _options;
    private readonly CostTable _table;
    private readonly OpenList _open;
    private readonly double[] _travel;
    private readonly int[] _parent;
    private readonly int[] _stamp;
    private readonly int[] _cells;
    private readonly Vector2d[] _path;
    private int _query;
    private int _pathLength;

    /// <param name="geometry">The grid all queries are on.</param>
    /// <param name="options">Prices; throws <see cref="ArgumentException"/> when invalid.</param>
    public GridPlanner(GridGeometry geometry, GridPlannerOptions? options = null)
    {
        _options = options ?? new GridPlannerOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        Geometry = geometry;
        _table = new CostTable(_options);
        int cells = geometry.CellCount;
        _open = new OpenList(cells);
        _travel = new double[cells];
        _parent = new int[cells];
        _stamp = new int[cells];
        _cells = new int[cells];
        _path = new Vector2d[cells];
    }

    /// <summary>The grid.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Waypoints of the last path found, start to goal, m; overwritten by the next query.</summary>
    public ReadOnlySpan<Vector2d> Path => _path.AsSpan(0, _pathLength);

    /// <summary>Plans from a place to a place.</summary>
    /// <param name="cost">Row-major cost bytes, <see cref="GridCost"/>; not kept.</param>
    /// <param name="start">Where the rover is, m; the first waypoint.</param>
    /// <param name="goal">Where it is to be, m; the last waypoint when its cell can be entered.</param>
    /// <param name="climbs">By which going up costs more than going down; default: it does not.</param>
    public PlanResult Plan(ReadOnlySpan<byte> cost, Vector2d start, Vector2d goal, ClimbPrice climbs = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cost.Length, Geometry.CellCount, nameof(cost));
        ArgumentOutOfRangeException.ThrowIfNotEqual(climbs.Count == 0 ? cost.Length : climbs.Count, cost.Length, nameof(climbs));
        _pathLength = 0;
        if (!Geometry.TryCell(start.X, start.Y, out int startCol, out int startRow))
        {
            return new PlanResult(PlanStatus.StartBlocked, 0, 0, 0);
        }

        if (!Geometry.TryCell(goal.X, goal.Y, out int goalCol, out int goalRow))
        {
            return new PlanResult(PlanStatus.GoalInvalid, 0, 0, 0);
        }

        var prices = new CellPrices(cost, climbs, _table, Geometry, startCol, startRow, _options.EscapeRadiusM);
        int startCell = Geometry.Index(startCol, startRow);
        if (cost[startCell] == GridCost.Lethal && _options.EscapeRadiusM <= 0)
        {
            return new PlanResult(PlanStatus.StartBlocked, 0, 0, 0);
        }

        bool goalFree = double.IsFinite(prices.At(goalCol, goalRow));
        double tolerance = goalFree ? 0 : _options.GoalToleranceM / Geometry.Resolution;
        int end = Search(prices, startCell, goalCol, goalRow, tolerance, out int expanded, out bool limited);
        if (end < 0)
        {
            return new PlanResult(limited ? PlanStatus.LimitReached : PlanStatus.Unreachable, 0, 0, expanded);
        }

        bool exact = end == Geometry.Index(goalCol, goalRow);
        Extract(prices, startCell, end, start, exact ? goal : Geometry.Center(end));
        double length = PathMeasure.Length(Path);
        double travelled = _travel[end] * Geometry.Resolution;
        return new PlanResult(exact ? PlanStatus.Found : PlanStatus.FoundNearGoal, length, travelled, expanded);
    }

    private int Search(
        in CellPrices prices, int startCell, int goalCol, int goalRow, double toleranceCells, out int expanded, out bool limited)
    {
        _query++;
        _open.Clear();
        expanded = 0;
        limited = false;
        _travel[startCell] = 0;
        _parent[startCell] = startCell;
        _stamp[startCell] = _query;
        _open.Push(startCell, 0, 0);
        while (_open.Count > 0)
        {
            int cell = _open.Pop();
            int row = cell / Geometry.Width, col = cell - (row * Geometry.Width);
            double dx = col - goalCol, dy = row - goalRow;
            if ((dx * dx) + (dy * dy) <= toleranceCells * toleranceCells)
            {
                return cell;
            }

            if (expanded++ >= _options.MaxExpansions)
            {
                limited = true;
                return -1;
            }

            Expand(prices, cell, col, row, goalCol, goalRow, toleranceCells);
        }

        return -1;
    }

    private void Expand(in CellPrices prices, int cell, int col, int row, int goalCol, int goalRow, double toleranceCells)
    {
        double here = prices.At(col, row);
        here = double.IsFinite(here) ? here : _table.EscapePrice;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                bool diagonal = dx != 0 && dy != 0;
                double there = prices.At(col + dx, row + dy);
                bool cutsCorner = diagonal && !double.IsFinite(prices.At(col + dx, row) + prices.At(col, row + dy));
                if ((dx == 0 && dy == 0) || cutsCorner || !double.IsFinite(there))
                {
                    continue;
                }

                double length = diagonal ? Diagonal : 1;
                var towards = new Vector2d(dx / length, dy / length);
                double sum = (here * prices.Climb(col, row, towards)) + (there * prices.Climb(col + dx, row + dy, towards));
                Relax(cell, Geometry.Index(col + dx, row + dy), sum * (0.5 * length), col + dx, row + dy, goalCol, goalRow, toleranceCells);
            }
        }
    }

    private void Relax(int from, int to, double price, int col, int row, int goalCol, int goalRow, double toleranceCells)
    {
        double travel = _travel[from] + price;
        if (_stamp[to] == _query && _travel[to] <= travel)
        {
            return;
        }

        _stamp[to] = _query;
        _travel[to] = travel;
        _parent[to] = from;
        int dx = Math.Abs(col - goalCol), dy = Math.Abs(row - goalRow);
        int shorter = Math.Min(dx, dy), longer = Math.Max(dx, dy);
        double remaining = Math.Max((longer - shorter) + (Diagonal * shorter) - (Diagonal * toleranceCells), 0);
        _open.Push(to, travel + remaining, remaining);
    }

    private void Extract(in CellPrices prices, int startCell, int end, Vector2d start, Vector2d goal)
    {
        int count = 0;
        for (int cell = end; cell != startCell; cell = _parent[cell])
        {
            _cells[count++] = cell;
        }

        _cells[count++] = startCell;
        _cells.AsSpan(0, count).Reverse();
        int kept = _options.Smooth
            ? PathStraightener.Straighten(prices, _cells.AsSpan(0, count), _travel, _table.EscapePrice, _options.SmoothingSlack)
            : count;
        for (int i = 0; i < kept; i++)
        {
            _path[i] = Geometry.Center(_cells[i]);
        }

        _path[0] = start;
        if (kept == 1)
        {
            kept = 2;
        }

        _path[kept - 1] = goal;
        _pathLength = kept;
    }
}
