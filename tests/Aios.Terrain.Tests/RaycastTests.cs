using Aios.Numerics;

namespace Aios.Terrain.Tests;

public sealed class RaycastTests
{
    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void Raycast_RandomRaysOverGeneratedWorld_AgreesWithBruteForce(ulong seed)
    {
        PlanetSurface surface = TestWorlds.Small(seed);
        SeededRandom random = SeededRandom.ForStream(seed, "rays");
        int hits = 0;
        for (int i = 0; i < 600; i++)
        {
            double x = random.NextDouble(-7.5, 7.5), y = random.NextDouble(-7.5, 7.5);
            var origin = new Vector3d(x, y, surface.SurfaceHeight(x, y) + random.NextDouble(0.0, 2.0));
            Vector3d direction = TestWorlds.Direction(random.NextDouble(0.0, 6.3), random.NextDouble(-1.5, 0.3));
            hits += AssertSameAsBruteForce(surface, origin, direction, 15.0);
        }

        Assert.True(hits > 280, $"only {hits} hits: the rays do not test much");
    }

    [Fact]
    public void Raycast_RoughGroundGrazingRays_AgreesWithBruteForce()
    {
        // White noise: strongly twisted patches, where a ray may dip below the ground inside one cell.
        SeededRandom random = SeededRandom.ForStream(5, "rough");
        PlanetSurface surface = TestWorlds.FromFunction((x, y) => random.NextDouble(-0.3, 0.3), 12.0, 0.25);
        int hits = 0;
        for (int i = 0; i < 1000; i++)
        {
            var origin = new Vector3d(random.NextDouble(-6, 6), random.NextDouble(-6, 6), random.NextDouble(0.1, 0.5));
            hits += AssertSameAsBruteForce(
                surface, origin, TestWorlds.Direction(random.NextDouble(0.0, 6.3), random.NextDouble(-0.2, 0.05)), 15.0);
        }

        Assert.True(hits > 330, $"only {hits} hits");
    }

    [Fact]
    public void Raycast_RaysAlongLatticeLinesAndDiagonals_AgreesWithBruteForce()
    {
        PlanetSurface surface = TestWorlds.Small(4);
        HeightField ground = surface.Ground;
        for (int i = 0; i < 40; i++)
        {
            double x = ground.Geometry.CenterX(i), y = ground.Geometry.CenterY(3);
            var origin = new Vector3d(x, y, surface.SurfaceHeight(x, y) + 0.7);
            for (int k = 0; k < 8; k++)
            {
                Vector3d level = new Vector3d(Sign(k), Sign(k + 2), 0.0).Normalized();
                AssertSameAsBruteForce(surface, origin, (level + new Vector3d(0, 0, -0.1 * (i % 4))).Normalized(), 15.0);
            }
        }

        static double Sign(int k) => (k % 8) switch { 0 or 1 or 7 => 1.0, 3 or 4 or 5 => -1.0, _ => 0.0 };
    }

    [Fact]
    public void Raycast_FromOutsideTheGround_EntersAtItsEdge()
    {
        PlanetSurface surface = TestWorlds.Small(6);
        SeededRandom random = SeededRandom.ForStream(6, "outside");
        for (int i = 0; i < 300; i++)
        {
            var origin = new Vector3d(random.NextDouble(-25, 25), -12.0 - random.NextDouble(), 3.0);
            var target = new Vector3d(random.NextDouble(-8, 8), random.NextDouble(-8, 8), -0.5);
            AssertSameAsBruteForce(surface, origin, (target - origin).Normalized(), 40.0);
        }
    }

    [Fact]
    public void Raycast_StraightDown_MeetsSurfaceHeight()
    {
        PlanetSurface surface = TestWorlds.Small(7, 0.15);
        SeededRandom random = SeededRandom.ForStream(7, "down");
        for (int i = 0; i < 2000; i++)
        {
            double x = random.NextDouble(-8, 8), y = random.NextDouble(-8, 8);
            Assert.True(surface.Raycast(new Vector3d(x, y, 5.0), -Vector3d.UnitZ, 20.0, out double range));
            Assert.Equal(surface.SurfaceHeight(x, y), 5.0 - range, 1e-9);
        }
    }

    [Fact]
    public void Raycast_TiltedPlane_IsExact()
    {
        PlanetSurface surface = TestWorlds.FromFunction((x, y) => (0.125 * x) - (0.25 * y));
        var origin = new Vector3d(1.0, -2.0, 3.0);
        var direction = new Vector3d(2.0, 1.0, -0.5).Normalized();
        Assert.True(surface.Raycast(origin, direction, 20.0, out double range));
        double expected = (3.0 - 0.125 - 0.5) / ((0.125 * direction.X) - (0.25 * direction.Y) - direction.Z);
        Assert.Equal(expected, range, 1e-6);
    }

