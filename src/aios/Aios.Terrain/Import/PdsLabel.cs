using System.Globalization;
using System.Text;

namespace Aios.Terrain.Import;

/// <summary>
/// Reads the layout of an IMG from its PDS3 label (Planetary Data System Standards Reference 3.8, chapters 5
/// and 12), attached to the image or in a file of its own.
/// </summary>
public static class PdsLabel
{
    /// <param name="file">Name for messages.</param>
    /// <param name="label">The label, or the image file that begins with it.</param>
    /// <param name="band">Which band has the heights, from 1; 0 for the only one.</param>
    /// <exception cref="ElevationFormatException">A keyword is missing or has a value that is not understood, or there is no such band.</exception>
    public static RasterLayout Parse(string file, ReadOnlySpan<byte> label, int band = 0)
    {
        Dictionary<string, string> values = Keywords(label);
        if (!values.ContainsKey("PDS_VERSION_ID") && !values.ContainsKey("LINE_SAMPLES"))
        {
            throw new ElevationFormatException(file, "is no PDS3 label: neither PDS_VERSION_ID nor LINE_SAMPLES in it");
        }

        Expect(file, values, "LINE_PREFIX_BYTES", 0);
        Expect(file, values, "LINE_SUFFIX_BYTES", 0);
        if (values.TryGetValue("ENCODING_TYPE", out string? encoding) && !encoding.Contains("N/A", StringComparison.Ordinal))
        {
            throw new ElevationFormatException(file, $"ENCODING_TYPE is {encoding}, expected samples that are not compressed");
        }

        int bits = (int)Number(file, values, "SAMPLE_BITS");
        (SampleType type, bool bigEndian) = SampleTypeOf(file, Text(file, values, "SAMPLE_TYPE"), bits);
        double pixel = PixelSize(file, values), unit = UnitOf(values), bands = values.ContainsKey("BANDS") ? Number(file, values, "BANDS") : 1;
        return new RasterLayout
        {
            Width = (int)Number(file, values, "LINE_SAMPLES"),
            Height = (int)Number(file, values, "LINES"),
            SampleType = type,
            BigEndian = bigEndian,
            Band = RasterBands.Choose(file, (long)bands, band),
            Bands = (int)bands,
            BandOrder = bands > 1 ? OrderOf(file, values) : BandOrder.Sequential,
            DataOffset = DataOffset(file, values),
            Scale = values.ContainsKey("SCALING_FACTOR") ? unit * Number(file, values, "SCALING_FACTOR") : unit,
            Offset = HeightOffset(file, values, unit),
            NoData = NoData(file, values, type),
            PixelWidthM = pixel,
            PixelHeightM = pixel,
            Body = PlanetBodies.Named(values.GetValueOrDefault("TARGET_NAME", "")),
        };
    }

