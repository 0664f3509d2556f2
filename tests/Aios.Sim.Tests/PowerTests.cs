using Aios.Numerics;

namespace Aios.Sim.Tests;

public class PowerTests
{
    [Fact]
    public void MotorEnergy_StraightClimb_IsLiftRollingAndSlipOverEfficiency()
    {
        const double degrees = 12.0;
        double slope = Angles.DegreesToRadians(degrees);
        RoverModel model = RoverCatalogue.RockerBogie6;
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(degrees), model: model);
        TestWorlds.Drive(sim, 0.4, 0.0, 3.0);
        double e0 = sim.Rovers[0].Sensors.Battery.MotorWh;
        Vector3d p0 = sim.Truth(0).Position;
        TestWorlds.Drive(sim, 0.4, 0.0, 30.0);
        double energyJ = 3600.0 * (sim.Rovers[0].Sensors.Battery.MotorWh - e0);
        Vector3d moved = sim.Truth(0).Position - p0;
        double weight = model.Chassis.MassKg * TestWorlds.MarsGravity;
        double work = (weight * moved.Z) + (SoilTraction.Cohesive.Parameters.RollingResistance * weight * DetMath.Cos(slope) * moved.Length);
        double expected = work / (1.0 - SoilTraction.Cohesive.Slip(slope)) / model.Drive.Efficiency;
        Assert.InRange(energyJ, 0.92 * expected, 1.08 * expected);
    }

    [Fact]
    public void Battery_AtRestInTheDark_LosesTheStandingLoad()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(sunElevation: -0.2));
        sim.RunUntil(600_000_000_000);
        PowerModel p = RoverCatalogue.RockerBogie6.Power;
        double expected = (p.HotelLoadW + p.LidarLoadW + p.RadioLoadW) / 6.0;
        Assert.InRange(sim.Truth(0).EnergyWh, 0.999 * expected, 1.001 * expected);
        double lost = (p.InitialCharge - sim.Truth(0).Charge) * p.CapacityWh;
        Assert.InRange(lost, expected, 1.02 * expected);
    }

    [Fact]
    public void Battery_SunOverhead_PanelGivesItsShare()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(sunElevation: 0.5 * Math.PI));
        sim.RunUntil(2_000_000_000);
        PowerModel p = RoverCatalogue.RockerBogie6.Power;
        Assert.Equal(590.0 * p.PanelAreaM2 * p.PanelEfficiency, sim.Rovers[0].Sensors.Battery.SolarW, 3);
    }

    [Fact]
    public void Battery_BehindARidge_LosesTheDirectLight()
    {
        PlanetSimulation lit = TestWorlds.Single(TestWorlds.Flat(sunElevation: 0.2));
        PlanetSimulation dark = TestWorlds.Single(
            TestWorlds.Surface((x, y) => x is > 5.0 and < 7.0 ? 6.0 : 0.0, sunElevation: 0.2));
        lit.RunUntil(2_000_000_000);
        dark.RunUntil(2_000_000_000);
        Assert.True(dark.Rovers[0].Sensors.Battery.SolarW < 0.5 * lit.Rovers[0].Sensors.Battery.SolarW);
    }

    [Fact]
    public void Battery_Empty_RoverIsDeadAndSilent()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(sunElevation: -0.2));
        sim.Inject(new FaultSpec(FaultKind.BatteryDrain, "rover_1", 1.0, Magnitude: 1.0));
        TestWorlds.Drive(sim, 0.4, 0.0, 3.0);
        Assert.Equal(RoverCondition.BatteryEmpty, sim.Truth(0).Condition);
        double x = sim.Truth(0).Position.X;
        TestWorlds.Drive(sim, 0.4, 0.0, 3.0, s => Assert.Equal(SensorEvents.None, s.Rovers[0].Sensors.Fresh));
        Assert.Equal(x, sim.Truth(0).Position.X);
    }

    [Fact]
    public void Voltage_Discharging_FallsWithChargeAndLoad()
    {
        PowerSystem power = new(new PowerModel { InitialCharge = 1.0, CapacityWh = 10.0 });
        double before = double.PositiveInfinity;
        for (int i = 0; i < 360; i++)
        {
            power.Step(1.0, 50.0, 20.0, 0.0, 0.0, 0.0, false);
            Assert.True(power.VoltageV <= before);
            before = power.VoltageV;
        }

        Assert.InRange(before, 8 * 2.9, 8 * 3.9);
        Assert.True(power.CurrentA < 0.0);
    }
}
