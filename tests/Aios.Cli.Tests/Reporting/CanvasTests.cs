using Aios.Cli.Reporting;

namespace Aios.Cli.Tests.Reporting;

public sealed class CanvasTests
{
    private static readonly Rgb Black = new(0, 0, 0);
    private static readonly Rgb White = new(255, 255, 255);

    [Fact]
    public void Box_OnPixelEdges_FillsItsPixelsAndNoOthers()
    {
        var canvas = new Canvas(4, 3, Black);

        canvas.AddBox(1, 1, 3, 2);
        canvas.Fill(White);

        Assert.Equal([0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0], Reds(canvas));
    }

    [Fact]
    public void Disc_OfRadiusEight_HasItsAreaWithinOnePercent()
    {
        var canvas = new Canvas(24, 24, Black);

        canvas.AddDisc(12.3, 11.8, 8);
        canvas.Fill(White);

        Assert.Equal(Math.PI * 64, Reds(canvas).Sum(red => red / 255.0), Math.PI * 0.64);
    }

    [Fact]
    public void Ring_Middle_StaysEmpty()
    {
        var canvas = new Canvas(21, 21, Black);

        canvas.AddRing(10.5, 10.5, 8, 2);
        canvas.Fill(White);

        var reds = Reds(canvas);
        Assert.Equal((0, 255), (reds[(10 * 21) + 10], reds[(10 * 21) + 18]));
    }

    [Fact]
    public void Line_Slanted_HasSoftEdges()
    {
        var canvas = new Canvas(20, 20, Black);

        canvas.AddLine(2, 3, 17, 11, 3);
        canvas.Fill(White);

        var reds = Reds(canvas);
        Assert.Contains(255, reds);
        Assert.Contains(reds, red => red is > 60 and < 200);
    }

    [Fact]
    public void TranslucentLines_WhereTheyCross_AreNoDarker()
    {
        var canvas = new Canvas(11, 11, White);

        canvas.AddLine(0, 5.5, 11, 5.5, 3);
        canvas.AddLine(5.5, 0, 5.5, 11, 3);
        canvas.Fill(Black, 0.5);

        var reds = Reds(canvas);
        Assert.Equal(reds[(5 * 11) + 1], reds[(5 * 11) + 5]);
        Assert.InRange(reds[(5 * 11) + 5], 127, 128);
    }

    [Fact]
    public void Fill_Twice_PaintsOnlyWhatWasAddedSince()
    {
        var canvas = new Canvas(4, 1, Black);
        canvas.AddBox(0, 0, 1, 1);
        canvas.Fill(White);

        canvas.AddBox(3, 0, 4, 1);
        canvas.Fill(new Rgb(7, 7, 7));

        Assert.Equal([255, 0, 0, 7], Reds(canvas));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(-1e9, 1e9)]
    public void Shapes_OutsideOrNotFinite_ChangeNothing(double x, double y)
    {
        var canvas = new Canvas(5, 5, Black);

        canvas.AddDisc(x, y, 3);
        canvas.AddLine(x, y, x, y, 2);
        canvas.Fill(White);

        Assert.All(Reds(canvas), red => Assert.Equal(0, red));
    }

    [Fact]
    public void Draw_PictureHangingOver_IsCutOff()
    {
        var canvas = new Canvas(2, 2, Black);
        byte[] green = [0, 200, 0, 255];

        canvas.Draw([.. green, .. green, .. green, .. green], 2, -1, 1);

        Assert.Equal([0, 0, 200, 0], Channel(canvas, 1));
    }

    [Fact]
    public void Draw_TransparentPixel_LeavesWhatIsBelow()
    {
        var canvas = new Canvas(1, 1, White);

        canvas.Draw([0, 0, 0, 0], 1, 0, 0);

        Assert.Equal([255], Reds(canvas));
    }

    [Theory]
    [InlineData("56b4e9")]
    [InlineData("#56b4e")]
    [InlineData("#56b4eg")]
    public void Rgb_MalformedText_IsRefused(string text) => Assert.Throws<FormatException>(() => Rgb.Parse(text));

    [Fact]
    public void Rgb_HexText_IsRead() => Assert.Equal(new Rgb(0x56, 0xb4, 0xe9), Rgb.Parse("#56b4e9"));

    private static int[] Reds(Canvas canvas) => Channel(canvas, 0);

    private static int[] Channel(Canvas canvas, int channel) =>
        [.. Enumerable.Range(0, canvas.Width * canvas.Height).Select(i => (int)canvas.Pixels[(i * 4) + channel])];
}
