using System.Runtime.CompilerServices;
using Aios.Numerics;

namespace Aios.Terrain;

/// <summary>
/// Ground heights on a regular raster of vertices, bilinear between four neighbours. Metres, in the map
/// frame (x east, y north, z up). Immutable after construction, so any thread may read it.
/// </summary>
public sealed class HeightField
{
    private readonly float[] _heights;
    private readonly double _perMetre;

    /// <param name="geometry">
    /// Vertex (col, row) stands at the CENTRE of cell (col, row): x = CenterX(col). At least 2 × 2.
    /// </param>
    /// <param name="heights">Row-major, one per vertex, finite; taken over, not copied.</param>
    /// <exception cref="ArgumentException">The raster is smaller than 2 × 2, the count differs, or a height is not finite.</exception>
    public HeightField(GridGeometry geometry, float[] heights)
    {
        ArgumentNullException.ThrowIfNull(heights);
        if (geometry.Width < 2 || geometry.Height < 2 || !(geometry.Resolution > 0.0))
        {
            throw new ArgumentException("a height field needs at least 2 x 2 vertices and a positive spacing", nameof(geometry));
        }

        if (heights.Length != geometry.CellCount)
        {
            throw new ArgumentException($"expected {geometry.CellCount} heights, got {heights.Length}", nameof(heights));
        }

        float min = float.MaxValue, max = float.MinValue;
        foreach (float height in heights)
        {
            if (!float.IsFinite(height))
            {
                throw new ArgumentException("a height is not finite", nameof(heights));
            }

            min = Math.Min(min, height);
            max = Math.Max(max, height);
        }

        Geometry = geometry;
        MinHeight = min;
        MaxHeight = max;
        _heights = heights;
        _perMetre = 1.0 / geometry.Resolution;
    }

    /// <summary>The raster whose cell centres are the vertices.</summary>
    public GridGeometry Geometry { get; }

    /// <summary>Distance between neighbouring vertices, m.</summary>
    public double Spacing => Geometry.Resolution;

    public double MinX => Geometry.CenterX(0);

    public double MinY => Geometry.CenterY(0);

    public double MaxX => Geometry.CenterX(Geometry.Width - 1);

    public double MaxY => Geometry.CenterY(Geometry.Height - 1);

    /// <summary>Lowest vertex, m.</summary>
    public double MinHeight { get; }

    /// <summary>Highest vertex, m.</summary>
    public double MaxHeight { get; }

    /// <summary>All vertex heights, row-major.</summary>
    public ReadOnlySpan<float> Vertices => _heights;

    /// <summary>Height of one vertex.</summary>
    public float this[int col, int row] => _heights[(row * Geometry.Width) + col];

    /// <summary>A field of width × height vertices whose first stands at (minX, minY).</summary>
    public static HeightField FromVertices(int width, int height, double spacing, double minX, double minY, float[] heights) =>
        new(new GridGeometry(width, height, spacing, minX - (0.5 * spacing), minY - (0.5 * spacing)), heights);

    /// <summary>Samples a function at the vertices.</summary>
    public static HeightField FromFunction(GridGeometry geometry, Func<double, double, double> height)
    {
        var heights = new float[geometry.CellCount];
        for (int row = 0; row < geometry.Height; row++)
        {
            for (int col = 0; col < geometry.Width; col++)
            {
                heights[geometry.Index(col, row)] = (float)height(geometry.CenterX(col), geometry.CenterY(row));
            }
        }

        return new HeightField(geometry, heights);
    }

    /// <summary>Whether the point lies within the outermost vertices. False for NaN.</summary>
    public bool Contains(double x, double y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;

    /// <summary>Bilinear height; outside, that of the nearest point of the edge.</summary>
    public double Height(double x, double y)
    {
        Patch(x, y, out double u, out double v, out double h00, out double h10, out double h01, out double h11);
        double south = h00 + (u * (h10 - h00)), north = h01 + (u * (h11 - h01));
        return south + (v * (north - south));
    }

    /// <summary>Slope of the bilinear patch (m/m); outside, that of the nearest point of the edge.</summary>
    public void Gradient(double x, double y, out double dzdx, out double dzdy)
    {
        Patch(x, y, out double u, out double v, out double h00, out double h10, out double h01, out double h11);
        double twist = h11 - h10 - h01 + h00;
        dzdx = ((h10 - h00) + (v * twist)) * _perMetre;
        dzdy = ((h01 - h00) + (u * twist)) * _perMetre;
    }

    /// <summary>Upward unit normal of the bilinear patch.</summary>
    public Vector3d Normal(double x, double y)
    {
        Gradient(x, y, out double dzdx, out double dzdy);
        return new Vector3d(-dzdx, -dzdy, 1.0).Normalized();
    }

    /// <summary>Angle between the normal and the vertical, rad.</summary>
    public double Slope(double x, double y)
    {
        Gradient(x, y, out double dzdx, out double dzdy);
        return DetMath.Atan(Math.Sqrt((dzdx * dzdx) + (dzdy * dzdy)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Patch(
        double x, double y, out double u, out double v, out double h00, out double h10, out double h01, out double h11)
    {
        int width = Geometry.Width;
        double gridX = Math.Clamp((x - MinX) * _perMetre, 0.0, width - 1);
        double gridY = Math.Clamp((y - MinY) * _perMetre, 0.0, Geometry.Height - 1);
        int col = Math.Min((int)gridX, width - 2), row = Math.Min((int)gridY, Geometry.Height - 2);
        u = gridX - col;
        v = gridY - row;
        int index = (row * width) + col;
        h00 = _heights[index];
        h10 = _heights[index + 1];
        h01 = _heights[index + width];
        h11 = _heights[index + width + 1];
    }
}
