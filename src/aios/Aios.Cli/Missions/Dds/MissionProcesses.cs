using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aios.Cli.Processes;
using Aios.Cli.Safety;

namespace Aios.Cli.Missions.Dds;

/// <summary>The processes of a mission on DDS: one per rover, and the planet. None of them outlives this one.</summary>
/// <remarks>For the thread that made it, which must live as long as they shall.</remarks>
internal sealed class MissionProcesses : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private readonly BlockingCollection<string> _lines = [];
    private readonly List<MissionProcess> _rovers = [];
    private readonly MissionRunRequest _request;
    private readonly Dictionary<string, string?> _environment;
    private readonly string? _logs;

    /// <summary>Starts them.</summary>
    /// <exception cref="AiosException">One cannot be started, or there is no free DDS domain.</exception>
    public MissionProcesses(MissionRunRequest request)
    {
        _request = request;
        _environment = Environment();
        _logs = request.OutputDirectory is { } directory
            ? Directory.CreateDirectory(Path.Combine(directory, "logs")).FullName
            : null;
        if (request.OutputDirectory is { } folder)
        {
            SafetyFiles.Clear(folder);
        }

        try
        {
            foreach (var rover in request.Mission.Spec.Roster)
            {
                _rovers.Add(StartRover(rover));
            }

            Planet = new MissionProcess(Spec(request, _environment, null), _lines.Add, _logs);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public MissionProcess Planet { get; } = null!;

    public IReadOnlyList<MissionProcess> Rovers => _rovers;

    /// <summary>The next line of the planet's progress; null when none came in time.</summary>
    public string? TakeLine(TimeSpan timeout) => _lines.TryTake(out var line, timeout) ? line : null;

    /// <summary>Largest resident sets of the rovers' processes together so far, bytes.</summary>
    public long MeasureRovers()
    {
        foreach (var rover in _rovers)
        {
            rover.Measure();
        }

        return _rovers.Sum(rover => rover.PeakMemoryBytes);
    }

    /// <summary>Starts the process of a rover again, after it has ended.</summary>
    public void RestartRover(string rover)
    {
        var index = _rovers.FindIndex(process => process.Name == rover);
        _rovers[index].Dispose();
        _rovers[index] = StartRover(rover);
    }

    /// <summary>Asks the rovers' processes to end, without waiting.</summary>
    public void StopRovers()
    {
        foreach (var rover in _rovers.Where(rover => !rover.HasExited))
        {
            rover.Signal(PosixSignals.Terminate);
        }
    }

    /// <summary>Ends whatever still runs, at once where asking was of no use.</summary>
    public void Dispose()
    {
        StopRovers();
        List<MissionProcess> all = Planet is null ? _rovers : [.. _rovers, Planet];
        Planet?.Signal(PosixSignals.Kill); // it is here only when it did not end in time
        var watch = Stopwatch.StartNew();
        foreach (var process in all)
        {
            var left = Patience - watch.Elapsed;
            if (!process.WaitForExit(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                process.Signal(PosixSignals.Kill);
                process.WaitForExit(Patience);
            }

            process.Dispose();
        }

        _lines.Dispose();
    }

    private MissionProcess StartRover(string rover) => new(Spec(_request, _environment, rover), static _ => { }, _logs);

    private static Dictionary<string, string?> Environment()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable(MissionDomain.Variable)))
        {
            var domain = MissionDomain.ChooseFree(System.Environment.ProcessId);
            environment[MissionDomain.Variable] = domain.ToString(CultureInfo.InvariantCulture);
        }

        return environment;
    }

    private static ProcessSpec Spec(MissionRunRequest request, Dictionary<string, string?> environment, string? rover)
    {
        var mission = request.Mission;
        List<string> command =
        [
            .. OwnProgram.Command,
            "node", rover is null ? "planet" : "rover",
            "--mission", Path.GetFullPath(mission.Spec.File),
            "--seed", mission.Seed.ToString(CultureInfo.InvariantCulture),
            "--supervised",
        ];
        if (rover is null)
        {
            command.AddRange(PlanetArguments(request));
        }
        else
        {
            command.AddRange(["--name", rover]);
            if (request.OutputDirectory is { } directory)
            {
                command.AddRange(["--out", directory]);
            }
        }

        return new ProcessSpec { Name = rover ?? "planet", Command = command, Environment = environment, KeepsInput = true };
    }

    private static IEnumerable<string> PlanetArguments(MissionRunRequest request)
    {
        if (request.OutputDirectory is { } directory)
        {
            yield return "--out";
            yield return directory;
        }

        if (request.RealTimeFactor is { } rate)
        {
            yield return "--rate";
            yield return rate.ToString("R", CultureInfo.InvariantCulture);
        }

        if (!request.RecordBag)
        {
            yield return "--no-bag";
        }

        if (request.RecordPoints)
        {
            yield return "--record-points";
        }

        if (request.Film)
        {
            yield return "--film";
        }

        if (request.ViewPort is { } port)
        {
            yield return "--view";
            yield return port.ToString(CultureInfo.InvariantCulture);
        }

        if (request.FoxglovePort is { } foxglove)
        {
            yield return "--foxglove";
            yield return foxglove.ToString(CultureInfo.InvariantCulture);
        }

        if (request.Visualize)
        {
            yield return "--rviz";
        }
    }
}
