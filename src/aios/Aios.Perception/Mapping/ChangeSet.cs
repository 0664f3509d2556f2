using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Set of square blocks of a grid, in order of first marking, so that draining it is deterministic and costs only what
/// changed. Allocates in the constructor only.
/// </summary>
internal sealed class ChangeSet
{
    /// <summary>Cells around a change whose derived values change too: half the widest window of a consumer.</summary>
    public const int Margin = 3;

    private readonly int _shift;
    private readonly bool[] _marked;
    private readonly int[] _order;
    private readonly int _width;
    private readonly int _height;

    /// <param name="geometry">The grid.</param>
    /// <param name="blockCells">Side of a block, a power of two.</param>
    public ChangeSet(GridGeometry geometry, int blockCells)
    {
        _shift = System.Numerics.BitOperations.Log2((uint)blockCells);
        _width = geometry.Width;
        _height = geometry.Height;
        Columns = (geometry.Width + blockCells - 1) >> _shift;
        Rows = (geometry.Height + blockCells - 1) >> _shift;
        _marked = new bool[Columns * Rows];
        _order = new int[Columns * Rows];
    }

    public int Columns { get; }

    public int Rows { get; }

    /// <summary>Number of blocks of the grid.</summary>
    public int Count => _marked.Length;

    /// <summary>Marked blocks, in order of marking.</summary>
    public ReadOnlySpan<int> Marked => _order.AsSpan(0, MarkedCount);

    public int MarkedCount { get; private set; }

    public int BlockOf(int col, int row) => ((row >> _shift) * Columns) + (col >> _shift);

    public void Mark(int col, int row) => MarkBlock(BlockOf(col, row));

    public void MarkBlock(int block)
    {
        if (!_marked[block])
        {
            _marked[block] = true;
            _order[MarkedCount++] = block;
        }
    }

    /// <summary>Marks every block within <see cref="Margin"/> cells.</summary>
    public void MarkAround(int col, int row)
    {
        int left = Math.Max(col - Margin, 0) >> _shift, right = Math.Min(col + Margin, _width - 1) >> _shift;
        int bottom = Math.Max(row - Margin, 0) >> _shift, top = Math.Min(row + Margin, _height - 1) >> _shift;
        for (int r = bottom; r <= top; r++)
        {
            for (int c = left; c <= right; c++)
            {
                MarkBlock((r * Columns) + c);
            }
        }
    }

    public void Clear()
    {
        foreach (int block in Marked)
        {
            _marked[block] = false;
        }

        MarkedCount = 0;
    }
}
