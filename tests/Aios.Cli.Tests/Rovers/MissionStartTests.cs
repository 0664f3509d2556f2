using Aios.Cli.Rovers;
using Aios.Cli.Safety;

namespace Aios.Cli.Tests.Rovers;

public sealed class MissionStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recall_AfterARestart_IsTheFirstStart()
    {
        var file = _folder.File("desk/rover_1.start");

        Assert.Equal(5_000_000_000, MissionStart.Recall(file, 5_000_000_000));
        Assert.Equal(5_000_000_000, MissionStart.Recall(file, 9_000_000_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-1")]
    [InlineData("9000000001")]
    public void Recall_FileOfSomethingElseOrATimeToCome_IsOneLine(string text)
    {
        var exception = Assert.Throws<AiosException>(() => MissionStart.Recall(_folder.Write("rover_1.start", text), 9_000_000_000));

        Assert.Equal(ExitCode.WrongInput, exception.ExitCode);
        Assert.Contains("expected nanoseconds of a time gone by", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clear_OneRover_LeavesTheOthers()
    {
        var mine = _folder.Write("safety/rover_1.votes", "");
        var others = _folder.Write("safety/rover_10.votes", "");

        SafetyFiles.Clear(_folder.Path, "rover_1");

        Assert.Equal((false, true), (File.Exists(mine), File.Exists(others)));
    }
}
