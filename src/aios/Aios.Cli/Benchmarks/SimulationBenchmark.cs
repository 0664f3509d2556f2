using System.Diagnostics;
using Aios.Cli.Missions;
using Aios.Numerics;
using Aios.Sim;
using Aios.Terrain;

namespace Aios.Cli.Benchmarks;

/// <summary>Speed of the built-in simulator with rovers that drive all the time; scans of one step run on all cores, all else on one.</summary>
/// <param name="Scene">Name of the scene.</param>
/// <param name="Rovers">Number of rovers.</param>
/// <param name="Triangles">Triangles that the ground's mesh has in Gazebo; the simulator is bilinear between its vertices.</param>
/// <param name="RaysPerSecond">Lidar rays in a second of mission time, all rovers together.</param>
/// <param name="SimSeconds">Mission time measured, s.</param>
/// <param name="WallSeconds">Time on the wall for it, s.</param>
internal sealed record SimulationBenchmark(string Scene, int Rovers, int Triangles, long RaysPerSecond, double SimSeconds, double WallSeconds)
{
    private const double WarmUpSeconds = 2.0;
    private const double WaveLengthM = 20.0;
    private const double WaveHeightM = 0.6;
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>A lidar of 16 rings x 360 azimuths at 10 Hz.</summary>
    private static readonly LidarModel Lidar16X360 = new() { RateHz = 10, Azimuths = 360, GroundRings = 13, SkyRings = 3 };

    /// <summary>Mission time over time on the wall.</summary>
    public double RealTimeFactor => SimSeconds / WallSeconds;

    /// <summary>Time on the wall for a second of one rover's mission time, µs.</summary>
    public double MicrosecondsPerRoverSecond => 1e6 * WallSeconds / (SimSeconds * Rovers);

    /// <summary>One six-wheel rover, its lidar 16 x 360 at 10 Hz or left out, on a ground of 32,258 triangles.</summary>
    public static SimulationBenchmark OneRover(double seconds, bool hasLidar) => Measure(
        hasLidar ? "one rover, lidar 16 x 360 at 10 Hz" : "one rover, no lidar", MakeScene(1, 128, Lidar16X360, hasLidar), seconds);

    /// <summary>Many rovers that see each other; their lidars as they are in missions, or left out.</summary>
    public static SimulationBenchmark Fleet(int rovers, bool hasLidar, double seconds) => Measure(
        hasLidar ? "fleet with lidar 32 x 180 at 4 Hz" : "fleet without lidar", MakeScene(rovers, SideFor(rovers), new LidarModel(), hasLidar), seconds);

    /// <summary>
    /// Greatest vertical distance of a lidar point, without the sensor's noise, from the analytic ground that the height
    /// field samples every half metre, m.
    /// </summary>
    public static double LidarErrorM(double seconds)
    {
        var planet = MakeScene(1, 128, Lidar16X360 with { RangeSigmaM = 0 }, hasLidar: true);
        var rover = planet.Rovers[0];
        var mount = new Vector3d(Lidar16X360.MountForwardM, 0, Lidar16X360.MountHeightM);
        var worst = 0.0;
        while (planet.NowNs < seconds * NsPerSecond)
        {
            Drive(planet);
            planet.Step();
            if ((rover.Sensors.Fresh & SensorEvents.Lidar) == 0)
            {
                continue;
            }

            var truth = planet.Truth(0);
            var mapFromBody = Quaterniond.FromRollPitchYaw(truth.Roll, truth.Pitch, truth.Yaw);
            for (var i = 0; i < rover.Sensors.Lidar.Points.Length; i += 3)
            {
                var point = rover.Sensors.Lidar.Points.Slice(i, 3);
                if (!float.IsNaN(point[0]))
                {
                    var hit = truth.Position + mapFromBody.Rotate(mount + new Vector3d(point[0], point[1], point[2]));
                    worst = Math.Max(worst, Math.Abs(hit.Z - Height(hit.X, hit.Y)));
                }
            }
        }

        return worst;
    }

    private static SimulationBenchmark Measure(string name, PlanetSimulation planet, double seconds)
    {
        Run(planet, WarmUpSeconds);
        var watch = Stopwatch.StartNew();
        Run(planet, seconds);
        var wall = watch.Elapsed.TotalSeconds;
        var cells = planet.Surface.Ground.Geometry;
        var lidar = planet.Rovers[0].Sensors.Lidar;
        var rays = planet.Rovers[0].Model.Sensors.Lidar.RateHz * lidar.Rings * lidar.Azimuths * planet.Rovers.Count;
        return new SimulationBenchmark(
            name, planet.Rovers.Count, 2 * (cells.Width - 1) * (cells.Height - 1), (long)rays, seconds, wall);
    }

    private static void Run(PlanetSimulation planet, double seconds)
    {
        var end = planet.NowNs + (long)(seconds * NsPerSecond);
        while (planet.NowNs < end)
        {
            Drive(planet);
            planet.Step();
        }
    }

    // Wide arcs, each rover's its own; renewed ten times a second, as a controller would.
    private static void Drive(PlanetSimulation planet)
    {
        if (planet.NowNs % (NsPerSecond / 10) != 0)
        {
            return;
        }

        for (var i = 0; i < planet.Rovers.Count; i++)
        {
            planet.Command(i, 0.5, 0.02 + (0.01 * (i % 5)));
        }
    }

    private static int SideFor(int rovers) => 64 + (int)(24 * Math.Sqrt(rovers));

    private static PlanetSimulation MakeScene(int rovers, int vertices, LidarModel lidar, bool hasLidar)
    {
        var half = 0.25 * vertices;
        var ground = HeightField.FromFunction(GridGeometry.Covering(-half, -half, half, half, 0.5), Height);
        var random = SeededRandom.ForStream(1, "bench/rocks");
        var rocks = Enumerable.Range(0, vertices * vertices / 40).Select(_ =>
        {
            var (x, y, size) = (random.NextDouble(-half, half), random.NextDouble(-half, half), random.NextDouble(0.1, 0.5));
            return new Rock(x, y, Height(x, y) - 0.1, size, (0.5 * size) + 0.1);
        });
        var surface = new PlanetSurface(
            ground, new RockField(rovers == 1 ? [] : [.. rocks]), SoilMap.Uniform(SoilKind.Cohesive), 3.71, 0.7, 0.5);
        var model = RoverCatalogue.RockerBogie6;
        model = model with { Sensors = model.Sensors with { Lidar = hasLidar ? lidar : lidar with { RateHz = 0 } } };
        var columns = (int)Math.Ceiling(Math.Sqrt(rovers));
        var specs = Enumerable.Range(0, rovers).Select(i => new RoverSpec(
            $"rover_{i + 1}", model, new Pose2(((i % columns) - (0.5 * (columns - 1))) * 10, ((i / columns) - (0.5 * (columns - 1))) * 10, i)));
        return new PlanetSimulation(surface, new SimulationOptions { RoversVisibleToLidar = true, LidarEnabled = hasLidar, RunScans = ScanThreads.Run }, [.. specs], 1);
    }

    private static double Height(double x, double y) =>
        WaveHeightM * DetMath.Sin(x * Angles.TwoPi / WaveLengthM) * DetMath.Cos(y * Angles.TwoPi / WaveLengthM);
}
