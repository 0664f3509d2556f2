namespace Aios.Mission;

/// <summary>Whom a fault strikes.</summary>
public enum FaultTarget
{
    /// <summary>One rover.</summary>
    Rover,

    /// <summary>The link between two rovers.</summary>
    Link,

    /// <summary>All links of one rover, or of all rovers.</summary>
    Links,

    /// <summary>A group of rovers.</summary>
    Group,
}

/// <summary>Whether a fault lasts.</summary>
public enum FaultSpan
{
    /// <summary>It happens once and has no end.</summary>
    Instant,

    /// <summary>It may end.</summary>
    Open,

    /// <summary>It must end.</summary>
    Bounded,
}

/// <summary>How a mission file states one kind of fault: the source of its keys, their checks and their documentation.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">Its name in files and messages, that of the simulator.</param>
/// <param name="Target">Whom it strikes.</param>
/// <param name="Span">Whether it lasts.</param>
/// <param name="Description">What happens, for people.</param>
public sealed record FaultForm(FaultKind Kind, string Name, FaultTarget Target, FaultSpan Span, string Description)
{
    /// <summary>Key of the fault's size; null when it has none.</summary>
    public FaultSize? Size { get; init; }

    /// <summary>Every kind that the simulator can inject, in the order of <see cref="FaultKind"/>.</summary>
    public static IReadOnlyList<FaultForm> All { get; } =
    [
        new(FaultKind.RoverDeath, "rover_death", FaultTarget.Rover, FaultSpan.Instant, "A rover stops for ever: no motion, no radio"),
        new(FaultKind.LinkCut, "link_cut", FaultTarget.Link, FaultSpan.Open, "Two rovers cannot hear each other"),
        Sensor(FaultKind.LidarDropout, "lidar_dropout", "A lidar gives no scans"),
        Noise(FaultKind.LidarNoise, "lidar_noise", "A lidar becomes noisy"),
        Sensor(FaultKind.LidarStuck, "lidar_stuck", "A lidar repeats its last scan"),
        Sensor(FaultKind.ImuDropout, "imu_dropout", "An IMU gives no samples"),
        Noise(FaultKind.ImuNoise, "imu_noise", "An IMU becomes noisy"),
        Sensor(FaultKind.ImuStuck, "imu_stuck", "An IMU repeats its last sample"),
        Sensor(FaultKind.OdometryDropout, "odometry_dropout", "Wheel odometry gives no reports"),
        Sensor(FaultKind.OdometryStuck, "odometry_stuck", "Wheel odometry repeats its last report"),
        Sensor(FaultKind.HeadingDropout, "heading_dropout", "The sun sensor gives no headings"),
        Noise(FaultKind.HeadingNoise, "heading_noise", "The sun sensor becomes noisy"),
        Sensor(FaultKind.WheelStuck, "wheel_stuck", "Wheels of one side jam") with
        {
            Size = new("wheels", "How many of the left side, negative: of the right", "", -3, 3, "1"),
        },
        new(FaultKind.BatteryDrain, "battery_drain", FaultTarget.Rover, FaultSpan.Instant, "A battery loses charge at once")
        {
            Size = new("fraction", "Part of its capacity", "", 0, 1, null),
        },
        Sensor(FaultKind.PanelDust, "panel_dust", "Dust settles on a solar panel") with
        {
            Size = new("fraction", "Part of the light that it takes", "", 0, 1, null),
        },
        new(FaultKind.RoverRestart, "rover_restart", FaultTarget.Rover, FaultSpan.Bounded,
            "A rover's computer crashes and starts again after the duration with what it had stored: votes, decisions, pose"),
        new(FaultKind.Partition, "partition", FaultTarget.Group, FaultSpan.Open, "A group of rovers and the others cannot hear each other"),
        Radio(FaultKind.RadioLoss, "radio_loss", "Messages are lost", "Probability for each message"),
        Radio(FaultKind.RadioBurstLoss, "radio_burst_loss", "Everything is lost in bursts of radio.burst_s on average", "Part of the time"),
        Radio(FaultKind.RadioDuplication, "radio_duplication", "Messages arrive twice", "Probability for each message"),
        Radio(FaultKind.RadioReordering, "radio_reordering", "Messages are held up and overtaken by others", "Probability for each message"),
        Radio(FaultKind.RadioCorruption, "radio_corruption", "Messages arrive with flipped bits", "Probability for each message"),
        Sensor(FaultKind.ClockStep, "clock_step", "A rover's clock jumps, and back in the end") with
        {
            Size = new("offset_s", "By how much; negative: into the past", "s", -60, 60, null),
        },
        Sensor(FaultKind.ClockDrift, "clock_drift", "A rover's clock runs too fast or too slow; in the end it is put right") with
        {
            Size = new("rate", "Seconds gained per second", "s/s", -0.1, 0.1, null),
        },
        Sensor(FaultKind.LyingRover, "lying_rover", "A rover lies to the fleet about itself and others and votes with two voices; needs contingencies.quorum.model: byzantine"),
    ];

    /// <summary>The form of a kind.</summary>
    public static FaultForm Of(FaultKind kind) => All[(int)kind];

    private static FaultForm Sensor(FaultKind kind, string name, string description) =>
        new(kind, name, FaultTarget.Rover, FaultSpan.Open, description);

    private static FaultForm Noise(FaultKind kind, string name, string description) => Sensor(kind, name, description) with
    {
        Size = new("factor", "How many times its usual noise is added", "", 0, 1000, "1"),
    };

    private static FaultForm Radio(FaultKind kind, string name, string description, string size) =>
        new(kind, name, FaultTarget.Links, FaultSpan.Open, description) { Size = new("probability", size, "", 0, 1, null) };
}

/// <summary>The key that says how large a fault is.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Description">What it means, for people.</param>
/// <param name="Unit">Its unit; empty for none.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="Default">Value when it is left out, as a file would spell it; null: it must be there.</param>
public sealed record FaultSize(string Key, string Description, string Unit, double Minimum, double Maximum, string? Default);
