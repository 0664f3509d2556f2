namespace Aios.Sim;

/// <summary>The faults the planet can inject. Names on the bus and in mission files are the snake_case forms.</summary>
public enum FaultKind
{
    /// <summary>The rover's computer dies; its body stays as an obstacle.</summary>
    RoverDeath = 0,

    /// <summary>No packet passes between two rovers, both ways, for the duration. With no object: between the rover and all others.</summary>
    LinkCut = 1,

    /// <summary>No scans.</summary>
    LidarDropout = 2,

    /// <summary>Lidar noise multiplied by 1 + magnitude.</summary>
    LidarNoise = 3,

    /// <summary>The lidar repeats its last scan.</summary>
    LidarStuck = 4,

    /// <summary>No IMU samples.</summary>
    ImuDropout = 5,

    /// <summary>IMU noise multiplied by 1 + magnitude.</summary>
    ImuNoise = 6,

    /// <summary>The IMU repeats its last sample.</summary>
    ImuStuck = 7,

    /// <summary>No wheel odometry.</summary>
    OdometryDropout = 8,

    /// <summary>Wheel odometry repeats its last report.</summary>
    OdometryStuck = 9,

    /// <summary>No heading fixes.</summary>
    HeadingDropout = 10,

    /// <summary>Heading noise multiplied by 1 + magnitude.</summary>
    HeadingNoise = 11,

    /// <summary>Magnitude wheels (1 to 3, rounded) of the left side jam; negative: of the right side.</summary>
    WheelStuck = 12,

    /// <summary>The battery loses this fraction of its capacity at once.</summary>
    BatteryDrain = 13,

    /// <summary>Dust takes this fraction of the panel's light.</summary>
    PanelDust = 14,
}

/// <summary>One fault to inject.</summary>
/// <param name="Kind">What fails.</param>
/// <param name="Rover">Name of the rover it strikes.</param>
/// <param name="AtS">When, s of mission time, ≥ 0.</param>
/// <param name="DurationS">For how long, s; 0 for ever. Ignored for <see cref="FaultKind.RoverDeath"/> and <see cref="FaultKind.BatteryDrain"/>.</param>
/// <param name="Object">The other rover of a link; empty: all others.</param>
/// <param name="Magnitude">Size, in the unit of the kind.</param>
public sealed record FaultSpec(
    FaultKind Kind, string Rover, double AtS, double DurationS = 0.0, string Object = "", double Magnitude = 1.0);

/// <summary>A fault that has begun or ended.</summary>
/// <param name="TimeNs">When, ns of mission time.</param>
/// <param name="Fault">Which.</param>
/// <param name="Active">True when it begins, false when it ends.</param>
public readonly record struct FaultEvent(long TimeNs, FaultSpec Fault, bool Active);

/// <summary>Names of fault kinds as they stand in mission files and messages.</summary>
public static class FaultKinds
{
    private static readonly (FaultKind Kind, string Name)[] Table =
    [
        (FaultKind.RoverDeath, "rover_death"),
        (FaultKind.LinkCut, "link_cut"),
        (FaultKind.LidarDropout, "lidar_dropout"),
        (FaultKind.LidarNoise, "lidar_noise"),
        (FaultKind.LidarStuck, "lidar_stuck"),
        (FaultKind.ImuDropout, "imu_dropout"),
        (FaultKind.ImuNoise, "imu_noise"),
        (FaultKind.ImuStuck, "imu_stuck"),
        (FaultKind.OdometryDropout, "odometry_dropout"),
        (FaultKind.OdometryStuck, "odometry_stuck"),
        (FaultKind.HeadingDropout, "heading_dropout"),
        (FaultKind.HeadingNoise, "heading_noise"),
        (FaultKind.WheelStuck, "wheel_stuck"),
        (FaultKind.BatteryDrain, "battery_drain"),
        (FaultKind.PanelDust, "panel_dust"),
    ];

    /// <summary>All names, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Table, e => e.Name);

    /// <summary>Name of a kind.</summary>
    public static string NameOf(FaultKind kind) => Table[(int)kind].Name;

    /// <summary>Kind of a name; false when there is none.</summary>
    public static bool TryParse(string name, out FaultKind kind)
    {
        foreach ((FaultKind k, string n) in Table)
        {
            if (string.Equals(n, name, StringComparison.Ordinal))
            {
                kind = k;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
