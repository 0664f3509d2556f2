using System.Runtime.CompilerServices;
using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>
/// Ray casting against bilinear ground and rocks: a pyramid of highest heights lets a ray step over blocks
/// it stays above (Tevs, Ihrke and Seidel, "Maximum mipmaps for fast, accurate, and scalable dynamic height
/// field rendering", I3D 2008); in a cell it may touch, the bilinear patch and the cell's rocks are solved
/// as quadratics.
/// </summary>
internal sealed class SurfaceIndex
{
    /// <summary>Blocks of 2^5 cells are stepped over at once; larger ones are seldom clear of a rover's rays.</summary>
    private const int TopLevel = 5;

    /// <summary>Stands for a direction component of zero: no plane across it is ever reached.</summary>
    private const double Infinitesimal = 1e-30;

    private readonly HeightField _ground;
    private readonly RockField _rocks;
    private readonly int _cellsX;
    private readonly int _cellsY;
    private readonly int _log2Side;
    private readonly float[] _highest;
    private readonly int[] _levelStart;
    private readonly int[] _cellRockStart;
    private readonly int[] _cellRocks;

    public SurfaceIndex(HeightField ground, RockField rocks)
    {
        _ground = ground;
        _rocks = rocks;
        _cellsX = ground.Geometry.Width - 1;
        _cellsY = ground.Geometry.Height - 1;
        while ((1 << _log2Side) < Math.Max(_cellsX, _cellsY) || _log2Side < TopLevel)
        {
            _log2Side++;
        }

        _levelStart = new int[TopLevel + 1];
        int total = 0;
        for (int level = 0; level <= TopLevel; level++)
        {
            _levelStart[level] = total;
            total += 1 << (2 * (_log2Side - level));
        }

        _highest = new float[total];
        Array.Fill(_highest, float.NegativeInfinity);
        (_cellRockStart, _cellRocks) = RockCells.Assign(ground, rocks);
        FillCells();
        FillBlocks();
    }

    /// <summary>Height of the highest rock over a point; negative infinity where there is none.</summary>
    public double HighestRock(double x, double y)
    {
        int col = (int)Math.Floor((x - _ground.MinX) / _ground.Spacing), row = (int)Math.Floor((y - _ground.MinY) / _ground.Spacing);
        double height = double.NegativeInfinity;
        if ((uint)col < (uint)_cellsX && (uint)row < (uint)_cellsY)
        {
            int cell = (row * _cellsX) + col;
            for (int i = _cellRockStart[cell]; i < _cellRockStart[cell + 1]; i++)
            {
                height = Math.Max(height, _rocks[_cellRocks[i]].SurfaceHeight(x, y));
            }
        }

        return height;
    }

    /// <summary>Range of the first hit, NaN without one.</summary>
    public double Raycast(Vector3d origin, Vector3d direction, double maxRange)
    {
        double perMetre = 1.0 / _ground.Spacing;
        var ray = new GridRay(
            (origin.X - _ground.MinX) * perMetre,
            (origin.Y - _ground.MinY) * perMetre,
            origin.Z,
            direction.X == 0.0 ? Infinitesimal : direction.X * perMetre,
            direction.Y == 0.0 ? Infinitesimal : direction.Y * perMetre,
            direction.Z);
        double start = 0.0, end = maxRange;
        ray.ClipX(_cellsX, ref start, ref end);
        ray.ClipY(_cellsY, ref start, ref end);
        return start <= end ? Walk(ray, origin, direction, start, end) : double.NaN;
    }

    private double Walk(in GridRay ray, Vector3d origin, Vector3d direction, double t, double end)
    {
        double inverseX = 1.0 / ray.DirX, inverseY = 1.0 / ray.DirY;
        int forwardX = ray.DirX > 0.0 ? 1 : 0, forwardY = ray.DirY > 0.0 ? 1 : 0;
        int col = Math.Clamp((int)(ray.X + (t * ray.DirX)), 0, _cellsX - 1);
        int row = Math.Clamp((int)(ray.Y + (t * ray.DirY)), 0, _cellsY - 1);
        int level = 2;
        double hit = double.NaN;
        while (true)
        {
            int blockX = col >> level, blockY = row >> level;
            int planeX = (blockX + forwardX) << level, planeY = (blockY + forwardY) << level;
            double toX = (planeX - ray.X) * inverseX, toY = (planeY - ray.Y) * inverseY;
            bool crossesX = toX < toY;
            double exit = Math.Max(t, Math.Min(crossesX ? toX : toY, end));
            double lowest = ray.Z + (ray.DirZ * (ray.DirZ < 0.0 ? exit : t));
            if (!(lowest > _highest[_levelStart[level] + (blockY << (_log2Side - level)) + blockX]))
            {
                if (level > 0)
                {
                    level--;
                    continue;
                }

                RocksOfCell((row * _cellsX) + col, origin, direction, ref end, ref hit);
                double ground = GroundOfCell(ray, col, row, t, Math.Min(exit, end));
                if (!double.IsNaN(ground))
                {
                    return ground;
                }
            }

            if (exit >= end)
            {
                return hit;
            }

            t = exit;
            int plane;
            if (crossesX)
            {
                plane = planeX;
                col = planeX - 1 + forwardX;
                row = Math.Clamp((int)(ray.Y + (t * ray.DirY)), blockY << level, ((blockY + 1) << level) - 1);
            }
            else
            {
                plane = planeY;
                row = planeY - 1 + forwardY;
                col = Math.Clamp((int)(ray.X + (t * ray.DirX)), blockX << level, ((blockX + 1) << level) - 1);
            }

            if ((uint)col >= (uint)_cellsX || (uint)row >= (uint)_cellsY)
            {
                return hit;
            }

            if (level < TopLevel && ((plane >> level) & 1) == 0)
            {
                level++;
            }
        }
    }