    [Fact]
    public void Raycast_SmoothAnalyticHills_WithinThreeCentimetres()
    {
        static double Hills(double x, double y) => (0.6 * Math.Sin(0.5 * x)) + (0.4 * Math.Cos((0.7 * y) + (0.2 * x)));
        PlanetSurface surface = TestWorlds.FromFunction(Hills, 60.0, 0.25);
        SeededRandom random = SeededRandom.ForStream(8, "hills");
        int compared = 0;
        for (int i = 0; i < 1000; i++)
        {
            double x = random.NextDouble(-8, 8), y = random.NextDouble(-8, 8);
            var origin = new Vector3d(x, y, Hills(x, y) + 1.5);
            Vector3d direction = TestWorlds.Direction(random.NextDouble(0, 6.3), random.NextDouble(-1.2, -0.1));
            double expected = March(origin, direction);
            if (!double.IsNaN(expected) && surface.Raycast(origin, direction, 20.0, out double range))
            {
                // Along a grazing ray a millimetre of height is a decimetre of range: measure across the ground.
                Vector3d hit = origin + (range * direction);
                Assert.InRange(Math.Abs(hit.Z - Hills(hit.X, hit.Y)), 0.0, 0.005);
                double sine = -direction.Z;
                if (sine > 0.35)
                {
                    Assert.Equal(expected, range, 0.03);
                }

                compared++;
            }
        }

        Assert.True(compared > 750);

        static double March(Vector3d origin, Vector3d direction)
        {
            for (double t = 0.0; t < 20.0; t += 0.002)
            {
                Vector3d p = origin + (t * direction);
                if (p.Z <= Hills(p.X, p.Y))
                {
                    return t;
                }
            }

            return double.NaN;
        }
    }

    [Fact]
    public void Raycast_BelowTheSurface_HitsAtZero()
    {
        PlanetSurface surface = TestWorlds.FromFunction((_, _) => 1.0);
        Assert.True(surface.Raycast(Vector3d.Zero, Vector3d.UnitZ, 5.0, out double range));
        Assert.Equal(0.0, range);
    }

    [Fact]
    public void Raycast_BeyondMaxRange_Misses()
    {
        PlanetSurface surface = TestWorlds.FromFunction((_, _) => 0.0);
        Assert.False(surface.Raycast(new Vector3d(0, 0, 2.0), -Vector3d.UnitZ, 1.99, out double range));
        Assert.True(double.IsNaN(range));
        Assert.True(surface.Raycast(new Vector3d(0, 0, 2.0), -Vector3d.UnitZ, 2.01, out _));
    }

    [Theory]
    [InlineData(double.NaN, 0.0, 2.0, -1.0)]
    [InlineData(0.0, double.NaN, 2.0, -1.0)]
    [InlineData(0.0, 0.0, double.NaN, -1.0)]
    [InlineData(0.0, 0.0, 2.0, double.NaN)]
    [InlineData(double.PositiveInfinity, 0.0, 2.0, -1.0)]
    public void Raycast_NotANumber_Misses(double x, double y, double z, double dz)
    {
        PlanetSurface surface = TestWorlds.FromFunction((_, _) => 0.0);
        Assert.False(surface.Raycast(new Vector3d(x, y, z), new Vector3d(0.0, 0.0, dz), 10.0, out double range));
        Assert.True(double.IsNaN(range));
    }

    [Fact]
    public void RaycastFan_ManyDirections_SameAsOneByOne()
    {
        PlanetSurface surface = TestWorlds.Small(9);
        SeededRandom random = SeededRandom.ForStream(9, "fan");
        var directions = new Vector3d[200];
        for (int i = 0; i < directions.Length; i++)
        {
            directions[i] = TestWorlds.RandomDirection(random);
        }

        var origin = new Vector3d(0.5, 0.25, surface.SurfaceHeight(0.5, 0.25) + 1.5);
        var ranges = new double[directions.Length];
        surface.RaycastFan(origin, directions, 20.0, ranges);
        for (int i = 0; i < directions.Length; i++)
        {
            surface.Raycast(origin, directions[i], 20.0, out double range);
            Assert.Equal(range, ranges[i]);
        }
    }

    [Fact]
    public void RaycastFan_Repeated_AllocatesNothing()
    {
        PlanetSurface surface = TestWorlds.Small(10);
        Vector3d[] directions = [.. Enumerable.Range(0, 100).Select(i => TestWorlds.Direction(i * 0.06, -0.3))];
        var ranges = new double[directions.Length];
        var origin = new Vector3d(0, 0, 2.0);
        surface.RaycastFan(origin, directions, 20.0, ranges);
        long before = GC.GetAllocatedBytesForCurrentThread();
        surface.RaycastFan(origin, directions, 20.0, ranges);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int AssertSameAsBruteForce(PlanetSurface surface, Vector3d origin, Vector3d direction, double maxRange)
    {
        double expected = BruteForceRaycast.Range(surface, origin, direction, maxRange);
        surface.Raycast(origin, direction, maxRange, out double range);
        if (double.IsNaN(expected) != double.IsNaN(range) || Math.Abs(expected - range) > 1e-7)
        {
            Assert.Fail($"from {origin} along {direction}: {range:R}, brute force {expected:R}");
        }

        return double.IsNaN(range) ? 0 : 1;
    }
}
