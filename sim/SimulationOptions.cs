using Aios.Numerics;

namespace Aios.Sim;

/// <summary>Settings of a <see cref="PlanetSimulation"/>.</summary>
public sealed record SimulationOptions
{
    /// <value>Fixed step, ns, above 0.</value>
    public long StepNs { get; init; } = 20_000_000;

    /// <value>False leaves every lidar out (for large fleets).</value>
    public bool LidarEnabled { get; init; } = true;

    /// <value>True gives rovers an echo in each other's lidar. Off by default: a mapper that keeps elevation would have
    /// to filter them first.</value>
    public bool RoversVisibleToLidar { get; init; }

    /// <value>Sunlight on a surface that faces the sun, W/m² (Mars about 590, Moon 1361).</value>
    public double SolarIrradianceWpm2 { get; init; } = 590.0;

    /// <value>
    /// Runs an action for 0 … count − 1, in any order or at once, and returns when all are done: the lidar scans of one step. They
    /// share nothing that they write, so what comes out is the same to the bit. Null: one after the other.
    /// </value>
    public Action<int, Action<int>>? RunScans { get; init; }

    public RadioModel Radio { get; init; } = new();

    /// <value>Fixed radio stations besides the rovers.</value>
    public IReadOnlyList<RadioStation> Stations { get; init; } = [];
}

/// <summary>One rover to put on the planet.</summary>
/// <param name="Name">Its name and host, for example <c>rover_1</c>; unique.</param>
/// <param name="Model">What it is.</param>
/// <param name="Start">Where it starts, map frame.</param>
public sealed record RoverSpec(string Name, RoverModel Model, Pose2 Start);
