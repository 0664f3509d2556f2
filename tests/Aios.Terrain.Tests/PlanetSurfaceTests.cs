using Aios.Numerics;

namespace Aios.Terrain.Tests;

public sealed class PlanetSurfaceTests
{
    private static readonly GridGeometry Flat = new(101, 101, 0.2, -10.1, -10.1);

    [Fact]
    public void HeightField_BilinearFunction_ExactWithGradientAndNormal()
    {
        HeightField field = HeightField.FromFunction(Flat, (x, y) => (0.5 * x) - (0.25 * y));
        Assert.Equal(0.5 - 0.5, field.Height(1.0, 2.0), 1e-6);
        field.Gradient(1.03, -2.71, out double dzdx, out double dzdy);
        Assert.Equal(0.5, dzdx, 1e-5);
        Assert.Equal(-0.25, dzdy, 1e-5);
        Assert.True(field.Normal(0.3, 0.4).DistanceTo(new Vector3d(-0.5, 0.25, 1.0).Normalized()) < 1e-5);
        Assert.Equal(Math.Atan(Math.Sqrt(0.3125)), field.Slope(0, 0), 1e-5);
    }

    [Fact]
    public void HeightField_Edges_InclusiveAndClampedBeyond()
    {
        HeightField field = HeightField.FromFunction(Flat, (x, _) => x);
        Assert.True(field.Contains(field.MaxX, field.MinY));
        Assert.False(field.Contains(field.MaxX + 1e-9, 0.0));
        Assert.False(field.Contains(double.NaN, 0.0));
        Assert.Equal(10.0, field.Height(field.MaxX, 0.0), 1e-5);
        Assert.Equal(10.0, field.Height(50.0, 0.0), 1e-5);
        Assert.Equal(-10.0, field.Height(-50.0, 0.0), 1e-5);
    }

    [Fact]
    public void HeightField_BadInput_Throws()
    {
        Assert.Throws<ArgumentException>(() => new HeightField(new GridGeometry(1, 5, 1, 0, 0), new float[5]));
        Assert.Throws<ArgumentException>(() => new HeightField(new GridGeometry(2, 2, 1, 0, 0), new float[5]));
        Assert.Throws<ArgumentException>(() => new HeightField(new GridGeometry(2, 2, 1, 0, 0), [0, 0, float.NaN, 0]));
    }

    [Fact]
    public void SurfaceHeight_OnAndBesideARock_EllipsoidOrGround()
    {
        PlanetSurface surface = TestWorlds.FromGround(HeightField.FromFunction(Flat, (_, _) => 1.0), new Rock(2.0, 3.0, 1.0, 1.0, 0.4));
        Assert.Equal(1.4, surface.SurfaceHeight(2.0, 3.0), 1e-9);
        Assert.Equal(1.0 + (0.4 * Math.Sqrt(0.75)), surface.SurfaceHeight(2.25, 3.0), 1e-9);
        Assert.Equal(1.0, surface.SurfaceHeight(2.51, 3.0), 1e-9);
    }

    [Fact]
    public void LineOfSight_HillBetween_Blocks()
    {
        PlanetSurface surface = TestWorlds.FromFunction((x, y) => 2.0 * Math.Exp(-((x * x) + (y * y)) / 4.0));
        Assert.False(surface.LineOfSight(new Vector3d(-8, 0, 1), new Vector3d(8, 0, 1)));
        Assert.False(surface.LineOfSight(new Vector3d(8, 0, 1), new Vector3d(-8, 0, 1)));
        Assert.True(surface.LineOfSight(new Vector3d(-8, 0, 1), new Vector3d(8, 0, 4)));
        Assert.True(surface.LineOfSight(new Vector3d(-8, 6, 1), new Vector3d(8, 6, 1)));
        Assert.True(surface.LineOfSight(new Vector3d(1, 1, 3), new Vector3d(1, 1, 3)));
    }

    [Fact]
    public void LineOfSight_RandomPairs_SameBothWays()
    {
        PlanetSurface surface = TestWorlds.Small(12);
        SeededRandom random = new(12);
        int blocked = 0;
        for (int i = 0; i < 3000; i++)
        {
            Vector3d a = Above(), b = Above();
            bool seen = surface.LineOfSight(a, b);
            Assert.Equal(seen, surface.LineOfSight(b, a));
            blocked += seen ? 0 : 1;
        }

        Assert.InRange(blocked, 300, 2900);

        Vector3d Above()
        {
            double x = random.NextDouble(-7.9, 7.9), y = random.NextDouble(-7.9, 7.9);
            return new Vector3d(x, y, surface.SurfaceHeight(x, y) + random.NextDouble(0.05, 0.6));
        }
    }

    [Fact]
    public void InSunlight_BehindAHill_Shadow()
    {
        HeightField ground = HeightField.FromFunction(Flat, (x, y) => 3.0 * Math.Exp(-((x * x) + (y * y)) / 2.0));
        var surface = new PlanetSurface(ground, RockField.Empty, SoilMap.Uniform(SoilKind.Cohesive), 1.62, 0.3, 0.0);
        Assert.True(surface.InSunlight(new Vector3d(4, 0, 0.2)));
        Assert.False(surface.InSunlight(new Vector3d(-4, 0, 0.2)));
        Assert.Equal(Math.Sin(0.3), surface.SunDirection.Z, 1e-15);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(3.7, 2.0)]
    public void Constructor_ImpossibleGravityOrSun_Throws(double gravity, double elevation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlanetSurface(
            HeightField.FromFunction(Flat, (_, _) => 0.0), RockField.Empty, SoilMap.Uniform(SoilKind.Bedrock), gravity, elevation, 0.0));

