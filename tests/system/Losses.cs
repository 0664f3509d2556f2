using System.Text.Json;

namespace SystemTests;

/// <summary>What every mission that loses a rover and a link must show, whatever it runs on.</summary>
internal static class Losses
{
    /// <summary>One rover is dead by the quorum's decision, its work is done by others, the cut link is noticed, the others are home.</summary>
    public static void AreDetectedAndMadeGood(JsonElement result)
    {
        var faults = result.GetProperty("faults").EnumerateArray().ToList();
        Assert.Equal(["rover_death", "link_cut"], faults.Select(fault => fault.GetProperty("kind").GetString()));
        Assert.All(faults, fault =>
        {
            var injected = fault.GetProperty("t_injected_s").GetDouble();
            var detected = fault.GetProperty("t_detected_s").GetDouble();
            Assert.InRange(detected, injected, injected + 20);
            Assert.True(fault.GetProperty("t_recovered_s").GetDouble() >= detected);
        });

        var dead = faults[0].GetProperty("subject").GetString();
        var decision = Assert.Single(result.GetProperty("safety").GetProperty("decisions").EnumerateArray());
        Assert.Equal("declare_lost", decision.GetProperty("kind").GetString());
        Assert.Equal(dead, decision.GetProperty("subject").GetString());
        Assert.Equal(2, decision.GetProperty("votes").GetInt32());
        Assert.All(result.GetProperty("rovers").EnumerateArray(), rover => Assert.Equal(
            rover.GetProperty("name").GetString() == dead ? "dead" : "home", rover.GetProperty("state").GetString()));
    }
}
