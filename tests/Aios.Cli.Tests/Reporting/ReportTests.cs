using System.Text.RegularExpressions;
using Aios.Cli.Reporting;
using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Tests.Reporting;

public sealed class ReportTests
{
    [Fact]
    public void Png_OfTwoPixels_HasTheSizeAndEndsWell()
    {
        var png = PngEncoder.Encode([255, 0, 0, 255, 0, 255, 0, 128], 2, 1);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Assert.Equal([0, 0, 0, 2, 0, 0, 0, 1, 8, 6], png[16..26]);
        Assert.Equal([0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82], png[^12..]);
    }

    [Fact]
    public void Png_WithWrongSize_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(new byte[7], 2, 1));
    }

    [Fact]
    public void Hillshade_SlopeTowardsTheLight_IsBrighterThanAwayFromIt()
    {
        var geometry = new GridGeometry(9, 9, 1, 0, 0);
        var towards = Pixel(geometry, (col, row) => 0.5f * col);
        var away = Pixel(geometry, (col, row) => -0.5f * col);

        Assert.True(towards > away, $"{towards} > {away}");
    }

    [Fact]
    public void Hillshade_UnknownCell_IsTransparent()
    {
        var geometry = new GridGeometry(2, 2, 1, 0, 0);

        var pixels = HillshadePainter.Paint(geometry, [1f, 1f, float.NaN, 1f], 1);

        Assert.Equal((0, 255), (pixels[3], pixels[7]));
    }

    [Fact]
    public void Html_NeedsNothingFromOutside_AndHoldsTheData()
    {
        var html = ReportWriter.ToHtml(Sample());

        Assert.DoesNotMatch(new Regex("(src|href)=\"(?!data:)", RegexOptions.None, TimeSpan.FromSeconds(5)), html);
        Assert.DoesNotContain("/*DATA*/", html, StringComparison.Ordinal);
        Assert.Contains("\"mission\":\"crater-survey\"", html, StringComparison.Ordinal);
        Assert.Contains("\\u003Cscript\\u003E", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Picture_ShowsTracksAndTheDeadRover()
    {
        var svg = MissionPicture.ToSvg(Sample(), 400);

        Assert.Equal(2, Regex.Count(svg, "class=\"track\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Single(Regex.Matches(svg, "#c1121f", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    private static int Pixel(GridGeometry geometry, Func<int, int, float> height)
    {
        var elevation = new float[geometry.CellCount];
        for (var i = 0; i < elevation.Length; i++)
        {
            elevation[i] = height(i % geometry.Width, i / geometry.Width);
        }

        return HillshadePainter.Paint(geometry, elevation, 1)[(4 * 9 * 4) + (4 * 4)];
    }

    private static ReportData Sample() => new()
    {
        Mission = "crater-survey",
        Outcome = "success",
        Reason = "all criteria hold <script>",
        Facts = [new("coverage", "97 %")],
        Map = new ReportMap(new GridGeometry(4, 4, 1, -2, -2), new float[16], -2, -2, 2, 2),
        Rovers =
        [
            new("rover_1", "explorer", "home", false, [new(0, 0, 0), new(1, 1, 1)], 1.4, 2, 0, 0, 0.1, double.NaN),
            new("rover_2", "explorer", "dead", true, [new(0, 0, 0), new(1, -1, 1)], 1.4, 2, 0, 0, 0.1, 0.2),
        ],
        Coverage = [new(0, 0), new(1, 0.97)],
        CoverageGoal = 0.95,
        Events = [new(0.5, 3, "planet", "fault_injected", "rover_2", "rover_death")],
        Faults = [new FaultRecord("rover_death", "rover_2", "", 0.5, 0.8)],
        Criteria = [new("coverage ≥ 95 %", "97 %", true)],
    };
}
