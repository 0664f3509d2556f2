using System.Text.Json;

namespace Aios.Mission.Tests;

public class AcceptanceTests
{
    private static readonly ResolvedMission Mission = MissionFiles.Parse(MissionFiles.Small + """

        goals: {explore: {coverage: 0.9}, return_home: {}}
        acceptance: {dead_rover_detected_within_s: 10, work_taken_over: true, others_home: true}
        """).Resolve(1);

    private static readonly RoverResult Home = new()
    {
        Name = "rover_2", Role = "explorer", Distance = 100, Energy = 20, Battery = 0.5, Collisions = 0, TipOvers = 0,
        State = "home", HomeDistance = 1, PositionErrorRms = 0.1, PositionErrorMax = 0.3, HeadingErrorRms = 0.01,
    };

    private static readonly MissionResult Good = new()
    {
        Mission = "small", Seed = 1, Transport = "simulated", SimTime = 600, WallTime = 10, PeakMemoryBytes = 1 << 28,
        Coverage = 0.96, EventLogSha256 = new string('0', 64),
        Rovers = [Home with { Name = "rover_1", State = "dead", HomeDistance = 12 }, Home],
        Safety = new SafetyResult(0, 2, [], [new SafetyDecision("declare_lost", "rover_1", 2, 106)]),
        Faults = [new FaultRecord("rover_death", "rover_1", "", 100, 106, 140), new FaultRecord("link_cut", "rover_1", "rover_2", 55, 60, 175)],
        Tasks = new TaskResult(9, 8, 1, 0),
    };

    [Fact]
    public void Conclude_EverythingHolds_IsSuccess()
    {
        var result = Good.Conclude(Mission);

        Assert.Equal(MissionOutcome.Success, result.Outcome);
        Assert.Equal("acceptance holds", result.Reason);
        Assert.Equal(7, result.Acceptance.Count);
    }

    [Theory]
    [InlineData(1, "take_over_role", "rover_1", null)]
    [InlineData(0, "take_over_role", "rover_1", "places_reached: expected all 1 of scouts and relays, found 0")]
    [InlineData(1, "take_over_role", "rover_2", "roles_taken_over: expected those of all dead scouts and relays, found not the relay of rover_1")]
    [InlineData(1, "declare_lost", "rover_1", "roles_taken_over: expected those of all dead scouts and relays, found not the relay of rover_1")]
    public void Conclude_PlacesAndRoles_HoldWhenReachedAndTakenOver(int reached, string kind, string subject, string? reason)
    {
        var mission = MissionFiles.Parse(MissionFiles.Small.Replace(
            "{name: rover_1,", "{name: rover_1, role: relay, places: [[5, 5]],", StringComparison.Ordinal) + """

            acceptance: {places_reached: true, roles_taken_over: true}
            """).Resolve(1);

        var result = (Good with { PlacesReached = reached, Safety = new SafetyResult(0, 0, [], [new SafetyDecision(kind, subject, 2, 110)]) })
            .Conclude(mission);

        Assert.Equal(reason ?? "acceptance holds", result.Reason);
    }

    public static TheoryData<string, MissionResult> Failures() => new()
    {
        { "coverage: expected at least 0.9, found 0.5", Good with { Coverage = 0.5 } },
        { "coverage: expected at least 0.9, found NaN", Good with { Coverage = double.NaN } },
        { "collisions: expected none, found 1", Good with { Rovers = [Good.Rovers[0], Home with { Collisions = 1 }] } },
        { "tip_overs: expected none, found 2", Good with { Rovers = [Good.Rovers[0], Home with { TipOvers = 2 }] } },
        { "safety_violations: expected none, found 3", Good with { Safety = Good.Safety with { Violations = 3 } } },
        {
            "dead_rover_detected_within_s: expected at most 10 s, found rover_1 after 20 s",
            Good with { Faults = [Good.Faults[0] with { Detected = 120 }] }
        },
        {
            "dead_rover_detected_within_s: expected at most 10 s, found rover_1 never detected",
            Good with { Faults = [Good.Faults[0] with { Detected = null }] }
        },
        { "work_taken_over: expected all work of dead rovers, found 1 tasks lost", Good with { Tasks = Good.Tasks with { Lost = 1 } } },
        {
            "work_taken_over: expected all work of dead rovers, found not that of rover_1",
            Good with { Faults = [Good.Faults[0] with { Recovered = null }] }
        },
        {
            "others_home: expected all that are not dead, found rover_2 returning 9.5 m away",
            Good with { Rovers = [Good.Rovers[0], Home with { State = "returning", HomeDistance = 9.5 }] }
        },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Conclude_OneCriterionBroken_IsFailureWithThatReason(string reason, MissionResult result)
    {
        var judged = result.Conclude(Mission);

        Assert.Equal(MissionOutcome.Failed, judged.Outcome);
        Assert.Equal(reason, judged.Reason);
    }

    [Fact]
    public void Conclude_DeathThatNeverCame_IsNotDetected()
    {
        var judged = (Good with { Faults = [] }).Conclude(Mission);

        Assert.Contains("rover_1 did not die before the end", judged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Conclude_Aborted_SaysWhyWhateverHolds()
    {
        var judged = Good.Conclude(Mission, "stopped by Ctrl-C");

        Assert.Equal((MissionOutcome.Aborted, "stopped by Ctrl-C"), (judged.Outcome, judged.Reason));
    }

    [Fact]
    public void ResultJson_Result_HasTheDocumentedKeys()
    {
        using var output = new MemoryStream();

        ResultJson.Write(output, (Good with { Coverage = double.NaN }).Conclude(Mission));

        using var json = JsonDocument.Parse(output.ToArray());
        var root = json.RootElement;
        Assert.Equal(
            ["mission", "seed", "transport", "outcome", "reason", "sim_time_s", "wall_time_s", "real_time_factor",
                "peak_memory_bytes", "coverage", "event_log_sha256", "rovers", "safety", "faults", "tasks", "places_reached", "acceptance"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("failed", root.GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("coverage").ValueKind);
        Assert.Equal(60, root.GetProperty("real_time_factor").GetDouble());
        Assert.Equal(106, root.GetProperty("safety").GetProperty("decisions")[0].GetProperty("t").GetDouble());
        Assert.Equal("rover_2", root.GetProperty("faults")[1].GetProperty("object").GetString());
        Assert.Equal(100, root.GetProperty("faults")[0].GetProperty("t_injected_s").GetDouble());
        Assert.Equal(100, root.GetProperty("rovers")[1].GetProperty("distance_m").GetDouble());
    }
}
