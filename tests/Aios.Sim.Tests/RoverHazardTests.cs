using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim.Tests;

public class RoverHazardTests
{
    [Fact]
    public void RockStrike_TallRockAhead_BlocksAndCountsOnce()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(new Rock(3.0, 0.0, 0.0, 0.8, 0.5)));
        TestWorlds.Drive(sim, 0.4, 0.0, 20.0);
        RoverTruth t = sim.Truth(0);
        Assert.Equal(1, t.Collisions);
        Assert.InRange(new Vector2d(t.Position.X - 3.0, t.Position.Y).Length, 0.9, 1.5);
    }

    [Fact]
    public void RockStrike_BackOffAndReturn_CountsTwice()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(new Rock(3.0, 0.0, 0.0, 0.8, 0.5)));
        TestWorlds.Drive(sim, 0.4, 0.0, 8.0);
        TestWorlds.Drive(sim, -0.4, 0.0, 4.0);
        TestWorlds.Drive(sim, 0.4, 0.0, 6.0);
        Assert.Equal(2, sim.Truth(0).Collisions);
    }

    [Fact]
    public void SmallRock_UnderTheWheels_IsDrivenOver()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Flat(new Rock(3.0, 0.35, 0.0, 0.3, 0.12)));
        double maxRoll = 0.0;
        TestWorlds.Drive(sim, 0.3, 0.0, 20.0, s => maxRoll = Math.Max(maxRoll, s.Truth(0).Roll));
        RoverTruth t = sim.Truth(0);
        Assert.Equal(0, t.Collisions);
        Assert.True(t.Position.X > 5.0);
        Assert.InRange(maxRoll, 0.02, 0.2);
    }

    [Fact]
    public void LowRidge_BetweenTheWheels_HighCentres()
    {
        PlanetSurface surface = TestWorlds.Surface((x, y) => x > 2.0 && Math.Abs(y) < 0.22 ? 0.4 : 0.0);
        PlanetSimulation sim = TestWorlds.Single(surface);
        TestWorlds.Drive(sim, 0.3, 0.0, 12.0);
        Assert.True(sim.Truth(0).HighCentrings >= 1);
    }

    [Fact]
    public void Rovers_HeadOn_BothCountOneCollision()
    {
        PlanetSimulation sim = TestWorlds.Fleet(TestWorlds.Flat(), new Pose2(-2, 0, 0), new Pose2(2, 0, Math.PI));
        for (int i = 0; i < 500; i++)
        {
            sim.Command(0, 0.4, 0.0);
            sim.Command(1, 0.4, 0.0);
            sim.Step();
        }

        Assert.Equal(1, sim.Truth(0).Collisions);
        Assert.Equal(1, sim.Truth(1).Collisions);
        Assert.True(sim.Truth(0).Position.X < sim.Truth(1).Position.X - 1.1);
    }

    [Theory]
    [InlineData(43.0, false)]
    [InlineData(47.0, true)]
    public void TipOver_AcrossTheSlope_HappensBeyondTheAnalyticAngle(double degrees, bool tips)
    {
        // atan(half the track / height of the centre of gravity) = atan(0.35 / 0.35) = 45°.
        PlanetSimulation sim = TestWorlds.Single(
            TestWorlds.Slope(degrees, SoilKind.Bedrock), new Pose2(0, 0, 0.5 * Math.PI), TestWorlds.Sticky);
        sim.RunUntil(1_000_000_000);
        Assert.Equal(tips ? 1 : 0, sim.Truth(0).TipOvers);
    }

    [Theory]
    [InlineData(48.2, false)]
    [InlineData(52.0, true)]
    public void TipOver_UpTheSlope_HappensBeyondTheAnalyticAngle(double degrees, bool tips)
    {
        // atan(0.42 / 0.35) = 50.2°.
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(degrees, SoilKind.Bedrock), model: TestWorlds.Sticky);
        sim.RunUntil(1_000_000_000);
        Assert.Equal(tips ? 1 : 0, sim.Truth(0).TipOvers);
    }

    [Fact]
    public void TipOver_SoilGivesWayFirst_SlidesInstead()
    {
        // Friction 0.9 is less than half the track over the height of the centre of gravity, 1.0.
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(47.0, SoilKind.Bedrock), new Pose2(10, 0, 0.5 * Math.PI));
        sim.RunUntil(1_000_000_000);
        Assert.Equal(0, sim.Truth(0).TipOvers);
        Assert.True(sim.Truth(0).Position.X < 9.8);
    }

    [Fact]
    public void TipOver_Latched_CommandsDoNothing()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(47.0, SoilKind.Bedrock), new Pose2(0, 0, 0.5 * Math.PI), TestWorlds.Sticky);
        sim.RunUntil(3_000_000_000);
        RoverTruth before = sim.Truth(0);
        Assert.Equal(RoverCondition.TippedOver, before.Condition);
        Assert.True(before.TiltRad > 1.4);
        TestWorlds.Drive(sim, 0.5, 0.0, 3.0);
        Assert.Equal(before.Position, sim.Truth(0).Position);
    }

    [Fact]
    public void Body_OnSlope_AttitudeIsTheSlopes()
    {
        PlanetSimulation sim = TestWorlds.Single(TestWorlds.Slope(20.0), new Pose2(0, 0, 0.7));
        RoverTruth t = sim.Truth(0);
        Vector3d up = Quaterniond.FromRollPitchYaw(t.Roll, t.Pitch, t.Yaw).Rotate(Vector3d.UnitZ);
        double slope = Angles.DegreesToRadians(20.0);
        Assert.Equal(-DetMath.Sin(slope), up.X, 4);
        Assert.Equal(0.0, up.Y, 4);
        Assert.Equal(DetMath.Cos(slope), up.Z, 4);
        Assert.Equal(slope, t.TiltRad, 4);
    }
}
