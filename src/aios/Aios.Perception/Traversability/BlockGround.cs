using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Planes of all cells of a block at once. The moments of a square window separate into rows and columns, so a block of
/// 8 × 8 cells with windows of 5 × 5 needs a third of the work of 64 single fits.
/// </summary>
/// <remarks>Heights are taken relative to the block's first known cell, which keeps single precision good to a fraction
/// of a millimetre. Allocates in the constructor only.</remarks>
internal sealed class BlockGround
{
    private const int Side = ElevationMap.BlockCells;
    private readonly int _half;
    private readonly int _extent;
    private readonly float[] _height;
    private readonly int[] _known;
    private readonly RowMoments[] _rows;
    private readonly float _resolution;
    private float _reference;

    /// <param name="halfWindow">Half the side of the window, cells.</param>
    /// <param name="resolution">Side of a cell, m.</param>
    public BlockGround(int halfWindow, double resolution)
    {
        _half = halfWindow;
        _extent = Side + (2 * halfWindow);
        _height = new float[_extent * _extent];
        _known = new int[_extent * _extent];
        _rows = new RowMoments[_extent * Side];
        _resolution = (float)resolution;
    }

    /// <summary>Source that stands for the cells of all sources.</summary>
    public const int AnySource = -1;

    /// <summary>Loads the block whose lower-left cell is given, with the margin its windows need.</summary>
    /// <param name="map">The map.</param>
    /// <param name="left">Column of the block's lower-left cell.</param>
    /// <param name="bottom">Row of that cell.</param>
    /// <param name="source">Only cells measured by this source count, <see cref="AnySource"/> for all: heights of two
    /// rovers differ by the drift between them, which is no ground.</param>
    public void Load(ElevationMap map, int left, int bottom, int source)
    {
        GridGeometry g = map.Geometry;
        Array.Clear(_known);
        Array.Clear(_height);
        int x0 = Math.Max(left - _half, 0), x1 = Math.Min(left + Side + _half, g.Width);
        int y0 = Math.Max(bottom - _half, 0), y1 = Math.Min(bottom + Side + _half, g.Height);
        bool referenced = false;
        for (int row = y0; row < y1; row++)
        {
            int target = ((row - bottom + _half) * _extent) + x0 - left + _half;
            foreach (ref readonly ElevationCell cell in map.Cells.Slice(g.Index(x0, row), x1 - x0))
            {
                if (cell.IsKnown && (source == AnySource || cell.Source == source))
                {
                    _reference = referenced ? _reference : cell.Elevation;
                    referenced = true;
                    _known[target] = 1;
                    _height[target] = cell.Elevation - _reference;
                }

                target++;
            }
        }

        SumRows();
    }

    /// <summary>Plane of the window around a cell of the block.</summary>
    /// <param name="col">Column in the block, 0 .. 7.</param>
    /// <param name="row">Row in the block, 0 .. 7.</param>
    public GroundPatch Fit(int col, int row)
    {
        int n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
        float sz = 0, sxz = 0, syz = 0, szz = 0;
        for (int dy = -_half; dy <= _half; dy++)
        {
            ref readonly RowMoments m = ref _rows[((row + _half + dy) * Side) + col];
            n += m.N;
            sx += m.Sx;
            sxx += m.Sxx;
            sy += dy * m.N;
            sxy += dy * m.Sx;
            syy += dy * dy * m.N;
            sz += m.Sz;
            sxz += m.Sxz;
            szz += m.Szz;
            syz += dy * m.Sz;
        }

        return n < 3
            ? new GroundPatch(n, false, _reference, 0, 0, 0)
            : GroundPatch.Solve(n, sx, sy, sxx, sxy, syy, sz, sxz, syz, szz, _reference, _resolution);
    }

    private void SumRows()
    {
        for (int row = 0; row < _extent; row++)
        {
            for (int col = 0; col < Side; col++)
            {
                var m = default(RowMoments);
                int i = (row * _extent) + col;
                for (int dx = -_half; dx <= _half; dx++, i++)
                {
                    int known = _known[i];
                    float z = _height[i];
                    m.N += known;
                    m.Sx += dx * known;
                    m.Sxx += dx * dx * known;
                    m.Sz += z;
                    m.Sxz += dx * z;
                    m.Szz += z * z;
                }

                _rows[(row * Side) + col] = m;
            }
        }
    }

    private struct RowMoments
    {
        public int N;
        public int Sx;
        public int Sxx;
        public float Sz;
        public float Sxz;
        public float Szz;
    }
}
