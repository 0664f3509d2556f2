using System.Diagnostics;
using Aios.Cli.Foxglove;
using Aios.Cli.Viewing;
using Aios.Cli.Visualization;
using Aios.Mission;
using Aios.Sim;
using ROS2;

namespace Aios.Cli.Missions;

/// <summary>
/// A mission under way on the planet's host: mission control with its event log and recording, and what is made of them
/// in the end. The same on every transport.
/// </summary>
internal sealed class MissionSession : IDisposable
{
    private readonly MissionRunRequest _request;
    private readonly PlanetSimulation _planet;
    private readonly FileStream? _events;
    private readonly EventLog _log;
    private readonly MissionRecorder? _recorder;
    private readonly MissionViewer? _viewer;
    private readonly RosBridge? _foxglove;

    /// <param name="request">What is run.</param>
    /// <param name="planet">The truth.</param>
    /// <param name="context">The planet's context; gets the nodes <c>mission_control</c>, <c>recorder</c> and those for viewers.</param>
    /// <param name="pace">How fast the mission runs, for the page to change; null where it cannot.</param>
    /// <exception cref="IOException">A file cannot be created.</exception>
    public MissionSession(MissionRunRequest request, PlanetSimulation planet, RosContext context, ViewPace? pace = null)
    {
        _request = request;
        _planet = planet;
        if (request.OutputDirectory is { } target)
        {
            File.Delete(Path.Combine(target, MissionOutput.ResultFile)); // of a mission before
        }

        _events = request.OutputDirectory is { } folder ? File.Create(Path.Combine(folder, MissionOutput.EventsFile)) : null;
        _log = new EventLog(_events);
        Control = new MissionControl(context.CreateNode("mission_control"), request.Mission, planet, _log);
        if (request.RecordBag && request.OutputDirectory is { } directory)
        {
            _recorder = new MissionRecorder(
                context.CreateNode("recorder"),
                request.Mission.Spec.Roster,
                Control.Map.Geometry,
                Path.Combine(directory, MissionRecorder.FileName),
                request.RecordPoints);
        }

        if (request.ViewPort is { } port)
        {
            _viewer = new MissionViewer(context.CreateNode("viewer"), request.Mission, Control, port, request.Transport, pace);
        }

        if (request.Visualize || request.FoxglovePort is not null)
        {
            FleetVisualization.Create(context, request.Mission);
        }

        if (request.FoxglovePort is { } foxglove)
        {
            _foxglove = new RosBridge(context.CreateNode("foxglove"), foxglove, $"AIOS {request.Mission.Spec.Name}");
        }
    }

    /// <summary>What the fleet says and how that compares with the truth.</summary>
    public MissionControl Control { get; }

    /// <summary>Whether somebody may be watching.</summary>
    public bool IsWatched => _viewer is not null || _foxglove is not null;

    /// <summary>Largest resident sets of the mission's other processes together, bytes.</summary>
    public long MemoryOfOthers { get; set; }

    /// <summary>Tells those who watch what is new, and the rovers what they ask for. Call often.</summary>
    public void UpdateViewers()
    {
        _viewer?.Update();
        _foxglove?.Update();
    }

    /// <summary>Ends the log, judges and writes <c>result.json</c>; nothing may run after it.</summary>
    /// <param name="aborted">Why the mission ended before its time; null when it did not.</param>
    /// <param name="wallTime">Time on the wall from start to end, s.</param>
    public MissionResult Conclude(string? aborted, double wallTime)
    {
        Control.Conclude(aborted ?? Control.Over ?? "");
        _log.Flush();
        _events?.Flush();
        using var self = Process.GetCurrentProcess();
        var result = MissionOutput.Judge(
            _request, Control, _planet, _log, wallTime, self.PeakWorkingSet64 + MemoryOfOthers, aborted);
        if (_request.OutputDirectory is { } directory)
        {
            MissionOutput.WriteResult(directory, result);
        }

        _viewer?.Finish(result);
        return result;
    }

    /// <summary>Writes <c>report.html</c> and the map's picture, and completes <c>mission.mcap</c>.</summary>
    /// <returns>What could not be written, in one line; null when all is there.</returns>
    public string? WriteReport(MissionResult result)
    {
        _recorder?.Dispose();
        if (_request.OutputDirectory is { } directory)
        {
            MissionOutput.WriteReport(directory, result, Control, _request.Mission, _request.Film);
        }

        return _recorder?.Failure;
    }

    public void Dispose()
    {
        _foxglove?.Dispose();
        _viewer?.Dispose();
        _recorder?.Dispose();
        _log.Dispose();
        _events?.Dispose();
    }
}
