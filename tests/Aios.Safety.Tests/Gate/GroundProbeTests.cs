using Aios.Numerics;

namespace Aios.Safety.Tests.Gate;

[Trait("Requirement", "SAF-GATE-023")]
public class GroundProbeTests
{
    [Fact]
    public void Clearance_OpenGround_IsTheStandOff()
    {
        GroundMap map = new();

        Assert.Equal(GroundMap.StandOffM, map.ProbeAt(0, 0, 0).ClearanceM(3, -2));
    }

    [Theory]
    [InlineData(0.0, 2.0, 0.0)]
    [InlineData(Math.PI / 2, 0.0, 2.0)]
    [InlineData(Math.PI, -2.0, 0.0)]
    [InlineData(-Math.PI / 2, 0.0, -2.0)]
    public void Clearance_ClosedDiscAhead_ShrinksWithTheDepthInEveryHeading(double yaw, double x, double y)
    {
        GroundMap map = new();
        map.Close(x, y, 1.0);
        GroundProbe probe = map.ProbeAt(0, 0, yaw);

        Assert.Equal(GroundMap.StandOffM, probe.ClearanceM(0.8, 0));
        Assert.InRange(probe.ClearanceM(1.4, 0), GroundMap.StandOffM - 0.55, GroundMap.StandOffM - 0.25);
        Assert.InRange(probe.ClearanceM(2.0, 0), GroundMap.StandOffM - 1.1, GroundMap.StandOffM - 0.85);
    }

    [Fact]
    public void Clearance_EveryPlace_IsThatOfTheNearestOpenCell()
    {
        GroundMap map = new();
        SeededRandom random = new(4);
        for (int i = 0; i < 12; i++)
        {
            map.Close(random.NextDouble(-5, 5), random.NextDouble(-5, 5), random.NextDouble(0.3, 1.2));
        }

        GroundProbe probe = map.ProbeAt(0, 0, 0);
        for (int i = 0; i < 2000; i++)
        {
            double x = random.NextDouble(-6, 6), y = random.NextDouble(-6, 6);

            Assert.Equal(GroundMap.StandOffM - Math.Min(map.DepthByBruteForce(x, y), GroundProbe.DepthReachM), probe.ClearanceM(x, y), 9);
        }
    }

    [Theory]
    [InlineData(98)]
    [InlineData(255)]
    public void Clearance_CostlyOrUnknownGround_IsOpen(byte value)
    {
        GroundMap map = new();
        map.Close(1, 0, 1.0, value);

        Assert.Equal(GroundMap.StandOffM, map.ProbeAt(0, 0, 0).ClearanceM(1, 0));
    }

    [Fact]
    public void Clearance_OutsideTheMap_IsOpenForTheFenceToJudge() =>
        Assert.Equal(GroundMap.StandOffM, new GroundMap().ProbeAt(0, 0, 0).ClearanceM(1000, 0));

    [Fact]
    [Trait("Requirement", "SAF-GATE-024")]
    public void Clearance_NoMapOrOneOfAnotherSize_IsUnknown()
    {
        var short1 = new GroundProbe(new byte[3], new GridGeometry(2, 2, 0.2, 0, 0), new PoseSample(0, 0, 1, 0, 0, 1), 0.8);

        Assert.True(double.IsNaN(default(GroundProbe).ClearanceM(0, 0)));
        Assert.True(double.IsNaN(short1.ClearanceM(0, 0)));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity)]
    public void Clearance_PlaceThatIsNone_DoesNotThrow(double forward, double left) =>
        Assert.Equal(GroundMap.StandOffM, new GroundMap().ProbeAt(0, 0, 0).ClearanceM(forward, left));
}
