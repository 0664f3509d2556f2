using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Aios.Cli.Benchmarks;

/// <summary>
/// Failure detection as one SVG picture: how many dead rovers are suspected after how much silence, and what that costs in
/// false suspicions beside fixed time-outs. It carries its figures as JSON in <c>metadata</c>.
/// </summary>
internal static class DetectionCurve
{
    private const double Left = 60;
    private const double Top = 40;
    private const double Width = 420;
    private const double Height = 300;
    private const double Second = 560;
    private const string Begin = "<metadata id=\"figures\">";
    private const string End = "</metadata>";
    private const string Accrual = "phi";

    /// <summary>By loss, from none to the most: legible for colour-blind readers (Okabe and Ito).</summary>
    private static readonly string[] Colours = ["#0072b2", "#009e73", "#e69f00", "#d55e00", "#cc79a7"];

    /// <summary>Draws the points of a measurement.</summary>
    public static string ToSvg(IReadOnlyList<DetectionBenchmark> points)
    {
        var svg = new StringBuilder();
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1040 420\" font-family=\"system-ui,sans-serif\" font-size=\"13\" role=\"img\" aria-label=\"Time to the detection of a silent rover\">\n");
        svg.Append(Begin).Append(JsonSerializer.Serialize(points)).Append(End).Append('\n');
        svg.Append("<rect width=\"1040\" height=\"420\" fill=\"#ffffff\"/>\n");
        DrawSilence(svg, points);
        DrawLoss(svg, points);
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>The figures that a picture of <see cref="ToSvg"/> carries.</summary>
    /// <exception cref="FormatException">The text is no such picture.</exception>
    public static IReadOnlyList<DetectionBenchmark> ReadFigures(string svg)
    {
        var from = svg.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = svg.IndexOf(End, StringComparison.Ordinal);
        return from >= Begin.Length && to > from
            ? JsonSerializer.Deserialize<DetectionBenchmark[]>(svg[from..to]) ?? []
            : throw new FormatException("no figures in the picture");
    }

    /// <summary>Part of the dead that are suspected, over the silence, a line for each loss.</summary>
    private static void DrawSilence(StringBuilder svg, IReadOnlyList<DetectionBenchmark> points)
    {
        var most = DetectionBenchmark.Silences[^1];
        Frame(svg, Left, "Silent rovers suspected, by message loss", "silence, s");
        for (var tick = 0; tick <= 4; tick++)
        {
            Tick(svg, Left, tick / most, Text($"{tick}"));
            Level(svg, Left, tick / 4.0, Text($"{tick * 25} %"));
        }

        var colour = 0;
        foreach (var point in points.Where(point => point.Detector == Accrual))
        {
            var line = point.Suspected.Select((part, i) => Text($"{X(Left, DetectionBenchmark.Silences[i] / most):0.#},{Y(part):0.#}"));
            svg.Append(Text($"<path class=\"silence\" d=\"M{string.Join('L', line)}\" fill=\"none\" stroke=\"{Colours[colour]}\" stroke-width=\"2.5\"/>\n"));
            Legend(svg, Left + 16, Top + 20 + (18 * colour), Colours[colour], Text($"{point.Loss * 100:0} % lost"));
            colour = (colour + 1) % Colours.Length;
        }
    }

    /// <summary>99th percentile of the time to suspicion over the loss, a line for each detector, with its false suspicions.</summary>
    private static void DrawLoss(StringBuilder svg, IReadOnlyList<DetectionBenchmark> points)
    {
        const double MostSeconds = 5;
        const double MostLoss = 0.4;
        Frame(svg, Second, "99 of 100 suspected after … s (false suspicions in 10⁶ intervals)", "message loss");
        for (var tick = 0; tick <= 4; tick++)
        {
            Tick(svg, Second, tick / 4.0, Text($"{tick * 10} %"));
        }

        for (var tick = 0; tick <= (int)MostSeconds; tick++)
        {
            Level(svg, Second, tick / MostSeconds, Text($"{tick} s"));
        }

        var colour = 0;
        foreach (var detector in points.GroupBy(point => point.Detector))
        {
            var isOwn = detector.Key == Accrual;
            var line = detector.Select(point => Text($"{X(Second, point.Loss / MostLoss):0.#},{Y(point.P99S / MostSeconds):0.#}"));
            svg.Append(Text($"<path class=\"loss\" d=\"M{string.Join('L', line)}\" fill=\"none\" stroke=\"{Colours[colour]}\" stroke-width=\"{(isOwn ? 3 : 1.5)}\"/>\n"));
            foreach (var point in detector)
            {
                svg.Append(Text($"<text x=\"{X(Second, point.Loss / MostLoss):0.#}\" y=\"{Y(point.P99S / MostSeconds) - 6:0.#}\" text-anchor=\"middle\" font-size=\"10\" fill=\"{Colours[colour]}\">{point.FalsePerMillion:0}</text>\n"));
            }

            Legend(svg, Second + 16 + (110 * colour), Top + Height - 12, Colours[colour], isOwn ? "accrual" : $"time-out {detector.Key}");
            colour = (colour + 1) % Colours.Length;
        }
    }

    private static double X(double left, double part) => left + (Width * part);

    private static double Y(double part) => Top + (Height * (1 - part));

    private static void Frame(StringBuilder svg, double left, string title, string axis)
    {
        svg.Append(Text($"<text x=\"{left}\" y=\"{Top - 14}\" font-weight=\"600\">{title}</text>\n"));
        svg.Append(Text($"<rect x=\"{left}\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"#888\"/>\n"));
        svg.Append(Text($"<text x=\"{left + (Width / 2)}\" y=\"{Top + Height + 40}\" text-anchor=\"middle\">{axis}</text>\n"));
    }

    private static void Tick(StringBuilder svg, double left, double part, string label) => svg.Append(Text(
        $"<text x=\"{X(left, part):0.#}\" y=\"{Top + Height + 18}\" text-anchor=\"middle\">{label}</text>\n"));

    private static void Level(StringBuilder svg, double left, double part, string label)
    {
        svg.Append(Text($"<text x=\"{left - 8}\" y=\"{Y(part) + 4:0.#}\" text-anchor=\"end\">{label}</text>\n"));
        svg.Append(Text($"<path d=\"M{left} {Y(part):0.#}h{Width}\" stroke=\"#ddd\"/>\n"));
    }

    private static void Legend(StringBuilder svg, double x, double y, string colour, string label) => svg.Append(Text(
        $"<path d=\"M{x} {y}h18\" stroke=\"{colour}\" stroke-width=\"3\"/><text x=\"{x + 24}\" y=\"{y + 4}\" font-size=\"12\">{label}</text>\n"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
