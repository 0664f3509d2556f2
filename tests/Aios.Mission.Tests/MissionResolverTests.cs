namespace Aios.Mission.Tests;

public class MissionResolverTests
{
    [Fact]
    public void Resolve_SameSeed_SameChoices()
    {
        var mission = MissionFile.Load(MissionFiles.Path("crater-survey.yaml")).Mission!;

        Assert.Equal(mission.Resolve(42).Faults, mission.Resolve(42).Faults);
    }

    [Fact]
    public void Resolve_ManySeeds_StaysInItsWindowsAndReachesEveryRover()
    {
        var mission = MissionFile.Load(MissionFiles.Path("crater-survey.yaml")).Mission!;
        var dead = new HashSet<string>();
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var resolved = mission.Resolve(seed);
            var (death, cut) = (resolved.Faults[0], resolved.Faults[1]);
            dead.Add(death.Subject);
            Assert.InRange(death.At, 60, 110);
            Assert.InRange(cut.At, 180, 240);
            Assert.NotEqual(cut.Subject, cut.Other);
            Assert.True(death.At > cut.At || (cut.Subject != death.Subject && cut.Other != death.Subject));
            Assert.Equal(seed, resolved.WorldSeed);
        }

        Assert.Equal(3, dead.Count);
    }

    [Fact]
    public void Resolve_NothingLeftOpen_KeepsWhatTheFileSays()
    {
        var resolved = MissionFiles.Parse(MissionFiles.Small).Resolve(1);

        Assert.Equal(new ResolvedFault(FaultKind.RoverDeath, "rover_1", "", 100, double.PositiveInfinity), resolved.Faults[0]);
        Assert.Equal("rover_2", resolved.Faults[1].Other);
    }

    [Fact]
    public void Resolve_AllRoversDie_EachOnce()
    {
        var text = MissionFiles.Small[..MissionFiles.Small.IndexOf("faults:", StringComparison.Ordinal)]
            + "faults:\n  - rover_death: {at_s: 1}\n  - rover_death: {rover: rover_2, at_s: 2}\n";

        var resolved = MissionFiles.Parse(text).Resolve(3);

        Assert.Equal(["rover_1", "rover_2"], resolved.Faults.Select(fault => fault.Subject));
    }

    [Fact]
    public void Resolve_WorldSeedInTheFile_IsKept()
    {
        var text = MissionFiles.Small.Replace("size_m: 20", "seed: 7", StringComparison.Ordinal)
            .Replace("name: small", "name: small", StringComparison.Ordinal);

        Assert.Equal(7UL, MissionFiles.Parse(text).Resolve(1).WorldSeed);
    }
}
