namespace Aios.Terrain.Import;

/// <summary>An elevation image as a file holds it: rows from the top (north) down, heights in metres.</summary>
public sealed class ElevationRaster
{
    private readonly float[] _heights;

    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixelWidthM">Distance of neighbouring pixels along a row, m; 0 if the file does not say.</param>
    /// <param name="pixelHeightM">Distance of neighbouring rows, m; 0 if the file does not say.</param>
    /// <param name="heights">Row by row from the top, m; NaN where the file has no data. Taken over, not copied.</param>
    /// <exception cref="ArgumentException">The count of heights is not width · height.</exception>
    public ElevationRaster(int width, int height, double pixelWidthM, double pixelHeightM, float[] heights)
    {
        ArgumentNullException.ThrowIfNull(heights);
        if (width < 1 || height < 1 || heights.Length != (long)width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels, but {heights.Length} heights", nameof(heights));
        }

        Width = width;
        Height = height;
        PixelWidthM = pixelWidthM;
        PixelHeightM = pixelHeightM;
        _heights = heights;
    }

    /// <summary>The body that the file says it shows.</summary>
    public PlanetBody Body { get; init; }

    public int Width { get; }

    public int Height { get; }

    public double PixelWidthM { get; }

    public double PixelHeightM { get; }

    /// <summary>All heights, row by row from the top.</summary>
    public ReadOnlySpan<float> Heights => _heights;

    /// <summary>Height of a pixel; row 0 is the top.</summary>
    public float this[int col, int row] => _heights[(row * Width) + col];

    /// <summary>Lowest and highest height; both NaN if no pixel has data.</summary>
    public (float Min, float Max) Range()
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        foreach (float height in _heights)
        {
            if (!float.IsNaN(height))
            {
                min = Math.Min(min, height);
                max = Math.Max(max, height);
            }
        }

        return min <= max ? (min, max) : (float.NaN, float.NaN);
    }
}
