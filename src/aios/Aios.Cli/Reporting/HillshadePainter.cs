using Aios.Numerics;

namespace Aios.Cli.Reporting;

/// <summary>Paints an elevation grid: colour by height, light from the north-west.</summary>
public static class HillshadePainter
{
    private const double SunElevation = 0.6;
    private const double Exaggeration = 1.6;

    /// <summary>Colours from low to high ground, evenly spaced.</summary>
    private static readonly (double R, double G, double B)[] Ramp =
    [
        (52, 30, 38), (104, 48, 40), (158, 76, 44), (196, 116, 66), (222, 164, 108), (240, 212, 170), (252, 242, 222),
    ];

    /// <summary>Paints a grid of at least 2 × 2 cells with <paramref name="scale"/> × <paramref name="scale"/> pixels per cell, north up.</summary>
    /// <returns>RGBA pixels from the top left; unknown cells are transparent.</returns>
    public static byte[] Paint(GridGeometry geometry, ReadOnlySpan<float> elevation, int scale)
    {
        var (low, high) = Range(elevation);
        var stride = geometry.Width * scale * 4;
        var pixels = new byte[stride * geometry.Height * scale];
        for (var y = 0; y < geometry.Height * scale; y++)
        {
            var row = geometry.Height - 1 - (y / scale);
            for (var x = 0; x < geometry.Width * scale; x++)
            {
                var col = x / scale;
                if (!float.IsNaN(elevation[(row * geometry.Width) + col]))
                {
                    var fx = ((x % scale) + 0.5) / scale - 0.5;
                    var fy = 0.5 - (((y % scale) + 0.5) / scale);
                    PaintPixel(pixels.AsSpan((y * stride) + (x * 4), 4), geometry, elevation, col + fx, row + fy, low, high);
                }
            }
        }

        return pixels;
    }

    private static void PaintPixel(
        Span<byte> pixel, GridGeometry geometry, ReadOnlySpan<float> elevation, double col, double row, double low, double high)
    {
        var z = Sample(geometry, elevation, col, row);
        var dx = (Sample(geometry, elevation, col + 1, row) - Sample(geometry, elevation, col - 1, row)) / (2 * geometry.Resolution);
        var dy = (Sample(geometry, elevation, col, row + 1) - Sample(geometry, elevation, col, row - 1)) / (2 * geometry.Resolution);
        var light = Shade(dx * Exaggeration, dy * Exaggeration);
        var t = Math.Clamp((z - low) / Math.Max(high - low, 1e-3), 0, 1) * (Ramp.Length - 1);
        var i = Math.Min((int)t, Ramp.Length - 2);
        var f = t - i;
        pixel[0] = Mix(Ramp[i].R, Ramp[i + 1].R, f, light);
        pixel[1] = Mix(Ramp[i].G, Ramp[i + 1].G, f, light);
        pixel[2] = Mix(Ramp[i].B, Ramp[i + 1].B, f, light);
        pixel[3] = 255;
    }

    /// <summary>Lambert's law for light from the north-west, between ambient 0.35 and 1.25 on slopes towards it.</summary>
    private static double Shade(double dx, double dy)
    {
        const double Diagonal = 0.70710678118654752;
        var level = Math.Sqrt(1 - (SunElevation * SunElevation));
        var towards = ((dx * Diagonal) - (dy * Diagonal)) * level;
        var lambert = (towards + SunElevation) / Math.Sqrt(1 + (dx * dx) + (dy * dy));
        return 0.35 + (0.9 * Math.Clamp(lambert, 0, 1) / SunElevation * 0.72);
    }

    private static byte Mix(double a, double b, double f, double light) =>
        (byte)Math.Clamp((a + ((b - a) * f)) * light, 0, 255);

    private static double Sample(GridGeometry geometry, ReadOnlySpan<float> elevation, double col, double row)
    {
        var c = Math.Clamp(col, 0, geometry.Width - 1.001);
        var r = Math.Clamp(row, 0, geometry.Height - 1.001);
        var c0 = (int)c;
        var r0 = (int)r;
        double sum = 0;
        double weight = 0;
        for (var corner = 0; corner < 4; corner++)
        {
            var dc = corner & 1;
            var dr = corner >> 1;
            var z = elevation[((r0 + dr) * geometry.Width) + c0 + dc];
            if (!float.IsNaN(z))
            {
                var w = (dc == 1 ? c - c0 : 1 - (c - c0)) * (dr == 1 ? r - r0 : 1 - (r - r0)) + 1e-9;
                sum += w * z;
                weight += w;
            }
        }

        return weight > 0 ? sum / weight : 0;
    }

    /// <summary>Second and ninety-eighth percentile, so that one deep hole does not flatten the rest.</summary>
    private static (double Low, double High) Range(ReadOnlySpan<float> elevation)
    {
        var known = new List<float>(elevation.Length);
        foreach (var z in elevation)
        {
            if (!float.IsNaN(z))
            {
                known.Add(z);
            }
        }

        known.Sort();
        return known.Count == 0 ? (0, 1) : (known[known.Count / 50], known[known.Count - 1 - (known.Count / 50)]);
    }
}
