using Aios.Numerics;

namespace Aios.Terrain.Generation;

/// <summary>Draws rocks by diameter bins, each with a Poisson number of uniformly placed rocks.</summary>
internal static class RockGenerator
{
    private const int BinsPerOctave = 8;

    public static RockField Generate(
        TerrainSpec spec, HeightField ground, IReadOnlyList<Crater> craters, SeededRandom random)
    {
        var rocks = new List<Rock>();
        if (spec.Rocks.Abundance > 0.0)
        {
            SeededRandom plain = random.Fork("plain"), rims = random.Fork("rims");
            double area = (ground.MaxX - ground.MinX) * (ground.MaxY - ground.MinY);
            double growth = DetMath.Pow(2.0, 1.0 / BinsPerOctave);
            for (double low = spec.Rocks.MinDiameterM; low < spec.Rocks.MaxDiameterM; low *= growth)
            {
                double high = Math.Min(low * growth, spec.Rocks.MaxDiameterM);
                double density = NumberDensity(spec.Rocks.Abundance, low, high);
                ScatterOnPlain(spec, ground, plain, rocks, density * area, low, high);
                ScatterOnRims(spec, ground, craters, rims, rocks, density, low, high);
            }
        }

        return new RockField(rocks);
    }

    /// <summary>
    /// Rocks per m² with diameters in [low, high): those bins' covered fraction k(e^(−q low) − e^(−q high))
    /// over the base area of one of middle size.
    /// </summary>
    public static double NumberDensity(double abundance, double low, double high)
    {
        double q = 1.79 + (0.152 / abundance);
        double covered = abundance * (DetMath.Exp(-q * low) - DetMath.Exp(-q * high));
        return covered / (0.25 * Math.PI * low * high);
    }

    private static void ScatterOnPlain(
        TerrainSpec spec, HeightField ground, SeededRandom random, List<Rock> rocks, double mean, double low, double high)
    {
        int count = random.NextPoisson(mean);
        for (int i = 0; i < count; i++)
        {
            double x = random.NextDouble(ground.MinX, ground.MaxX), y = random.NextDouble(ground.MinY, ground.MaxY);
            AddRock(spec, ground, random, rocks, x, y, low, high);
        }
    }

    /// <summary>Blocks thrown out by the impact: more rocks from the rim to two radii, fewer the older the crater.</summary>
    private static void ScatterOnRims(
        TerrainSpec spec,
        HeightField ground,
        IReadOnlyList<Crater> craters,
        SeededRandom random,
        List<Rock> rocks,
        double density,
        double low,
        double high)
    {
        foreach (Crater crater in craters)
        {
            double ring = Math.PI * crater.Radius * crater.Radius * 3.0;
            int count = random.NextPoisson(density * ring * (spec.Rocks.RimEnrichment - 1.0) * (1.0 - crater.Age));
            for (int i = 0; i < count; i++)
            {
                double u = random.NextDouble(), r = crater.Radius * (1.0 + (u * u));
                (double sin, double cos) = DetMath.SinCos(random.NextDouble(0.0, Angles.TwoPi));
                double x = crater.X + (r * cos), y = crater.Y + (r * sin);
                if (ground.Contains(x, y) && high < 0.2 * crater.Diameter)
                {
                    AddRock(spec, ground, random, rocks, x, y, low, high);
                }
            }
        }
    }

    private static void AddRock(
        TerrainSpec spec, HeightField ground, SeededRandom random, List<Rock> rocks, double x, double y, double low, double high)
    {
        double diameter = low * DetMath.Pow(high / low, random.NextDouble());
        double spread = Math.Clamp(random.NextGaussian(), -2.0, 2.0) * spec.Rocks.HeightRatioSigma;
        double height = diameter * (spec.Rocks.HeightRatio + spread);
        double lowest = LowestGround(ground, x, y, 0.5 * diameter, out double highest);
        var rock = new Rock(x, y, lowest, diameter, height + (0.5 * (highest - lowest)));
        if (height <= spec.ClearRockHeightM || !NearLandingSite(spec, x, y, 0.5 * diameter))
        {
            rocks.Add(rock);
        }
    }

    private static bool NearLandingSite(TerrainSpec spec, double x, double y, double radius)
    {
        foreach (Vector2d site in spec.LandingSites)
        {
            if (site.DistanceTo(new Vector2d(x, y)) < spec.ClearRadiusM + radius)
            {
                return true;
            }
        }

        return false;
    }

    private static double LowestGround(HeightField ground, double x, double y, double radius, out double highest)
    {
        double lowest = ground.Height(x, y);
        highest = lowest;
        for (int i = 0; i < 8; i++)
        {
            Vector2d direction = Compass[i];
            double z = ground.Height(x + (radius * direction.X), y + (radius * direction.Y));
            lowest = Math.Min(lowest, z);
            highest = Math.Max(highest, z);
        }

        return lowest;
    }

    private static readonly Vector2d[] Compass = [.. Enumerable.Range(0, 8).Select(i => new Vector2d(1.0, 0.0).Rotated(i * Math.PI / 4.0))];
}
