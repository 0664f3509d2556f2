using Aios.Numerics;

namespace Aios.Mission;

/// <summary>What goes wrong; <see cref="FaultForm"/> says how a file states it and what happens.</summary>
public enum FaultKind
{
    /// <summary>A rover stops for ever: no motion, no radio.</summary>
    RoverDeath,

    /// <summary>Two rovers cannot hear each other, however near they are.</summary>
    LinkCut,

    LidarDropout,
    LidarNoise,
    LidarStuck,
    ImuDropout,
    ImuNoise,
    ImuStuck,
    OdometryDropout,
    OdometryStuck,
    HeadingDropout,
    HeadingNoise,
    WheelStuck,
    BatteryDrain,
    PanelDust,
    RoverRestart,
    Partition,
    RadioLoss,
    RadioBurstLoss,
    RadioDuplication,
    RadioReordering,
    RadioCorruption,
    ClockStep,
    ClockDrift,
    LyingRover,
}

/// <summary>A span of mission time, s; an instant when both ends are equal.</summary>
public readonly record struct TimeWindow(double Begin, double End)
{
    /// <summary>A time drawn from the window, rounded to a millisecond.</summary>
    public double Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Begin < End ? Math.Round(random.NextDouble(Begin, End), 3) : Begin;
    }
}

/// <summary>A fault as the file has it: who and when may be left to the seed.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Subject">A rover's name; null: the seed chooses; empty: all rovers.</param>
/// <param name="Other">The other end of a link; null: the seed chooses, or the fault concerns one rover.</param>
/// <param name="At">When it begins.</param>
/// <param name="Duration">s; infinite for a fault that does not end.</param>
public sealed record FaultSpec(FaultKind Kind, string? Subject, string? Other, TimeWindow At, double Duration)
{
    /// <summary>Its size, in the unit of <see cref="FaultForm.Size"/>; 1 for kinds without.</summary>
    public double Magnitude { get; init; } = 1;

    /// <summary>Further rovers of a group; empty for other kinds than <see cref="FaultKind.Partition"/>.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];
}

/// <summary>A fault with nothing left to chance.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Subject">A rover's name; empty: all rovers.</param>
/// <param name="Other">The other end of a link, else empty.</param>
/// <param name="At">When it begins, mission time, s.</param>
/// <param name="Duration">s; infinite for a fault that does not end.</param>
public sealed record ResolvedFault(FaultKind Kind, string Subject, string Other, double At, double Duration)
{
    /// <inheritdoc cref="FaultSpec.Magnitude"/>
    public double Magnitude { get; init; } = 1;

    /// <inheritdoc cref="FaultSpec.Group"/>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>The kind as files and messages spell it.</summary>
    public string KindName => FaultForm.Of(Kind).Name;
}
