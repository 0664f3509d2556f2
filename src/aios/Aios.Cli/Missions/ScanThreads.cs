namespace Aios.Cli.Missions;

/// <summary>Runs the lidar scans of a simulation's step on all cores. The simulator itself knows no threads.</summary>
internal static class ScanThreads
{
    /// <summary>In a smaller fleet there is seldom more than one scan in a step.</summary>
    public const int SmallestFleet = 8;

    /// <summary>As <see cref="Aios.Sim.SimulationOptions.RunScans"/> wants it.</summary>
    public static void Run(int count, Action<int> scan) => Parallel.For(0, count, scan);
}
