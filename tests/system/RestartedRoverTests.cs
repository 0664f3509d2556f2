using System.Text.Json;
using SystemTests.Support;

namespace SystemTests;

/// <summary>A rover's process that dies at once, as by kill -9, and starts again: votes, decisions and orders survive it.</summary>
public sealed class RestartedRoverTests
{
    [Theory]
    [InlineData("simulated")]
    [InlineData("dds")]
    public void RestartedRover_NeverVotesTwiceAndAllTrailsAgree(string transport)
    {
        using var folder = new MissionFolder();
        AiosProcess.Run(
            0, [], "run", "tests/system/missions/restart.yaml", "--transport", transport, "--seed", "1", "--headless", "--no-bag", "--out", folder.Path);

        var result = folder.Result;
        Assert.Equal(0, result.GetProperty("safety").GetProperty("violations").GetInt32());
        Assert.Equal(JsonValueKind.Number, result.GetProperty("faults")[0].GetProperty("t_recovered_s").ValueKind);
        Assert.Equal(3, result.GetProperty("safety").GetProperty("overrides").GetArrayLength());
        AssertNoDoubleVote(folder.Of("events.jsonl"));
        AiosProcess.Run(
            0, [], "safety", "audit", folder.Of("safety/rover_1.audit.jsonl"), folder.Of("safety/rover_2.audit.jsonl"), folder.Of("safety/rover_3.audit.jsonl"));
    }

    private static void AssertNoDoubleVote(string events)
    {
        var votes = new Dictionary<(string Voter, double Epoch, double View), string>();
        foreach (var line in File.ReadLines(events))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.GetProperty("kind").GetString() != "quorum_vote")
            {
                continue;
            }

            var values = root.GetProperty("values");
            var key = (root.GetProperty("source").GetString()!, values[0].GetDouble(), values[1].GetDouble());
            var vote = root.GetProperty("detail").GetString() + " " + root.GetProperty("subject").GetString();
            Assert.True(votes.TryAdd(key, vote) || votes[key] == vote, $"{key}: {votes[key]} and {vote}");
        }

        Assert.NotEmpty(votes);
    }
}
