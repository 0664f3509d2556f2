using Aios.Safety.Monitor;

namespace Aios.Nodes;

/// <summary>What the monitor of a rover watches beside its components, and what it does about it.</summary>
internal static class RoverLimits
{
    /// <summary>Index of the watchpoint for the state of charge, 0..1.</summary>
    public const int Battery = 0;

    /// <summary>Index of the watchpoint for the standard deviation of the position, m.</summary>
    public const int Position = 1;

    /// <summary>Index of the watchpoint for the time since any other rover was heard, s.</summary>
    public const int Silence = 2;

    /// <summary>Index of the watchpoint for the time that the rover has not got on, s.</summary>
    public const int Standstill = 3;

    private const int StopSequence = 0;
    private const int BackOffSequence = 1;
    private const long Second = 1_000_000_000;
    private const int Wait = 0;
    private const int Back = 1;
    private const int Turn = 2;

    /// <summary>What the argument of <see cref="RecoveryCommand.Drive"/> means: speed, m/s, and yaw rate, rad/s.</summary>
    public static readonly IReadOnlyList<(double Linear, double Angular)> Motions = [(0, 0), (-0.15, 0), (0, 0.4)];

    /// <summary>What is watched, in the order of the indices.</summary>
    public static IReadOnlyList<Watchpoint> Watchpoints(RoverConfiguration configuration) =>
    [
        new("charge_low", Comparison.Less, 0.1, 5_000_000_000),
        new("position_lost", Comparison.Greater, 3.0, 2_000_000_000),
        new("nobody_heard", Comparison.Greater, 60.0, 0),
        new("stands_still", Comparison.Greater, configuration.StandstillAfter, 2 * Second),
    ];

    public static readonly IReadOnlyList<Actionpoint> Actionpoints =
    [
        new("energy", "charge_low", 50, EventId: 201, MostEvents: 5),
        new("lost", "position_lost", 50, StopSequence, EventId: 202, MostEvents: 5),
        new("isolated", "nobody_heard", 1, EventId: 203, MostEvents: 5),
        new("standstill", "stands_still", 10, BackOffSequence, EventId: 204, MostEvents: 5),
    ];

    public static readonly IReadOnlyList<StoredSequence> Sequences =
    [
        new("stop_and_wait", [new(0, RecoveryCommand.Stop), new(60_000_000_000, RecoveryCommand.RearmActionpoint, 1)]),
        new("back_off_and_turn",
        [
            new(0, RecoveryCommand.Drive, Back),
            new(4 * Second, RecoveryCommand.Drive, Turn),
            new(4 * Second, RecoveryCommand.Drive, Wait),
            new(2 * Second, RecoveryCommand.EndDrive),
            new(20 * Second, RecoveryCommand.RearmActionpoint, 3),
        ]),
    ];
}
