using System.Diagnostics;
using Aios.Cli.Processes;
using SystemTests.Support;

namespace SystemTests;

/// <summary>Missions over DDS that do not come to their end: all processes end, the result is there.</summary>
public sealed class InterruptedMissionTests : IDisposable
{
    private const string Begun = "phase changed: Exploring";
    private readonly MissionFolder _folder = new();
    private AiosProcess? _mission;

    public void Dispose()
    {
        _mission?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void RoverKilledByNoFault_EndsTheMissionWithOneLine()
    {
        var mission = Begin();
        MarkedProcesses.Send(mission.WaitForChild("--name", "rover_2"), PosixSignals.Kill);

        mission.ExpectExit(1);
        ExpectAborted("rover_2 was ended by signal 9");
        Assert.Contains("aborted, rover_2 was ended by signal 9", mission.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", mission.Output + mission.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PlanetKilled_EndsTheMissionWithOneLine()
    {
        var mission = Begin();
        MarkedProcesses.Send(mission.WaitForChild("node", "planet"), PosixSignals.Kill);

        mission.ExpectExit(1);
        ExpectAborted("planet was ended by signal 9");
    }

    [Theory]
    [InlineData(PosixSignals.Interrupt)]
    [InlineData(PosixSignals.Terminate)]
    public void AskedToEnd_EndsAllAndWritesTheResult(int signal)
    {
        var mission = Begin();
        var watch = Stopwatch.StartNew();
        mission.Signal(signal);
        mission.WaitForExit();
        var took = watch.Elapsed;

        mission.ExpectExit(1);
        ExpectAborted("stopped by the operator");
        TestContext.Current.TestOutputHelper?.WriteLine($"ended {took.TotalSeconds:0.00} s after the signal");
        Assert.True(took < TimeSpan.FromSeconds(20), $"ended {took.TotalSeconds:0.0} s after the signal"); // 2 s on an idle machine
    }

    [Fact]
    public void ParentKilled_ChildrenEndAndThePlanetWritesTheResult()
    {
        var mission = Begin();
        mission.Signal(PosixSignals.Kill);
        mission.WaitForExit();

        mission.ExpectNothingRuns();
        ExpectAborted("the program that started it is gone");
    }

    private AiosProcess Begin()
    {
        _mission = AiosProcess.Start(
            [], "run", "missions/quick-look.yaml", "--transport", "dds", "--seed", "1", "--headless", "--out", _folder.Path);
        _mission.WaitForOutput(Begun);
        return _mission;
    }

    private void ExpectAborted(string reason)
    {
        var result = _folder.Result;
        Assert.Equal("aborted", result.GetProperty("outcome").GetString());
        Assert.Equal(reason, result.GetProperty("reason").GetString());
    }
}
