using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Safety;
using Aios.Safety.Quorum;
using geometry_msgs.msg;
using ROS2;

namespace Aios.Nodes.Tests;

/// <summary>What one member alone says for others, in votes and in stamps, changes nothing for them.</summary>
public sealed class LiarTests
{
    private const long Second = 1_000_000_000;
    private const int Liar = 3;

    [Trait("Requirement", "SAF-QUO-019")]
    [Trait("Requirement", "SAF-GATE-030")]
    [Fact]
    public void LiftingOfAnothersStop_AskedForByALiar_IsSupportedByNobody()
    {
        using var fleet = new TestFleet(4, configure: c => c with { ToleratesLiars = true });
        var events = fleet.Events();
        SafetyStatus? status = null;
        fleet.Listener.CreateSubscription<SafetyStatus>("/rover_1/safety_status", m => status = m);
        fleet.Bus.RunUntil(5 * Second);
        Stop(fleet, GateReason.TiltCritical);
        fleet.Bus.RunUntil(6 * Second);

        // The second would, were it decided, leave no number that a later stop of this rover could be lifted by.
        Cry(fleet, new Decision(DecisionKind.ResumeRover, 0, Argument: status!.StopId), 10);
        Cry(fleet, new Decision(DecisionKind.ResumeRover, 1, Argument: uint.MaxValue), 10);

        Assert.Equal(SafetyStatus.ACTION_STOPPED, status.Action);
        Assert.DoesNotContain(events, e => e.Kind == "quorum_decision");
    }

    [Trait("Requirement", "SAF-QUO-019")]
    [Fact]
    public void LiftingOfAStop_AskedForByTheRoverItself_IsDecided()
    {
        using var fleet = new TestFleet(4, configure: c => c with { ToleratesLiars = true });
        var events = fleet.Events();
        fleet.Bus.RunUntil(5 * Second);
        Stop(fleet, GateReason.MonitorStop);
        fleet.Bus.RunUntil(20 * Second);

        Assert.Contains(events, e => e is { Kind: "quorum_decision", Detail: "resume_rover", Subject: "rover_1" });
        Assert.Contains(events, e => e is { Kind: "safety_resume", Subject: "rover_1" });
    }

    [Trait("Requirement", "SAF-GATE-019")]
    [Fact]
    public void LastHeartbeat_StampedFarAhead_KeepsNobodyFromNoticingThatItIsAlone()
    {
        using var fleet = new TestFleet(2);
        ulong reasons = 0;
        fleet.Listener.CreateSubscription<SafetyStatus>("/rover_1/safety_status", m => reasons |= m.Reasons);
        var liar = fleet.Contexts["rover_2"].CreateNode("liar", "/rover_2").CreatePublisher<Heartbeat>(Topics.Heartbeat, QosProfile.SensorDataProfile);
        fleet.Bus.RunUntil(3 * Second);
        var ahead = new Heartbeat { Rover = "rover_2", Incarnation = 1, Sequence = 20 };
        NodeTime.Write(ahead.Header.Stamp, 1_000_000 * Second);
        liar.Publish(ahead);
        fleet.Bus.RunUntil(4 * Second);
        fleet.Bus.KillHost("rover_2");
        fleet.Bus.RunUntil(45 * Second);

        Assert.True(new GateReasonSet(reasons).Contains(GateReason.IsolatedLimit));
    }

    [Trait("Requirement", "SAF-MON-006")]
    [Fact]
    public void Command_StampedFarAhead_HidesNoMotionWithoutAFreshOne()
    {
        using var fleet = new TestFleet(2);
        var events = fleet.Events();
        var intruder = fleet.Contexts["rover_1"].CreateNode("intruder", "/rover_1");
        var wheels = intruder.CreatePublisher<TwistStamped>("/rover_1/cmd_vel");
        fleet.Bus.RunUntil(5 * Second);
        var ahead = new TwistStamped();
        NodeTime.Write(ahead.Header.Stamp, 1_000_000 * Second);
        intruder.CreatePublisher<TwistStamped>("/rover_1/" + Topics.CommandRecovery).Publish(ahead);
        fleet.Stacks[0].End("controller");
        fleet.Bus.RunUntil(6 * Second);
        ahead.Twist.Linear.X = 0.1;
        for (var i = 0; i < 50; i++)
        {
            wheels.Publish(ahead);
            fleet.Bus.RunUntil(fleet.Bus.NowNs + (Second / 50));
        }

        Assert.Contains(events, e => e is { Kind: "requirement_violated", Detail: "SAF-GATE-003" });
    }

    private static void Stop(TestFleet fleet, GateReason reason) =>
        fleet.Contexts["rover_1"].CreateNode("stopper", "/rover_1").CreatePublisher<std_msgs.msg.UInt8>(Topics.StopRequest)
            .Publish(new std_msgs.msg.UInt8 { Data = (byte)reason });

    /// <summary>The last rover, with its own key, asks for something and votes for it as often as it can.</summary>
    private static void Cry(TestFleet fleet, Decision decision, int seconds)
    {
        var name = $"rover_{Liar + 1}";
        var roster = fleet.Contexts.Keys.Where(k => k.StartsWith("rover_", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var configuration = Configurations.Of(name, roster) with { ToleratesLiars = true };
        using var keys = EcdsaKeyRing.ForSimulation(Liar, roster.Length, configuration.Seed);
        var kernel = new QuorumKernel(Liar, configuration.Quorum, keys, new MemoryVoteStore(), new SaysYes(), fleet.Bus.NowNs);
        var node = fleet.Contexts[name].CreateNode("liar", "/" + name);
        var publisher = node.CreatePublisher<QuorumMessage>(Topics.Quorum, QosProfile.SensorDataProfile);
        kernel.Propose(decision, fleet.Bus.NowNs);
        for (var i = 0; i < 20 * seconds; i++)
        {
            kernel.Tick(fleet.Bus.NowNs);
            var data = kernel.PollMessage(fleet.Bus.NowNs);
            if (!data.IsEmpty)
            {
                var message = new QuorumMessage { Rover = name };
                CollectionsMarshal.SetCount(message.Data, data.Length);
                data.CopyTo(CollectionsMarshal.AsSpan(message.Data));
                publisher.Publish(message);
            }

            fleet.Bus.RunUntil(fleet.Bus.NowNs + (Second / 20));
        }
    }

    private sealed class SaysYes : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}
