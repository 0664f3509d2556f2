using System.Globalization;

namespace Aios.Terrain.Import;

/// <summary>
/// Reads single-band elevation GeoTIFFs (TIFF 6.0; GeoTIFF 1.1, OGC 19-008): strips or tiles, uncompressed
/// or deflate, with or without a predictor, integers of 8, 16 and 32 bits and IEEE reals.
/// </summary>
public static class GeoTiffReader
{
    private const int PixelScaleTag = 33550;
    private const int DoubleParametersTag = 34736;
    private const int AsciiParametersTag = 34737;
    private const int NoDataTag = 42113;

    /// <param name="file">Name for messages.</param>
    /// <param name="content">The whole file.</param>
    /// <exception cref="ElevationFormatException">The file is damaged or of a kind that is not read.</exception>
    public static ElevationRaster Read(string file, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var directory = new TiffDirectory(file, content);
        var blocks = new TiffBlocks(file, content, directory);
        double[] scale = directory.Has(PixelScaleTag) ? directory.Numbers(PixelScaleTag, "ModelPixelScale") : [];
        double? noData = double.TryParse(directory.Text(NoDataTag), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : null;
        var heights = new float[blocks.Width * blocks.Height];
        Array.Fill(heights, float.NaN);
        for (int block = 0; block < blocks.Count; block++)
        {
            CopyBlock(blocks, block, noData, heights);
        }

        return new ElevationRaster(
            blocks.Width, blocks.Height, scale.Length >= 2 ? scale[0] : 0.0, scale.Length >= 2 ? scale[1] : 0.0, heights)
        {
            Body = BodyOf(directory),
        };
    }

    // By the name of the coordinate system, or by the axes of its ellipsoid.
    private static PlanetBody BodyOf(TiffDirectory directory)
    {
        PlanetBody named = PlanetBodies.Named(directory.Text(AsciiParametersTag) ?? "");
        return named != PlanetBody.Unknown || !directory.Has(DoubleParametersTag)
            ? named
            : directory.Numbers(DoubleParametersTag, "GeoDoubleParams").Select(PlanetBodies.OfRadius).FirstOrDefault(body => body != PlanetBody.Unknown);
    }

    private static void CopyBlock(TiffBlocks blocks, int block, double? noData, float[] heights)
    {
        ReadOnlySpan<byte> samples = blocks.Read(block, out int firstCol, out int firstRow, out int rows);
        int size = Samples.Size(blocks.SampleType), cols = Math.Min(blocks.BlockWidth, blocks.Width - firstCol);
        for (int row = 0; row < rows; row++)
        {
            for (int col = 0; col < cols; col++)
            {
                ReadOnlySpan<byte> at = samples[(((row * blocks.BlockWidth) + col) * size)..];
                double sample = Samples.Read(at, blocks.SampleType, blocks.BigEndian);
                heights[((firstRow + row) * blocks.Width) + firstCol + col] = RawRasterReader.ToHeight(sample, noData, 1.0, 0.0);
            }
        }
    }
}
