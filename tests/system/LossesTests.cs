using SystemTests.Support;

namespace SystemTests;

/// <summary>The same losses on both transports: over DDS they come from the links that each rover's process emulates.</summary>
public sealed class LossesTests
{
    [Theory]
    [InlineData("simulated", "")]
    [InlineData("dds", "rmw_cyclonedds_cpp")]
    [InlineData("dds", "rmw_fastrtps_cpp")]
    public void DeadRoverAndCutLink_AreDetectedAndMadeGood(string transport, string middleware)
    {
        using var folder = new MissionFolder();
        AiosProcess.Run(
            0, [$"RMW_IMPLEMENTATION={middleware}"], "run", "tests/system/missions/losses.yaml", "--transport", transport, "--seed", "3", "--headless", "--out", folder.Path);

        var result = folder.Result;
        Assert.Equal("success", result.GetProperty("outcome").GetString());
        Assert.Equal(transport, result.GetProperty("transport").GetString());
        Losses.AreDetectedAndMadeGood(result);
        foreach (var (here, there) in (ReadOnlySpan<(string, string)>)[("rover_2", "rover_3"), ("rover_3", "rover_2")])
        {
            Assert.Contains(folder.Events, e => (e.Source, e.Kind, e.Subject) == (here, "link_lost", there));
            Assert.Contains(folder.Events, e => (e.Source, e.Kind, e.Subject) == (here, "link_restored", there));
        }
    }
}
