using Aios.Numerics;

namespace Aios.Sim;

/// <summary>
/// How much of the reachable area the fleet knows: known reachable cells over reachable cells. What was known once
/// counts for ever.
/// </summary>
public sealed class CoverageScorer
{
    private readonly Grid<bool> _reachable;
    private readonly Grid<bool> _known;
    private int _knownReachable;

    /// <param name="reachable">True for every cell a rover could get to; cells outside do not count either way. Kept, not copied.</param>
    public CoverageScorer(Grid<bool> reachable)
    {
        _reachable = reachable;
        _known = new Grid<bool>(reachable.Geometry);
        foreach (bool cell in reachable.Cells)
        {
            ReachableCells += cell ? 1 : 0;
        }
    }

    public GridGeometry Geometry => _reachable.Geometry;

    /// <summary>Number of reachable cells.</summary>
    public int ReachableCells { get; }

    /// <summary>Reachable area, m².</summary>
    public double ReachableAreaM2 => ReachableCells * Geometry.Resolution * Geometry.Resolution;

    /// <summary>Known part of the reachable area, [0, 1]; 1 when nothing is reachable.</summary>
    public double Coverage => ReachableCells == 0 ? 1.0 : (double)_knownReachable / ReachableCells;

    /// <summary>True for a cell that has been marked.</summary>
    public bool IsKnown(int index) => _known[index];

    /// <summary>Marks one cell, row-major index.</summary>
    public void MarkKnown(int index)
    {
        if (!_known[index])
        {
            _known[index] = true;
            _knownReachable += _reachable[index] ? 1 : 0;
        }
    }

    /// <summary>Marks the cell that holds a point, if any.</summary>
    public void MarkKnown(double x, double y)
    {
        if (Geometry.TryCell(x, y, out int col, out int row))
        {
            MarkKnown(Geometry.Index(col, row));
        }
    }

    /// <summary>Adds one rover's map: every cell of this scorer whose centre lies in a known cell of the map.</summary>
    public void Union(Grid<bool> known)
    {
        if (known.Geometry == Geometry)
        {
            for (int i = 0; i < Geometry.CellCount; i++)
            {
                if (known[i])
                {
                    MarkKnown(i);
                }
            }

            return;
        }

        for (int row = 0; row < Geometry.Height; row++)
        {
            for (int col = 0; col < Geometry.Width; col++)
            {
                if (known.Geometry.TryCell(Geometry.CenterX(col), Geometry.CenterY(row), out int c, out int r) && known[c, r])
                {
                    MarkKnown(Geometry.Index(col, row));
                }
            }
        }
    }
}
