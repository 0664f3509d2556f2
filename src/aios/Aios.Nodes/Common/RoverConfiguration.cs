using Aios.Mission;
using Aios.Numerics;
using Aios.Safety.Quorum;

namespace Aios.Nodes;

/// <summary>What one rover is told before it starts: who it is, who else there is, where it stands and where it may go.</summary>
public sealed record RoverConfiguration
{
    private const long ViewTimeoutNs = 500_000_000;
    private const long MostViewTimeoutNs = 8_000_000_000;

    /// <summary>
    /// Each rover's views last a part in so many longer than the one's before it. Fewer than a third of the rovers cannot
    /// pull the others along where liars are assumed; with equal views they could stay ahead by just one for ever.
    /// </summary>
    private const long Spread = 20;

    /// <summary>Name of this rover, also its ROS namespace without the slash.</summary>
    public required string Name { get; init; }

    /// <summary>Names of all rovers of the mission, this one included, in one order for all of them.</summary>
    public required IReadOnlyList<string> Roster { get; init; }

    /// <summary>Surveyed start poses of all rovers, map frame, in the order of <see cref="Roster"/>.</summary>
    public required IReadOnlyList<Pose2> StartPoses { get; init; }

    /// <summary>Area to explore, map frame.</summary>
    public required AreaBounds Area { get; init; }

    /// <summary>How far the rover may leave <see cref="Area"/>, m.</summary>
    /// <value>Default 2.</value>
    public double GeofenceMargin { get; init; } = 2.0;

    /// <summary>Where the rover plans to go: the fence less what the safety gate keeps from it.</summary>
    public AreaBounds PlanningArea => Area.Grown(GeofenceMargin - ZoneSpec.PlanningClearance);

    /// <summary>Ground that is closed to rovers, or open by permit only.</summary>
    /// <value>Default: none.</value>
    public ZoneSet Zones { get; init; } = ZoneSet.None;

    /// <summary>Roles that the rovers begin with, in the order of <see cref="Roster"/>.</summary>
    /// <value>Default: empty, all are explorers.</value>
    public IReadOnlyList<RoleSpec> Roles { get; init; } = [];

    /// <summary>Highest speed along the rover's x axis, m/s.</summary>
    /// <value>Default 0.6.</value>
    public double MaxSpeed { get; init; } = 0.6;

    /// <summary>Steepest slope to plan over, rad.</summary>
    /// <value>Default 0.349 (20°).</value>
    public double MaxSlope { get; init; } = 0.349;

    /// <summary>Steepest tilt the safety gate lets the rover drive at, rad.</summary>
    /// <value>Default 0.524 (30°).</value>
    public double MaxTilt { get; init; } = 0.524;

    /// <summary>Whether the safety gate's runtime assurance may take over from a controller that drives at closed ground.</summary>
    /// <value>Default true.</value>
    public bool RuntimeAssurance { get; init; } = true;

    /// <summary>Gravity of the planet, m/s².</summary>
    /// <value>Default 3.71 (Mars).</value>
    public double Gravity { get; init; } = 3.71;

    /// <summary>Mass of the rover, kg.</summary>
    /// <value>Default 60.</value>
    public double Mass { get; init; } = 60.0;

    /// <summary>Pose of the lidar on the body.</summary>
    /// <value>Default 1.5 m above the wheels' contact plane, parallel to the body.</value>
    public Pose3 BaseFromLidar { get; init; } = new(new Vector3d(0, 0, 1.5), Quaterniond.Identity);

    /// <summary>Track with which the wheel odometry reckons its turn rate from the wheels' speeds, m.</summary>
    /// <value>Default 1.05: one and a half of the geometric track, for wheels that scrub.</value>
    public double EffectiveTrack { get; init; } = 1.05;

    /// <summary>Distance from the start pose that counts as home, m.</summary>
    /// <value>Default 3.</value>
    public double HomeTolerance { get; init; } = 3.0;

