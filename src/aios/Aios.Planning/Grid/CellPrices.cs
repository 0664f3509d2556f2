using Aios.Numerics;

namespace Aios.Planning;

/// <summary>Prices of the cells of one query: a cost grid, a price table, climbs, and the disc around the start in which
/// the inflated zone may be crossed.</summary>
internal readonly ref struct CellPrices
{
    private readonly ReadOnlySpan<byte> _cost;
    private readonly CostTable _table;
    private readonly GridGeometry _geometry;
    private readonly ClimbPrice _climbs;
    private readonly int _startCol;
    private readonly int _startRow;
    private readonly double _escapeSquared;

    public CellPrices(
        ReadOnlySpan<byte> cost, ClimbPrice climbs, CostTable table, GridGeometry geometry, int startCol, int startRow, double escapeRadiusM)
    {
        _cost = cost;
        _table = table;
        _geometry = geometry;
        _startCol = startCol;
        _startRow = startRow;
        _climbs = climbs;
        double cells = escapeRadiusM / geometry.Resolution;
        _escapeSquared = cells * cells;
    }

    public GridGeometry Geometry => _geometry;

    /// <summary>Price of a metre in a cell, infinite when it may not be entered or lies outside.</summary>
    public double At(int col, int row) =>
        (uint)col < (uint)_geometry.Width && (uint)row < (uint)_geometry.Height
            ? At(col, row, _cost[_geometry.Index(col, row)])
            : double.PositiveInfinity;

    /// <summary>What a metre of way in a direction costs more for climbing; at least 1.</summary>
    public double Climb(int col, int row, Vector2d towards) => _climbs.At(_geometry, col, row, towards);

    private double At(int col, int row, byte cost)
    {
        double price = _table[cost];
        if (price < double.PositiveInfinity || cost is not (GridCost.Inscribed or GridCost.Unknown))
        {
            return price;
        }

        double dx = col - _startCol, dy = row - _startRow;
        return (dx * dx) + (dy * dy) <= _escapeSquared ? _table.EscapePrice : double.PositiveInfinity;
    }
}
