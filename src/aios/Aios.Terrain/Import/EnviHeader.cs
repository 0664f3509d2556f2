using System.Globalization;
using System.Text;

namespace Aios.Terrain.Import;

/// <summary>Reads the layout of an ENVI raster from its .hdr file ("name = value" lines, braces around lists).</summary>
public static class EnviHeader
{
    /// <param name="file">Name for messages.</param>
    /// <param name="header">The .hdr file.</param>
    /// <param name="band">Which band has the heights, from 1; 0 for the only one.</param>
    /// <exception cref="ElevationFormatException">The file is no ENVI header, a field is missing or not understood, or there is no such band.</exception>
    public static RasterLayout Parse(string file, ReadOnlySpan<byte> header, int band = 0)
    {
        string text = Encoding.Latin1.GetString(header);
        if (!text.StartsWith("ENVI", StringComparison.Ordinal))
        {
            throw new ElevationFormatException(file, "is no ENVI header: its first line is not ENVI");
        }

        Dictionary<string, string> fields = Fields(text);
        int bands = fields.ContainsKey("bands") ? Whole(file, fields, "bands") : 1;
        int chosen = RasterBands.Choose(file, bands, band);
        if (fields.ContainsKey("file compression") && Whole(file, fields, "file compression") != 0)
        {
            throw new ElevationFormatException(file, "\"file compression\" is not 0, expected samples that are not compressed");
        }

        (double pixelWidth, double pixelHeight) = PixelSize(fields);
        return new RasterLayout
        {
            Width = Whole(file, fields, "samples"),
            Height = Whole(file, fields, "lines"),
            SampleType = TypeOf(file, Whole(file, fields, "data type")),
            BigEndian = fields.ContainsKey("byte order") && Whole(file, fields, "byte order") == 1,
            Bands = bands,
            Band = chosen,
            BandOrder = OrderOf(file, fields.GetValueOrDefault("interleave", "bsq")),
            DataOffset = fields.ContainsKey("header offset") ? Whole(file, fields, "header offset") : 0,
            NoData = NoData(fields),
            Scale = OfBand(fields, "data gain values", chosen) ?? 1.0,
            Offset = OfBand(fields, "data offset values", chosen) ?? 0.0,
            PixelWidthM = pixelWidth,
            PixelHeightM = pixelHeight,
            Body = PlanetBodies.Named(fields.GetValueOrDefault("coordinate system string", "")),
        };
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string name = "";
        var value = new StringBuilder();
        bool inBraces = false;
        foreach (string line in text.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (!inBraces && equals > 0)
            {
                name = line[..equals].Trim();
                value.Clear();
                value.Append(line[(equals + 1)..].Trim());
            }
            else
            {
                value.Append(' ').Append(line.Trim());
            }

            string soFar = value.ToString();
            inBraces = soFar.StartsWith('{') && !soFar.EndsWith('}');
            if (!inBraces && name.Length > 0)
            {
                fields[name] = soFar;
                name = "";
            }
        }

        return fields;
    }

    private static int Whole(string file, Dictionary<string, string> fields, string name)
    {
        if (!fields.TryGetValue(name, out string? value))
        {
            throw new ElevationFormatException(file, $"has no \"{name}\"");
        }

        return int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ElevationFormatException(file, $"\"{name}\" is {value}, expected a whole number");
    }

    private static SampleType TypeOf(string file, int code) => code switch
    {
        1 => SampleType.UInt8,
        2 => SampleType.Int16,
        3 => SampleType.Int32,
        4 => SampleType.Float32,
        5 => SampleType.Float64,
        12 => SampleType.UInt16,
        13 => SampleType.UInt32,
        _ => throw new ElevationFormatException(
            file, string.Create(CultureInfo.InvariantCulture, $"\"data type\" is {code}, expected 1, 2, 3, 4, 5, 12 or 13")),
    };

    /// <summary>Sixth and seventh item of "map info"; 0 if they are missing or in degrees.</summary>
    private static (double Width, double Height) PixelSize(Dictionary<string, string> fields)
    {
        string[] items = fields.TryGetValue("map info", out string? info) ? info.Trim('{', '}', ' ').Split(',') : [];
        bool isInDegrees = items.Length > 0 && (items[0].Contains("Geographic", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(items, item => item.Contains("units", StringComparison.OrdinalIgnoreCase) && item.Contains("degrees", StringComparison.OrdinalIgnoreCase)));
        return !isInDegrees && items.Length >= 7 && TryNumber(items[5], out double width) && TryNumber(items[6], out double height)
            ? (width, height)
            : (0.0, 0.0);
    }

    private static double? NoData(Dictionary<string, string> fields) =>
        fields.TryGetValue("data ignore value", out string? text) && TryNumber(text, out double value) ? value : null;

    // Of a list with an item for each band.
    private static double? OfBand(Dictionary<string, string> fields, string name, int band) =>
        fields.TryGetValue(name, out string? text) && TryNumber(text.Trim('{', '}', ' ').Split(',').ElementAtOrDefault(band) ?? "", out double value) ? value : null;

    private static BandOrder OrderOf(string file, string interleave) => interleave.ToLowerInvariant() switch
    {
        "bsq" => BandOrder.Sequential,
        "bil" => BandOrder.ByLine,
        "bip" => BandOrder.ByPixel,
        _ => throw new ElevationFormatException(file, $"\"interleave\" is {interleave}, expected bsq, bil or bip"),
    };

    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
}
