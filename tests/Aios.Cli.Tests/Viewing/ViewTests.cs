using System.Buffers.Binary;
using System.Text.Json;
using Aios.Cli.Viewing;
using Aios.Numerics;

namespace Aios.Cli.Tests.Viewing;

public sealed class ViewTests
{
    [Theory]
    [InlineData("""{"cmd":"hold","rover":1}""", ViewCommandKind.Hold, 1, 0, 0)]
    [InlineData("""{"cmd":"goto","rover":0,"x":3.5,"y":-2}""", ViewCommandKind.GoTo, 0, 3.5, -2)]
    [InlineData("""{"cmd":"pace","x":0}""", ViewCommandKind.Pace, 0, 0, 0)]
    public void Command_Known_IsRead(string text, object kind, int rover, double x, double y)
    {
        Assert.True(ViewCommand.TryParse(text, 2, out var command));
        Assert.Equal(new ViewCommand((ViewCommandKind)kind, rover, x, y), command);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"cmd\":7}")]
    [InlineData("""{"cmd":"explode","rover":0}""")]
    [InlineData("""{"cmd":"hold","rover":2}""")]
    [InlineData("""{"cmd":"hold","rover":-1}""")]
    [InlineData("""{"cmd":"hold","rover":0.5}""")]
    [InlineData("""{"cmd":"goto","rover":0,"x":1e9,"y":0}""")]
    [InlineData("""{"cmd":"goto","rover":0,"x":"NaN","y":0}""")]
    [InlineData("""{"cmd":"pace","x":-1}""")]
    public void Command_AnythingElse_IsNone(string text) => Assert.False(ViewCommand.TryParse(text, 2, out _));

    [Fact]
    public void Map_TellsOnlyTilesInWhichSomethingIsNew()
    {
        var geometry = new GridGeometry(32, 32, 0.2, -3.2, -3.2);
        var map = new ViewMap(geometry);
        var history = new ViewHistory();
        var elevation = new float[geometry.CellCount];
        Array.Fill(elevation, float.NaN);
        map.Update(1, elevation, null, history);
        Assert.Equal(0, history.Count);

        elevation[geometry.Index(20, 3)] = 1.5f;
        map.Update(2, elevation, null, history);
        elevation[geometry.Index(20, 3)] = 1.505f; // less than shows
        map.Update(3, elevation, null, history);

        var patch = Assert.Single(Messages(history)).Content;
        Assert.Equal((1, 1, 2.0), (patch[0], BinaryPrimitives.ReadUInt16LittleEndian(patch.AsSpan(2)), BinaryPrimitives.ReadDoubleLittleEndian(patch.AsSpan(4))));
        Assert.Equal((1, 0), (BinaryPrimitives.ReadUInt16LittleEndian(patch.AsSpan(12)), BinaryPrimitives.ReadUInt16LittleEndian(patch.AsSpan(14))));
        Assert.Equal(1.5f, BinaryPrimitives.ReadSingleLittleEndian(patch.AsSpan(16 + (4 * ((3 * 16) + 4)))));
        Assert.True(float.IsNaN(BinaryPrimitives.ReadSingleLittleEndian(patch.AsSpan(16))));
    }

    [Fact]
    public void Map_LargerThanThePageDraws_IsThinned()
    {
        var full = new GridGeometry(1600, 1600, 0.2, -160, -160);
        var map = new ViewMap(full);
        Assert.InRange(map.Geometry.Width, 500, ViewMap.MaxSide);
        Assert.Equal(full.Width * full.Resolution, map.Geometry.Width * map.Geometry.Resolution, 0.2 * 16 * 3);
        var history = new ViewHistory();
        map.Update(0, new float[full.CellCount], null, history);
        Assert.Equal(1, history.Count);
    }

    [Fact]
    public void Feed_NumbersThatAreNone_AreNull()
    {
        var feed = new ViewFeed(new ViewHistory());
        feed.OnCoverage(double.NaN, double.PositiveInfinity);
        using var json = JsonDocument.Parse(Assert.Single(Messages(feed.History)).Content);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("v").ValueKind);
    }

    [Fact]
    public void Pace_Paused_WaitsUntilItIsNot()
    {
        var pace = new ViewPace(null) { IsPaused = true };
        using var stop = new CancellationTokenSource();
        var waiting = Task.Run(() => pace.Keep(1_000_000_000, stop.Token), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted && !pace.IsPaused);
        pace.IsPaused = false;
        Assert.True(waiting.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static List<ViewMessage> Messages(ViewHistory history)
    {
        var messages = new List<ViewMessage>();
        history.Read(0, messages);
        return messages;
    }
}
