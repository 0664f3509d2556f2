using System.Buffers.Binary;
using Aios.Cli.Reporting;
using Aios.Numerics;

namespace Aios.Cli.Tests.Reporting;

public sealed class MissionRasterTests
{
    private const int PixelsPerMetre = 10; // cells of 0.5 m, 5 pixels each

    [Fact]
    public void Png_OfTwentyMetres_IsTheAreaWithItsMargin()
    {
        var png = new MissionRaster(Data(Rover("rover_1", false)), 5).ToPng();

        Assert.Equal(240, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(240, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
    }

    [Fact]
    public void Track_IsInTheRoversColourAndOutlined()
    {
        var canvas = new MissionRaster(Data(Rover("rover_1", false)), 5).Draw();

        Assert.Equal(Rgb.Parse(MissionPicture.ColourOf(0)), At(canvas, 0, -4));
        Assert.True(Brightness(canvas, 0, -4.25) < Brightness(canvas, 0, -5), "outline is darker than the ground");
    }

    [Fact]
    public void SecondTrack_HasAnotherColour()
    {
        var moved = Rover("rover_2", false) with { Track = [new(0, -5, 6), new(1, 5, 6)] };

        var canvas = new MissionRaster(Data(Rover("rover_1", false), moved), 5).Draw();

        Assert.Equal(Rgb.Parse(MissionPicture.ColourOf(1)), At(canvas, 0, 6));
    }

    [Fact]
    public void End_OfALivingRover_IsADiscWithItsNumber()
    {
        var canvas = new MissionRaster(Data(Rover("rover_1", false)), 5).Draw();

        Assert.Equal(Rgb.Parse(MissionPicture.ColourOf(0)), At(canvas, 5.8, -4));
        Assert.Equal(new Rgb(0x14, 0x10, 0x0f), At(canvas, 5, -4));
    }

    [Fact]
    public void End_OfADeadRover_IsRedWithAWhiteCross()
    {
        var canvas = new MissionRaster(Data(Rover("rover_1", true)), 5).Draw();

        Assert.Equal(new Rgb(255, 255, 255), At(canvas, 5, -4));
        Assert.Equal(new Rgb(0xc1, 0x12, 0x1f), At(canvas, 5.9, -4));
    }

    [Fact]
    public void Rover_WithoutTrack_IsLeftOut()
    {
        var empty = new MissionRaster(Data(), 5).Draw();

        var canvas = new MissionRaster(Data(Rover("rover_1", true) with { Track = [] }), 5).Draw();

        Assert.True(empty.Pixels.SequenceEqual(canvas.Pixels));
    }

    [Fact]
    public void UnknownGround_IsTheBackground()
    {
        var data = Data();

        var canvas = new MissionRaster(data with { Map = data.Map with { Elevation = [.. data.Map.Elevation.Select(_ => float.NaN)] } }, 5).Draw();

        Assert.Equal(new Rgb(0x14, 0x10, 0x0f), At(canvas, 0, 0));
    }

    [Fact]
    public void LargeArea_HasFewerPixelsPerCell()
    {
        var data = Data();

        var canvas = new MissionRaster(data with { Map = data.Map with { MinX = -498, MaxX = 498, MinY = -498, MaxY = 498 } }, 5).Draw();

        Assert.Equal((2000, 2000), (canvas.Width, canvas.Height));
    }

    private static Rgb At(Canvas canvas, double x, double y)
    {
        var column = (int)((x + 12) * PixelsPerMetre);
        var row = (int)((12 - y) * PixelsPerMetre);
        var pixel = canvas.Pixels.Slice(((row * canvas.Width) + column) * 4, 4);
        return new Rgb(pixel[0], pixel[1], pixel[2]);
    }

    [Fact]
    public void Draw_UntilATime_ShowsOnlyWhatWasKnownAndDriven()
    {
        var data = Data(Rover("rover_1", true) with { Track = [new(0, -5, -4), new(10, 5, -4)] });
        var seenAt = Enumerable.Range(0, 3600).Select(i => i % 60 < 30 ? 1f : 8f).ToArray(); // west early, east late
        var raster = new MissionRaster(data with { Map = data.Map with { SeenAt = seenAt } }, 5);

        var early = raster.Draw(5);

        Assert.NotEqual(new Rgb(0x14, 0x10, 0x0f), At(early, -6, 5));
        Assert.Equal(new Rgb(0x14, 0x10, 0x0f), At(early, 6, 5));
        Assert.Equal(new Rgb(0x14, 0x10, 0x0f), At(early, 5, -4));
        Assert.NotEqual(new Rgb(0x14, 0x10, 0x0f), At(raster.Draw(9), 6, 5));
        Assert.Equal(new Rgb(255, 255, 255), At(raster.Draw(10), 5, -4));
    }

    private static int Brightness(Canvas canvas, double x, double y)
    {
        var (r, g, b) = At(canvas, x, y);
        return r + g + b;
    }

    private static ReportRover Rover(string name, bool isDead) =>
        new(name, "explorer", isDead ? "dead" : "home", isDead, [new(0, -5, -4), new(1, 5, -4)], 10, 1, 0, 0, 0, 0);

    private static ReportData Data(params ReportRover[] rovers) => new()
    {
        Mission = "test",
        Outcome = "success",
        Reason = "all criteria hold",
        Facts = [],
        Map = new ReportMap(new GridGeometry(60, 60, 0.5, -15, -15), [.. Enumerable.Range(0, 3600).Select(i => i % 60 * 0.01f)], -10, -10, 10, 10),
        Rovers = rovers,
        Coverage = [],
        CoverageGoal = 0.95,
        Events = [],
        Faults = [],
        Criteria = [],
    };
}
