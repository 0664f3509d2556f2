using System.Numerics;
using Aios.Numerics;

namespace Aios.Perception.Tests.Support;

/// <summary>Small worlds given by a height function, and maps of them made by looking straight down.</summary>
internal static class Scenes
{
    public static GridGeometry SmallGrid { get; } = GridGeometry.Covering(-8, -8, 8, 8, 0.2);

    /// <summary>Rolling ground with features at every scale a match needs.</summary>
    public static double Rolling(double x, double y) =>
        (0.3 * DetMath.Sin(0.7 * x)) + (0.25 * DetMath.Cos(0.6 * y)) + (0.1 * DetMath.Sin((1.7 * x) + (1.1 * y)));

    /// <summary>A rock of the given size at a place on flat ground.</summary>
    public static Func<double, double, double> Rock(double cx, double cy, double radius, double height) => (x, y) =>
    {
        double d = Math.Sqrt(((x - cx) * (x - cx)) + ((y - cy) * (y - cy)));
        return d < radius ? height : 0;
    };

    /// <summary>A map whose cells were all hit several times, at several places in each.</summary>
    public static ElevationMap Mapped(Func<double, double, double> height, GridGeometry? geometry = null)
    {
        var map = new ElevationMap(geometry ?? SmallGrid, Open());
        Look(map, height, 0);
        return map;
    }

    /// <summary>Hits every cell of a map sixteen times from high above.</summary>
    public static void Look(ElevationMap map, Func<double, double, double> height, long stampNs)
    {
        GridGeometry g = map.Geometry;
        var points = new List<Vector3>();
        const int PerSide = 4;
        for (int row = 0; row < g.Height * PerSide; row++)
        {
            for (int col = 0; col < g.Width * PerSide; col++)
            {
                double x = g.OriginX + ((col + 0.5) * g.Resolution / PerSide);
                double y = g.OriginY + ((row + 0.5) * g.Resolution / PerSide);
                points.Add(new Vector3((float)x, (float)y, (float)height(x, y)));
            }
        }

        map.Integrate(points.ToArray(), Pose3.Identity, stampNs);
    }

    /// <summary>Options without body, range or attitude limits: the points are taken for what they are.</summary>
    public static ElevationMapOptions Open() => new()
    {
        MinRangeM = 0, BodyRadiusM = 0, MaxRangeM = 500, StepRangeM = 500, AttitudeSigmaRad = 0, HeightSigmaM = 0.01,
    };

    /// <summary>A scan of a height function from a pose, returns spread evenly on the ground around.</summary>
    public static Vector3[] Scan(Func<double, double, double> height, Pose3 mapFromBase, int count, double reachM, ulong seed, double sigma)
    {
        var random = new SeededRandom(seed);
        Pose3 baseFromMap = mapFromBase.Inverse();
        var points = new Vector3[count];
        for (int i = 0; i < count; i++)
        {
            double range = reachM * Math.Sqrt(random.NextDouble(0.05, 1)), angle = random.NextDouble(0, Angles.TwoPi);
            double x = mapFromBase.Position.X + (range * DetMath.Cos(angle));
            double y = mapFromBase.Position.Y + (range * DetMath.Sin(angle));
            Vector3d p = baseFromMap.Transform(new Vector3d(x, y, height(x, y) + random.NextGaussian(0, sigma)));
            points[i] = new Vector3((float)p.X, (float)p.Y, (float)p.Z);
        }

        return points;
    }
}
