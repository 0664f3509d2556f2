using Aios.Numerics;
using ROS2.Simulation;

namespace Aios.Sim.Tests;

/// <summary>Radios that lose, repeat, reorder and damage, and fleets that fall apart.</summary>
public class RadioDisturbanceTests
{
    private const int Messages = 4000;

    private static PlanetSimulation Fleet(RadioModel? radio = null) => new(
        TestWorlds.Surface((_, _) => 0.0), TestWorlds.NoLidar with { Radio = radio ?? new RadioModel() },
        [.. Enumerable.Range(0, 4).Select(i => new RoverSpec($"rover_{i + 1}", RoverCatalogue.RockerBogie6, new Pose2(3 * i, 0, 0)))], 5);

    private static List<LinkOutcome> Send(PlanetSimulation sim, string from = "rover_1", string to = "rover_2") =>
        [.. Enumerable.Range(0, Messages).Select(i => sim.Radio.Transmit(from, to, 200, sim.NowNs + (i * 20_000_000L)))];

    private static double Part(List<LinkOutcome> outcomes, Func<LinkOutcome, bool> which) => outcomes.Count(which) / (double)outcomes.Count;

    private static PlanetSimulation With(FaultKind kind, double magnitude, string rover = "rover_1", string other = "")
    {
        PlanetSimulation sim = Fleet();
        sim.Inject(new FaultSpec(kind, rover, 0.0, 2.0, other, magnitude));
        sim.Step();
        return sim;
    }

    [Fact]
    public void RadioLoss_TakesItsPartOfTheMessagesOfThatRoverAlone()
    {
        PlanetSimulation sim = With(FaultKind.RadioLoss, 0.4);
        Assert.InRange(Part(Send(sim), o => !o.Delivered), 0.36, 0.44);
        Assert.InRange(Part(Send(sim, "rover_3", "rover_1"), o => !o.Delivered), 0.36, 0.44);
        Assert.InRange(Part(Send(sim, "rover_2", "rover_3"), o => !o.Delivered), 0, 0.01);
        Assert.True(sim.Radio.TryGetLink("rover_1", "rover_2", sim.NowNs, out RadioLinkState link));
        Assert.InRange(Math.Pow(link.Loss, 3), 0.39, 0.41); // with the link layer's two repetitions
    }

    [Fact]
    public void RadioBurstLoss_LosesAsMuchInARow()
    {
        List<LinkOutcome> outcomes = Send(With(FaultKind.RadioBurstLoss, 0.4));
        Assert.InRange(Part(outcomes, o => !o.Delivered), 0.25, 0.55);
        int changes = outcomes.Zip(outcomes.Skip(1)).Count(pair => pair.First.Delivered != pair.Second.Delivered);
        Assert.True(changes < 200, $"{changes} changes: single losses would give some {2 * 0.4 * 0.6 * Messages}");
    }

    [Fact]
    public void RadioFaults_DuplicateReorderAndCorruptTheirPart()
    {
        Assert.InRange(Part(Send(With(FaultKind.RadioDuplication, 0.3)), o => o.DuplicateDelayNs > o.DelayNs), 0.26, 0.34);
        Assert.InRange(Part(Send(With(FaultKind.RadioCorruption, 0.3)), o => o.Corrupted), 0.26, 0.34);
        Assert.InRange(Part(Send(With(FaultKind.RadioReordering, 0.3)), o => o.DelayNs > 100_000_000), 0.26, 0.34);
        Assert.InRange(Part(Send(With(FaultKind.RadioReordering, 0.3, "")), o => o.DelayNs > 100_000_000), 0.26, 0.34);
    }

    [Fact]
    public void RadioModel_WithDisturbance_DisturbsEveryLinkFromTheStart()
    {
        PlanetSimulation sim = Fleet(new RadioModel { Disturbance = new RadioDisturbance(Corruption: 0.2, BurstLoss: 0.1) });
        List<LinkOutcome> outcomes = Send(sim, "rover_4", "rover_2");
        Assert.InRange(Part(outcomes, o => o.Corrupted), 0.1, 0.25);
        Assert.InRange(Part(outcomes, o => !o.Delivered), 0.02, 0.25);
    }