    private void RocksOfCell(int cell, Vector3d origin, Vector3d direction, ref double end, ref double hit)
    {
        for (int i = _cellRockStart[cell]; i < _cellRockStart[cell + 1]; i++)
        {
            double range = RockIntersection.Range(_rocks[_cellRocks[i]], origin, direction, end);
            if (!double.IsNaN(range))
            {
                end = range;
                hit = range;
            }
        }
    }

    private double GroundOfCell(in GridRay ray, int col, int row, double t, double exit)
    {
        ReadOnlySpan<float> heights = _ground.Vertices;
        int width = _cellsX + 1, index = (row * width) + col;
        double h00 = heights[index], h10 = heights[index + 1];
        double h01 = heights[index + width], h11 = heights[index + width + 1];
        double a = h10 - h00, b = h01 - h00, twist = h11 - h10 - h01 + h00;
        double u = ray.X + (ray.DirX * t) - col, v = ray.Y + (ray.DirY * t) - row;
        double c0 = ray.Z + (ray.DirZ * t) - (h00 + (a * u) + (b * v) + (twist * u * v));
        double c1 = ray.DirZ - (a * ray.DirX) - (b * ray.DirY) - (twist * ((u * ray.DirY) + (v * ray.DirX)));
        double c2 = -twist * ray.DirX * ray.DirY;
        return t + FirstCrossing(c0, c1, c2, exit - t);
    }

    /// <summary>
    /// First s in [0, length] at which the clearance c0 + c1 s + c2 s² is not above zero, NaN if none. The
    /// signs at both ends decide, so that a ray cannot slip through between neighbouring cells by rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FirstCrossing(double c0, double c1, double c2, double length)
    {
        if (c0 <= 0.0)
        {
            return length >= 0.0 ? 0.0 : double.NaN;
        }

        double discriminant = (c1 * c1) - (4.0 * c0 * c2);
        bool crosses = c0 + (length * (c1 + (length * c2))) <= 0.0;
        bool dips = c2 > 0.0 && c1 < 0.0 && -c1 < 2.0 * c2 * length && discriminant >= 0.0;
        if (!crosses && !dips)
        {
            return double.NaN;
        }

        double root = Math.Sqrt(Math.Max(discriminant, 0.0));
        double s = c1 < 0.0 ? 2.0 * c0 / (root - c1) : -(c1 + root) / (2.0 * c2);
        return Math.Min(s, length);
    }

    private void FillCells()
    {
        int width = _cellsX + 1;
        ReadOnlySpan<float> heights = _ground.Vertices;
        for (int row = 0; row < _cellsY; row++)
        {
            for (int col = 0; col < _cellsX; col++)
            {
                int index = (row * width) + col, cell = (row * _cellsX) + col;
                float highest = Math.Max(
                    Math.Max(heights[index], heights[index + 1]), Math.Max(heights[index + width], heights[index + width + 1]));
                for (int i = _cellRockStart[cell]; i < _cellRockStart[cell + 1]; i++)
                {
                    highest = Math.Max(highest, float.BitIncrement((float)_rocks[_cellRocks[i]].TopZ));
                }

                _highest[(row << _log2Side) + col] = highest;
            }
        }
    }

    private void FillBlocks()
    {
        for (int level = 1; level <= TopLevel; level++)
        {
            int side = 1 << (_log2Side - level), below = _levelStart[level - 1], start = _levelStart[level];
            for (int row = 0; row < side; row++)
            {
                for (int col = 0; col < side; col++)
                {
                    int first = below + (4 * row * side) + (2 * col);
                    _highest[start + (row * side) + col] = Math.Max(
                        Math.Max(_highest[first], _highest[first + 1]),
                        Math.Max(_highest[first + (2 * side)], _highest[first + (2 * side) + 1]));
                }
            }
        }
    }
}
