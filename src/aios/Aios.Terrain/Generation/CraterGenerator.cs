using Aios.Numerics;

namespace Aios.Terrain.Generation;

internal static class CraterGenerator
{
    private const int PlacementTries = 200;

    /// <summary>Craters over the whole ground, largest first: large ones are the older where they overlap.</summary>
    public static List<Crater> Generate(TerrainSpec spec, double halfSize, SeededRandom random)
    {
        var craters = new List<Crater>();
        CraterSpec law = spec.Craters;
        SeededRandom population = random.Fork("population");
        double atMin = Density(law, law.MinDiameterM), atMax = Density(law, law.MaxDiameterM);
        int count = population.NextPoisson((atMin - atMax) * 4.0 * halfSize * halfSize);
        for (int i = 0; i < count; i++)
        {
            double density = population.NextDouble(atMax, atMin);
            double diameter = DetMath.Pow(law.DensityAt1M / density, 1.0 / law.Exponent);
            var crater = new Crater(
                population.NextDouble(-halfSize, halfSize), population.NextDouble(-halfSize, halfSize), diameter, Age(law, population));
            if (ClearsLandingSites(spec, crater))
            {
                craters.Add(crater);
            }
        }

        AddSteepCraters(spec, random.Fork("steep"), craters);
        return [.. craters.OrderByDescending(crater => crater.Diameter)];
    }

    private static double Density(CraterSpec law, double diameter) => law.DensityAt1M * DetMath.Pow(diameter, -law.Exponent);

    /// <summary>Between fresh and worn, with the given mean: the larger or smaller of uniform ages by a power.</summary>
    private static double Age(CraterSpec law, SeededRandom random)
    {
        double u = random.NextDouble(), mean = law.Degradation;
        if (mean <= 0.0 || mean >= 1.0)
        {
            return mean;
        }

        return DetMath.Pow(u, (1.0 - mean) / mean);
    }

    private static void AddSteepCraters(TerrainSpec spec, SeededRandom random, List<Crater> craters)
    {
        CraterSpec law = spec.Craters;
        var steep = new List<Crater>();
        for (int i = 0; i < law.SteepCraters; i++)
        {
            double diameter = random.NextDouble(law.SteepMinDiameterM, law.SteepMaxDiameterM);
            double half = (0.5 * spec.MissionSizeM) - diameter;
            for (int attempt = 0; attempt < PlacementTries && half > 0.0; attempt++)
            {
                var crater = new Crater(random.NextDouble(-half, half), random.NextDouble(-half, half), diameter, 0.05);
                if (ClearsLandingSites(spec, crater) && steep.TrueForAll(other => FarApart(crater, other)))
                {
                    steep.Add(crater);
                    break;
                }
            }
        }

        // Where a steep crater stands, the population's would wear its walls down: the steep one replaces them.
        craters.RemoveAll(old => steep.Exists(fresh => Distance(old, fresh) < fresh.Radius + (1.2 * old.Radius)));
        craters.AddRange(steep);
    }

    private static bool FarApart(Crater a, Crater b) => Distance(a, b) > (1.5 * (a.Radius + b.Radius)) + 2.0;

    private static double Distance(Crater a, Crater b) => new Vector2d(a.X, a.Y).DistanceTo(new Vector2d(b.X, b.Y));

    private static bool ClearsLandingSites(TerrainSpec spec, Crater crater)
    {
        foreach (Vector2d site in spec.LandingSites)
        {
            if (site.DistanceTo(new Vector2d(crater.X, crater.Y)) < (1.3 * crater.Radius) + (1.5 * spec.ClearRadiusM))
            {
                return false;
            }
        }

        return true;
    }
}
