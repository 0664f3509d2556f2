using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim.Tests;

/// <summary>Small worlds with a known answer, and ways to drive on them.</summary>
internal static class TestWorlds
{
    public const double MarsGravity = 3.71;

    /// <summary>A rover that tips before it slides.</summary>
    public static RoverModel Sticky { get; } = RoverCatalogue.RockerBogie6 with { Drive = new DriveModel { GripFactor = 2.0 } };

    /// <summary>80 m × 80 m about the origin with vertices every 0.25 m.</summary>
    public static PlanetSurface Surface(
        Func<double, double, double> height, SoilKind soil = SoilKind.Cohesive, double sunElevation = 0.7, params Rock[] rocks)
    {
        GridGeometry geometry = new(321, 321, 0.25, -40.125, -40.125);
        return new PlanetSurface(
            HeightField.FromFunction(geometry, height), new RockField(rocks), SoilMap.Uniform(soil), MarsGravity, sunElevation, 0.0);
    }

    public static PlanetSurface Flat(params Rock[] rocks) => Surface((_, _) => 0.0, rocks: rocks);

    public static PlanetSurface Flat(double sunElevation) => Surface((_, _) => 0.0, sunElevation: sunElevation);

    /// <summary>A plane that rises towards +x.</summary>
    public static PlanetSurface Slope(double degrees, SoilKind soil = SoilKind.Cohesive)
    {
        double rise = DetMath.Tan(Angles.DegreesToRadians(degrees));
        return Surface((x, _) => rise * x, soil);
    }

    public static PlanetSimulation Single(
        PlanetSurface surface, Pose2 start = default, RoverModel? model = null, ulong seed = 7, SimulationOptions? options = null) =>
        new(surface, options ?? NoLidar, [new RoverSpec("rover_1", model ?? RoverCatalogue.RockerBogie6, start)], seed);

    public static SimulationOptions NoLidar { get; } = new() { LidarEnabled = false };

    public static PlanetSimulation Fleet(PlanetSurface surface, params Pose2[] starts) =>
        new(surface, NoLidar, [.. starts.Select((p, i) => new RoverSpec($"rover_{i + 1}", RoverCatalogue.RockerBogie6, p))], 7);

    /// <summary>Drives rover 0 with one command, repeated every step.</summary>
    public static void Drive(
        PlanetSimulation sim, double speed, double yawRate, double seconds, Action<PlanetSimulation>? afterStep = null)
    {
        long end = sim.NowNs + (long)(seconds * 1e9);
        while (sim.NowNs < end)
        {
            sim.Command(0, speed, yawRate);
            sim.Step();
            afterStep?.Invoke(sim);
        }
    }

    /// <summary>Drives like <see cref="Drive"/> and returns the yaw turned in all, rad.</summary>
    public static double TotalYaw(PlanetSimulation sim, double speed, double yawRate, double seconds)
    {
        double total = 0.0;
        double last = sim.Truth(0).Yaw;
        Drive(sim, speed, yawRate, seconds, s =>
        {
            total += Angles.Difference(s.Truth(0).Yaw, last);
            last = s.Truth(0).Yaw;
        });
        return total;
    }
}
