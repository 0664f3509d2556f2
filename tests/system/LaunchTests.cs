using SystemTests.Support;

namespace SystemTests;

/// <summary>The mission's launch file, started as <c>ros2 launch</c> would.</summary>
public sealed class LaunchTests
{
    [Fact]
    public void MissionLaunchFile_RunsTheMissionToItsEnd()
    {
        using var folder = new MissionFolder();
        var output = AiosProcess.Run(
            0, [Domain.ChooseFree()], "launch", "launch/mission.launch.yaml", "mission:=tests/system/missions/losses.yaml", "seed:=3", "rate:=4",
            $"out:={folder.Path}");

        var result = folder.Result;
        Assert.Equal("success", result.GetProperty("outcome").GetString());
        Assert.Equal("dds", result.GetProperty("transport").GetString());
        Losses.AreDetectedAndMadeGood(result);
        Assert.Contains("[planet-1] success: acceptance holds", output, StringComparison.Ordinal);
    }
}
