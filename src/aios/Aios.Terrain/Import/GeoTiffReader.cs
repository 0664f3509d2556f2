using System.Globalization;
using Aios.Numerics;

namespace Aios.Terrain.Import;

/// <summary>
/// Reads a band of an elevation GeoTIFF (TIFF 6.0 or BigTIFF; GeoTIFF 1.1, OGC 19-008): strips or tiles, bands together or apart,
/// uncompressed, LZW, deflate or PackBits, with or without a predictor, integers of 8, 16 and 32 bits and IEEE reals.
/// </summary>
public static class GeoTiffReader
{
    private const int PixelScaleTag = 33550;
    private const int TransformationTag = 34264;
    private const int GeoKeysTag = 34735;
    private const int DoubleParametersTag = 34736;
    private const int AsciiParametersTag = 34737;
    private const int MetadataTag = 42112;
    private const int NoDataTag = 42113;

    /// <param name="file">Name for messages.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="band">Which band has the heights, from 1; 0 for the only one.</param>
    /// <exception cref="ElevationFormatException">The file is damaged or of a kind that is not read, or has no such band.</exception>
    public static ElevationRaster Read(string file, byte[] content, int band = 0)
    {
        ArgumentNullException.ThrowIfNull(content);
        var directory = new TiffDirectory(file, content);
        var blocks = new TiffBlocks(file, content, directory, band);
        (double pixelWidth, double pixelHeight) = PixelSize(directory);
        double? noData = double.TryParse(directory.Text(NoDataTag), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : null;
        string metadata = directory.Text(MetadataTag) ?? "";
        (double scale, double offset) = (Role(metadata, "scale", blocks.Band) ?? 1.0, Role(metadata, "offset", blocks.Band) ?? 0.0);
        var heights = new float[blocks.Width * blocks.Height];
        Array.Fill(heights, float.NaN);
        for (int block = 0; block < blocks.Count; block++)
        {
            CopyBlock(blocks, block, sample => RawRasterReader.ToHeight(sample, noData, scale, offset), heights);
        }

        return new ElevationRaster(blocks.Width, blocks.Height, pixelWidth, pixelHeight, heights)
        {
            Body = BodyOf(directory),
        };
    }

    /// <summary>A number that GDAL's metadata give a role for a band, as <c>&lt;Item sample="0" role="scale"&gt;0.5&lt;/Item&gt;</c>; null where they do not.</summary>
    private static double? Role(string metadata, string role, int band)
    {
        string sample = string.Create(CultureInfo.InvariantCulture, $"sample=\"{band}\"");
        foreach (string item in metadata.Split("<Item").Skip(1))
        {
            int start = item.IndexOf('>', StringComparison.Ordinal), end = start < 0 ? -1 : item.IndexOf('<', start);
            string attributes = start < 0 ? "" : item[..start];
            if (end >= 0 && attributes.Contains($"role=\"{role}\"", StringComparison.Ordinal)
                && (attributes.Contains(sample, StringComparison.Ordinal) || !attributes.Contains("sample=", StringComparison.Ordinal))
                && double.TryParse(item.AsSpan(start + 1, end - start - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Sides of a pixel in metres; 0 where the file does not say, or says it in degrees.</summary>
    private static (double Width, double Height) PixelSize(TiffDirectory directory)
    {
        if (IsInDegrees(directory))
        {
            return (0.0, 0.0);
        }

        if (directory.Has(PixelScaleTag))
        {
            double[] scale = directory.Numbers(PixelScaleTag, "ModelPixelScale");
            return scale.Length >= 2 ? (scale[0], scale[1]) : (0.0, 0.0);
        }

        // A 4 x 4 matrix from (column, row, 0, 1) to the model: its first two columns are a pixel's sides.
        double[] matrix = directory.Has(TransformationTag) ? directory.Numbers(TransformationTag, "ModelTransformation") : [];
        return matrix.Length >= 6 ? (DetMath.Hypot(matrix[0], matrix[4]), DetMath.Hypot(matrix[1], matrix[5])) : (0.0, 0.0);
    }

    /// <summary>Whether GTModelTypeGeoKey says that the coordinates are longitude and latitude.</summary>
    private static bool IsInDegrees(TiffDirectory directory)
    {
        const double ModelType = 1024, Geographic = 2, HeldInTheEntry = 0;
        double[] keys = directory.Has(GeoKeysTag) ? directory.Numbers(GeoKeysTag, "GeoKeyDirectory") : [];
        for (int i = 4; i + 3 < keys.Length; i += 4)
        {
            if (keys[i] == ModelType && keys[i + 1] == HeldInTheEntry)
            {
                return keys[i + 3] == Geographic;
            }
        }

        return false;
    }

    // By the name of the coordinate system, or by the axes of its ellipsoid.
    private static PlanetBody BodyOf(TiffDirectory directory)
    {
        PlanetBody named = PlanetBodies.Named(directory.Text(AsciiParametersTag) ?? "");
        return named != PlanetBody.Unknown || !directory.Has(DoubleParametersTag)
            ? named
            : directory.Numbers(DoubleParametersTag, "GeoDoubleParams").Select(PlanetBodies.OfRadius).FirstOrDefault(body => body != PlanetBody.Unknown);
    }

    private static void CopyBlock(TiffBlocks blocks, int block, Func<double, float> heightOf, float[] heights)
    {
        ReadOnlySpan<byte> samples = blocks.Read(block, out int firstCol, out int firstRow, out int rows);
        int size = Samples.Size(blocks.SampleType), cols = Math.Min(blocks.BlockWidth, blocks.Width - firstCol);
        for (int row = 0; row < rows; row++)
        {
            for (int col = 0; col < cols; col++)
            {
                ReadOnlySpan<byte> at = samples[(((((row * blocks.BlockWidth) + col) * blocks.SamplesPerPixel) + blocks.Sample) * size)..];
                double sample = Samples.Read(at, blocks.SampleType, blocks.BigEndian);
                heights[((firstRow + row) * blocks.Width) + firstCol + col] = heightOf(sample);
            }
        }
    }
}
