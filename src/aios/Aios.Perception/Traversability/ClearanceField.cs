using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Exact Euclidean distance from every cell to the nearest obstacle cell, up to a radius, kept up to date as obstacles
/// come and go: a new obstacle stamps a precomputed disc; a removed one rebuilds its neighbourhood.
/// </summary>
/// <remarks>For radii of a few cells and changes of a few hundred cells this beats a distance transform of the window,
/// whose cost is per cell of the window. Allocates in the constructor only.</remarks>
internal sealed class ClearanceField
{
    private readonly GridGeometry _geometry;
    private readonly int _radius;
    private readonly float _far;
    private readonly float[] _clearance;
    private readonly bool[] _obstacle;
    private readonly float[] _disc;

    public ClearanceField(GridGeometry geometry, double radiusM)
    {
        _geometry = geometry;
        _radius = (int)Math.Ceiling(radiusM / geometry.Resolution);
        _far = (float)radiusM;
        _clearance = new float[geometry.CellCount];
        _obstacle = new bool[geometry.CellCount];
        Array.Fill(_clearance, _far);
        _disc = new float[((2 * _radius) + 1) * ((2 * _radius) + 1)];
        int i = 0;
        for (int dy = -_radius; dy <= _radius; dy++)
        {
            for (int dx = -_radius; dx <= _radius; dx++)
            {
                _disc[i++] = (float)Math.Min(Math.Sqrt((dx * dx) + (dy * dy)) * geometry.Resolution, radiusM);
            }
        }
    }

    /// <summary>Reach of an obstacle, cells.</summary>
    public int RadiusCells => _radius;

    /// <summary>Distance from cell centre to the nearest obstacle's cell centre, m, at most the radius.</summary>
    public float this[int index] => _clearance[index];

    public bool IsObstacle(int index) => _obstacle[index];

    public void Add(int col, int row)
    {
        _obstacle[_geometry.Index(col, row)] = true;
        Stamp(col, row, 0, 0, _geometry.Width - 1, _geometry.Height - 1);
    }

    /// <summary>Forgets an obstacle; its neighbourhood is wrong until <see cref="Rebuild"/>.</summary>
    public void Remove(int col, int row) => _obstacle[_geometry.Index(col, row)] = false;

    /// <summary>Recomputes every cell within the radius of a rectangle of cells (inclusive bounds).</summary>
    public void Rebuild(int left, int bottom, int right, int top)
    {
        int x0 = Math.Max(left - _radius, 0), x1 = Math.Min(right + _radius, _geometry.Width - 1);
        int y0 = Math.Max(bottom - _radius, 0), y1 = Math.Min(top + _radius, _geometry.Height - 1);
        for (int row = y0; row <= y1; row++)
        {
            Array.Fill(_clearance, _far, _geometry.Index(x0, row), x1 - x0 + 1);
        }

        int ox1 = Math.Min(x1 + _radius, _geometry.Width - 1), oy1 = Math.Min(y1 + _radius, _geometry.Height - 1);
        for (int row = Math.Max(y0 - _radius, 0); row <= oy1; row++)
        {
            for (int col = Math.Max(x0 - _radius, 0); col <= ox1; col++)
            {
                if (_obstacle[_geometry.Index(col, row)])
                {
                    Stamp(col, row, x0, y0, x1, y1);
                }
            }
        }
    }

    private void Stamp(int col, int row, int x0, int y0, int x1, int y1)
    {
        int left = Math.Max(col - _radius, x0), right = Math.Min(col + _radius, x1);
        int bottom = Math.Max(row - _radius, y0), top = Math.Min(row + _radius, y1);
        int side = (2 * _radius) + 1;
        for (int r = bottom; r <= top; r++)
        {
            int target = _geometry.Index(left, r);
            int source = ((r - row + _radius) * side) + left - col + _radius;
            for (int c = left; c <= right; c++, target++, source++)
            {
                _clearance[target] = Math.Min(_clearance[target], _disc[source]);
            }
        }
    }
}
