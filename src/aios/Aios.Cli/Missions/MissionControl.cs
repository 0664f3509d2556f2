using aios_interfaces.msg;
using Aios.Cli.Reporting;
using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Perception;
using Aios.Sim;
using Aios.Terrain;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Cli.Missions;

/// <summary>
/// Listens to the whole fleet, compares what it says with the planet's truth, keeps the event log and says when the
/// mission is over. It commands nobody: the rovers would do the same without it.
/// </summary>
internal sealed class MissionControl
{
    private const double StatePeriod = 5.0;
    private const double CoveragePeriod = 1.0;
    private const double HomeFor = 3.0;
    private readonly Node _node;
    private readonly ResolvedMission _mission;
    private readonly PlanetSimulation _planet;
    private readonly EventLog _log;
    private readonly RoverMonitor[] _rovers;
    private readonly FleetMap _map;
    private readonly CoverageScorer _coverage;
    private readonly MissionLedger _ledger;
    private readonly List<CoverageSample> _coverageSamples = [];
    private readonly List<MissionEvent> _timeline = [];
    private double _lastCoverage = double.NegativeInfinity;
    private double _lastState = double.NegativeInfinity;
    private int _tenthsCovered;

    /// <param name="node">Node on the planet's host.</param>
    /// <param name="mission">The mission.</param>
    /// <param name="planet">The truth.</param>
    /// <param name="log">Where events go.</param>
    public MissionControl(Node node, ResolvedMission mission, PlanetSimulation planet, EventLog log)
    {
        _node = node;
        _mission = mission;
        _planet = planet;
        _log = log;
        var spec = mission.Spec;
        var limits = Limits(spec);
        _rovers = [.. spec.Rovers.Select(rover => new RoverMonitor(rover.Name, rover.Role, limits))];
        var geometry = MapGeometry.Of(AreaBounds.Square(spec.World.Size));
        _map = new FleetMap(geometry);
        _coverage = new CoverageScorer(Reachable(spec, planet.Surface, geometry));
        _ledger = new MissionLedger();
        foreach (var rover in _rovers)
        {
            Listen(rover);
        }

        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => Tick());
        Record(new MissionEvent(0, EventSeverity.Notice, "planet", EventKinds.MissionStarted, spec.Name, spec.Description, []));
    }

    /// <summary>Mission time, s.</summary>
    public double Time => _node.Clock.NowNanoseconds * 1e-9;

    /// <summary>Part of the reachable area that the fleet knows, 0..1.</summary>
    public double Coverage => _coverage.Coverage;

    /// <summary>Why the mission is over; null while it is not.</summary>
    public string? Over { get; private set; }

    /// <summary>Called with each event as it is recorded.</summary>
    public Action<MissionEvent>? EventRecorded { get; set; }

    /// <summary>All rovers, in the order of the mission file.</summary>
    public IReadOnlyList<RoverMonitor> Rovers => _rovers;

    /// <summary>The ground as the fleet told it.</summary>
    public FleetMap Map => _map;

    /// <summary>Counts of tasks, faults and decisions.</summary>
    public MissionLedger Ledger => _ledger;

    /// <summary>Events for people, without the periodic ones.</summary>
    public IReadOnlyList<MissionEvent> Timeline => _timeline;

    /// <summary>Coverage over time.</summary>
    public IReadOnlyList<CoverageSample> CoverageSamples => _coverageSamples;

    /// <summary>Tells mission control what the planet did in its last step: faults, collisions, tip-overs.</summary>
    public void OnPlanetStep()
    {
        foreach (var fault in _planet.FaultEvents)
        {
            RecordFault(fault);
        }

        for (var i = 0; i < _rovers.Length; i++)
        {
            var truth = _planet.Truth(i);
            var rover = _rovers[i];
            RecordCount(rover, EventKinds.Collision, truth.Collisions, rover.Collisions, EventSeverity.Alert);
            RecordCount(rover, EventKinds.TipOver, truth.TipOvers, rover.TipOvers, EventSeverity.Alert);
            rover.OnStep(truth);
        }
    }

    /// <summary>Ends the event log.</summary>
    public void Conclude(string outcome) => Record(new MissionEvent(
        _node.Clock.NowNanoseconds, EventSeverity.Notice, "planet", EventKinds.MissionEnded, _mission.Spec.Name, outcome, [Coverage]));

    private static SafetyLimits Limits(MissionSpec spec)
    {
        const double SpeedTolerance = 1.15;
        const double TiltTolerance = 1.1;
        var reach = (0.5 * spec.World.Size) + spec.Constraints.GeofenceMargin + 0.5;
        return new SafetyLimits
        {
            MaxSpeedMps = spec.Constraints.MaxSpeed * SpeedTolerance,
            MaxTiltRad = spec.Constraints.MaxTilt * TiltTolerance,
            MinX = -reach,
            MinY = -reach,
            MaxX = reach,
            MaxY = reach,
            Zones = [.. spec.Constraints.Zones.All.Select(zone => zone.Area)],
        };
    }

    private static Grid<bool> Reachable(MissionSpec spec, PlanetSurface surface, GridGeometry geometry)
    {
        var start = spec.Rovers[0].Start;
        var reachable = ReachableArea.Compute(surface, WorldFactory.Mobility(spec), new Vector2d(start.X, start.Y), geometry);
        var area = AreaBounds.Square(spec.World.Size);
        var zones = spec.Constraints.Zones;
        for (var row = 0; row < geometry.Height; row++)
        {
            for (var col = 0; col < geometry.Width; col++)
            {
                var (x, y) = (geometry.CenterX(col), geometry.CenterY(row));
                reachable[col, row] &= area.Contains(x, y) && zones.ClosedAt(new Vector2d(x, y), zones.Hazards, ZoneSpec.PlanningClearance) is null;
            }
        }

        return reachable;
    }

    private void Listen(RoverMonitor rover)
    {
        _node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Of(rover.Name, Topics.Pose), m => OnPose(rover, m));
        _node.CreateSubscription<MissionPhase>(Topics.Of(rover.Name, Topics.MissionPhase), m => OnPhase(rover, m));
        _node.CreateSubscription<BatteryState>(Topics.Of(rover.Name, Topics.BatteryState), m => rover.Battery = m.Percentage);
        _node.CreateSubscription<SafetyStatus>(
            Topics.Of(rover.Name, Topics.SafetyStatus), m => rover.Stopped = m.Action == SafetyStatus.ACTION_STOPPED);
        if (_mission.Spec.Constraints.Zones.Hazards is not 0 and var hazards)
        {
            _node.CreateSubscription<FleetState>(Topics.Of(rover.Name, Topics.FleetState), m => rover.Permits = m.HazardPermits & hazards);
        }

        _node.CreateSubscription<Event>(Topics.Of(rover.Name, Topics.Events), OnEvent, QosProfile.KeepLast(100));
        _node.CreateSubscription<MapDelta>(Topics.Of(rover.Name, Topics.MapDelta), _map.Apply, QosProfile.KeepLast(100));
    }

    private void OnPose(RoverMonitor rover, PoseWithCovarianceStamped message)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (PoseMessages.IsUsable(pose))
        {
            rover.OnPose(
                new Pose2(pose.Position.X, pose.Position.Y, pose.Orientation.Yaw), MissionTime(rover.Name, message.Header.Stamp), Time);
        }
    }

    private void OnPhase(RoverMonitor rover, MissionPhase message)
    {
        var phase = (RoverPhase)message.Phase;
        if (phase != rover.Phase)
        {
            rover.Phase = phase;
            rover.PhaseSince = Time;
        }
    }

    /// <summary>A rover's stamp without the error of its clock.</summary>
    private long MissionTime(string rover, builtin_interfaces.msg.Time stamp)
    {
        var index = _planet.IndexOf(rover);
        return NodeTime.ToNanoseconds(stamp) - (index >= 0 ? _planet.Rovers[index].Clock.ErrorNs(_planet.NowNs) : 0);
    }

    private void OnEvent(Event message) => Record(new MissionEvent(
        MissionTime(message.Source, message.Stamp),
        (EventSeverity)Math.Min(message.Severity, Event.SEVERITY_ALERT),
        message.Source,
        message.Kind,
        message.Subject,
        message.Detail,
        [.. message.Values]));

    private void RecordFault(in FaultEvent fault)
    {
        var kind = Aios.Sim.FaultKinds.NameOf(fault.Fault.Kind);
        Record(new MissionEvent(
            fault.TimeNs,
            fault.Active ? EventSeverity.Alert : EventSeverity.Notice,
            "planet",
            fault.Active ? EventKinds.FaultInjected : EventKinds.FaultEnded,
            fault.Fault.Subject,
            kind,
            []));
    }

    private void RecordCount(RoverMonitor rover, string kind, int count, int before, EventSeverity severity)
    {
        if (count > before)
        {
            Record(new MissionEvent(
                _planet.NowNs, severity, "planet", kind, rover.Name, "", [rover.Pose?.X ?? double.NaN, rover.Pose?.Y ?? double.NaN]));
        }
    }

    private void Tick()
    {
        if (Time - _lastCoverage >= CoveragePeriod)
        {
            _lastCoverage = Time;
            _map.MarkKnown(_coverage, Time);
            RecordCoverage();
        }

        if (Time - _lastState >= StatePeriod)
        {
            _lastState = Time;
            RecordStates();
        }

        Over ??= EndOfMission();
    }

    private void RecordCoverage()
    {
        _coverageSamples.Add(new CoverageSample(Time, Coverage));
        var tenths = (int)(Coverage * 10);
        if (tenths > _tenthsCovered)
        {
            _tenthsCovered = tenths;
            Record(new MissionEvent(
                _node.Clock.NowNanoseconds, EventSeverity.Notice, "planet", EventKinds.CoverageReached, "fleet", $"{tenths * 10} %", [Coverage]));
        }
    }

    /// <summary>The truth of every rover and its own estimate, so that the log's hash speaks for the whole state.</summary>
    private void RecordStates()
    {
        for (var i = 0; i < _rovers.Length; i++)
        {
            var truth = _planet.Truth(i);
            var pose = _rovers[i].Pose ?? new Pose2(double.NaN, double.NaN, double.NaN);
            Record(new MissionEvent(
                _node.Clock.NowNanoseconds,
                EventSeverity.Info,
                "planet",
                EventKinds.RoverState,
                _rovers[i].Name,
                _rovers[i].State,
                [
                    truth.Position.X, truth.Position.Y, truth.Position.Z, truth.Yaw, pose.X, pose.Y, pose.Yaw,
                    truth.DistanceM, truth.EnergyWh, truth.Charge,
                ]));
        }
    }

    private string? EndOfMission()
    {
        var alive = _rovers.Where(rover => !rover.IsDead).ToList();
        if (alive.Count == 0)
        {
            return "no rover is left";
        }

        var last = _mission.Spec.Goals.ReturnHome ? RoverPhase.Home : RoverPhase.Returning;
        if (alive.TrueForAll(rover => rover.Phase >= last && Time - rover.PhaseSince >= HomeFor))
        {
            return "all rovers are done";
        }

        return Time >= _mission.Spec.Constraints.TimeLimit ? "time limit reached" : null;
    }

    private void Record(MissionEvent entry)
    {
        _log.Write(entry);
        _ledger.On(entry);
        if (entry.Kind is not (EventKinds.RoverState))
        {
            _timeline.Add(entry);
        }

        EventRecorded?.Invoke(entry);
    }
}
