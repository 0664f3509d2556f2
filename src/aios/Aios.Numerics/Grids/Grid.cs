namespace Aios.Numerics;

/// <summary>Values on the cells of a <see cref="GridGeometry"/>, row-major. Not thread-safe for writing.</summary>
public sealed class Grid<T>
{
    private readonly T[] _cells;

    /// <exception cref="ArgumentOutOfRangeException">A side is negative or the resolution is not a positive finite number.</exception>
    public Grid(GridGeometry geometry, T fill = default!)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(geometry.Width);
        ArgumentOutOfRangeException.ThrowIfNegative(geometry.Height);
        if (!(geometry.Resolution > 0.0 && geometry.Resolution <= double.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(geometry), geometry.Resolution, "resolution must be positive");
        }

        Geometry = geometry;
        _cells = new T[checked(geometry.Width * geometry.Height)];
        if (!EqualityComparer<T>.Default.Equals(fill, default))
        {
            Array.Fill(_cells, fill);
        }
    }

    public GridGeometry Geometry { get; }

    public int Width => Geometry.Width;

    public int Height => Geometry.Height;

    /// <summary>All cells, row-major; writing to it writes to the grid.</summary>
    public Span<T> Cells => _cells;

    /// <summary>Bounds are checked for the whole array, not for each side.</summary>
    public ref T this[int col, int row] => ref _cells[(row * Geometry.Width) + col];

    public ref T this[int index] => ref _cells[index];

    /// <summary>One row, from its first column.</summary>
    public Span<T> Row(int row) => _cells.AsSpan(row * Geometry.Width, Geometry.Width);

    public void Fill(T value) => Array.Fill(_cells, value);

    public Grid<T> Clone()
    {
        var copy = new Grid<T>(Geometry);
        _cells.CopyTo(copy._cells, 0);
        return copy;
    }

    /// <summary>Copies all cells; the other grid has the same width and height.</summary>
    public void CopyFrom(Grid<T> other) => other.Cells.CopyTo(Cells);
}
