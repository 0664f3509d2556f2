using System.Globalization;
using Aios.Numerics;

namespace Aios.Terrain.Import;

/// <summary>Makes ground of an elevation raster: the top row is north (+y).</summary>
public static class HeightmapConverter
{
    /// <summary>No body that one can stand on has higher mountains; what is higher is no height, m.</summary>
    private const double MaxReliefM = 50000.0;

    /// <summary>
    /// Ground of the wanted size and spacing by Catmull–Rom interpolation (smooth where pixels are farther
    /// apart than vertices; it passes through every pixel). The mean height becomes 0.
    /// </summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="raster">The file's heights.</param>
    /// <param name="spec">Part and size.</param>
    /// <exception cref="ElevationFormatException">The wanted part is not inside the raster, holds pixels without data, or a number is out of range.</exception>
    public static HeightField Convert(string file, ElevationRaster raster, HeightmapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(raster);
        ArgumentNullException.ThrowIfNull(spec);
        int count = VertexCount(file, spec);
        double perPixelX = spec.PixelM > 0.0 ? spec.PixelM : raster.PixelWidthM;
        double perPixelY = spec.PixelM > 0.0 ? spec.PixelM : raster.PixelHeightM;
        if (!(perPixelX > 0.0 && perPixelY > 0.0))
        {
            throw new ElevationFormatException(file, "does not say how large a pixel is, expected it to be given in metres (pixel_m)");
        }

        double centreCol = spec.CentreCol ?? (0.5 * (raster.Width - 1)), centreRow = spec.CentreRow ?? (0.5 * (raster.Height - 1));
        double first = -0.5 * (count - 1) * spec.SpacingM;
        double reachX = -first / perPixelX, reachY = -first / perPixelY;
        if (!(centreCol >= reachX && centreCol + reachX <= raster.Width - 1 && centreRow >= reachY && centreRow + reachY <= raster.Height - 1))
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture,
                $"is {raster.Width} x {raster.Height} pixels; {spec.SizeM} m around ({centreCol}, {centreRow}) at {perPixelX} m a pixel go beyond it, expected a smaller size, larger pixels or another centre"));
        }

        var heights = new double[count * count];
        for (int row = 0; row < count; row++)
        {
            for (int col = 0; col < count; col++)
            {
                double x = first + (col * spec.SpacingM), y = first + (row * spec.SpacingM);
                heights[(row * count) + col] = spec.VerticalScale * Sample(raster, centreCol + (x / perPixelX), centreRow - (y / perPixelY));
            }
        }

        return Level(file, heights, count, spec.SpacingM, first);
    }

    private static int VertexCount(string file, HeightmapSpec spec)
    {
        double count = Math.Round(spec.SizeM / spec.SpacingM) + 1.0;
        if (!(spec.SpacingM > 0.0 && count >= 2.0 && count <= 8193.0 && double.IsFinite(spec.VerticalScale)))
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture, $"cannot become {spec.SizeM} m at {spec.SpacingM} m spacing: expected 2 … 8193 vertices a side"));
        }

        return (int)count;
    }

    private static HeightField Level(string file, double[] heights, int count, double spacing, double first)
    {
        double sum = 0.0;
        foreach (double height in heights)
        {
            sum += height;
        }

        if (double.IsNaN(sum))
        {
            throw new ElevationFormatException(file, "has pixels without data in the wanted part");
        }

        double mean = sum / heights.Length;
        if (!Array.TrueForAll(heights, h => Math.Abs(h - mean) <= MaxReliefM))
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture, $"has heights more than {MaxReliefM} m from their mean in the wanted part, expected a smaller vertical scale or a value that marks missing data"));
        }

        return HeightField.FromVertices(count, count, spacing, first, first, Array.ConvertAll(heights, h => (float)(h - mean)));
    }

    private static double Sample(ElevationRaster raster, double col, double row)
    {
        int c = (int)Math.Floor(col), r = (int)Math.Floor(row);
        Span<double> weightsX = stackalloc double[4], weightsY = stackalloc double[4];
        CatmullRom(col - c, weightsX);
        CatmullRom(row - r, weightsY);
        double height = 0.0;
        for (int j = 0; j < 4; j++)
        {
            int sampleRow = Math.Clamp(r + j - 1, 0, raster.Height - 1);
            for (int i = 0; i < 4; i++)
            {
                height += weightsX[i] * weightsY[j] * raster[Math.Clamp(c + i - 1, 0, raster.Width - 1), sampleRow];
            }
        }

        return height;
    }

    /// <summary>Weights of the four pixels around a point t of the way from the second to the third.</summary>
    private static void CatmullRom(double t, Span<double> weights)
    {
        double t2 = t * t, t3 = t2 * t;
        weights[0] = 0.5 * (-t3 + (2.0 * t2) - t);
        weights[1] = 0.5 * ((3.0 * t3) - (5.0 * t2) + 2.0);
        weights[2] = 0.5 * ((-3.0 * t3) + (4.0 * t2) + t);
        weights[3] = 0.5 * (t3 - t2);
    }
}
