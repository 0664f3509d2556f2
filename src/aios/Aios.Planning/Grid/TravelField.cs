using Aios.Numerics;

namespace Aios.Planning;

/// <summary>
/// Cost of travelling from the rover to every cell it can reach: Dijkstra's algorithm with buckets.
/// </summary>
/// <remarks>
/// Dial 1969: step costs are rounded to small integers (a fiftieth of a cell), so a ring of buckets replaces the heap
/// and a step is O(1). The same rules as <see cref="GridPlanner"/>: eight neighbours, no corner cutting, the mean price
/// of two cells. A cell's cost does not depend on the order in which a bucket is emptied. About 30 ns per reached cell.
/// Not thread-safe; allocates in the constructor, and when more cells are open than ever before.
/// </remarks>
public sealed class TravelField
{
    private const int UnitsPerCell = 50;
    private const int Unreached = int.MaxValue;
    private const double Diagonal = 1.4142135623730951;

    /// <summary>Stands for a cell of the inflated zone near the start; as a cost it would be as good as lethal.</summary>
    private const byte EscapeCode = 254;

    private readonly GridPlannerOptions _options;
    private readonly double _escapePrice;
    private readonly double[] _price = new double[byte.MaxValue + 1];
    private readonly BucketRing _open;
    private readonly byte[] _code;
    private readonly int[] _travel;
    private readonly int _stride;

    /// <param name="geometry">The grid.</param>
    /// <param name="options">Prices; throws <see cref="ArgumentException"/> when invalid.</param>
    public TravelField(GridGeometry geometry, GridPlannerOptions? options = null)
    {
        _options = options ?? new GridPlannerOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        Geometry = geometry;
        var table = new CostTable(_options);
        for (int cost = 0; cost < _price.Length; cost++)
        {
            _price[cost] = table[(byte)cost];
        }

        _price[EscapeCode] = _escapePrice = table.EscapePrice;
        _open = new BucketRing((int)Math.Ceiling(_escapePrice * Diagonal * UnitsPerCell) + 2);

        // A border of lethal cells around the grid, which is never entered, spares the search all tests of the edge.
        _stride = geometry.Width + 2;
        _code = new byte[_stride * (geometry.Height + 2)];
        _travel = new int[_code.Length];
        Array.Fill(_code, GridCost.Lethal);
        Array.Fill(_travel, Unreached);
    }

    /// <summary>The grid.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Cells reached by the last computation.</summary>
    public int ReachedCells { get; private set; }

    /// <summary>Whether the last computation reached a cell.</summary>
    public bool IsReached(int cell) => _travel[Bordered(cell)] != Unreached;

    /// <summary>Cost to travel to a cell, m of free ground; infinite when not reached.</summary>
    public double Cost(int cell)
    {
        int travel = _travel[Bordered(cell)];
        return travel == Unreached ? double.PositiveInfinity : travel * (Geometry.Resolution / UnitsPerCell);
    }

    /// <summary>Computes the field from a place.</summary>
    /// <param name="cost">Row-major cost bytes, <see cref="GridCost"/>; not kept.</param>
    /// <param name="start">Where the rover is, m.</param>
    /// <returns>False, nothing reached, when the start lies outside the grid.</returns>
    public bool Compute(ReadOnlySpan<byte> cost, Vector2d start)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cost.Length, Geometry.CellCount, nameof(cost));
        Array.Fill(_travel, Unreached);
        ReachedCells = 0;
        if (!Geometry.TryCell(start.X, start.Y, out int startCol, out int startRow))
        {
            return false;
        }

        for (int row = 0; row < Geometry.Height; row++)
        {
            Span<byte> code = _code.AsSpan(Bordered(0, row), Geometry.Width);
            cost.Slice(row * Geometry.Width, Geometry.Width).CopyTo(code);
            code.Replace(EscapeCode, GridCost.Lethal);
        }

        OpenEscape(startCol, startRow);
        _open.Clear();
        int startCell = Bordered(startCol, startRow);
        _travel[startCell] = 0;
        _open.Push(startCell, 0);
        for (int distance = 0; _open.Count > 0; distance++)
        {
            while (_open.TryPop(distance, out int cell))
            {
                // A cell that was reached more cheaply later has an older entry in a bucket further on.
                if (_travel[cell] == distance)
                {
                    ReachedCells++;
                    Expand(cell, distance);
                }
            }
        }

        return true;
    }

    private int Bordered(int col, int row) => ((row + 1) * _stride) + col + 1;

    private int Bordered(int cell)
    {
        int row = cell / Geometry.Width;
        return cell + (2 * row) + _stride + 1;
    }

    /// <summary>Opens what may only be crossed near the start, as <see cref="CellPrices"/> does.</summary>
    private void OpenEscape(int startCol, int startRow)
    {
        double radius = _options.EscapeRadiusM / Geometry.Resolution;
        int reach = (int)Math.Ceiling(Math.Min(radius, Geometry.Width + Geometry.Height));
        for (int row = Math.Max(startRow - reach, 0); row <= Math.Min(startRow + reach, Geometry.Height - 1); row++)
        {
            for (int col = Math.Max(startCol - reach, 0); col <= Math.Min(startCol + reach, Geometry.Width - 1); col++)
            {
                ref byte code = ref _code[Bordered(col, row)];
                double dx = col - startCol, dy = row - startRow;
                if (code is GridCost.Inscribed or GridCost.Unknown && double.IsPositiveInfinity(_price[code])
                    && (dx * dx) + (dy * dy) <= radius * radius)
                {
                    code = EscapeCode;
                }
            }
        }
    }

    private double Price(int cell) => _price[_code[cell]];

    private void Expand(int cell, int distance)
    {
        double here = Price(cell);
        here = double.IsFinite(here) ? here : _escapePrice;
        double west = Price(cell - 1), east = Price(cell + 1), south = Price(cell - _stride), north = Price(cell + _stride);
        const double Straight = 0.5 * UnitsPerCell, Oblique = 0.5 * UnitsPerCell * Diagonal;
        bool westFree = double.IsFinite(west), eastFree = double.IsFinite(east);
        Relax(cell - 1, distance, (here + west) * Straight);
        Relax(cell + 1, distance, (here + east) * Straight);
        Relax(cell - _stride, distance, (here + south) * Straight);
        Relax(cell + _stride, distance, (here + north) * Straight);
        if (double.IsFinite(south))
        {
            RelaxIf(westFree, cell - _stride - 1, distance, here, Oblique);
            RelaxIf(eastFree, cell - _stride + 1, distance, here, Oblique);
        }

        if (double.IsFinite(north))
        {
            RelaxIf(westFree, cell + _stride - 1, distance, here, Oblique);
            RelaxIf(eastFree, cell + _stride + 1, distance, here, Oblique);
        }
    }

    private void RelaxIf(bool isFree, int to, int distance, double here, double length)
    {
        if (isFree)
        {
            Relax(to, distance, (here + Price(to)) * length);
        }
    }

    private void Relax(int to, int distance, double step)
    {
        if (!(step < double.PositiveInfinity))
        {
            return;
        }

        int travel = distance + (int)(step + 0.5);
        if (_travel[to] > travel)
        {
            _travel[to] = travel;
            _open.Push(to, travel);
        }
    }
}
