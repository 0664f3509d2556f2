using Aios.Numerics;

namespace Aios.Planning;

/// <summary>
/// Cost of travelling from the rover to every cell it can reach: Dijkstra's algorithm with buckets.
/// </summary>
/// <remarks>
/// Dial 1969: step costs are rounded to small integers (a fiftieth of a cell), so a ring of buckets replaces the heap
/// and a step is O(1). The same rules as <see cref="GridPlanner"/>: eight neighbours, no corner cutting, the mean price
/// of two cells. About 60 ns per reached cell. Not thread-safe; allocates in the constructor only.
/// </remarks>
public sealed class TravelField
{
    private const int UnitsPerCell = 50;
    private const int Unreached = int.MaxValue;
    private const int None = -1;
    private const double Diagonal = 1.4142135623730951;
    private readonly GridPlannerOptions _options;
    private readonly CostTable _table;
    private readonly int[] _travel;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _bucket;
    private readonly int _mask;

    /// <param name="geometry">The grid.</param>
    /// <param name="options">Prices; throws <see cref="ArgumentException"/> when invalid.</param>
    public TravelField(GridGeometry geometry, GridPlannerOptions? options = null)
    {
        _options = options ?? new GridPlannerOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        Geometry = geometry;
        _table = new CostTable(_options);
        _travel = new int[geometry.CellCount];
        _next = new int[geometry.CellCount];
        _previous = new int[geometry.CellCount];
        int longest = (int)Math.Ceiling(_table.EscapePrice * Diagonal * UnitsPerCell) + 2;
        int buckets = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)longest);
        _mask = buckets - 1;
        _bucket = new int[buckets];
        Array.Fill(_travel, Unreached);
    }

    /// <summary>The grid.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Cells reached by the last computation.</summary>
    public int ReachedCells { get; private set; }

    /// <summary>Whether the last computation reached a cell.</summary>
    public bool IsReached(int cell) => _travel[cell] != Unreached;

    /// <summary>Cost to travel to a cell, m of free ground; infinite when not reached.</summary>
    public double Cost(int cell) =>
        _travel[cell] == Unreached ? double.PositiveInfinity : _travel[cell] * (Geometry.Resolution / UnitsPerCell);

    /// <summary>Computes the field from a place.</summary>
    /// <param name="cost">Row-major cost bytes, <see cref="GridCost"/>; not kept.</param>
    /// <param name="start">Where the rover is, m.</param>
    /// <returns>False, nothing reached, when the start lies outside the grid.</returns>
    public bool Compute(ReadOnlySpan<byte> cost, Vector2d start)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cost.Length, Geometry.CellCount, nameof(cost));
        Array.Fill(_travel, Unreached);
        Array.Fill(_bucket, None);
        ReachedCells = 0;
        if (!Geometry.TryCell(start.X, start.Y, out int startCol, out int startRow))
        {
            return false;
        }

        var prices = new CellPrices(cost, _table, Geometry, startCol, startRow, _options.EscapeRadiusM);
        int startCell = Geometry.Index(startCol, startRow);
        Insert(startCell, 0);
        int open = 1;
        for (int distance = 0; open > 0; distance++)
        {
            int cell;
            while ((cell = _bucket[distance & _mask]) != None)
            {
                Remove(cell, distance & _mask);
                open--;
                ReachedCells++;
                open += Expand(prices, cell, distance);
            }
        }

        return true;
    }

    private int Expand(in CellPrices prices, int cell, int distance)
    {
        int row = cell / Geometry.Width, col = cell - (row * Geometry.Width);
        double here = prices.At(col, row);
        here = double.IsFinite(here) ? here : _table.EscapePrice;
        double west = prices.At(col - 1, row), east = prices.At(col + 1, row);
        double south = prices.At(col, row - 1), north = prices.At(col, row + 1);
        const double Straight = 0.5 * UnitsPerCell, Oblique = 0.5 * UnitsPerCell * Diagonal;
        int width = Geometry.Width;
        bool westFree = double.IsFinite(west), eastFree = double.IsFinite(east);
        int added = Relax(cell - 1, distance, (here + west) * Straight)
            + Relax(cell + 1, distance, (here + east) * Straight)
            + Relax(cell - width, distance, (here + south) * Straight)
            + Relax(cell + width, distance, (here + north) * Straight);
        if (double.IsFinite(south))
        {
            added += westFree ? Relax(cell - width - 1, distance, (here + prices.At(col - 1, row - 1)) * Oblique) : 0;
            added += eastFree ? Relax(cell - width + 1, distance, (here + prices.At(col + 1, row - 1)) * Oblique) : 0;
        }

        if (double.IsFinite(north))
        {
            added += westFree ? Relax(cell + width - 1, distance, (here + prices.At(col - 1, row + 1)) * Oblique) : 0;
            added += eastFree ? Relax(cell + width + 1, distance, (here + prices.At(col + 1, row + 1)) * Oblique) : 0;
        }

        return added;
    }

    private int Relax(int to, int distance, double step)
    {
        if (!(step < double.PositiveInfinity))
        {
            return 0;
        }

        int travel = distance + (int)(step + 0.5);
        int before = _travel[to];
        if (before <= travel)
        {
            return 0;
        }

        if (before != Unreached)
        {
            Remove(to, before & _mask);
        }

        Insert(to, travel);
        return before == Unreached ? 1 : 0;
    }

    private void Insert(int cell, int travel)
    {
        int slot = travel & _mask;
        int head = _bucket[slot];
        _travel[cell] = travel;
        _next[cell] = head;
        _previous[cell] = None;
        if (head != None)
        {
            _previous[head] = cell;
        }

        _bucket[slot] = cell;
    }

    private void Remove(int cell, int slot)
    {
        int next = _next[cell], previous = _previous[cell];
        if (next != None)
        {
            _previous[next] = previous;
        }

        if (previous != None)
        {
            _next[previous] = next;
        }
        else
        {
            _bucket[slot] = next;
        }
    }
}
