using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Planes of all cells of a block at once, by <see cref="BlockMoments"/>.
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
    private readonly BlockMoments _moments;
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
        _moments = new BlockMoments(halfWindow);
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

        _moments.Compute(_known, _height);
    }

    /// <summary>Plane of the window around a cell of the block.</summary>
    /// <param name="col">Column in the block, 0 .. 7.</param>
    /// <param name="row">Row in the block, 0 .. 7.</param>
    public GroundPatch Fit(int col, int row)
    {
        BlockMoments.Sums m = _moments.Windows;
        int i = (row * Side) + col;
        return m.N[i] < 3
            ? new GroundPatch(m.N[i], false, _reference, 0, 0, 0)
            : GroundPatch.Solve(
                m.N[i], m.X[i], m.Y[i], m.Xx[i], m.Xy[i], m.Yy[i], m.Z[i], m.Xz[i], m.Yz[i], m.Zz[i], _reference, _resolution);
    }
}
