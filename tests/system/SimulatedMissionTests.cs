using SystemTests.Support;

namespace SystemTests;

/// <summary>Whole missions on the simulated bus, each in a process of its own.</summary>
public sealed class SimulatedMissionTests
{
    private static readonly Lazy<string> FirstHash = new(() => HashOf("1"));

    [Theory]
    [InlineData("")]
    [InlineData("DOTNET_EnableHWIntrinsic=0")]
    [InlineData("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable")]
    public void QuickLook_AgainWithTheSameSeed_LeavesTheSameEventLog(string variable) =>
        Assert.Equal(FirstHash.Value, HashOf("1", variable.Length > 0 ? [variable] : []));

    [Fact]
    public void QuickLook_WithAnotherSeed_LeavesAnotherEventLog() => Assert.NotEqual(FirstHash.Value, HashOf("2"));

    [Fact]
    public void CraterSurvey_LosesARoverAndALink_AndSucceeds()
    {
        using var folder = new MissionFolder();
        AiosProcess.Run(0, [], "run", "missions/crater-survey.yaml", "--transport", "simulated", "--seed", "1", "--headless", "--film", "--out", folder.Path);

        var result = folder.Result;
        Assert.Equal("success", result.GetProperty("outcome").GetString());
        Assert.InRange(result.GetProperty("coverage").GetDouble(), 0.95, 1);
        Assert.Equal(0, result.GetProperty("safety").GetProperty("violations").GetInt32());
        Assert.Equal(0, result.GetProperty("tasks").GetProperty("lost").GetInt32());
        Assert.All(result.GetProperty("rovers").EnumerateArray(), rover =>
        {
            Assert.Equal(0, rover.GetProperty("collisions").GetInt32());
            Assert.Equal(0, rover.GetProperty("tip_overs").GetInt32());
        });
        Losses.AreDetectedAndMadeGood(result);
        Assert.All(
            (string[])["result.json", "events.jsonl", "mission.mcap", "report.html", "map.png", "film.png"],
            file => Assert.True(new FileInfo(folder.Of(file)).Length > 0, file));
    }

    [Fact]
    public void ZonesDrill_ScoutEntersByVoteKeepOutStaysEmptyRelayIsReplaced_Succeeds()
    {
        using var folder = new MissionFolder();
        AiosProcess.Run(0, [], "run", "missions/zones-drill.yaml", "--transport", "simulated", "--seed", "1", "--headless", "--no-bag", "--out", folder.Path);

        Assert.Equal("success", folder.Result.GetProperty("outcome").GetString());
        var decisions = folder.Result.GetProperty("safety").GetProperty("decisions").EnumerateArray()
            .Select(decision => $"{decision.GetProperty("kind").GetString()} {decision.GetProperty("subject").GetString()}").ToList();
        Assert.All(
            (string[])["enter_hazard_zone rover_1", "leave_hazard_zone rover_1", "declare_lost rover_2", "take_over_role rover_2",
                "change_voters fleet", "change_speed_limit fleet"],
            decision => Assert.Contains(decision, decisions));
        var events = File.ReadAllText(folder.Of("events.jsonl"));
        Assert.Contains("\"zone_entered\",\"subject\":\"rover_1\",\"detail\":\"vent\"", events, StringComparison.Ordinal);
        Assert.DoesNotContain("\"detail\":\"cliff\"", events, StringComparison.Ordinal);
        var report = File.ReadAllText(folder.Of("report.html"));
        Assert.All((string[])["zone hazard", "zone keep_out"], shape => Assert.Contains($"class=\"{shape}\"", report, StringComparison.Ordinal));
    }

    private static string HashOf(string seed, params string[] variables)
    {
        using var folder = new MissionFolder();
        AiosProcess.Run(
            0, variables, "run", "missions/quick-look.yaml", "--transport", "simulated", "--seed", seed, "--headless", "--no-bag", "--out", folder.Path);
        var hash = folder.Result.GetProperty("event_log_sha256").GetString()!;
        Assert.Matches("^[0-9a-f]{64}$", hash);
        return hash;
    }
}