    [Fact]
    public void RadioFault_Over_LeavesTheLinkAsItWouldHaveBeen()
    {
        PlanetSimulation never = Fleet(), once = Fleet();
        once.Inject(new FaultSpec(FaultKind.RadioReordering, "rover_1", 0.1, 0.2, Magnitude: 1));
        foreach (PlanetSimulation sim in (PlanetSimulation[])[never, once])
        {
            sim.RunUntil(200_000_000);
            Send(sim);
            sim.RunUntil(500_000_000);
        }

        Assert.Equal(Send(never), Send(once));
    }

    [Fact]
    public void Partition_SplitsTheFleetUntilItsEnd()
    {
        PlanetSimulation sim = Fleet();
        sim.Inject(new FaultSpec(FaultKind.Partition, "rover_1", 0.1, 1.0) { Group = ["rover_2"] });
        sim.RunUntil(500_000_000);
        Assert.True(Up("rover_1", "rover_2") && Up("rover_3", "rover_4"));
        Assert.False(Up("rover_1", "rover_3") || Up("rover_4", "rover_2"));
        sim.RunUntil(1_500_000_000);
        Assert.True(Up("rover_1", "rover_3") && Up("rover_4", "rover_2"));

        bool Up(string a, string b) => sim.Radio.TryGetLink(a, b, sim.NowNs, out RadioLinkState link) && link.Up;
    }

    [Fact]
    public void RoverRestart_StopsTheRoverAndStartsItAgain()
    {
        PlanetSimulation sim = Fleet();
        sim.Inject(new FaultSpec(FaultKind.RoverRestart, "rover_1", 1.0, 3.0));
        List<RoverCondition> conditions = [];
        for (int i = 0; i < 300; i++)
        {
            sim.Command(0, 0.3, 0);
            sim.Step();
            if (conditions.Count == 0 || conditions[^1] != sim.Truth(0).Condition)
            {
                conditions.Add(sim.Truth(0).Condition);
            }

            Assert.True(conditions[^1] != RoverCondition.ComputerDown || sim.Rovers[0].Sensors.Fresh == SensorEvents.None);
        }

        Assert.Equal([RoverCondition.Active, RoverCondition.ComputerDown, RoverCondition.Active], conditions);
        Assert.True(sim.Radio.Transmit("rover_1", "rover_2", 10, sim.NowNs).Delivered);
    }

    [Fact]
    public void RoverDeath_WhileItsComputerIsDown_IsForEver()
    {
        PlanetSimulation sim = Fleet();
        sim.Inject(new FaultSpec(FaultKind.RoverRestart, "rover_1", 1.0, 3.0));
        sim.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_1", 2.0));
        sim.RunUntil(6_000_000_000);
        Assert.Equal(RoverCondition.ComputerDead, sim.Truth(0).Condition);
        Assert.Throws<ArgumentException>(() => sim.Inject(new FaultSpec(FaultKind.RoverRestart, "rover_2", 9.0)));
        Assert.Throws<ArgumentException>(() => sim.Inject(new FaultSpec(FaultKind.Partition, "rover_2", 9.0) { Group = ["rover_9"] }));
    }

    [Fact]
    public void ClockFaults_AddUpAndEnd()
    {
        PlanetSimulation sim = Fleet();
        sim.Inject(new FaultSpec(FaultKind.ClockStep, "rover_1", 1.0, 4.0, Magnitude: -0.5));
        sim.Inject(new FaultSpec(FaultKind.ClockDrift, "rover_1", 2.0, 3.0, Magnitude: 0.1));
        sim.RunUntil(1_500_000_000);
        Assert.Equal(-500_000_000, sim.Rovers[0].Clock.ErrorNs(sim.NowNs));
        Assert.Equal(0, sim.Rovers[1].Clock.ErrorNs(sim.NowNs));
        sim.RunUntil(4_000_000_000);
        Assert.InRange(sim.Rovers[0].Clock.ErrorNs(sim.NowNs), -302_000_000, -298_000_000);
        sim.RunUntil(5_100_000_000);
        Assert.Equal(0, sim.Rovers[0].Clock.ErrorNs(sim.NowNs));
    }
}
