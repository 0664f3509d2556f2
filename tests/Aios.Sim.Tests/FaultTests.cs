using Aios.Numerics;

namespace Aios.Sim.Tests;

public class FaultTests
{
    [Fact]
    public void Names_AllKinds_ReadBack()
    {
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            Assert.True(FaultKinds.TryParse(FaultKinds.NameOf(kind), out FaultKind back));
            Assert.Equal(kind, back);
        }

        Assert.False(FaultKinds.TryParse("rover_deth", out _));
        Assert.Equal(Enum.GetValues<FaultKind>().Length, FaultKinds.Names.Count);
    }

    [Fact]
    public void Inject_UnknownRover_IsRefusedByName()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        ArgumentException e = Assert.Throws<ArgumentException>(() => sim.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_9", 1.0)));
        Assert.Contains("rover_9", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RoverDeath_WhileDriving_StopsAndStaysAnObstacle()
    {
        PlanetSimulation sim = TestWorlds.Fleet(TestWorlds.Flat(), default(Pose2), new Pose2(6, 0, Math.PI));
        sim.Inject(new FaultSpec(FaultKind.RoverDeath, "rover_1", 2.0));
        for (int i = 0; i < 1500; i++)
        {
            sim.Command(0, 0.4, 0.0);
            sim.Command(1, 0.4, 0.0);
            sim.Step();
        }

        Assert.Equal(RoverCondition.ComputerDead, sim.Truth(0).Condition);
        Assert.InRange(sim.Truth(0).Position.X, 0.4, 1.0);
        Assert.Equal(1, sim.Truth(1).Collisions);
        Assert.True(sim.Truth(1).Position.X - sim.Truth(0).Position.X > 1.15);
    }

    [Theory]
    [InlineData(FaultKind.LidarDropout, SensorEvents.Lidar)]
    [InlineData(FaultKind.ImuDropout, SensorEvents.Imu)]
    [InlineData(FaultKind.OdometryDropout, SensorEvents.Odometry)]
    [InlineData(FaultKind.HeadingDropout, SensorEvents.Heading)]
    public void Dropout_WhileItLasts_OnlyThatSensorIsSilent(FaultKind kind, SensorEvents sensor)
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(), options: new SimulationOptions());
        sim.Inject(new FaultSpec(kind, "rover_1", 1.0, 2.0));
        SensorEvents during = SensorEvents.None;
        SensorEvents after = SensorEvents.None;
        TestWorlds.Drive(sim, 0.0, 0.0, 5.0, s =>
        {
            double t = s.NowNs * 1e-9;
            during |= t is >= 1.0 and < 3.0 ? s.Rovers[0].Sensors.Fresh : SensorEvents.None;
            after |= t >= 3.0 ? s.Rovers[0].Sensors.Fresh : SensorEvents.None;
        });
        SensorEvents all = SensorEvents.Lidar | SensorEvents.Imu | SensorEvents.Odometry | SensorEvents.Heading | SensorEvents.Battery;
        Assert.Equal(all & ~sensor, during);
        Assert.Equal(all, after);
    }

    [Fact]
    public void ImuStuck_RepeatsItsLastSample()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        sim.Inject(new FaultSpec(FaultKind.ImuStuck, "rover_1", 1.0, 1.0));
        HashSet<Vector3d> during = [];
        int reports = 0;
        TestWorlds.Drive(sim, 0.0, 0.0, 3.0, s =>
        {
            if (s.NowNs is >= 1_000_000_000 and < 2_000_000_000)
            {
                during.Add(s.Rovers[0].Sensors.Imu.LinearAcceleration);
                reports += s.Rovers[0].Sensors.Fresh.HasFlag(SensorEvents.Imu) ? 1 : 0;
            }
        });
        Assert.Single(during);
        Assert.Equal(50, reports);
    }

    [Fact]
    public void HeadingNoise_Magnitude_MultipliesTheSpread()
    {
        double Spread(double magnitude)
        {
            PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
            sim.Inject(new FaultSpec(FaultKind.HeadingNoise, "rover_1", 0.0, Magnitude: magnitude));
            double sum = 0.0;
            TestWorlds.Drive(sim, 0.0, 0.0, 50.0, s =>
                sum += s.Rovers[0].Sensors.Fresh.HasFlag(SensorEvents.Heading) ? Math.Abs(s.Rovers[0].Sensors.Heading.YawRad) : 0.0);
            return sum;
        }

        Assert.InRange(Spread(9.0) / Spread(0.0), 9.9, 10.1);
    }

    [Fact]
    public void BatteryDrain_TakesItsShareAtOnce()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        sim.Inject(new FaultSpec(FaultKind.BatteryDrain, "rover_1", 1.0, Magnitude: 0.5));
        sim.RunUntil(980_000_000);
        double before = sim.Truth(0).Charge;
        sim.RunUntil(1_000_000_000);
        Assert.Equal(0.5, before - sim.Truth(0).Charge, 3);
    }

    [Fact]
    public void PanelDust_DimsThePanelWhileItLasts()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        sim.Inject(new FaultSpec(FaultKind.PanelDust, "rover_1", 1.0, 1.0, Magnitude: 0.75));
        PowerSystem battery = sim.Rovers[0].Sensors.Battery;
        sim.RunUntil(900_000_000);
        double clean = battery.SolarW;
        sim.RunUntil(1_500_000_000);
        Assert.Equal(0.25 * clean, battery.SolarW, 9);
        sim.RunUntil(2_500_000_000);
        Assert.Equal(clean, battery.SolarW, 9);
    }
}
