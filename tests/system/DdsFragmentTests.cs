using System.Globalization;
using System.Text.RegularExpressions;
using Aios.Cli;
using Aios.Cli.Campaigns.Fragments;
using Aios.Cli.Campaigns.Fragments.Dds;
using Aios.Cli.Processes;
using Aios.Sim;
using SystemTests.Support;

namespace SystemTests;

/// <summary>Fragments of the safety campaign over DDS, between network namespaces. Needs root; skipped elsewhere.</summary>
public sealed partial class DdsFragmentTests : IDisposable
{
    private const double LongS = 2.5;
    private readonly MissionFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-013")]
    [Fact]
    public void Fragment_OfRealProcessesUnderFaults_IsSafeAgreesAndItsPartitionAndItsRadioAreReal()
    {
        var plan = Enumerable.Range(1, 5000).Select(seed => DdsFragment.Draw((ulong)seed))
            .First(candidate => candidate.Rovers <= 4 && LongPartition(candidate) is not null && candidate.Faults.Any(f => f.Kind == FaultKind.RoverRestart)
                && candidate.Radio is { DuplicationProbability: > 0.05, ReorderingProbability: > 0.05, CorruptionProbability: > 0.02 }
                && !candidate.VerifiesChecksums);
        using var campaign = Start(plan.Seed);

        campaign.ExpectExit(0);

        Assert.Contains("failures   0", campaign.Output, StringComparison.Ordinal);
        var made = DatagramsPattern().Match(campaign.Output);
        Assert.All(made.Groups.Values.Skip(1), count => Assert.True(int.Parse(count.Value, CultureInfo.InvariantCulture) > 10, made.Value));
        var cut = LongPartition(plan)!;
        string[] inside = [cut.Rover, .. cut.Group];
        foreach (var rover in plan.Roster)
        {
            var silent = plan.Roster.Where(other => inside.Contains(other) != inside.Contains(rover)).ToList();
            Assert.DoesNotContain(Heard(plan, rover), heard => silent.Contains(heard.From) && heard.AtS > cut.AtS + 1.5 && heard.AtS < cut.AtS + cut.DurationS);
            Assert.Contains(Heard(plan, rover), heard => silent.Contains(heard.From));
        }
    }

    [Fact]
    public void Campaign_OfAUserWhoMayNotMakeNetworks_EndsWithOneLineAndCodeThree()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "an ordinary user has no privileges to take away");
        using var campaign = Start(1, "setpriv", "--bounding-set=-all", "--inh-caps=-all");

        campaign.ExpectExit(ExitCode.MissingPrerequisite);

        Assert.StartsWith("aios: fragments over DDS need root and network namespaces: ", campaign.Error, StringComparison.Ordinal);
        Assert.Equal(1, campaign.Error.Count(c => c == '\n'));
    }

    [Fact]
    public void CampaignKilled_LeavesNoProcessAndSoNoNamespace()
    {
        using var campaign = Start(1);
        campaign.WaitForChild("--life", "0", "--rover", "1");
        campaign.Signal(PosixSignals.Kill);
        campaign.WaitForExit();

        campaign.ExpectNothingRuns();
    }

    [Fact]
    public void CampaignInterrupted_EndsWithItsTableAndLeavesNothing()
    {
        using var campaign = Start(1);
        campaign.WaitForChild("--life", "0", "--rover", "1");
        campaign.Signal(PosixSignals.Interrupt);

        campaign.ExpectExit(1);
        Assert.Contains("0 of 1 fragments", campaign.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"datagrams +(\d+) from rover to rover, (\d+) of them twice, (\d+) held up, (\d+) damaged: 0 shown by a checksum, (\d+) met DDS")]
    private static partial Regex DatagramsPattern();

    private static FaultSpec? LongPartition(FragmentPlan plan) =>
        plan.Faults.FirstOrDefault(fault => fault.Kind == FaultKind.Partition && fault.DurationS >= LongS && fault.Group.Count < plan.Rovers - 1);

    private AiosProcess Start(ulong seed, params string[] under) => AiosProcess.Start(
        under, "campaign", "missions/safety-drill.yaml", "--faults", "safety", "--fragments", "--transport", "dds",
        "--seeds", FormattableString.Invariant($"{seed}..{seed}"), "--out", _folder.Path);

    /// <summary>What a rover heard of the others' votes; nothing of the time about which its process stood still.</summary>
    private IEnumerable<(string From, double AtS)> Heard(FragmentPlan plan, string rover)
    {
        var files = Directory.GetFiles(Path.Combine(_folder.Path, FormattableString.Invariant($"seed-{plan.Seed}")), $"{rover}.*{EvidenceLog.Suffix}");
        var lines = files.SelectMany(File.ReadAllLines).Select(line => line.Split(' ')).ToList();
        double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        var still = lines.Where(line => line[1] == "standstill").Select(line => (From: Number(line[0]) - Number(line[3]), To: Number(line[0]) + 1)).ToList();
        return lines.Where(line => line[1] == "quorum").Select(line => (FragmentPlan.Name((int)Number(line[2])), Number(line[0])))
            .Where(heard => !still.Exists(span => heard.Item2 >= span.From && heard.Item2 <= span.To));
    }
}
