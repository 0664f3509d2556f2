using Aios.Cli.Missions;
using Aios.Cli.Views;
using Aios.Mission;
using Aios.Numerics;
using Spectre.Console;

namespace Aios.Cli.Tests.Views;

public class ViewTests
{
    private static readonly MissionEvent Alert = new(65_000_000_000, EventSeverity.Alert, "rover_2", "rover_lost", "rover_1", "no [heartbeat]", []);

    [Fact]
    public void MapWidget_KnownUnknownAndRovers_AreDrawn()
    {
        var lines = Draw(new MapWidget(Snapshot(), 8), 8);

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Equal(8, line.Length));
        Assert.Equal('1', lines[3][0]); // lower left: north is up
        Assert.Equal('x', lines[0][7]); // upper right, dead
        Assert.Equal('\u2580', lines[1][3]);
    }

    [Fact]
    public void MapWidget_NoMapYet_SaysSo() =>
        Assert.Equal("waiting for the first map", Draw(new MapWidget(Snapshot() with { Elevation = null }, 8), 40)[0]);

    [Fact]
    public void ElevationColours_HighGround_IsLighterThanLowAndUnknownIsItsOwn()
    {
        var colours = new ElevationColours(Elevation());

        Assert.Equal(ElevationColours.Unknown, colours.At(1.5, 6.5));
        Assert.Equal(ElevationColours.Unknown, colours.At(-100, 0));
        Assert.True(Brightness(colours.At(7.5, 3.5)) > Brightness(colours.At(0.5, 3.5)));
    }

    [Fact]
    public void LiveView_Picture_HasRoversCoverageAndTime()
    {
        using var output = new StringWriter();
        var console = Console(output, 120);

        console.Write(new LiveView(console, Mission()).Draw(Snapshot()));

        var text = output.ToString();
        Assert.Contains("rover_1", text, StringComparison.Ordinal);
        Assert.Contains("dead", text, StringComparison.Ordinal);
        Assert.Contains("62.5 %", text, StringComparison.Ordinal);
        Assert.Contains("02:05 of 40:00, 21.0 x real time", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainView_Snapshots_GiveNoticesAndProgress()
    {
        using var output = new StringWriter();
        var debug = Alert with { Severity = EventSeverity.Info, Kind = "phase_changed" };

        new PlainView(output, TimeSpan.Zero).Show(progress => progress(Snapshot() with { Events = [debug, Alert] }));

        Assert.Equal(
            "01:05  ALERT   rover_2: rover lost rover_1: no [heartbeat]\n"
            + "02:05  coverage 62.5 %, 21.0 x real time, rover_1 exploring, rover_2 dead\n",
            output.ToString());
    }

    [Theory]
    [InlineData(0, "00:00")]
    [InlineData(59.999, "00:59")]
    [InlineData(3661, "61:01")]
    [InlineData(double.NaN, "00:00")]
    public void Clock_Seconds_AreMinutesAndSeconds(double seconds, string text) => Assert.Equal(text, EventText.Clock(seconds));

    private static int Brightness(Color colour) => colour.R + colour.G + colour.B;

    private static ResolvedMission Mission() =>
        MissionFile.Load(AiosHome.FindFile(MissionFiles.Default)!).Mission!.Resolve(1);

    // Rises towards +x; the rows above y = 6 are unknown except at the right edge.
    private static Grid<float> Elevation()
    {
        var grid = new Grid<float>(new GridGeometry(8, 8, 1, 0, 0), float.NaN);
        for (var row = 0; row < 8; row++)
        {
            for (var column = 0; column < 8; column++)
            {
                grid[column, row] = row < 6 ? column : float.NaN;
            }
        }

        return grid;
    }

    private static MissionSnapshot Snapshot() => new()
    {
        Time = 125,
        Coverage = 0.625,
        RealTimeFactor = 21,
        Elevation = Elevation(),
        Rovers =
        [
            new RoverSnapshot("rover_1", new Pose2(0.5, 0.5, 0), "exploring", 0.8, 12),
            new RoverSnapshot("rover_2", new Pose2(7.5, 7.5, 0), "dead", double.NaN, 30),
        ],
        Events = [],
    };

    private static string[] Draw(MapWidget widget, int width)
    {
        using var output = new StringWriter();
        Console(output, width).Write(widget);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static IAnsiConsole Console(TextWriter output, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = width;
        console.Profile.Height = 40;
        return console;
    }
}
