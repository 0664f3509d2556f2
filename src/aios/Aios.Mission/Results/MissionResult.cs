namespace Aios.Mission;

/// <summary>How a mission ended.</summary>
public enum MissionOutcome
{
    /// <summary>The acceptance holds.</summary>
    Success,

    /// <summary>Ended before its time: by the operator, or because the machinery failed.</summary>
    Aborted,

    /// <summary>Ran to its end; the acceptance does not hold.</summary>
    Failed,
}

/// <summary>What a mission came to; <see cref="ResultJson"/> makes <c>result.json</c> of it.</summary>
public sealed record MissionResult
{
    public required string Mission { get; init; }

    public required ulong Seed { get; init; }

    /// <summary><c>simulated</c> or <c>dds</c>.</summary>
    public required string Transport { get; init; }

    public MissionOutcome Outcome { get; init; } = MissionOutcome.Failed;

    /// <summary>Why, in one line.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Mission time at the end, s.</summary>
    public required double SimTime { get; init; }

    /// <summary>Time on the wall from start to end, s.</summary>
    public required double WallTime { get; init; }

    /// <summary>Mission time over time on the wall.</summary>
    public double RealTimeFactor => WallTime > 0 ? SimTime / WallTime : double.NaN;

    /// <summary>Largest resident set of the process, or the sum of those of all processes, bytes.</summary>
    public required long PeakMemoryBytes { get; init; }

    /// <summary>Part of the reachable area that was seen, 0..1.</summary>
    public required double Coverage { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of <c>events.jsonl</c>.</summary>
    public required string EventLogSha256 { get; init; }

    /// <summary>In the order of the mission file.</summary>
    public required IReadOnlyList<RoverResult> Rovers { get; init; }

    public required SafetyResult Safety { get; init; }

    /// <summary>Faults that were injected, in the order of their begin.</summary>
    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    public required TaskResult Tasks { get; init; }

    /// <summary>Places of scouts and relays that were reached, each once.</summary>
    public int PlacesReached { get; init; }

    /// <summary>Each criterion of the acceptance and whether it holds; empty before <see cref="Acceptance.Conclude"/>.</summary>
    public IReadOnlyList<CriterionResult> Acceptance { get; init; } = [];
}

/// <summary>One rover in the end.</summary>
public sealed record RoverResult
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>Way driven, m.</summary>
    public required double Distance { get; init; }

    /// <summary>Energy drawn, Wh.</summary>
    public required double Energy { get; init; }

    /// <summary>State of charge, 0..1.</summary>
    public required double Battery { get; init; }

    public required int Collisions { get; init; }

    public required int TipOvers { get; init; }

    /// <summary><c>home</c>, <c>exploring</c>, <c>returning</c>, <c>waiting</c>, <c>stopped</c> or <c>dead</c>.</summary>
    public required string State { get; init; }

    /// <summary>Distance from its start pose, by ground truth, m.</summary>
    public required double HomeDistance { get; init; }

    /// <summary>Root mean square of the distance between estimated and true position, m.</summary>
    public required double PositionErrorRms { get; init; }

    /// <summary>Largest distance between estimated and true position, m.</summary>
    public required double PositionErrorMax { get; init; }

    /// <summary>Root mean square of the error of the estimated heading, rad.</summary>
    public required double HeadingErrorRms { get; init; }
}

/// <summary>What the safety kernel did.</summary>
/// <param name="Violations">Times something reached the wheels that should not have, or a rover left its limits.</param>
/// <param name="Stops">Times a gate stopped its rover.</param>
/// <param name="Overrides">What an operator overruled.</param>
/// <param name="Decisions">What the fleet decided by quorum.</param>
public sealed record SafetyResult(
    int Violations, int Stops, IReadOnlyList<SafetyOverride> Overrides, IReadOnlyList<SafetyDecision> Decisions)
{
    /// <summary>Times runtime assurance took over from a controller, in episodes (see <see cref="EventKinds.AssuranceTakeover"/>).</summary>
    public int Takeovers { get; init; }
}

/// <summary>An operator's overruling.</summary>
public sealed record SafetyOverride(string Kind, string Subject, string Operator, double Time);

/// <summary>A decision of the fleet that has a quorum certificate.</summary>
/// <param name="Kind">Such as <c>declare_lost</c>.</param>
/// <param name="Subject">Whom it concerns.</param>
/// <param name="Votes">Votes in the certificate.</param>
/// <param name="Time">Mission time, s.</param>
public sealed record SafetyDecision(string Kind, string Subject, int Votes, double Time);

/// <summary>Counts of the fleet's exploration tasks.</summary>
/// <param name="Assigned">Given to a rover.</param>
/// <param name="Completed">Done.</param>
/// <param name="Reassigned">Taken over from a lost rover.</param>
/// <param name="Lost">Of a lost rover and never taken over.</param>
public sealed record TaskResult(int Assigned, int Completed, int Reassigned, int Lost);

/// <summary>One criterion of the acceptance.</summary>
/// <param name="Name">Key in the mission file.</param>
/// <param name="Expected">For people.</param>
/// <param name="Found">For people.</param>
/// <param name="Holds">False as well when it cannot be told.</param>
public sealed record CriterionResult(string Name, string Expected, string Found, bool Holds);
