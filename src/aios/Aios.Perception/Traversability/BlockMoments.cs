using System.Runtime.Intrinsics;

namespace Aios.Perception;

/// <summary>
/// Moments of the heights in the square window around each cell of a block. They separate into rows and columns, and the
/// cells of a row go through the same sums in the same order, so that four go at once, bit for bit as one by one.
/// </summary>
/// <remarks>Allocates in the constructor only. Not thread-safe.</remarks>
internal sealed class BlockMoments
{
    private const int Side = ElevationMap.BlockCells;
    private readonly int _half;
    private readonly int _extent;
    private readonly Sums _rows;
    private readonly Sums _windows;

    /// <param name="halfWindow">Half the side of the window, cells.</param>
    public BlockMoments(int halfWindow)
    {
        _half = halfWindow;
        _extent = Side + (2 * halfWindow);
        _rows = new Sums(_extent * Side);
        _windows = new Sums(Side * Side);
    }

    /// <summary>Moments of the window around each cell, row-major over the block; overwritten by the next computation.</summary>
    public Sums Windows => _windows;

    /// <summary>Computes all moments of a block with the margin its windows need, row-major, 8 + 2 · half window on a side.</summary>
    /// <param name="known">1 where the height counts, else 0.</param>
    /// <param name="height">Heights, 0 where unknown.</param>
    public void Compute(ReadOnlySpan<int> known, ReadOnlySpan<float> height)
    {
        for (int row = 0; row < _extent; row++)
        {
            for (int col = 0; col < Side; col += Vector128<float>.Count)
            {
                SumRow(known, height, row, col);
            }
        }

        for (int row = 0; row < Side; row++)
        {
            for (int col = 0; col < Side; col += Vector128<float>.Count)
            {
                SumRows(row, col);
            }
        }
    }

    /// <summary>The same, one cell at a time.</summary>
    internal void ComputeScalar(ReadOnlySpan<int> known, ReadOnlySpan<float> height)
    {
        for (int row = 0; row < _extent; row++)
        {
            for (int col = 0; col < Side; col++)
            {
                SumRowScalar(known, height, row, col);
            }
        }

        for (int row = 0; row < Side; row++)
        {
            for (int col = 0; col < Side; col++)
            {
                SumRowsScalar(row, col);
            }
        }
    }

    private void SumRow(ReadOnlySpan<int> known, ReadOnlySpan<float> height, int row, int col)
    {
        Vector128<int> n = default, x = default, xx = default;
        Vector128<float> z = default, xz = default, zz = default;
        int i = (row * _extent) + col;
        for (int dx = -_half; dx <= _half; dx++, i++)
        {
            Vector128<int> k = Vector128.Create(known[i..]);
            Vector128<float> h = Vector128.Create(height[i..]);
            n += k;
            x += k * dx;
            xx += k * (dx * dx);
            z += h;
            xz += h * dx;
            zz += h * h;
        }

        int to = (row * Side) + col;
        n.CopyTo(_rows.N, to);
        x.CopyTo(_rows.X, to);
        xx.CopyTo(_rows.Xx, to);
        z.CopyTo(_rows.Z, to);
        xz.CopyTo(_rows.Xz, to);
        zz.CopyTo(_rows.Zz, to);
    }

    private void SumRowScalar(ReadOnlySpan<int> known, ReadOnlySpan<float> height, int row, int col)
    {
        int n = 0, x = 0, xx = 0, i = (row * _extent) + col;
        float z = 0, xz = 0, zz = 0;
        for (int dx = -_half; dx <= _half; dx++, i++)
        {
            n += known[i];
            x += dx * known[i];
            xx += dx * dx * known[i];
            z += height[i];
            xz += dx * height[i];
            zz += height[i] * height[i];
        }

        int to = (row * Side) + col;
        (_rows.N[to], _rows.X[to], _rows.Xx[to]) = (n, x, xx);
        (_rows.Z[to], _rows.Xz[to], _rows.Zz[to]) = (z, xz, zz);
    }

    private void SumRows(int row, int col)
    {
        Vector128<int> n = default, x = default, xx = default, y = default, xy = default, yy = default;
        Vector128<float> z = default, xz = default, yz = default, zz = default;
        int from = (row * Side) + col;
        for (int dy = -_half; dy <= _half; dy++, from += Side)
        {
            Vector128<int> count = Vector128.Create(_rows.N, from), sumX = Vector128.Create(_rows.X, from);
            Vector128<float> sumZ = Vector128.Create(_rows.Z, from);
            n += count;
            x += sumX;
            xx += Vector128.Create(_rows.Xx, from);
            y += count * dy;
            xy += sumX * dy;
            yy += count * (dy * dy);
            z += sumZ;
            xz += Vector128.Create(_rows.Xz, from);
            zz += Vector128.Create(_rows.Zz, from);
            yz += sumZ * dy;
        }

        int to = (row * Side) + col;
        n.CopyTo(_windows.N, to);
        x.CopyTo(_windows.X, to);
        xx.CopyTo(_windows.Xx, to);
        y.CopyTo(_windows.Y, to);
        xy.CopyTo(_windows.Xy, to);
        yy.CopyTo(_windows.Yy, to);
        z.CopyTo(_windows.Z, to);
        xz.CopyTo(_windows.Xz, to);
        yz.CopyTo(_windows.Yz, to);
        zz.CopyTo(_windows.Zz, to);
    }

    private void SumRowsScalar(int row, int col)
    {
        int n = 0, x = 0, xx = 0, y = 0, xy = 0, yy = 0, from = (row * Side) + col;
        float z = 0, xz = 0, yz = 0, zz = 0;
        for (int dy = -_half; dy <= _half; dy++, from += Side)
        {
            n += _rows.N[from];
            x += _rows.X[from];
            xx += _rows.Xx[from];
            y += dy * _rows.N[from];
            xy += dy * _rows.X[from];
            yy += dy * dy * _rows.N[from];
            z += _rows.Z[from];
            xz += _rows.Xz[from];
            zz += _rows.Zz[from];
            yz += dy * _rows.Z[from];
        }

        int to = (row * Side) + col;
        (_windows.N[to], _windows.X[to], _windows.Xx[to]) = (n, x, xx);
        (_windows.Y[to], _windows.Xy[to], _windows.Yy[to]) = (y, xy, yy);
        (_windows.Z[to], _windows.Xz[to], _windows.Yz[to], _windows.Zz[to]) = (z, xz, yz, zz);
    }

    /// <summary>Sums over known cells: their number, and products of offsets (cells) and heights (m).</summary>
    internal sealed class Sums(int count)
    {
        public int[] N { get; } = new int[count];

        public int[] X { get; } = new int[count];

        public int[] Xx { get; } = new int[count];

        public int[] Y { get; } = new int[count];

        public int[] Xy { get; } = new int[count];

        public int[] Yy { get; } = new int[count];

        public float[] Z { get; } = new float[count];

        public float[] Xz { get; } = new float[count];

        public float[] Yz { get; } = new float[count];

        public float[] Zz { get; } = new float[count];
    }
}
