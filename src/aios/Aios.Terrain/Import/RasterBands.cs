using System.Globalization;

namespace Aios.Terrain.Import;

/// <summary>How the bands of a raster follow one another in its file.</summary>
public enum BandOrder
{
    /// <summary>A whole band after the other.</summary>
    Sequential,

    /// <summary>In each row a row of every band.</summary>
    ByLine,

    /// <summary>In each pixel a sample of every band.</summary>
    ByPixel,
}

/// <summary>Which of a file's bands has the heights.</summary>
internal static class RasterBands
{
    /// <summary>The band meant, from 0.</summary>
    /// <param name="file">Name for messages.</param>
    /// <param name="count">How many the file has.</param>
    /// <param name="wanted">Which, from 1; 0 for the only one.</param>
    /// <exception cref="ElevationFormatException">There is no such band, or a choice is needed.</exception>
    public static int Choose(string file, long count, int wanted)
    {
        if (count is < 1 or > 65535)
        {
            throw new ElevationFormatException(file, string.Create(CultureInfo.InvariantCulture, $"has {count} bands, expected 1 to 65535"));
        }

        if (wanted == 0 && count > 1)
        {
            throw new ElevationFormatException(file, string.Create(CultureInfo.InvariantCulture, $"has {count} bands, expected a choice of one from 1 to {count} (--band, or band beside heightmap)"));
        }

        return wanted <= count && wanted >= 0
            ? Math.Max(0, wanted - 1)
            : throw new ElevationFormatException(file, string.Create(CultureInfo.InvariantCulture, $"has {(count == 1 ? "1 band" : $"{count} bands")}, found no band {wanted}"));
    }
}