    /// <summary>KEYWORD = VALUE lines up to END; the last of several values counts, comments and units are left out.</summary>
    private static Dictionary<string, string> Keywords(ReadOnlySpan<byte> label)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string text = Encoding.Latin1.GetString(label[..Math.Min(label.Length, 65536)]);
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.Trim();
            if (line == "END")
            {
                break;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !line.StartsWith("/*", StringComparison.Ordinal))
            {
                values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
            }
        }

        return values;
    }

    private static string Text(string file, Dictionary<string, string> values, string keyword) =>
        values.TryGetValue(keyword, out string? value)
            ? value.Trim('"', ' ')
            : throw new ElevationFormatException(file, $"has no {keyword}");

    private static double Number(string file, Dictionary<string, string> values, string keyword)
    {
        string value = Text(file, values, keyword).Split(' ', '<')[0].Trim('"');
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new ElevationFormatException(file, $"{keyword} is {value}, expected a number");
    }

    /// <summary>That a keyword has the only value that is read, where it is there at all.</summary>
    private static void Expect(string file, Dictionary<string, string> values, string keyword, double only)
    {
        if (values.ContainsKey(keyword) && Number(file, values, keyword) != only)
        {
            throw new ElevationFormatException(file, string.Create(
                CultureInfo.InvariantCulture, $"{keyword} is {values[keyword]}, expected {only}"));
        }
    }

    private static BandOrder OrderOf(string file, Dictionary<string, string> values) => values.GetValueOrDefault("BAND_STORAGE_TYPE", "BAND_SEQUENTIAL").Trim('"', ' ') switch
    {
        "BAND_SEQUENTIAL" => BandOrder.Sequential,
        "LINE_INTERLEAVED" => BandOrder.ByLine,
        "SAMPLE_INTERLEAVED" => BandOrder.ByPixel,
        var other => throw new ElevationFormatException(file, $"BAND_STORAGE_TYPE is {other}, expected BAND_SEQUENTIAL, LINE_INTERLEAVED or SAMPLE_INTERLEAVED"),
    };

    private static (SampleType Type, bool BigEndian) SampleTypeOf(string file, string type, int bits) => (type, bits) switch
    {
        ("MSB_INTEGER" or "SUN_INTEGER" or "INTEGER" or "MAC_INTEGER", 16) => (SampleType.Int16, true),
        ("MSB_INTEGER" or "SUN_INTEGER" or "INTEGER" or "MAC_INTEGER", 32) => (SampleType.Int32, true),
        ("LSB_INTEGER" or "PC_INTEGER" or "VAX_INTEGER", 16) => (SampleType.Int16, false),
        ("LSB_INTEGER" or "PC_INTEGER" or "VAX_INTEGER", 32) => (SampleType.Int32, false),
        ("MSB_UNSIGNED_INTEGER" or "SUN_UNSIGNED_INTEGER" or "MAC_UNSIGNED_INTEGER" or "UNSIGNED_INTEGER", 16) => (SampleType.UInt16, true),
        ("LSB_UNSIGNED_INTEGER" or "PC_UNSIGNED_INTEGER" or "VAX_UNSIGNED_INTEGER", 16) => (SampleType.UInt16, false),
        ("MSB_UNSIGNED_INTEGER" or "SUN_UNSIGNED_INTEGER" or "MAC_UNSIGNED_INTEGER" or "UNSIGNED_INTEGER", 32) => (SampleType.UInt32, true),
        ("LSB_UNSIGNED_INTEGER" or "PC_UNSIGNED_INTEGER" or "VAX_UNSIGNED_INTEGER", 32) => (SampleType.UInt32, false),
        (_, 8) when type.EndsWith("UNSIGNED_INTEGER", StringComparison.Ordinal) => (SampleType.UInt8, false),
        (_, 8) when type.EndsWith("INTEGER", StringComparison.Ordinal) => (SampleType.Int8, false),
        ("PC_REAL", 32) => (SampleType.Float32, false),
        ("PC_REAL", 64) => (SampleType.Float64, false),
        ("IEEE_REAL" or "SUN_REAL" or "MAC_REAL" or "REAL", 32) => (SampleType.Float32, true),
        ("IEEE_REAL" or "SUN_REAL" or "MAC_REAL" or "REAL", 64) => (SampleType.Float64, true),
        _ => throw new ElevationFormatException(file, string.Create(
            CultureInfo.InvariantCulture, $"SAMPLE_TYPE is {type} of {bits} bits, expected an integer of 8, 16 or 32 bits or a real of 32 or 64")),
    };

    /// <summary>^IMAGE = record (detached: ("name", record)) or bytes: n &lt;BYTES&gt;, both counted from 1.</summary>
    private static long DataOffset(string file, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("^IMAGE", out string? pointer))
        {
            return 0;
        }

        bool inBytes = pointer.Contains("BYTES", StringComparison.Ordinal);
        string position = pointer.Split(',')[^1].Split('<')[0].Trim('(', ')', ' ');
        if (!long.TryParse(position, NumberStyles.Integer, CultureInfo.InvariantCulture, out long start))
        {
            return 0;
        }

        double offset = (start - 1.0) * (inBytes ? 1.0 : Number(file, values, "RECORD_BYTES"));
        return offset is >= 0 and < long.MaxValue
            ? (long)offset
            : throw new ElevationFormatException(file, $"^IMAGE is {pointer}, expected a place in the file, counted from 1");
    }

    /// <summary>LOLA's OFFSET is the reference radius, to which heights are relative anyway; a small one is a height.</summary>
    private static double HeightOffset(string file, Dictionary<string, string> values, double unit)
    {
        double offset = values.ContainsKey("OFFSET") ? unit * Number(file, values, "OFFSET") : 0.0;
        return Math.Abs(offset) > 1e5 ? 0.0 : offset;
    }

    /// <summary>Metres in the image's UNIT: some float maps are in kilometres.</summary>
    private static double UnitOf(Dictionary<string, string> values) =>
        values.GetValueOrDefault("UNIT", "").Trim('"', ' ').StartsWith("KILOMET", StringComparison.OrdinalIgnoreCase) ? 1000.0 : 1.0;

    /// <summary>The sample of pixels without data; labels of reals give its bits as 16#FF7FFFFB#.</summary>
    private static double? NoData(string file, Dictionary<string, string> values, SampleType type)
    {
        string? keyword = Array.Find(["MISSING_CONSTANT", "MISSING", "CORE_NULL"], values.ContainsKey);
        if (keyword is null || Text(file, values, keyword) is "N/A" or "NULL" or "UNK")
        {
            return null;
        }

        string text = Text(file, values, keyword);
        if (!text.StartsWith("16#", StringComparison.Ordinal))
        {
            return Number(file, values, keyword);
        }

        if (!ulong.TryParse(text[3..].TrimEnd('#'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits))
        {
            throw new ElevationFormatException(file, $"{keyword} is {text}, expected 16#, hexadecimal digits and #");
        }

        return type switch
        {
            SampleType.Float32 => BitConverter.UInt32BitsToSingle((uint)bits),
            SampleType.Float64 => BitConverter.UInt64BitsToDouble(bits),
            SampleType.Int8 => (sbyte)bits,
            SampleType.Int16 => (short)bits,
            SampleType.Int32 => (int)bits,
            _ => bits,
        };
    }

    /// <summary>MAP_SCALE in metres or kilometres a pixel; 0 if it is missing.</summary>
    private static double PixelSize(string file, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("MAP_SCALE", out string? scale))
        {
            return 0.0;
        }

        return Number(file, values, "MAP_SCALE") * (scale.Contains("KM", StringComparison.OrdinalIgnoreCase) ? 1000.0 : 1.0);
    }
}
