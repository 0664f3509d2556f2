using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Aios.Cli.Benchmarks;

namespace Aios.Cli.Verbs;

/// <summary><c>aios bench sim</c>: speed and scale of the built-in simulator.</summary>
internal static class BenchSim
{
    public static Command Create() => BenchVerb.CreateScaled(
        "sim",
        "The built-in simulator alone: one rover with a lidar, fleets of 1 to 1000, lidar against the analytic ground",
        "mission time",
        (divisor, json) => Run(1.0 / divisor, json, Console.Out));

    /// <summary>Measures and prints.</summary>
    /// <param name="scale">On the mission time of each scene.</param>
    /// <param name="json">JSON instead of a table.</param>
    /// <param name="output">Where to.</param>
    internal static void Run(double scale, bool json, TextWriter output)
    {
        var error = SimulationBenchmark.LidarErrorM(60 * scale);
        SimulationBenchmark[] scenes =
        [
            SimulationBenchmark.OneRover(300 * scale, hasLidar: true),
            SimulationBenchmark.OneRover(2000 * scale, hasLidar: false),
            SimulationBenchmark.Fleet(10, true, 60 * scale),
            SimulationBenchmark.Fleet(100, true, 20 * scale),
            SimulationBenchmark.Fleet(1, false, 2000 * scale),
            SimulationBenchmark.Fleet(100, false, 100 * scale),
            SimulationBenchmark.Fleet(1000, false, 20 * scale),
        ];
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "sim",
                lidar_error_m = error,
                scenes = scenes.Select(scene => new
                {
                    scene = scene.Scene,
                    rovers = scene.Rovers,
                    triangles = scene.Triangles,
                    lidar_rays_per_sim_s = scene.RaysPerSecond,
                    sim_time_s = scene.SimSeconds,
                    wall_time_s = Math.Round(scene.WallSeconds, 4),
                    real_time_factor = Math.Round(scene.RealTimeFactor, 2),
                    us_per_rover_sim_s = Math.Round(scene.MicrosecondsPerRoverSecond, 1),
                }),
            }));
            return;
        }

        foreach (var scene in scenes)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{scene.Scene,-36} {scene.Rovers,5} rovers {scene.Triangles,8} triangles {scene.RealTimeFactor,8:0.0} x real time {scene.MicrosecondsPerRoverSecond,8:0} us per rover and s"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lidar {error * 1000:0.0} mm from the analytic ground at most, without its noise"));
    }
}
