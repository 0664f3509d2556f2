using SystemTests.Support;

namespace SystemTests;

/// <summary>Missions over DDS that cannot run: one line that says why, and the right exit code.</summary>
public sealed class ImpossibleMissionTests : IDisposable
{
    private readonly MissionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LibraryMissing_SaysHowToGetIt()
    {
        var line = Run(3, "AIOS_CYCLONEDDS_LIBRARY=/nowhere/libaios_cyclonedds.so");
        Assert.Contains("build.sh", line, StringComparison.Ordinal);
        Assert.Contains("apt-get install cyclonedds-dev", line, StringComparison.Ordinal);
    }

    [Fact]
    public void LibraryDamaged_SaysWhich()
    {
        var library = _folder.Of("libaios_cyclonedds.so");
        File.WriteAllText(library, "not a library");
        Assert.Contains(library, Run(3, $"AIOS_CYCLONEDDS_LIBRARY={library}"), StringComparison.Ordinal);
    }

    [Fact]
    public void DomainWithAnotherPlanet_IsRefused()
    {
        var domain = Domain.ChooseFree();
        using var occupant = AiosProcess.Start([domain], "node", "planet", "--mission", "missions/quick-look.yaml", "--no-bag");
        Assert.Contains("another simulation publishes /clock in this DDS domain", Run(1, domain), StringComparison.Ordinal);
    }

    [Fact]
    public void DomainOfNoNumber_IsWrongInput() => Assert.Contains("ROS_DOMAIN_ID", Run(2, "ROS_DOMAIN_ID=mars"), StringComparison.Ordinal);

    private string Run(int expectedCode, string variable)
    {
        using var mission = AiosProcess.Start(
            [variable], "run", "missions/quick-look.yaml", "--transport", "dds", "--headless", "--out", _folder.Of("out"));
        mission.ExpectExit(expectedCode);
        var lines = (mission.Output + mission.Error).Split('\n').Where(line => line.StartsWith("aios: ", StringComparison.Ordinal)).ToList();
        return lines.Count > 0 ? Assert.Single(lines) : mission.Output;
    }
}
