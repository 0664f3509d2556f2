using Aios.Numerics;

namespace Aios.Terrain.Generation;

/// <summary>Makes the ground around landing sites gentle.</summary>
internal static class LandingSiteGrading
{
    /// <summary>How much of the relief's deviation from its mean stays inside the clear radius.</summary>
    private const double Remaining = 0.25;

    /// <summary>
    /// Within the clear radius heights keep a quarter of their difference to the mean there; from one to
    /// two radii they go over smoothly into what they were.
    /// </summary>
    public static void Apply(TerrainSpec spec, GridGeometry geometry, double[] heights)
    {
        if (!(spec.ClearRadiusM > 0.0))
        {
            return;
        }

        foreach (Vector2d site in spec.LandingSites)
        {
            Flatten(geometry, heights, site, spec.ClearRadiusM);
        }
    }

    private static void Flatten(GridGeometry geometry, double[] heights, Vector2d site, double radius)
    {
        double sum = 0.0;
        int count = 0;
        for (int i = 0; i < heights.Length; i++)
        {
            if (geometry.Center(i).DistanceTo(site) <= radius)
            {
                sum += heights[i];
                count++;
            }
        }

        double mean = count > 0 ? sum / count : 0.0;
        for (int i = 0; i < heights.Length; i++)
        {
            double distance = geometry.Center(i).DistanceTo(site) / radius;
            if (distance < 2.0)
            {
                double t = Math.Clamp(2.0 - distance, 0.0, 1.0);
                double weight = (1.0 - Remaining) * t * t * (3.0 - (2.0 * t));
                heights[i] += weight * (mean - heights[i]);
            }
        }
    }
}
