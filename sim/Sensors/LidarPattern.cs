using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Elevation angles of a lidar's rings.</summary>
public static class LidarPattern
{
    /// <summary>
    /// Rings that meet flat ground at even spacing, then rings up to and above the horizon.
    /// </summary>
    /// <param name="mountHeightM">Height of the optical centre above the ground, m, above 0.</param>
    /// <param name="nearM">Ground distance of the lowest ring, m.</param>
    /// <param name="farM">Ground distance of the last ground ring, m, at least <paramref name="nearM"/>.</param>
    /// <param name="groundRings">Number of ground rings, at least 2.</param>
    /// <param name="skyRings">Number of rings above them: evenly from half the last ground ring's depression to +8°.</param>
    /// <returns>Elevations above the lidar's horizontal plane, rad, ascending.</returns>
    public static double[] GroundSpaced(double mountHeightM, double nearM, double farM, int groundRings, int skyRings)
    {
        double[] elevations = new double[groundRings + skyRings];
        for (int i = 0; i < groundRings; i++)
        {
            double distance = nearM + ((farM - nearM) * i / (groundRings - 1));
            elevations[i] = -DetMath.Atan2(mountHeightM, distance);
        }

        double low = 0.5 * elevations[groundRings - 1];
        double high = Angles.DegreesToRadians(8.0);
        for (int i = 0; i < skyRings; i++)
        {
            elevations[groundRings + i] = skyRings == 1 ? 0.0 : low + ((high - low) * i / (skyRings - 1));
        }

        return elevations;
    }

    /// <summary>Evenly spaced rings, as of an ordinary spinning lidar.</summary>
    public static double[] Even(double lowestRad, double highestRad, int rings)
    {
        double[] elevations = new double[rings];
        for (int i = 0; i < rings; i++)
        {
            elevations[i] = rings == 1 ? lowestRad : lowestRad + ((highestRad - lowestRad) * i / (rings - 1));
        }

        return elevations;
    }

    /// <summary>The rings of a model: its own list, or the ground-spaced pattern of its figures.</summary>
    public static IReadOnlyList<double> Of(LidarModel model) => model.RingElevationsRad.Count > 0
        ? model.RingElevationsRad
        : GroundSpaced(model.MountHeightM, model.NearGroundM, model.FarGroundM, model.GroundRings, model.SkyRings);

    /// <summary>Directions of all rays of a model in the lidar's frame, of unit length: by ring, then azimuth counter-clockwise from +x.</summary>
    public static Vector3d[] Rays(LidarModel model)
    {
        IReadOnlyList<double> rings = Of(model);
        var rays = new Vector3d[rings.Count * model.Azimuths];
        for (int ring = 0; ring < rings.Count; ring++)
        {
            (double sinE, double cosE) = DetMath.SinCos(rings[ring]);
            for (int a = 0; a < model.Azimuths; a++)
            {
                (double sinA, double cosA) = DetMath.SinCos(Angles.TwoPi * a / model.Azimuths);
                rays[(ring * model.Azimuths) + a] = new Vector3d(cosE * cosA, cosE * sinA, sinE);
            }
        }

        return rays;
    }
}