    [Fact]
    public void RockField_RandomQueries_SameAsBruteForce()
    {
        SeededRandom random = new(13);
        var rocks = new Rock[400];
        for (int i = 0; i < rocks.Length; i++)
        {
            rocks[i] = new Rock(random.NextDouble(-20, 20), random.NextDouble(-15, 15), 0, random.NextDouble(0.1, 2.0), 0.3);
        }

        var field = new RockField(rocks);
        for (int k = 0; k < 500; k++)
        {
            double x = random.NextDouble(-30, 30), y = random.NextDouble(-30, 30), radius = random.NextDouble(0.0, 6.0);
            List<int> found = [];
            foreach (int i in field.Query(x, y, radius))
            {
                found.Add(i);
            }

            IEnumerable<int> expected = Enumerable.Range(0, rocks.Length).Where(
                i => new Vector2d(rocks[i].X - x, rocks[i].Y - y).Length <= radius + rocks[i].Radius);
            Assert.Equal(expected, found.Order());
        }
    }

    [Fact]
    public void RockField_Empty_FindsNothing()
    {
        foreach (int i in RockField.Empty.Query(0, 0, 100))
        {
            Assert.Fail($"rock {i}");
        }

        Assert.Equal(double.NegativeInfinity, RockField.Empty.SurfaceHeight(0, 0));
    }

    [Theory]
    [InlineData(double.NaN, 1.0, 1.0)]
    [InlineData(0.0, 0.0, 1.0)]
    [InlineData(0.0, 1.0, -1.0)]
    public void RockField_NotARock_Throws(double x, double diameter, double height) =>
        Assert.Throws<ArgumentException>(() => new RockField([new Rock(x, 0, 0, diameter, height)]));

    [Fact]
    public void FootprintPlane_TiltedPlane_RecoveredWithoutRoughness()
    {
        HeightField ground = HeightField.FromFunction(Flat, (x, y) => 0.3 + (0.2 * x) + (0.1 * y));
        FootprintPlane plane = FootprintPlane.Fit(ground, 1.0, -2.0, 0.6);
        Assert.Equal(0.3, plane.Height, 1e-5);
        Assert.Equal(0.2, plane.SlopeX, 1e-5);
        Assert.Equal(0.1, plane.SlopeY, 1e-5);
        Assert.InRange(plane.RoughnessM, 0.0, 1e-3);
    }

    [Fact]
    public void ReachableArea_WallWithAGap_OnlyThroughTheGap()
    {
        // A ridge along x = 0 with a gap two metres wide around y = 4.
        HeightField ground = HeightField.FromFunction(Flat, (x, y) => Math.Abs(y - 4.0) < 1.6 ? 0.0 : 2.0 * Math.Exp(-(x * x) * 2.0));
        PlanetSurface open = TestWorlds.FromGround(ground);
        PlanetSurface closed = TestWorlds.FromGround(ground, new Rock(0.0, 4.0, 0.0, 1.0, 0.5), new Rock(0.0, 5.2, 0.0, 0.5, 0.23), new Rock(0.0, 2.8, 0.0, 0.5, 0.23));
        PlanetSurface low = TestWorlds.FromGround(ground, new Rock(0.0, 4.0, 0.0, 1.0, 0.21));
        var geometry = new GridGeometry(90, 90, 0.2, -9.0, -9.0);
        var limits = new MobilityLimits();
        Assert.True(Reaches(open));
        Assert.False(Reaches(closed));
        Assert.True(Reaches(low));

        bool Reaches(PlanetSurface surface)
        {
            Grid<bool> reached = ReachableArea.Compute(surface, limits, new Vector2d(-6, 0), geometry);
            geometry.TryCell(6.0, 0.0, out int col, out int row);
            return reached[col, row];
        }
    }

    [Fact]
    public void ReachableArea_StartOnARockOrOutside_Nothing()
    {
        PlanetSurface surface = TestWorlds.FromGround(HeightField.FromFunction(Flat, (_, _) => 0.0), new Rock(0, 0, 0, 1.0, 0.5));
        var geometry = new GridGeometry(50, 50, 0.2, -5, -5);
        foreach (Vector2d start in new[] { Vector2d.Zero, new Vector2d(100, 0), new Vector2d(double.NaN, 0) })
        {
            Assert.DoesNotContain(true, ReachableArea.Compute(surface, new MobilityLimits(), start, geometry).Cells.ToArray());
        }
    }

    [Fact]
    public void SoilParameters_Slip_GrowsWithSlopeAndLooseness()
    {
        foreach (SoilKind kind in Enum.GetValues<SoilKind>())
        {
            SoilParameters soil = SoilParameters.Of(kind);
            Assert.Equal(soil.FlatSlip, soil.Slip(0.0), 1e-12);
            double before = -1.0;
            for (double slope = -0.6; slope <= 0.6; slope += 0.05)
            {
                double slip = soil.Slip(slope);
                Assert.True(slip >= before && slip is >= -0.3 and <= 1.0);
                before = slip;
            }
        }

        Assert.Equal(1.0, SoilParameters.Of(SoilKind.LooseSand).Slip(0.4));
        Assert.True(SoilParameters.Of(SoilKind.LooseSand).Slip(0.2) > SoilParameters.Of(SoilKind.Cohesive).Slip(0.2));
        Assert.True(SoilParameters.Of(SoilKind.Cohesive).Slip(0.2) > SoilParameters.Of(SoilKind.Bedrock).Slip(0.2));
    }
}
