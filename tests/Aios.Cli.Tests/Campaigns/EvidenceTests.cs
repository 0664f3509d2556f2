using Aios.Cli.Campaigns.Fragments;
using Aios.Cli.Campaigns.Fragments.Dds;
using Aios.Mission;

namespace Aios.Cli.Tests.Campaigns;

/// <summary>What processes wrote down, and what the judge says to it: what is known to be bad is noticed.</summary>
public sealed class EvidenceTests : IDisposable
{
    private static readonly ConstraintSpec Constraints = new(2400, 0.6, 0.35, 0.52, 2);
    private static readonly FragmentPlan Plan = DdsFragment.Draw(1) with { Rovers = 4, Liars = 0 };
    private readonly TemporaryFolder _folder = new();
    private double _now;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Decisions_OfTwoRoversThatDiffer_AreAConflict()
    {
        using (var one = Log("rover_1.0"))
        using (var two = Log("rover_2.0"))
        {
            one.OnEvent(0, EventKinds.QuorumDecision, "fleet", "change_speed_limit", 3);
            two.OnEvent(1, EventKinds.QuorumDecision, "fleet", "change_speed_limit", 3);
            Assert.Empty(Judge().Violations);

            two.OnEvent(1, EventKinds.QuorumDecision, "rover_3", "declare_lost", 3);
        }

        Assert.Contains(Judge().Violations, what => what.Contains("epoch 3 is decided as", StringComparison.Ordinal));
    }

    [Fact]
    public void Command_AfterAStop_IsUnsafeUnlessTheComputerStoodStillOrDied()
    {
        Assert.Contains(Judge(_ => { }).Violations, what => what.Contains("moves although it was stopped", StringComparison.Ordinal));

        var busy = Judge(log => log.OnStandstill(0, 0.9));
        Assert.Empty(busy.Violations);
        Assert.Equal(1, busy.Unjudged);

        Assert.Empty(Judge(log => log.OnCrash(0), afterStop: 0.1).Violations);
        Assert.NotEmpty(Judge(log => log.OnCrash(0), afterStop: 0.5).Violations);
    }

    [Fact]
    public void LastLine_OfWhoeverWasKilledWritingIt_IsPassedOver()
    {
        using (var log = Log("rover_1.0"))
        {
            log.OnHeight(0, 1);
        }

        File.AppendAllText(Path.Combine(_folder.Path, "rover_1.0" + EvidenceLog.Suffix), "7.25 comm");

        Assert.Empty(Judge().Violations);
    }

    private FragmentJudge Judge() => EvidenceReader.Judge(_folder.Path, Plan, Constraints);

    /// <summary>A rover is stopped at 5 s and moves at 6 s; something else happens in between.</summary>
    private FragmentJudge Judge(Action<EvidenceLog> between, double afterStop = 0.95)
    {
        using var log = Log("rover_1.0");
        At(5, () => log.OnStopRequest(0));
        At(5 + afterStop, () => between(log));
        At(5.99, () => log.OnFreshCommand(0));
        At(5.99, () => log.OnImu(0));
        At(6, () => log.OnCommand(0, 0.2, 0));
        return Judge();
    }

    private void At(double time, Action what)
    {
        _now = time;
        what();
    }

    private EvidenceLog Log(string name) => new(Path.Combine(_folder.Path, name + EvidenceLog.Suffix), () => _now);
}
