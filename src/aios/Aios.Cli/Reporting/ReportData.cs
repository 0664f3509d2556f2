using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Reporting;

/// <summary>Everything a mission report shows.</summary>
public sealed record ReportData
{
    /// <summary>Name of the mission.</summary>
    public required string Mission { get; init; }

    /// <summary>success, aborted or failed.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why, in one line.</summary>
    public required string Reason { get; init; }

    /// <summary>Figures for the head of the report: label and value.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Facts { get; init; }

    /// <summary>Elevation as the fleet knows it.</summary>
    public required ReportMap Map { get; init; }

    /// <summary>Zones that are closed to rovers, or open by permit.</summary>
    public IReadOnlyList<ZoneSpec> Zones { get; init; } = [];

    /// <summary>The rovers, in the mission's order.</summary>
    public required IReadOnlyList<ReportRover> Rovers { get; init; }

    /// <summary>Coverage over time.</summary>
    public required IReadOnlyList<CoverageSample> Coverage { get; init; }

    /// <summary>Coverage that the mission asks for, 0..1.</summary>
    public required double CoverageGoal { get; init; }

    /// <summary>Events of the mission in order of time.</summary>
    public required IReadOnlyList<ReportEvent> Events { get; init; }

    /// <summary>Faults and what the fleet made of them.</summary>
    public required IReadOnlyList<FaultRecord> Faults { get; init; }

    /// <summary>Acceptance criteria.</summary>
    public required IReadOnlyList<ReportCriterion> Criteria { get; init; }
}

/// <summary>Elevation grid: row-major, row 0 at the lowest y, m above the datum, NaN where unknown.</summary>
public sealed record ReportMap(GridGeometry Geometry, float[] Elevation, double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>When each cell became known, s of mission time; null where that was not kept.</summary>
    public float[]? SeenAt { get; init; }
}

/// <summary>One point of a track: s, m, m in the map frame.</summary>
public readonly record struct TrackPoint(double Time, double X, double Y);

/// <summary>Coverage (0..1) at a time (s).</summary>
public readonly record struct CoverageSample(double Time, double Coverage);

/// <summary>One rover of a report.</summary>
public sealed record ReportRover(
    string Name, string Role, string State, bool IsDead, IReadOnlyList<TrackPoint> Track, double DistanceM, double EnergyWh,
    int Collisions, int TipOvers, double LocalisationRmseM, double LocalisationMaxM);

/// <summary>One event; severity as in <c>aios_interfaces/msg/Event</c>.</summary>
public sealed record ReportEvent(double Time, int Severity, string Source, string Kind, string Subject, string Detail)
{
    /// <summary>Of the fleet's decisions: votes in the certificate and its number; of the operator's orders: their number. Else none.</summary>
    public IReadOnlyList<double>? Values { get; init; }
}

/// <summary>One acceptance criterion: what was asked, what was found, whether it holds.</summary>
public sealed record ReportCriterion(string Asked, string Found, bool Holds);
