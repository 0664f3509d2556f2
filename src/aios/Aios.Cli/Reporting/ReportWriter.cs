using System.Globalization;
using System.Text.Json;

namespace Aios.Cli.Reporting;

/// <summary>Writes a mission's report: one HTML file that needs nothing but a browser.</summary>
public static class ReportWriter
{
    private const string TemplateName = "Aios.Cli.Reporting.report.html";
    private const int MapSize = 900;
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the report to a file; an existing one is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ReportData data, string path) => File.WriteAllText(path, ToHtml(data));

    /// <summary>The report as HTML.</summary>
    public static string ToHtml(ReportData data)
    {
        using var stream = typeof(ReportWriter).Assembly.GetManifestResourceStream(TemplateName)
            ?? throw new InvalidOperationException($"the report's template {TemplateName} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("<!--TITLE-->", System.Net.WebUtility.HtmlEncode(data.Mission), StringComparison.Ordinal)
            .Replace("<!--MAP-->", MissionPicture.ToSvg(data, MapSize), StringComparison.Ordinal)
            .Replace("/*DATA*/null", JsonSerializer.Serialize(Content(data), Json), StringComparison.Ordinal);
    }

    private static object Content(ReportData data) => new
    {
        data.Mission,
        data.Outcome,
        data.Reason,
        data.Facts,
        Rovers = data.Rovers.Select((r, i) => new
        {
            r.Name,
            r.Role,
            r.State,
            r.IsDead,
            Colour = MissionPicture.ColourOf(i),
            DistanceM = Round(r.DistanceM, 1),
            EnergyWh = Round(r.EnergyWh, 1),
            r.Collisions,
            r.TipOvers,
            RmseM = Round(r.LocalisationRmseM, 3),
            MaxM = Round(r.LocalisationMaxM, 3),
            Track = r.Track.Select(p => new[] { Round(p.Time, 1), Round(p.X, 2), Round(p.Y, 2) }),
        }),
        Coverage = data.Coverage.Select(c => new[] { Round(c.Time, 1), Round(c.Coverage, 4) }),
        data.CoverageGoal,
        Seen = Seen(data),
        Events = data.Events.Select(e => new { T = Round(e.Time, 2), e.Severity, e.Source, e.Kind, e.Subject, e.Detail, e.Values }),
        Faults = data.Faults.Select(f => new { f.Kind, f.Subject, f.Object, f.Injected, f.Detected, f.Recovered }),
        data.Criteria,
    };

    /// <summary>
    /// When each cell of the map became known, as a picture of its size: red 0 to 254 for the start to the end of the
    /// tracks, 255 for never. Null where that was not kept.
    /// </summary>
    private static string? Seen(ReportData data)
    {
        if (data.Map.SeenAt is not { } seenAt)
        {
            return null;
        }

        var end = Math.Max(1, data.Rovers.Max(rover => rover.Track.Count > 0 ? rover.Track[^1].Time : 0));
        var (width, height) = (data.Map.Geometry.Width, data.Map.Geometry.Height);
        var pixels = new byte[seenAt.Length * 4];
        for (var i = 0; i < seenAt.Length; i++)
        {
            var (row, col) = Math.DivRem(i, width);
            var at = (((height - 1 - row) * width) + col) * 4;
            pixels[at] = float.IsNaN(seenAt[i]) ? byte.MaxValue : (byte)Math.Min(seenAt[i] / end * 254, 254);
            pixels[at + 3] = byte.MaxValue;
        }

        return "data:image/png;base64," + Convert.ToBase64String(PngEncoder.Encode(pixels, width, height));
    }

    /// <summary>Rounds for display; JSON knows no NaN, so that becomes null.</summary>
    private static double? Round(double value, int digits) =>
        double.IsFinite(value) ? double.Parse(value.ToString("F" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
