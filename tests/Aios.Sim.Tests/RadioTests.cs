using Aios.Numerics;
using ROS2.Simulation;

namespace Aios.Sim.Tests;

public class RadioTests
{
    private static PlanetSimulation Pair(double distance, Func<double, double, double>? height = null, SimulationOptions? options = null) =>
        new(
            TestWorlds.Surface(height ?? ((_, _) => 0.0)), options ?? TestWorlds.NoLidar,
            [
                new RoverSpec("rover_1", RoverCatalogue.RockerBogie6, new Pose2(-0.5 * distance, 0, 0)),
                new RoverSpec("rover_2", RoverCatalogue.RockerBogie6, new Pose2(0.5 * distance, 0, 0)),
            ], 5);

    private static RadioLinkState Link(PlanetSimulation sim)
    {
        Assert.True(sim.Radio.TryGetLink("rover_1", "rover_2", sim.NowNs, out RadioLinkState link));
        return link;
    }

    private static double DeliveredFraction(PlanetSimulation sim, int messages = 400)
    {
        int delivered = 0;
        for (int i = 0; i < messages; i++)
        {
            delivered += sim.Radio.Transmit("rover_1", "rover_2", 200, i * 50_000_000L).Delivered ? 1 : 0;
        }

        return (double)delivered / messages;
    }

    [Fact]
    public void Link_InSight_IsNearlyPerfect()
    {
        PlanetSimulation sim = Pair(20.0);
        Assert.True(Link(sim).LineOfSight);
        Assert.True(Link(sim).Quality > 0.9);
        Assert.True(DeliveredFraction(sim) > 0.99);
    }

    [Fact]
    public void Link_BehindARidge_LosesItsSightAndQuality()
    {
        PlanetSimulation sim = Pair(60.0, (x, _) => Math.Max(0.0, 8.0 - Math.Abs(x)));
        Assert.False(Link(sim).LineOfSight);
        Assert.True(Link(sim).Quality < 0.3);
    }

    [Fact]
    public void Link_OutOfRange_IsDown()
    {
        PlanetSimulation sim = Pair(60.0, options: TestWorlds.NoLidar with { Radio = new RadioModel { MaxRangeM = 50.0 } });
        Assert.False(Link(sim).Up);
        Assert.Equal(LinkOutcome.Lost, sim.Radio.Transmit("rover_1", "rover_2", 100, 0));
    }

    [Fact]
    public void Link_Cut_NothingPassesForItsDuration()
    {
        PlanetSimulation sim = Pair(20.0);
        sim.Inject(new FaultSpec(FaultKind.LinkCut, "rover_1", 2.0, 3.0, "rover_2"));
        List<(double T, bool Active)> events = [];
        for (int i = 0; i < 350; i++)
        {
            sim.Step();
            double t = sim.NowNs * 1e-9;
            events.AddRange(sim.FaultEvents.Select(e => (t, e.Active)));
            bool cut = t >= 2.0 && t < 5.0;
            Assert.Equal(!cut, Link(sim).Up);
            Assert.Equal(!cut, sim.Radio.TryGetLink("rover_2", "rover_1", sim.NowNs, out RadioLinkState back) && back.Up);
        }

        Assert.Equal([(2.0, true), (5.0, false)], events);
    }

    [Fact]
    public void Link_DeadRover_IsSilentAtOnce()
    {
        PlanetSimulation sim = Pair(20.0);
        Assert.True(sim.Radio.Transmit("rover_1", "rover_2", 100, 0).Delivered);
        sim.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_2", 0.1));
        sim.RunUntil(200_000_000);
        Assert.False(sim.Radio.Transmit("rover_1", "rover_2", 100, sim.NowNs).Delivered);
        Assert.False(sim.Radio.Transmit("rover_2", "rover_1", 100, sim.NowNs).Delivered);
    }

    [Fact]
    public void Transmit_LargeMessage_TakesItsAirTimeAndQueues()
    {
        RadioModel clean = new() { FloorLoss = 0.0, FadeWidthDb = 0.5 };
        PlanetSimulation sim = Pair(5.0, options: TestWorlds.NoLidar with { Radio = clean });
        LinkOutcome first = sim.Radio.Transmit("rover_1", "rover_2", 25_000, 0);
        LinkOutcome second = sim.Radio.Transmit("rover_1", "rover_2", 25_000, 0);
        LinkOutcome back = sim.Radio.Transmit("rover_2", "rover_1", 100, 0);
        Assert.InRange(first.DelayNs * 1e-9, 0.1039, 0.1041);
        Assert.InRange(second.DelayNs * 1e-9, 0.2039, 0.2041);
        Assert.True(back.DelayNs < 10_000_000);
    }

    [Fact]
    public void Transmit_QueueTooLong_IsDropped()
    {
        PlanetSimulation sim = Pair(5.0);
        int delivered = 0;
        for (int i = 0; i < 100; i++)
        {
            delivered += sim.Radio.Transmit("rover_1", "rover_2", 25_000, 0).Delivered ? 1 : 0;
        }

        Assert.InRange(delivered, 5, 25);
    }

    [Fact]
    public void Transmit_LossyLink_ReportsTheLostPart()
    {
        RadioModel lossy = new() { FloorLoss = 0.4, Retries = 0 };
        PlanetSimulation sim = Pair(5.0, options: TestWorlds.NoLidar with { Radio = lossy });
        LinkOutcome outcome = sim.Radio.Transmit("rover_1", "rover_2", 140_000, 0);
        Assert.False(outcome.Delivered);
        Assert.InRange(outcome.LostBytes, 25 * 1400, 55 * 1400);
    }

    [Fact]
    public void Transmit_UnknownHost_IsAWire()
    {
        PlanetSimulation sim = Pair(20.0);
        Assert.Equal(new LinkOutcome(true, 0), sim.Radio.Transmit("planet", "rover_1", 100_000, 0));
        Assert.Equal(new LinkOutcome(true, 0), sim.Radio.Transmit("rover_1", "planet", 100_000, 0));
    }

    [Fact]
    public void Transmit_OneLinksTraffic_DoesNotChangeAnothersFate()
    {
        bool[] Fates(bool chatter)
        {
            PlanetSimulation sim = Pair(20.0, options: TestWorlds.NoLidar with { Radio = new RadioModel { FloorLoss = 0.6 } });
            bool[] fates = new bool[50];
            for (int i = 0; i < fates.Length; i++)
            {
                fates[i] = sim.Radio.Transmit("rover_1", "rover_2", 100, i * 100_000_000L).Delivered;
                if (chatter)
                {
                    _ = sim.Radio.Transmit("rover_2", "rover_1", 500, i * 100_000_000L);
                }
            }

            return fates;
        }

        bool[] quiet = Fates(false);
        Assert.Equal(quiet, Fates(true));
        Assert.Contains(false, quiet);
        Assert.Contains(true, quiet);
    }

    [Fact]
    public void Stations_AreOnTheRadio()
    {
        PlanetSimulation sim = new(
            TestWorlds.Flat(), TestWorlds.NoLidar with { Stations = [new RadioStation("base", 10, 0)] },
            [new RoverSpec("rover_1", RoverCatalogue.RockerBogie6, default)], 5);
        List<RadioLinkState> links = [];
        sim.Radio.CopyLinks(0, links);
        Assert.Equal([("rover_1", "base"), ("base", "rover_1")], links.Select(l => (l.From, l.To)));
        Assert.All(links, l => Assert.True(l.Up));
    }
}
