using System.Globalization;
using Aios.Cli.Reporting;
using Aios.Mission;
using Aios.Nodes;
using Aios.Sim;

namespace Aios.Cli.Missions;

/// <summary>Makes a mission's result, report and picture from what mission control saw.</summary>
internal static class MissionOutput
{
    /// <summary>Name of the event log in a mission's directory.</summary>
    public const string EventsFile = "events.jsonl";

    /// <summary>Name of the result in a mission's directory.</summary>
    public const string ResultFile = "result.json";

    /// <summary>The judged result.</summary>
    /// <param name="request">What was run.</param>
    /// <param name="control">What mission control saw.</param>
    /// <param name="planet">The truth.</param>
    /// <param name="log">The event log, at its end.</param>
    /// <param name="wallTime">Time on the wall from start to end, s.</param>
    /// <param name="peakMemory">Largest resident sets of the mission's processes together, bytes.</param>
    /// <param name="aborted">Why the mission ended before its time; null when it did not.</param>
    public static MissionResult Judge(
        MissionRunRequest request,
        MissionControl control,
        PlanetSimulation planet,
        EventLog log,
        double wallTime,
        long peakMemory,
        string? aborted)
    {
        var tasks = control.Ledger.Tasks;
        return new MissionResult
        {
            Mission = request.Mission.Spec.Name,
            Seed = request.Mission.Seed,
            Transport = request.Transport,
            SimTime = control.Time,
            WallTime = wallTime,
            PeakMemoryBytes = peakMemory,
            Coverage = control.Coverage,
            EventLogSha256 = log.Sha256,
            Rovers = [.. control.Rovers.Select((rover, i) => Rover(rover, planet.Truth(i), request.Mission.Spec.Rovers[i].Start))],
            Safety = new SafetyResult(
                control.Rovers.Sum(rover => rover.Safety.Total) + control.Ledger.Conflicts,
                control.Ledger.Stops,
                control.Ledger.Overrides,
                control.Ledger.Decisions)
            {
                Takeovers = control.Ledger.Takeovers,
            },
            Faults = control.Ledger.Faults.Faults,
            Tasks = new TaskResult(tasks.Assigned, tasks.Completed, tasks.Reassigned, tasks.Lost),
            PlacesReached = control.Ledger.PlacesReached,
        }.Conclude(request.Mission, aborted);
    }

    /// <summary>Writes <c>result.json</c>: whole or not at all, whenever the process is killed.</summary>
    public static void WriteResult(string directory, MissionResult result)
    {
        var target = Path.Combine(directory, ResultFile);
        var unfinished = target + ".part";
        using (var file = File.Create(unfinished))
        {
            ResultJson.Write(file, result);
        }

        File.Move(unfinished, target, overwrite: true);
    }

    /// <summary>Writes <c>report.html</c>, <c>map.svg</c> and <c>map.png</c>; where it is asked for, also <c>film.png</c>.</summary>
    public static void WriteReport(string directory, MissionResult result, MissionControl control, ResolvedMission mission, bool film)
    {
        var report = Report(result, control, mission);
        ReportWriter.Write(report, Path.Combine(directory, "report.html"));
        File.WriteAllText(Path.Combine(directory, "map.svg"), MissionPicture.ToSvg(report, 900));
        var raster = new MissionRaster(report, 2);
        File.WriteAllBytes(Path.Combine(directory, "map.png"), raster.ToPng());
        if (film)
        {
            File.WriteAllBytes(Path.Combine(directory, "film.png"), MissionFilm.Make(raster, result.SimTime));
        }
    }

    private static RoverResult Rover(RoverMonitor rover, in RoverTruth truth, Aios.Numerics.Pose2 start) => new()
    {
        Name = rover.Name,
        Role = rover.Role,
        State = rover.State,
        Distance = truth.DistanceM,
        Energy = truth.EnergyWh,
        Battery = truth.Charge,
        Collisions = truth.Collisions,
        TipOvers = truth.TipOvers,
        HomeDistance = Aios.Numerics.DetMath.Hypot(truth.Position.X - start.X, truth.Position.Y - start.Y),
        PositionErrorRms = rover.Localisation.PositionRmsM,
        PositionErrorMax = rover.Localisation.PositionMaxM,
        HeadingErrorRms = rover.Localisation.YawRmsRad,
    };

    private static ReportData Report(MissionResult result, MissionControl control, ResolvedMission mission)
    {
        var area = AreaBounds.Square(mission.Spec.World.Size);
        return new ReportData
        {
            Mission = result.Mission,
            Outcome = result.Outcome.ToString().ToLowerInvariant(),
            Reason = result.Reason,
            Facts = Facts(result),
            Map = new ReportMap(control.Map.Geometry, control.Map.LevelElevation(), area.MinX, area.MinY, area.MaxX, area.MaxY)
            {
                SeenAt = control.Map.SeenAt,
            },
            Zones = mission.Spec.Constraints.Zones.All,
            Rovers = [.. result.Rovers.Select((rover, i) => new ReportRover(
                rover.Name, rover.Role, rover.State, control.Rovers[i].IsDead, control.Rovers[i].Track, rover.Distance, rover.Energy,
                rover.Collisions, rover.TipOvers, rover.PositionErrorRms, rover.PositionErrorMax))],
            Coverage = control.CoverageSamples,
            CoverageGoal = mission.Spec.Acceptance.Coverage,
            Events = [.. control.Timeline.Select(e => new ReportEvent(e.Time, (int)e.Severity, e.Source, e.Kind, e.Subject, e.Detail)
            {
                Values = e.Kind is EventKinds.QuorumDecision or EventKinds.HumanOverride ? e.Values : null,
            })],
            Faults = control.Ledger.Faults.Faults,
            Criteria = [.. result.Acceptance.Select(c => new ReportCriterion($"{c.Name.Replace('_', ' ')}: {c.Expected}", c.Found, c.Holds))],
        };
    }

    private static List<KeyValuePair<string, string>> Facts(MissionResult result) =>
    [
        new("coverage", Text($"{result.Coverage * 100:0.0} %")),
        new("mission time", Text($"{(int)result.SimTime / 60}:{(int)result.SimTime % 60:00}")),
        new("distance driven", Text($"{result.Rovers.Sum(rover => rover.Distance):0} m")),
        new("energy", Text($"{result.Rovers.Sum(rover => rover.Energy):0} Wh")),
        new("tasks done", Text($"{result.Tasks.Completed} of {result.Tasks.Assigned}")),
        new("seed", Text($"{result.Seed}")),
        new("transport", result.Transport),
        new("real-time factor", Text($"{result.RealTimeFactor:0.0}")),
        new("peak memory", Text($"{result.PeakMemoryBytes / 1048576.0:0} MiB")),
        new("event log SHA-256", result.EventLogSha256),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
