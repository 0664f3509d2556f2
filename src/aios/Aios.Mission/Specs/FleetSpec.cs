using Aios.Numerics;

namespace Aios.Mission;

/// <summary>One rover.</summary>
/// <param name="Name">Name, also the ROS namespace without the slash.</param>
/// <param name="Model">Name of the rover's model, such as <c>rocker-bogie-6</c>.</param>
/// <param name="Role">What the rover is for, such as <c>explorer</c>.</param>
/// <param name="Start">Start pose and home, map frame.</param>
/// <param name="Battery">State of charge at the start, 0..1.</param>
public sealed record RoverSpec(string Name, string Model, string Role, Pose2 Start, double Battery)
{
    /// <inheritdoc cref="RoleSpec.Places"/>
    public IReadOnlyList<Vector2d> Places { get; init; } = [];
}

/// <summary>What the fleet is to reach.</summary>
/// <param name="Coverage">Part of the reachable area to see, 0..1; 0: nothing to explore.</param>
/// <param name="ReturnHome">Whether the rovers are to drive back to their start.</param>
/// <param name="HomeTolerance">Distance from the start that counts as home, m.</param>
public sealed record GoalSpec(double Coverage, bool ReturnHome, double HomeTolerance);

/// <summary>What the fleet must keep to.</summary>
/// <param name="TimeLimit">Mission time at which the mission ends, s.</param>
/// <param name="MaxSpeed">m/s.</param>
/// <param name="MaxSlope">Steepest slope to plan over, rad.</param>
/// <param name="MaxTilt">Tilt at which the safety gate stops a rover, rad.</param>
/// <param name="GeofenceMargin">How far a rover may leave the mission area, m.</param>
public sealed record ConstraintSpec(
    double TimeLimit, double MaxSpeed, double MaxSlope, double MaxTilt, double GeofenceMargin)
{
    /// <summary>Ground that is closed to rovers, or open by permit only.</summary>
    public ZoneSet Zones { get; init; } = ZoneSet.None;
}

/// <summary>The radio between rovers.</summary>
/// <param name="Range">m.</param>
/// <param name="Bandwidth">Per link and direction, bit/s.</param>
/// <param name="Loss">Part of the packets lost at any distance, 0..1.</param>
/// <param name="Delay">One way, s.</param>
/// <param name="LineOfSight">Whether ground between two rovers cuts their link.</param>
public sealed record RadioSpec(double Range, double Bandwidth, double Loss, double Delay, bool LineOfSight)
{
    /// <summary>Part of the time in which everything is lost, in bursts, 0..0.99.</summary>
    public double BurstLoss { get; init; }

    /// <summary>Mean length of a burst, s.</summary>
    public double BurstLength { get; init; } = 1;

    /// <summary>Part of the messages that arrive twice, 0..1.</summary>
    public double Duplication { get; init; }

    /// <summary>Part of the messages that are held up and overtaken, 0..1.</summary>
    public double Reordering { get; init; }

    /// <summary>Part of the messages that arrive with flipped bits, 0..1.</summary>
    public double Corruption { get; init; }
}

/// <summary>What the fleet does when something goes wrong.</summary>
/// <param name="LostAfter">Silence after which a rover's loss is put to the vote, s.</param>
/// <param name="TakeOver">Whether the others take over the tasks of a rover declared lost by quorum.</param>
/// <param name="LowBattery">State of charge below which a rover goes home and stays, 0..1.</param>
/// <param name="ReturnMargin">Time before the limit at which all rovers go home, s.</param>
public sealed record ContingencySpec(double LostAfter, bool TakeOver, double LowBattery, double ReturnMargin)
{
    /// <summary>Wait for a permit after which a scout gives up a place in a hazard zone, s.</summary>
    public double PermitPatience { get; init; } = 60;

    /// <summary>Time without getting on after which a rover's monitor backs it off, s.</summary>
    public double StandstillAfter { get; init; } = 90;

    /// <summary>What counts as getting on, m.</summary>
    public double StandstillGain { get; init; } = 0.7;

    /// <summary>Whether the quorum is to hold while up to a third of the rovers, less one, lie.</summary>
    public bool ToleratesLiars { get; init; }

    /// <summary>Whether a rover declared lost loses its vote, by decision of the others, until it is readmitted.</summary>
    public bool OnlyPresentVote { get; init; }
}

/// <summary>Something asked of the whole fleet at a given time.</summary>
/// <param name="At">Mission time, s.</param>
/// <param name="By">The rover that puts it to the vote, or <c>operator</c> for a signed order of the human, which needs no vote.</param>
/// <param name="Order">One of <see cref="All"/>.</param>
public sealed record OrderSpec(double At, string By, string Order)
{
    public const string Operator = "operator";
    public const string Halt = "fleet_halt";
    public const string Resume = "fleet_resume";
    public const string SpeedLimit = "change_speed_limit";
    public const string EnterZone = "enter_hazard_zone";
    public const string LeaveZone = "leave_hazard_zone";

    /// <summary>A lower speed limit would strand the fleet: refused, m/s.</summary>
    public const double LeastSpeedLimit = 0.1;

    /// <summary>Every order.</summary>
    public static IReadOnlyList<string> All { get; } = [Halt, Resume, SpeedLimit, EnterZone, LeaveZone];

    /// <summary>Whom it concerns; empty: the fleet.</summary>
    public string Rover { get; init; } = "";

    /// <summary>Name of the zone that it concerns; empty for none.</summary>
    public string Zone { get; init; } = "";

    /// <summary>The fleet's speed limit from then on, m/s; 0: none.</summary>
    public double Speed { get; init; }
}

/// <summary>What must hold in the end for the mission to be a success.</summary>
/// <param name="Coverage">At least this part of the reachable area seen, 0..1.</param>
/// <param name="Collisions">At most so many over all rovers.</param>
/// <param name="TipOvers">At most so many over all rovers.</param>
/// <param name="SafetyViolations">At most so many over all rovers.</param>
/// <param name="DeadDetectedWithin">Each dead rover declared lost within this time, s; null: not asked for.</param>
/// <param name="WorkTakenOver">Whether the tasks of each dead rover must have been taken over, and none be lost.</param>
/// <param name="OthersHome">Whether each rover that is not dead must be home.</param>
public sealed record AcceptanceSpec(
    double Coverage,
    int Collisions,
    int TipOvers,
    int SafetyViolations,
    double? DeadDetectedWithin,
    bool WorkTakenOver,
    bool OthersHome)
{
    /// <summary>Whether each place of a scout or relay must have been reached.</summary>
    public bool PlacesReached { get; init; }

    /// <summary>Whether the role of each dead scout and relay must have passed to another rover.</summary>
    public bool RolesTakenOver { get; init; }
}
