using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Missions;

/// <summary>What a mission looks like at one moment, for people to watch. Belongs to the receiver; nothing changes it.</summary>
public sealed record MissionSnapshot
{
    /// <summary>Mission time, s.</summary>
    public required double Time { get; init; }

    /// <summary>Part of the reachable area seen, 0..1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Mission time over time on the wall since the start.</summary>
    public required double RealTimeFactor { get; init; }

    /// <summary>Elevation as the fleet knows it, m, NaN where unknown; null before the first map.</summary>
    public required Grid<float>? Elevation { get; init; }

    /// <summary>In the order of the mission file.</summary>
    public required IReadOnlyList<RoverSnapshot> Rovers { get; init; }

    /// <summary>Events since the snapshot before.</summary>
    public required IReadOnlyList<MissionEvent> Events { get; init; }
}

/// <summary>One rover at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pose">Where it believes it is, map frame.</param>
/// <param name="State">As in the result: <c>exploring</c>, <c>returning</c>, <c>home</c>, <c>dead</c>, …</param>
/// <param name="Battery">State of charge, 0..1; NaN when unknown.</param>
/// <param name="Distance">Way driven, m.</param>
public sealed record RoverSnapshot(string Name, Pose2 Pose, string State, double Battery, double Distance);
