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

    /// <summary>The rover's computer crashes and, after the duration, starts again with what it had stored.</summary>
    RoverRestart = 15,

    /// <summary>No packet passes between the rover with its group and all others, both ways.</summary>
    Partition = 16,

    /// <summary>Messages are lost with probability magnitude. This and the next four strike the links between the rover and the object; without object all links of the rover, without rover all links.</summary>
    RadioLoss = 17,

    /// <summary>Everything is lost in bursts that take this fraction of the time.</summary>
    RadioBurstLoss = 18,

    /// <summary>Messages arrive twice with probability magnitude.</summary>
    RadioDuplication = 19,

    /// <summary>Messages are held up, so that others overtake them, with probability magnitude.</summary>
    RadioReordering = 20,

    /// <summary>Messages arrive with flipped bits with probability magnitude.</summary>
    RadioCorruption = 21,

    /// <summary>The clock of the rover's computer jumps by magnitude, s; in the end it jumps back.</summary>
    ClockStep = 22,

    /// <summary>The clock of the rover's computer gains magnitude, s per s; in the end it jumps back.</summary>
    ClockDrift = 23,

    /// <summary>The rover lies to the fleet: about itself and others, in two voices in the quorum. Its body and its sensors are well.</summary>
    LyingRover = 24,
}

/// <summary>One fault to inject.</summary>
/// <param name="Kind">What fails.</param>
/// <param name="Rover">Name of the rover it strikes.</param>
/// <param name="AtS">When, s of mission time, ≥ 0.</param>
/// <param name="DurationS">For how long, s; 0 for ever. Ignored for <see cref="FaultKind.RoverDeath"/> and <see cref="FaultKind.BatteryDrain"/>.</param>
/// <param name="Object">The other rover of a link; empty: all others.</param>
/// <param name="Magnitude">Size, in the unit of the kind.</param>
public sealed record FaultSpec(
    FaultKind Kind, string Rover, double AtS, double DurationS = 0.0, string Object = "", double Magnitude = 1.0)
{
    /// <summary>Rovers that are cut off together with <see cref="Rover"/>; of no meaning for other kinds than <see cref="FaultKind.Partition"/>.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Whether it is one of the radio's disturbances, which need not name a rover.</summary>
    public bool IsRadio => Kind is >= FaultKind.RadioLoss and <= FaultKind.RadioCorruption;

    /// <summary>Whom it strikes, for people and logs: a rover, two ends as <c>a-b</c>, a group as <c>a+b</c>, or <c>fleet</c>.</summary>
    public string Subject => Rover.Length == 0 ? "fleet"
        : Object.Length > 0 ? $"{Rover}-{Object}"
        : string.Join('+', [Rover, .. Group]);
}

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
        (FaultKind.RoverRestart, "rover_restart"),
        (FaultKind.Partition, "partition"),
        (FaultKind.RadioLoss, "radio_loss"),
        (FaultKind.RadioBurstLoss, "radio_burst_loss"),
        (FaultKind.RadioDuplication, "radio_duplication"),
        (FaultKind.RadioReordering, "radio_reordering"),
        (FaultKind.RadioCorruption, "radio_corruption"),
        (FaultKind.ClockStep, "clock_step"),
        (FaultKind.ClockDrift, "clock_drift"),
        (FaultKind.LyingRover, "lying_rover"),
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
