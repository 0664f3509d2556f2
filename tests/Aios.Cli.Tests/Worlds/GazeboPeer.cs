using System.Globalization;
using Aios.Cli.Worlds;
using Aios.Numerics;
using Aios.Sim;
using Aios.Terrain;

namespace Aios.Cli.Tests.Worlds;

/// <summary>What a rover is told: <c>drive</c> seconds, speed, yaw rate; or <c>goto</c> x, y, speed.</summary>
internal readonly record struct DriveCommand(string Verb, double A, double B, double C)
{
    public static DriveCommand Drive(double seconds, double speed, double yawRate) => new("drive", seconds, speed, yawRate);

    public static DriveCommand GoTo(double x, double y, double speed) => new("goto", x, y, speed);
}

/// <summary>Where the rover was: s, m, rad.</summary>
internal readonly record struct TrackPoint(double Time, Vector3d Position, double Roll, double Pitch, double Yaw);

/// <summary>One drive over one world file: by Gazebo's physics (<c>tests/peers/gazebo_physics.cpp</c>) and by the built-in simulator.</summary>
internal static class GazeboPeer
{
    private const string Packages = "libeigen3-dev libignition-physics-core-dev libignition-physics-mesh-dev libignition-physics-sdf-dev libignition-physics5-dartsim-plugin5";
    private const double StepSeconds = 0.01;
    private const double Reached = 0.5;
    private const int MostTenths = 2000;
    private static readonly Lazy<string?> Program = new(Build);
    private static readonly RoverModel Rover = RoverCatalogue.RockerBogie6;

    /// <summary>Drives in Gazebo's physics; the test is skipped where it is not installed. Ten points a second.</summary>
    public static List<TrackPoint> DriveInGazebo(string worldFile, Pose2 start, PlanetSurface surface, params DriveCommand[] commands)
    {
        Assert.SkipWhen(Program.Value is null, "Gazebo's physics is not installed: apt-get install " + Packages);
        var models = Path.Combine(AiosHome.Directory, "models");
        double[] numbers = [start.X, start.Y, surface.Ground.Height(start.X, start.Y) + 0.05, start.Yaw, StepSeconds, Rover.Chassis.TrackM, Rover.Chassis.WheelRadiusM];
        var (code, output, error) = Programs.RunWithInput(
            new Dictionary<string, string?> { ["SDF_PATH"] = Path.Combine(Path.GetDirectoryName(worldFile)!, "models") + ":" + models },
            string.Concat(commands.Select(command => FormattableString.Invariant($"{command.Verb} {command.A} {command.B} {command.C}\n"))),
            Program.Value!,
            [worldFile, Path.Combine(models, "aios_rover", "model.sdf"), .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);
        Assert.True(code == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];
    }

    /// <summary>The same in the built-in simulator, on rock plates: Gazebo knows no softer soil.</summary>
    public static List<TrackPoint> DriveBuiltIn(string worldFile, Pose2 start, params DriveCommand[] commands)
    {
        var read = WorldFile.Read(worldFile, 0, 1);
        var surface = new PlanetSurface(
            read.Ground, read.Rocks, SoilMap.Uniform(SoilKind.Bedrock), read.GravityMps2, read.SunElevationRad, read.SunAzimuthRad);
        var planet = new PlanetSimulation(surface, new SimulationOptions { LidarEnabled = false }, [new RoverSpec("rover_1", Rover, start)], 1);
        var track = new List<TrackPoint>();
        foreach (var command in commands)
        {
            if (command.Verb == "drive")
            {
                Enumerable.Range(0, (int)Math.Round(command.A * 10)).ToList().ForEach(_ => Tenth(planet, track, command.B, command.C));
                continue;
            }

            var pose = planet.Truth(0).Pose;
            for (var i = 0; i < MostTenths && Math.Sqrt(Math.Pow(command.A - pose.X, 2) + Math.Pow(command.B - pose.Y, 2)) > Reached; i++)
            {
                var error = Angles.WrapToPi(DetMath.Atan2(command.B - pose.Y, command.A - pose.X) - pose.Yaw);
                Tenth(planet, track, command.C, Math.Clamp(error, -0.3, 0.3));
                pose = planet.Truth(0).Pose;
            }
        }

        return track;
    }

    /// <summary>Length of a way, m.</summary>
    public static double Length(IReadOnlyList<TrackPoint> track) => track.Zip(track.Skip(1), (a, b) => (b.Position - a.Position).Length).Sum();

    private static void Tenth(PlanetSimulation planet, List<TrackPoint> track, double speed, double yawRate)
    {
        var truth = planet.Truth(0);
        track.Add(new TrackPoint(planet.NowNs * 1e-9, truth.Position, truth.Roll, truth.Pitch, truth.Yaw));
        planet.Command(0, speed, yawRate);
        planet.RunUntil(planet.NowNs + 100_000_000);
    }

    private static TrackPoint Parse(string line)
    {
        var v = line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new TrackPoint(v[0], new Vector3d(v[1], v[2], v[3]), v[4], v[5], v[6]);
    }

    // Null where its libraries are not installed. The lock is that of build.sh: other tests build in the same folder.
    private static string? Build()
    {
        var none = new Dictionary<string, string?>();
        var (code, output, error) = Programs.Run(none, "bash", Path.Combine(AiosHome.Directory, "tests", "peers", "build.sh"));
        Assert.True(code is 0 or 3, output + error);
        if (code != 0)
        {
            return null;
        }

        var folder = Path.Combine(AiosHome.Directory, "artifacts", "peers");
        (code, output, error) = Programs.Run(none, "flock", Path.Combine(folder, ".lock"), "cmake", "--build", folder, "--target", "gazebo_physics");
        if (error.Contains("No rule to make target", StringComparison.Ordinal))
        {
            return null;
        }

        Assert.True(code == 0, output + error);
        return Path.Combine(folder, "bin", "gazebo_physics");
    }
}
