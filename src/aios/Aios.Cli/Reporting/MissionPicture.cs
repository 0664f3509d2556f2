using System.Globalization;
using System.Text;
using Aios.Mission;

namespace Aios.Cli.Reporting;

/// <summary>Draws a mission as one SVG picture: terrain, area, tracks, start and end of each rover.</summary>
public static class MissionPicture
{
    private const int PixelsPerCell = 3;

    /// <summary>Colour of each rover in turn: distinct also for colour-blind readers (Okabe and Ito).</summary>
    private static readonly string[] Palette =
        ["#56b4e9", "#f0e442", "#009e73", "#e69f00", "#cc79a7", "#0072b2", "#d55e00", "#ffffff"];

    /// <summary>Colour of the rover with this index.</summary>
    public static string ColourOf(int rover) => Palette[rover % Palette.Length];

    /// <summary>Red for what nobody enters, amber for what a permit opens.</summary>
    public static string ColourOf(ZoneSpec zone) => zone.Kind == ZoneKind.KeepOut ? "#ff4d4d" : "#ffb000";

    /// <summary>Draws the picture. Its user units are metres, y up turned to y down.</summary>
    /// <param name="data">What to draw.</param>
    /// <param name="size">Width and height of the picture, px.</param>
    public static string ToSvg(ReportData data, int size)
    {
        var map = data.Map;
        const double Margin = 2.0;
        var minX = map.MinX - Margin;
        var maxY = map.MaxY + Margin;
        var span = Math.Max(map.MaxX - map.MinX, map.MaxY - map.MinY) + (2 * Margin);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" width=\"{size}\" height=\"{size}\" viewBox=\"{minX:0.##} {-maxY:0.##} {span:0.##} {span:0.##}\" role=\"img\" aria-label=\"Map of the mission\">\n"));
        svg.Append(Invariant($"<rect x=\"{minX:0.##}\" y=\"{-maxY:0.##}\" width=\"{span:0.##}\" height=\"{span:0.##}\" fill=\"#14100f\"/>\n"));
        AppendTerrain(svg, map);
        AppendArea(svg, map);
        foreach (var zone in data.Zones)
        {
            AppendZone(svg, zone);
        }

        for (var i = 0; i < data.Rovers.Count; i++)
        {
            AppendRover(svg, data.Rovers[i], ColourOf(i));
        }

        AppendScale(svg, minX + 2.5, -maxY + span - 2.0);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static void AppendTerrain(StringBuilder svg, ReportMap map)
    {
        var g = map.Geometry;
        var png = PngEncoder.Encode(
            HillshadePainter.Paint(g, map.Elevation, PixelsPerCell), g.Width * PixelsPerCell, g.Height * PixelsPerCell);
        var width = g.Width * g.Resolution;
        var height = g.Height * g.Resolution;
        svg.Append(Invariant($"<image x=\"{g.OriginX:0.###}\" y=\"{-(g.OriginY + height):0.###}\" width=\"{width:0.###}\" height=\"{height:0.###}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>\n"));
    }

    private static void AppendArea(StringBuilder svg, ReportMap map) =>
        svg.Append(Invariant($"<rect x=\"{map.MinX:0.##}\" y=\"{-map.MaxY:0.##}\" width=\"{map.MaxX - map.MinX:0.##}\" height=\"{map.MaxY - map.MinY:0.##}\" fill=\"none\" stroke=\"#ffffff\" stroke-opacity=\"0.55\" stroke-width=\"0.15\" stroke-dasharray=\"1 0.8\"/>\n"));

    private static void AppendZone(StringBuilder svg, ZoneSpec zone)
    {
        var corners = new StringBuilder();
        var vertices = zone.Area.Vertices;
        for (var i = 0; i < vertices.Length; i += 2)
        {
            corners.Append(Invariant($"{vertices[i]:0.##},{-vertices[i + 1]:0.##} "));
        }

        svg.Append(Invariant($"<polygon class=\"zone {zone.KindName}\" points=\"{corners}\" fill=\"{ColourOf(zone)}\" fill-opacity=\"0.3\" stroke=\"{ColourOf(zone)}\" stroke-width=\"0.2\"><title>{Xml(zone.ToString())}</title></polygon>\n"));
        svg.Append(Invariant($"<text x=\"{vertices[0]:0.##}\" y=\"{-vertices[1] - 0.4:0.##}\" font-family=\"system-ui,sans-serif\" font-size=\"1.3\" fill=\"{ColourOf(zone)}\" stroke=\"#14100f\" stroke-width=\"0.3\" paint-order=\"stroke\">{Xml(zone.Name)}</text>\n"));
    }

    private static void AppendRover(StringBuilder svg, ReportRover rover, string colour)
    {
        if (rover.Track.Count == 0)
        {
            return;
        }

        var points = new StringBuilder();
        foreach (var p in rover.Track)
        {
            points.Append(Invariant($"{p.X:0.##},{-p.Y:0.##} "));
        }

        svg.Append(Invariant($"<polyline class=\"outline\" points=\"{points}\" fill=\"none\" stroke=\"#000\" stroke-opacity=\"0.45\" stroke-width=\"0.55\" stroke-linejoin=\"round\"/>\n"));
        svg.Append(Invariant($"<polyline class=\"track\" points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"0.28\" stroke-linejoin=\"round\"/>\n"));
        var start = rover.Track[0];
        var end = rover.Track[^1];
        svg.Append(Invariant($"<circle cx=\"{start.X:0.##}\" cy=\"{-start.Y:0.##}\" r=\"0.55\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"0.2\"/>\n"));
        svg.Append(rover.IsDead
            ? Invariant($"<g class=\"end\" transform=\"translate({end.X:0.##} {-end.Y:0.##})\"><circle r=\"1.25\" fill=\"#c1121f\" stroke=\"#fff\" stroke-width=\"0.15\"/><path d=\"M-.55-.55L.55.55M.55-.55L-.55.55\" stroke=\"#fff\" stroke-width=\"0.3\" stroke-linecap=\"round\"/></g>\n")
            : Invariant($"<circle class=\"end\" cx=\"{end.X:0.##}\" cy=\"{-end.Y:0.##}\" r=\"0.8\" fill=\"{colour}\" stroke=\"#14100f\" stroke-width=\"0.2\"/>\n"));
        svg.Append(Invariant($"<text class=\"end\" x=\"{end.X + 1.4:0.##}\" y=\"{-end.Y + 0.5:0.##}\" font-family=\"system-ui,sans-serif\" font-size=\"1.6\" font-weight=\"600\" fill=\"#fff\" stroke=\"#14100f\" stroke-width=\"0.3\" paint-order=\"stroke\">{Xml(rover.Name)}</text>\n"));
    }

    private static void AppendScale(StringBuilder svg, double x, double y) =>
        svg.Append(Invariant($"<path d=\"M{x:0.##} {y - 0.5:0.##}v.5h10v-.5\" fill=\"none\" stroke=\"#fff\" stroke-width=\"0.15\"/><text x=\"{x + 5:0.##}\" y=\"{y - 0.35:0.##}\" text-anchor=\"middle\" font-family=\"system-ui,sans-serif\" font-size=\"1.3\" fill=\"#fff\" stroke=\"#14100f\" stroke-width=\"0.3\" paint-order=\"stroke\">10 m</text>\n"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Xml(string text) => System.Net.WebUtility.HtmlEncode(text);
}
