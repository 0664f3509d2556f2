using Aios.Cli.Missions;
using Aios.Mission;

namespace Aios.Cli.Tests.Missions;

/// <summary>Missions with the simulator's faults, run on the simulated bus.</summary>
public sealed class FaultMissionTests
{
    private const string Drill = """
        name: restart
        world: {generator: crater-plain, size_m: 16, relief: {rms_height_m: 0.1}, craters: {steep: 0, density: 0}, rocks: {abundance: 0}}
        rovers:
          - {name: rover_1, start: {x_m: 0, y_m: 0}}
          - {name: rover_2, start: {x_m: 3, y_m: 0}}
          - {name: rover_3, start: {x_m: 0, y_m: 3}}
          - {name: rover_4, start: {x_m: 3, y_m: 3}}
        constraints: {time_limit_s: 45}
        contingencies: {quorum: {model: byzantine}, time_low: {margin_s: 1}}
        radio: {duplication: 0.1, reordering: 0.1, corruption: 0.05, burst_loss: 0.05}
        faults:
          - rover_restart: {rover: rover_2, at_s: 12, duration_s: 10}
          - lying_rover: {rover: rover_4, at_s: 5}
          - clock_step: {rover: rover_1, offset_s: 2, at_s: 8, duration_s: 20}
          - partition: {group: [rover_1], at_s: 30, duration_s: 5}
        """;

    private static MissionResult Run(string directory)
    {
        var mission = MissionFile.Parse(Drill, "restart.yaml");
        Assert.Empty(mission.Errors);
        var request = new MissionRunRequest
        {
            Mission = mission.Mission!.Resolve(3), Transport = "simulated", OutputDirectory = directory, RecordBag = false,
        };
        return MissionRunners.Create("simulated").Run(request, null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Names_OfFaultsInFilesAndInTheSimulator_AreTheSame() =>
        Assert.Equal(Aios.Sim.FaultKinds.Names, FaultForm.All.Select(form => form.Name));

    [Fact]
    public void FaultDrill_StatesEveryKindOfFault()
    {
        var spec = MissionFiles.Load(Path.Combine(AiosHome.Directory, "missions", "fault-drill.yaml"), Console.Error);

        Assert.Equal(FaultForm.All.Select(form => form.Kind), spec!.Faults.Select(fault => fault.Kind).Distinct().Order());
    }

    [Fact]
    public void Mission_RestartLiarClockAndPartition_IsSafeAndTheSameEachTime()
    {
        using var a = new TemporaryFolder();
        using var b = new TemporaryFolder();

        var first = Run(a.Path);
        var second = Run(b.Path);

        Assert.Equal(first.EventLogSha256, second.EventLogSha256);
        Assert.Equal(0, first.Safety.Violations);
        var restart = first.Faults.Single(fault => fault.Kind == "rover_restart");
        Assert.NotNull(restart.Detected);
        Assert.True(restart.Recovered > 20, "heard again after it has started");
        var events = File.ReadAllText(Path.Combine(a.Path, "events.jsonl"));
        Assert.Contains("rover_1", events, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(a.Path, "safety", "rover_2.memory")));
        Assert.All(first.Rovers, rover => Assert.True(rover.PositionErrorMax < 1.5, $"{rover.Name} is {rover.PositionErrorMax} m wrong"));
    }
}
