using Aios.Cli.Benchmarks;
using Aios.Cli.Safety;
using Aios.Mission;

namespace Aios.Cli.Tests.Safety;

public class SafetyBenchmarkTests
{
    [Trait("Requirement", "SAF-GATE-020")]
    [Fact]
    public void Gate_ManyCommands_AllocatesNothing() => Assert.Equal(0, GateBenchmark.Measure(20_000).Bytes);

    [Trait("Requirement", "SAF-FLEET-001")]
    [Trait("Requirement", "SAF-FLEET-002")]
    [Fact]
    public void Detection_EveryLoss_IsFastAndFalseAtMostOnceInAMillion()
    {
        var points = DetectionBenchmark.Measure(trials: 40, intervals: 100_000);

        Assert.Equal(20, points.Count);
        var phi = points.Where(p => p.Detector == "phi").ToList();
        var at20 = phi.Single(p => p.Loss == 0.2);
        Assert.True(at20.MedianS <= 2 && at20.P99S <= 3, $"{at20.MedianS} s, {at20.P99S} s");
        Assert.All(phi, p => Assert.True(p.FalsePerMillion <= 10, $"{p.FalsePerMillion} at {p.Loss}"));
        Assert.True(points.Single(p => p is { Detector: "1 s", Loss: 0.4 }).FalsePerMillion > 1000, "a fixed second trips all the time");
    }

    [Trait("Requirement", "SAF-QUO-005")]
    [Fact]
    public void Decision_AmongSeven_IsFastOnACleanLinkAndAtThirtyPercentLoss()
    {
        Assert.True(DecisionBenchmark.Measure(7, 0, 0, 12, 1).P99Ms <= 150);
        Assert.True(DecisionBenchmark.Measure(7, 0.3, 0, 12, 2).P99Ms <= 2000);
    }

    [Fact]
    public void FaultSet_ManySeeds_DrawsEveryKindAndLeavesAMajorityAlive()
    {
        var spec = MissionFiles.Load(Path.Combine(AiosHome.Directory, "missions", "safety-drill.yaml"), TextWriter.Null)!;
        var kinds = new HashSet<Aios.Sim.FaultKind>();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var faults = SafetyFaultSet.Draw(spec.Resolve(seed));
            kinds.UnionWith(faults.Select(fault => fault.Kind));
            Assert.True(faults.Count(fault => fault.Kind == Aios.Sim.FaultKind.RoverDeath) == 0, "one of four dies in the mission itself");
            Assert.InRange(SafetyFaultSet.Loss(seed), 0, 0.4);
            Assert.Equal(faults.Select(Describe), SafetyFaultSet.Draw(spec.Resolve(seed)).Select(Describe));
        }

        Assert.Equal(
            Enum.GetValues<Aios.Sim.FaultKind>().Except([Aios.Sim.FaultKind.RoverDeath, Aios.Sim.FaultKind.LyingRover]), kinds.Order());

        static string Describe(Aios.Sim.FaultSpec fault) => $"{fault} {fault.Subject}";
    }

    [Fact]
    public void Campaign_OneUnsafeRunUnderFaults_IsAFailureAndAMissedGoalIsNot()
    {
        var run = new Aios.Cli.Campaigns.CampaignRun { Seed = 1, Outcome = "failed", Reason = "coverage" };
        var report = new Aios.Cli.Campaigns.CampaignReport("m", "simulated", 1, [run], 1) { FaultSet = "safety" };

        Assert.True(report.Succeeded);
        Assert.False((report with { FaultSet = null }).Succeeded);
        Assert.False((report with { Runs = [run with { SafetyViolations = 1 }] }).Succeeded);
        Assert.False((report with { Runs = [run with { Outcome = "crashed" }] }).Succeeded);
        Assert.EndsWith("--faults safety", report.Replay(3), StringComparison.Ordinal);
    }
}
