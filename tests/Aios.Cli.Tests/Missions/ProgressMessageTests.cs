using Aios.Cli.Missions;
using Aios.Cli.Missions.Dds;
using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Tests.Missions;

public sealed class ProgressMessageTests
{
    [Fact]
    public void Message_ThereAndBack_IsTheSame()
    {
        var message = new ProgressMessage
        {
            Time = 12.5,
            Coverage = 0.25,
            RealTimeFactor = 3.75,
            Rovers = [new RoverSnapshot("rover_1", new Pose2(1, -2, 0.5), "exploring", double.NaN, 7)],
            Events = [new MissionEvent(5, EventSeverity.Alert, "planet", "fault_injected", "rover_1", "\"a\"\nb", [1, double.NaN])],
        };
        var line = message.ToLine();
        Assert.DoesNotContain('\n', line);
        var back = ProgressMessage.Parse(line);
        Assert.NotNull(back);
        Assert.Equal((12.5, 0.25, 3.75), (back.Time, back.Coverage, back.RealTimeFactor));
        Assert.Equal(message.Rovers, back.Rovers);
        var entry = Assert.Single(back.Events);
        Assert.Equal(message.Events[0] with { Values = entry.Values }, entry);
        Assert.Equal([1, double.NaN], entry.Values);
        Assert.Null(back.Elevation);
        Assert.Null(back.Result);
    }

    [Fact]
    public void Message_WithResult_ThereAndBack_WritesTheSameFile()
    {
        var result = new MissionResult
        {
            Mission = "quick-look",
            Seed = ulong.MaxValue,
            Transport = "dds",
            Outcome = MissionOutcome.Success,
            Reason = "acceptance holds",
            SimTime = 100,
            WallTime = 25,
            PeakMemoryBytes = 1 << 30,
            Coverage = 0.97,
            EventLogSha256 = "00ff",
            Rovers =
            [
                new RoverResult
                {
                    Name = "rover_1", Role = "explorer", State = "home", Distance = 10, Energy = 3, Battery = 0.9, Collisions = 0, TipOvers = 0,
                    HomeDistance = 0.4, PositionErrorRms = double.NaN, PositionErrorMax = 0.2, HeadingErrorRms = 0.01,
                },
            ],
            Safety = new SafetyResult(0, 2, [], [new SafetyDecision("declare_lost", "rover_2", 2, 60)]),
            Faults = [new FaultRecord("rover_death", "rover_2", "", 50, 60, null)],
            Tasks = new TaskResult(5, 4, 1, 0),
            Acceptance = [new CriterionResult("coverage", "at least 0.95", "0.97", true)],
        };
        var back = ProgressMessage.Parse(new ProgressMessage { Result = result }.ToLine())?.Result;
        Assert.NotNull(back);
        Assert.Equal(File(result), File(back));
    }

    [Fact]
    public void Elevation_ThereAndBack_KeepsPlaceAndHeight()
    {
        var geometry = new GridGeometry(352, 352, 0.2, -35.2, -35.2);
        var full = new Grid<float>(geometry, float.NaN);
        for (var i = 0; i < geometry.CellCount / 2; i++)
        {
            full[i] = (float)(geometry.CenterX(i % 352) * 0.1);
        }

        var message = new ProgressMessage { Elevation = ElevationPicture.Of(full) };
        var grid = ProgressMessage.Parse(message.ToLine())?.Elevation?.ToGrid();
        Assert.NotNull(grid);
        Assert.InRange(grid.Geometry.Width, 60, 120);
        Assert.True(grid.Geometry.TryCell(10, -20, out var col, out var row));
        Assert.Equal(1.0, grid[col, row], 0.05);
        Assert.True(grid.Geometry.TryCell(10, 20, out col, out row));
        Assert.True(float.IsNaN(grid[col, row]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("warning: something")]
    [InlineData("{")]
    [InlineData("{\"Time\":\"now\"}")]
    public void Parse_AnythingElse_IsNull(string line) => Assert.Null(ProgressMessage.Parse(line));

    [Fact]
    public void Picture_ThatContradictsItself_IsNone() =>
        Assert.Null(new ElevationPicture(100, 100, 0.2, 0, 0, new byte[10]).ToGrid());

    private static string File(MissionResult result)
    {
        using var stream = new MemoryStream();
        ResultJson.Write(stream, result);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
