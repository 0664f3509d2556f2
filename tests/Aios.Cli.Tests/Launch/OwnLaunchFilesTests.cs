using Aios.Cli.Launch;

namespace Aios.Cli.Tests.Launch;

/// <summary>The launch files of this project, read to see what they would start.</summary>
public sealed class OwnLaunchFilesTests
{
    [Theory]
    [InlineData("mission", "", "planet rover_1 rover_2 rover_3")]
    [InlineData("mission", "rovers:=6 viewer:=page", "planet rover_1 rover_2 rover_3 rover_4 rover_5 rover_6")]
    [InlineData("mission", "rovers:=1 viewer:=foxglove", "planet rover_1 station")]
    [InlineData("mission", "rovers:=2 viewer:=rviz", "planet rover_1 rover_2 station rviz2")]
    [InlineData("mission", "transport:=simulated viewer:=rviz", "mission")]
    [InlineData("mission", "transport:=simulated viewer:=page", "mission")]
    [InlineData("mission", "transport:=simulated viewer:=foxglove", "mission")]
    [InlineData("operator", "", "station rviz2")]
    [InlineData("operator", "viewer:=foxglove port:=9000", "station")]
    [InlineData("operator", "viewer:=none", "station")]
    [InlineData("rover", "name:=rover_2 driver:=loopback", "rover_2")]
    [InlineData("replay", "", "replay")]
    [InlineData("replay", "viewer:=foxglove rate:=4", "replay")]
    [InlineData("replay", "viewer:=rviz", "bag station rviz2")]
    [InlineData("gazebo", "rovers:=2", "gazebo clock_bridge hardware bridge_1 bridge_2 rover_1 rover_2")]
    [InlineData("gazebo", "rovers:=1 headless:=true viewer:=foxglove", "gazebo clock_bridge hardware bridge_1 rover_1 station")]
    public void File_WithArguments_StartsTheProcessesMeant(string file, string arguments, string expected)
    {
        var (processes, _) = LaunchFile.Read(PathOf(file), Arguments(arguments), isForShow: true);

        Assert.Equal(expected.Split(' '), processes.Select(process => process.Name[..process.Name.LastIndexOf('-')]));
        Assert.All(processes.SelectMany(process => process.Command), word => Assert.False(word.Length == 0 || word.Contains("$(", StringComparison.Ordinal), word));
    }

    [Theory]
    [InlineData("viewer:=page", "--view")]
    [InlineData("transport:=simulated viewer:=foxglove", "--foxglove")]
    public void Mission_WithViewer_IsToldToServeIt(string arguments, string word) =>
        Assert.Contains(word, LaunchFile.Read(PathOf("mission"), Arguments(arguments), isForShow: true).Processes[0].Command);

    [Fact]
    public void Mission_AValueThatIsNoChoice_SaysWhichThereAre()
    {
        var exception = Assert.Throws<LaunchException>(() => LaunchFile.Read(PathOf("mission"), Arguments("viewer:=telescope"), isForShow: true));
        Assert.Contains("mission.launch.yaml:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("expected one of none, page, foxglove, rviz, found 'telescope'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operator_PackageThatIsNotInstalled_IsNamedWhenItIsToRun()
    {
        Assert.SkipWhen(RosPackages.FindPrefix("rviz2") is not null, "rviz2 is installed here");
        var exception = Assert.Throws<LaunchException>(() => LaunchFile.Read(PathOf("operator"), Arguments("")));
        Assert.Contains("no executable 'rviz2' of package 'rviz2'", exception.Message, StringComparison.Ordinal);
    }

    private static string PathOf(string name) => AiosHome.FindFile($"launch/{name}.launch.yaml") ?? throw new FileNotFoundException(name);

    private static Dictionary<string, string> Arguments(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(":=")).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
