using Aios.Numerics;

namespace Aios.Sim.Tests;

public class RoverDriveTests
{
    [Fact]
    public void Drive_FlatRegolith_SpeedIsCommandedLessBaseSlip()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        TestWorlds.Drive(sim, 0.4, 0.0, 20.0);
        RoverTruth t = sim.Truth(0);
        Assert.InRange(t.Position.X, 0.93 * 8.0, 8.0);
        Assert.InRange(Math.Abs(t.Position.Y), 0.0, 0.6);
        Assert.InRange(t.RimLeftMps, 0.399, 0.401);
    }

    [Fact]
    public void Drive_TurnInPlace_YawRateFollowsCommand()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        TestWorlds.Drive(sim, 0.0, 0.4, 5.0);
        RoverTruth t = sim.Truth(0);
        Assert.InRange(t.YawRateRps, 0.34, 0.46);
        Assert.InRange(t.Position.XY.Length, 0.0, 0.05);
    }

    [Theory]
    [InlineData(10.0)]
    [InlineData(15.0)]
    [InlineData(20.0)]
    public void Drive_StraightClimb_SpeedFollowsSlipCurve(double slopeDegrees)
    {
        double slope = Angles.DegreesToRadians(slopeDegrees);
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(slopeDegrees));
        TestWorlds.Drive(sim, 0.4, 0.0, 5.0);
        double x0 = sim.Truth(0).Position.X;
        TestWorlds.Drive(sim, 0.4, 0.0, 10.0);
        double alongSlope = (sim.Truth(0).Position.X - x0) / DetMath.Cos(slope);
        double expected = 4.0 * (1.0 - SoilTraction.Cohesive.Slip(slope));
        Assert.InRange(alongSlope, 0.93 * expected, 1.07 * expected);
        Assert.InRange(-sim.Truth(0).Pitch, slope - 0.01, slope + 0.01);
    }

    [Fact]
    public void Drive_CrossSlope_CreepsDownhill()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(15.0), new Pose2(0, 0, 0.5 * Math.PI));
        TestWorlds.Drive(sim, 0.4, 0.0, 10.0);
        RoverTruth t = sim.Truth(0);
        double expected = 4.0 * SoilTraction.Cohesive.LateralSlip(DetMath.Tan(Angles.DegreesToRadians(15.0)));
        Assert.InRange(-t.Position.X, 0.3 * expected, 2.0 * expected);
    }

    [Fact]
    public void Drive_TurnOnSlope_DriftsDownhillAndTurnsSlower()
    {
        PlanetSimulation flat = TestWorlds.Single(TestWorlds.Flat());
        PlanetSimulation slope = TestWorlds.Single(TestWorlds.Slope(18.0));
        double turnedFlat = TestWorlds.TotalYaw(flat, 0.0, 0.4, 15.0);
        double turnedSlope = TestWorlds.TotalYaw(slope, 0.0, 0.4, 15.0);
        Assert.True(turnedSlope < turnedFlat, $"{turnedSlope} < {turnedFlat}");
        Assert.True(slope.Truth(0).Position.X < -0.1, $"x = {slope.Truth(0).Position.X}");
    }

    [Fact]
    public void Drive_NoCommandForHalfASecond_Stops()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        TestWorlds.Drive(sim, 0.4, 0.0, 3.0);
        sim.RunUntil(sim.NowNs + 480_000_000);
        Assert.True(sim.Truth(0).RimLeftMps > 0.39);
        sim.RunUntil(sim.NowNs + 1_500_000_000);
        Assert.Equal(0.0, sim.Truth(0).RimLeftMps);
        Assert.Equal(0.0, sim.Truth(0).BodyVelocity.Length);
    }

    [Theory]
    [InlineData(double.NaN, 0.0)]
    [InlineData(0.3, double.PositiveInfinity)]
    public void Drive_CommandNotANumber_Stops(double speed, double yawRate)
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        TestWorlds.Drive(sim, 0.4, 0.0, 3.0);
        TestWorlds.Drive(sim, speed, yawRate, 2.0);
        Assert.Equal(0.0, sim.Truth(0).RimLeftMps);
    }

    [Fact]
    public void Drive_CommandBeyondLimits_IsBounded()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        TestWorlds.Drive(sim, 50.0, 0.0, 5.0);
        Assert.InRange(sim.Truth(0).RimLeftMps, 0.59, 0.6001);
    }

    [Fact]
    public void Drive_BattleOfTorque_HeavyLoadLowersTheSpeed()
    {
        RoverModel weak = RoverCatalogue.RockerBogie6 with { Drive = new DriveModel { StallForcePerSideN = 60.0 } };
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(20.0), model: weak);
        TestWorlds.Drive(sim, 0.6, 0.0, 5.0);
        // Half the weight's share along the slope: 60 kg · 3.71 m/s² · sin 20° / 2 = 38 N and the rolling of 8.4 N, of 60 N.
        double held = weak.Drive.NoLoadRimSpeedMps * (1.0 - (46.4 / 60.0));
        Assert.InRange(sim.Truth(0).RimLeftMps, 0.9 * held, 1.1 * held);
    }

    [Fact]
    public void Drive_TowardsTheEdge_StaysOnTheGround()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(), new Pose2(37, 0, 0));
        TestWorlds.Drive(sim, 0.6, 0.0, 30.0);
        Assert.InRange(sim.Truth(0).Position.X, 37.0, 39.0);
        Assert.Equal(1, sim.Truth(0).Collisions);
    }

    [Fact]
    public void Drive_TooSteepForTheSoil_Slides()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(40.0));
        sim.RunUntil(2_000_000_000);
        Assert.True(sim.Truth(0).Position.X < -0.2);
    }

    [Fact]
    public void WheelStuck_OneSide_PullsToThatSide()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat());
        sim.Inject(new FaultSpec(FaultKind.WheelStuck, "rover_1", 0.0, Magnitude: 2));
        double yaw = TestWorlds.TotalYaw(sim, 0.4, 0.0, 10.0);
        Assert.True(yaw > 0.2, $"yaw {yaw}");
    }
}
