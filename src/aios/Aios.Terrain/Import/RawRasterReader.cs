using System.Globalization;

namespace Aios.Terrain.Import;

/// <summary>Reads heights stored sample after sample, as in PDS3 IMG and ENVI files.</summary>
public static class RawRasterReader
{
    /// <summary>Widest and highest raster read, in pixels: what does not fit into memory is refused by name.</summary>
    internal const int MaxSide = 65536;
    internal const long MaxPixels = 1L << 29;

    /// <param name="file">Name for messages.</param>
    /// <param name="content">The whole file.</param>
    /// <param name="layout">Where and how the samples stand.</param>
    /// <exception cref="ElevationFormatException">A parameter is out of range or the file is too short.</exception>
    public static ElevationRaster Read(string file, ReadOnlySpan<byte> content, RasterLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        CheckSize(file, layout.Width, layout.Height);
        int size = Samples.Size(layout.SampleType);
        long needed = (long)layout.Width * layout.Height * layout.Bands * size;
        if (layout.DataOffset < 0 || layout.DataOffset > content.Length || content.Length - layout.DataOffset < needed)
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture,
                $"has {content.Length} bytes, expected {needed} for {layout.Width} x {layout.Height}{(layout.Bands > 1 ? $" x {layout.Bands}" : "")} {layout.SampleType} after {layout.DataOffset} bytes"));
        }

        var heights = new float[layout.Width * layout.Height];
        ReadOnlySpan<byte> samples = content[(int)layout.DataOffset..];
        (int first, int perRow, int perPixel) = Strides(layout);
        for (int row = 0, i = 0; row < layout.Height; row++)
        {
            for (int col = 0; col < layout.Width; col++, i++)
            {
                int at = first + (row * perRow) + (col * perPixel);
                double sample = Samples.Read(samples[(at * size)..], layout.SampleType, layout.BigEndian);
                heights[i] = ToHeight(sample, layout.NoData, layout.Scale, layout.Offset);
            }
        }

        return new ElevationRaster(layout.Width, layout.Height, layout.PixelWidthM, layout.PixelHeightM, heights) { Body = layout.Body };
    }

    /// <summary>Samples before the band's first, from row to row and from pixel to pixel.</summary>
    private static (int First, int PerRow, int PerPixel) Strides(RasterLayout layout) => layout.BandOrder switch
    {
        BandOrder.ByLine => (layout.Band * layout.Width, layout.Bands * layout.Width, 1),
        BandOrder.ByPixel => (layout.Band, layout.Bands * layout.Width, layout.Bands),
        _ => (layout.Band * layout.Width * layout.Height, layout.Width, 1),
    };

    internal static float ToHeight(double sample, double? noData, double scale, double offset)
    {
        float height = (float)((sample * scale) + offset);
        bool isNoData = noData is { } value && (sample == value || (float)sample == (float)value);
        return isNoData || !float.IsFinite(height) ? float.NaN : height;
    }

    internal static void CheckSize(string file, long width, long height)
    {
        if (width < 1 || height < 1 || width > MaxSide || height > MaxSide || width * height > MaxPixels)
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture, $"is {width} x {height} pixels, expected 1 … {MaxSide} each and at most {MaxPixels} in all"));
        }
    }
}
