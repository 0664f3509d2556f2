using Aios.Cli.Campaigns.Fragments;
using Aios.Mission;
using Aios.Nodes;
using Aios.Safety.Quorum;
using Aios.Sim;
using geometry_msgs.msg;
using ROS2;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Tests.Campaigns;

/// <summary>Fragments of missions: what they cover, that they pass, and that what is known to be bad is caught.</summary>
public sealed class FragmentTests
{
    private static readonly ConstraintSpec Constraints = new(2400, 0.6, 0.35, 0.52, 2);

    private static IReadOnlyList<ulong> Seeds(int count) => [.. Enumerable.Range(1, count).Select(i => (ulong)i)];

    private static FragmentCampaign Run(int count, FragmentParts? parts = null) => FragmentCampaign.Run(
        "missions/safety-drill.yaml", Constraints, Seeds(count), 2, _ => { }, TestContext.Current.CancellationToken, parts);

    [Trait("Requirement", "SAF-QUO-001")]
    [Trait("Requirement", "SAF-QUO-002")]
    [Trait("Requirement", "SAF-QUO-013")]
    [Trait("Requirement", "SAF-GATE-001")]
    [Trait("Requirement", "SAF-GATE-003")]
    [Trait("Requirement", "SAF-GATE-004")]
    [Trait("Requirement", "SAF-GATE-015")]
    [Trait("Requirement", "SAF-GATE-016")]
    [Fact]
    public void Fragments_OfRealNodesUnderFaults_AreSafeAndAgree()
    {
        var campaign = Run(40);

        Assert.Empty(campaign.Failures);
        Assert.True(campaign.Succeeded);
        var report = campaign.ToJson();
        Assert.DoesNotContain("\"moves\":0,", report, StringComparison.Ordinal);
        Assert.DoesNotContain("\"votes\":0,", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Fragment_SameSeedTwice_IsTheSameToTheByte()
    {
        foreach (ulong seed in (ulong[])[3, 8])
        {
            var first = Fragment.Run(FragmentPlan.Draw(seed), Constraints, digest: true);
            var second = Fragment.Run(FragmentPlan.Draw(seed), Constraints, digest: true);

            Assert.Equal(64, first.Sha256.Length);
            Assert.Equal(first.Sha256, second.Sha256);
            Assert.Equal(first.EndS, second.EndS);
        }
    }

    [Fact]
    public void Plans_ManySeeds_CoverEveryFaultOfTheCampaignAndKeepAQuorumAlive()
    {
        FragmentPlan[] plans = [.. Seeds(500).Select(FragmentPlan.Draw)];

        Assert.Superset(
            new HashSet<FaultKind>
            {
                FaultKind.RoverDeath, FaultKind.RoverRestart, FaultKind.Partition, FaultKind.RadioLoss, FaultKind.RadioDuplication,
                FaultKind.RadioReordering, FaultKind.RadioCorruption, FaultKind.ClockStep, FaultKind.ClockDrift, FaultKind.LyingRover,
            },
            plans.SelectMany(plan => plan.FaultKinds).ToHashSet());
        Assert.Contains(plans, plan => plan is { Rovers: 4, Liars: 1 });
        Assert.Contains(plans, plan => plan is { Rovers: 7, Liars: 2 });
        Assert.All(plans, plan => Assert.InRange(plan.Radio.LossProbability, 0, 0.4));
        Assert.All(plans, plan => Assert.True(
            plan.Faults.Where(fault => fault.Kind is FaultKind.RoverDeath or FaultKind.LyingRover).Select(fault => fault.Rover).Distinct().Count()
            <= QuorumRules.TolerableFaults(plan.Rovers, plan.ToleratesLiars ? FaultModel.Byzantine : FaultModel.Crash)));
        Assert.All(plans, plan => Assert.All(plan.Faults, fault => Assert.True(
            fault.Kind is FaultKind.LyingRover or FaultKind.RoverDeath || fault.AtS + fault.DurationS <= FragmentPlan.CalmS + 1e-9)));
    }

    [Fact]
    public void KnownBadGate_ThatPassesEverything_IsCaughtAndItsSeedReplays()
    {
        var open = new FragmentParts { Rover = RoverParts.SafetyOnly with { Gate = (node, _, _) => new OpenGate(node) } };

        var campaign = Run(6, open);

        Assert.NotEmpty(campaign.Failures);
        var (seed, violations) = campaign.Failures.First();
        Assert.Equal(violations, Fragment.Run(FragmentPlan.Draw(seed), Constraints, open).Violations);
        using var text = new StringWriter();
        campaign.Write(text);
        Assert.Contains($"--faults safety --fragments --seeds {seed}..{seed}", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void KnownBadGate_ThatForgetsStops_IsCaught()
    {
        var forgetful = new FragmentParts { Rover = RoverParts.SafetyOnly with { Gate = (node, configuration, desk) => new ForgetfulGate(node, configuration, desk) } };
        var plan = Quiet(4) with { Stops = [(1, 8.0)] };

        Assert.Empty(Fragment.Run(plan, Constraints).Violations);
        Assert.Contains(
            Fragment.Run(plan, Constraints, forgetful).Violations, what => what.Contains("moves although it was stopped", StringComparison.Ordinal));
    }

    [Trait("Requirement", "SAF-QUO-012")]
    [Fact]
    public void Stop_AfterARestart_IsNotLiftedByThePermitOfTheOneBefore()
    {
        var plan = Quiet(4) with
        {
            Stops = [(1, 4.0), (1, 14.0)],
            Faults = [new FaultSpec(FaultKind.RoverRestart, FragmentPlan.Name(1), 12.5, 0.4)],
        };

        Assert.Empty(Fragment.Run(plan, Constraints).Violations);
    }

    [Trait("Requirement", "SAF-GATE-029")]
    [Fact]
    public void Stop_BeforeARestart_HoldsAfterItUnlessTheJournalIsLost()
    {
        var plan = Quiet(4) with
        {
            Stops = [(1, 12.4)],
            Faults = [new FaultSpec(FaultKind.RoverRestart, FragmentPlan.Name(1), 12.5, 0.4)],
        };

        Assert.Empty(Fragment.Run(plan, Constraints).Violations);
        Assert.Contains(
            Fragment.Run(plan, Constraints, new FragmentParts { StopsAfterCrash = _ => new MemoryVoteStore() }).Violations,
            what => what.Contains("moves although it was stopped", StringComparison.Ordinal));
    }

    [Trait("Requirement", "SAF-QUO-016")]
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    [InlineData(7, true)]
    public void Halt_ForWhichOneRoverCries_HaltsNobody(int rovers, bool toleratesLiars)
    {
        var last = FragmentPlan.Name(rovers - 1);
        var slow = new FleetOrder(FragmentPlan.LastOrderS, last, DecisionKind.ChangeSpeedLimit)
        {
            Decision = new Decision(DecisionKind.ChangeSpeedLimit, Value: 200_000),
        };
        var plan = Quiet(rovers) with { ToleratesLiars = toleratesLiars, Orders = [new FleetOrder(4, FragmentPlan.Name(0), DecisionKind.FleetHalt), slow] };

        var alone = Fragment.Run(plan, Constraints);
        Assert.Empty(alone.Violations);
        Assert.Equal(1, alone.Decisions); // the speed limit

        FleetOrder[] others = [.. Enumerable.Range(1, QuorumRules.IndependentReasons(rovers) - 1)
            .Select(i => new FleetOrder(6, FragmentPlan.Name(i), DecisionKind.FleetHalt))];
        var together = Fragment.Run(plan with { Orders = [.. plan.Orders, .. others] }, Constraints);
        Assert.Empty(together.Violations);
        Assert.Equal(2, together.Decisions);
        Assert.True(together.Moves < alone.Moves, $"{together.Moves} and {alone.Moves} moves");
    }

    [Fact]
    public void KnownBadLink_ThatVotesWithSeveralVoices_IsCaught()
    {
        var twofold = new FragmentParts
        {
            Rover = RoverParts.SafetyOnly with
            {
                FleetLink = (node, configuration, storage, desk) => (
                    new FleetLinkNode(node, configuration, storage, desk), new LyingRoverNode(node, configuration, storage.Keys)),
            },
        };

        var campaign = Run(3, twofold);

        Assert.Equal(3, campaign.Failures.Count);
        Assert.Contains(campaign.Failures.Values.SelectMany(what => what), what => what.Contains("voted twice", StringComparison.Ordinal));
    }

    [Fact]
    public void KnownBadKernel_WhoseJournalIsLostWithPower_VotesTwiceAndIsCaught()
    {
        var forgetful = new FragmentParts { AfterCrash = _ => new MemoryVoteStore() };

        var campaign = Run(120, forgetful);

        Assert.Contains(campaign.Failures.Values.SelectMany(what => what), what => what.Contains("voted twice", StringComparison.Ordinal));
    }

    private static FragmentPlan Quiet(int rovers) => FragmentPlan.Draw(1) with
    {
        Rovers = rovers, Liars = 0, ToleratesLiars = false, Faults = [], Stops = [], Wild = [], Radio = new ROS2.Simulation.LinkParameters(),
        Crier = null,
        Orders = [.. Enumerable.Range(0, rovers).Select(i => new FleetOrder(FragmentPlan.LastOrderS, FragmentPlan.Name(i), DecisionKind.FleetHalt))],
    };

    /// <summary>Hands every command on as it is.</summary>
    private sealed class OpenGate
    {
        public OpenGate(Node node)
        {
            var publisher = node.CreatePublisher<TwistStamped>(Topics.Command);
            node.CreateSubscription<TwistStamped>(Topics.CommandNavigation, publisher.Publish);
        }
    }

    /// <summary>The real gate until it is asked for a stop; then a new one that knows nothing of it.</summary>
    private sealed class ForgetfulGate
    {
        public ForgetfulGate(Node node, RoverConfiguration configuration, ResumeDesk desk)
        {
            _ = new SafetyGateNode(node, configuration, desk);
            var publisher = node.CreatePublisher<TwistStamped>(Topics.Command);
            var stopped = false;
            node.CreateSubscription<std_msgs.msg.UInt8>(Topics.StopRequest, _ => stopped = true);
            node.CreateSubscription<TwistStamped>(Topics.CommandNavigation, m =>
            {
                if (stopped)
                {
                    publisher.Publish(m);
                }
            });
        }
    }
}