    /// <summary>State of charge below which the rover goes home, 0..1.</summary>
    /// <value>Default 0.25.</value>
    public double LowBattery { get; init; } = 0.25;

    /// <summary>Mission time from which the rover goes home and stays, s.</summary>
    /// <value>Default: never.</value>
    public double ReturnBy { get; init; } = double.PositiveInfinity;

    /// <summary>Silence after which a rover's loss is put to the vote, s.</summary>
    /// <value>Default 5.</value>
    public double LostAfter { get; init; } = 5.0;

    /// <summary>Wait for a permit after which a place in a hazard zone is given up, s: the fleet does not want it.</summary>
    /// <value>Default 60.</value>
    public double PermitPatience { get; init; } = 60.0;

    /// <summary>Time without getting on after which the monitor backs the rover off, s.</summary>
    /// <value>Default 90.</value>
    public double StandstillAfter { get; init; } = 90.0;

    /// <summary>What counts as getting on, m.</summary>
    /// <value>Default 0.7.</value>
    public double StandstillGain { get; init; } = 0.7;

    /// <summary>Whether to take over the work of a rover declared lost.</summary>
    /// <value>Default true.</value>
    public bool TakeOver { get; init; } = true;

    /// <summary>Seed of everything the rover leaves to chance, and of its keys in simulation.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether the quorum assumes that up to a third of the rovers, less one, may lie.</summary>
    /// <value>Default false: rovers fall silent at worst, and a majority decides.</value>
    public bool ToleratesLiars { get; init; }

    /// <summary>Whether a rover declared lost loses its vote, by decision of the others, until it is readmitted.</summary>
    /// <value>Default false: all rovers of the roster vote.</value>
    public bool OnlyPresentVote { get; init; }

    /// <summary>What is asked of the fleet at given times, by this rover, another one or the operator.</summary>
    public IReadOnlyList<FleetOrder> Orders { get; init; } = [];

    /// <summary>What the members of the quorum agree on beforehand.</summary>
    public QuorumOptions Quorum => new()
    {
        FleetId = Seed,
        Members = Roster.Count,
        Model = ToleratesLiars ? FaultModel.Byzantine : FaultModel.Crash,
        ViewTimeoutNs = ViewTimeoutNs + (ToleratesLiars ? Index * ViewTimeoutNs / Spread : 0),
        MostViewTimeoutNs = MostViewTimeoutNs + (ToleratesLiars ? Index * MostViewTimeoutNs / Spread : 0),
    };

    /// <summary>Whether any rover's role has places.</summary>
    public bool HasDuties => Roles.Any(role => role.Places.Count > 0);

    /// <summary>Index of this rover in <see cref="Roster"/>.</summary>
    public int Index => IndexOf(Name);

    /// <summary>Surveyed start pose of this rover, map frame.</summary>
    public Pose2 StartPose => StartPoses[Index];

    /// <summary>Index of a rover in <see cref="Roster"/>, -1 for one that is not in it.</summary>
    public int IndexOf(string rover)
    {
        for (var i = 0; i < Roster.Count; i++)
        {
            if (string.Equals(Roster[i], rover, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>An axis-aligned area of the map frame, m.</summary>
public readonly record struct AreaBounds(double MinX, double MinY, double MaxX, double MaxY)
{
    /// <summary>Square of the given side around the origin.</summary>
    public static AreaBounds Square(double side) => new(-side / 2, -side / 2, side / 2, side / 2);

    /// <summary>The area with its edges moved outwards, m; inwards when negative.</summary>
    public AreaBounds Grown(double margin) => new(MinX - margin, MinY - margin, MaxX + margin, MaxY + margin);

    /// <summary>True when the point lies inside the area grown by <paramref name="margin"/> metres.</summary>
    public bool Contains(double x, double y, double margin = 0) =>
        x >= MinX - margin && x <= MaxX + margin && y >= MinY - margin && y <= MaxY + margin;
}
