using Aios.Numerics;

namespace Aios.Terrain.Generation;

internal static class SoilGenerator
{
    /// <summary>Loose sand does not stay on steeper ground than its angle of repose, rad.</summary>
    private const double ReposeRad = 0.52;

    /// <summary>
    /// Two noises, for sand and for bedrock, are cut at their quantiles over the map. Sand that would lie
    /// steeper than its angle of repose is bedrock; landing sites are cohesive.
    /// </summary>
    public static SoilMap Generate(TerrainSpec spec, HeightField ground, SeededRandom random)
    {
        GridGeometry geometry = GridGeometry.Covering(ground.MinX, ground.MinY, ground.MaxX, ground.MaxY, spec.Soil.CellM);
        var relief = new ReliefSpec { RmsHeightM = 1.0, WavelengthM = spec.Soil.PatchSizeM, Hurst = 0.7, Octaves = 3 };
        var noise = new FractalRelief(relief, 2.0 * spec.Soil.CellM, random);
        var values = new double[geometry.CellCount];
        for (int i = 0; i < values.Length; i++)
        {
            Vector2d centre = geometry.Center(i);
            values[i] = noise.At(centre.X, centre.Y);
        }

        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        double sandBelow = Quantile(sorted, spec.Soil.SandFraction), rockFrom = Quantile(sorted, 1.0 - spec.Soil.BedrockFraction);
        var kinds = new Grid<SoilKind>(geometry);
        for (int i = 0; i < values.Length; i++)
        {
            kinds[i] = Kind(spec, ground, geometry.Center(i), values[i] < sandBelow, values[i] >= rockFrom);
        }

        return new SoilMap(kinds);
    }

    private static SoilKind Kind(TerrainSpec spec, HeightField ground, Vector2d at, bool sand, bool bedrock)
    {
        foreach (Vector2d site in spec.LandingSites)
        {
            if (site.DistanceTo(at) < spec.ClearRadiusM)
            {
                return SoilKind.Cohesive;
            }
        }

        if (sand)
        {
            return ground.Slope(at.X, at.Y) > ReposeRad ? SoilKind.Bedrock : SoilKind.LooseSand;
        }

        return bedrock ? SoilKind.Bedrock : SoilKind.Cohesive;
    }

    /// <summary>Value that the given part of the sorted numbers lies below.</summary>
    private static double Quantile(double[] sorted, double part)
    {
        int index = (int)Math.Floor(part * sorted.Length);
        return index >= sorted.Length ? double.PositiveInfinity : sorted[index];
    }
}
