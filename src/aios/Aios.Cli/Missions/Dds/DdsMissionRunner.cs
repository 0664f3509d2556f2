using System.Diagnostics;
using Aios.Cli.Processes;
using Aios.Mission;
using Aios.Numerics;

namespace Aios.Cli.Missions.Dds;

/// <summary>
/// Runs a mission over DDS: a process for each rover and one for the planet, on the loopback interface and in a DDS domain
/// of its own unless the environment says otherwise. This process starts them, shows their progress and leaves none behind.
/// </summary>
internal sealed class DdsMissionRunner : IMissionRunner
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MeasurePeriod = TimeSpan.FromSeconds(1);

    /// <summary>How long the planet may take to write the result of a mission that is aborted.</summary>
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(1.3);

    /// <summary>How long the planet may take to tell that a rover's death was part of the mission.</summary>
    private static readonly TimeSpan DeathPatience = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public MissionResult Run(MissionRunRequest request, Action<MissionSnapshot>? progress, CancellationToken cancel)
    {
        DdsFaults.Check(request.Mission);
        using var processes = new MissionProcesses(request);
        var run = new Flight(request.Mission, processes, progress);
        while (run.Continue(cancel))
        {
        }

        if (run.Result is { } result && run.FailureCode == ExitCode.Failure)
        {
            return result;
        }

        var reason = run.Failure ?? "the mission ended without a result";
        return run.Last is { } last && run.FailureCode == ExitCode.Failure
            ? AbortedResult.Write(request, last, reason)
            : throw new AiosException(run.FailureCode, reason);
    }

    /// <summary>One run, seen from the process that started it.</summary>
    private sealed class Flight(ResolvedMission mission, MissionProcesses processes, Action<MissionSnapshot>? progress)
    {
        private readonly Dictionary<string, Stopwatch> _deaths = new(StringComparer.Ordinal);
        private readonly Stopwatch _sinceMeasured = Stopwatch.StartNew();
        private Stopwatch? _sinceAbort;
        private Grid<float>? _elevation;

        public MissionResult? Result { get; private set; }

        public ProgressMessage? Last { get; private set; }

        public string? Failure { get; private set; }

        public int FailureCode { get; private set; } = ExitCode.Failure;

        /// <summary>Deals with what came; false when the mission is over.</summary>
        public bool Continue(CancellationToken cancel)
        {
            if (processes.TakeLine(Poll) is { } line)
            {
                Take(line);
            }

            Measure();
            CheckRovers();
            if (cancel.IsCancellationRequested)
            {
                Abort("stopped by the operator");
            }

            if (processes.Planet.HasExited)
            {
                return !OnPlanetExit();
            }

            if (_sinceAbort?.Elapsed > AbortPatience)
            {
                Failure ??= "the planet's process did not end";
                return false;
            }

            return true;
        }

        private void Take(string line)
        {
            if (ProgressMessage.Parse(line) is not { } message)
            {
                return;
            }

            Last = message;
            Result = message.Result ?? Result;
            _elevation = message.Elevation?.ToGrid() ?? _elevation;
            progress?.Invoke(new MissionSnapshot
            {
                Time = message.Time,
                Coverage = message.Coverage,
                RealTimeFactor = message.RealTimeFactor,
                Elevation = _elevation,
                Rovers = message.Rovers,
                Events = message.Events,
            });
        }

        private void Measure()
        {
            if (_sinceMeasured.Elapsed >= MeasurePeriod)
            {
                _sinceMeasured.Restart();
                processes.Planet.Send(ParentLink.Memory(processes.MeasureRovers()));
            }
        }

        private void CheckRovers()
        {
            if (Result is not null || _sinceAbort is not null)
            {
                return;
            }

            foreach (var rover in processes.Rovers.Where(rover => rover.HasExited && !IsDead(rover.Name)).ToList())
            {
                if (rover.ExitCode == RoverHost.RestartExitCode && DdsFaults.RestartAt(mission, rover.Name, Last?.Time ?? 0) is { } due)
                {
                    RestartWhenDue(rover.Name, due);
                }
                else if (!_deaths.TryGetValue(rover.Name, out var since))
                {
                    _deaths.Add(rover.Name, Stopwatch.StartNew());
                }
                else if (rover.ExitCode != ExitCode.Success || since.Elapsed > DeathPatience)
                {
                    FailureCode = rover.ExitCode is ExitCode.WrongInput or ExitCode.MissingPrerequisite ? rover.ExitCode : ExitCode.Failure;
                    Abort(FailureCode == ExitCode.Failure ? rover.Describe() : rover.LastWord() ?? rover.Describe());
                    return;
                }
            }
        }

        private void RestartWhenDue(string rover, double due)
        {
            if (Last?.Time >= due)
            {
                processes.RestartRover(rover);
            }
        }

        private bool IsDead(string rover) => Last?.Rovers.Any(r => r.Name == rover && r.State == "dead") ?? false;

        private void Abort(string reason)
        {
            if (_sinceAbort is null)
            {
                _sinceAbort = Stopwatch.StartNew();
                Failure = reason;
                processes.Planet.Send(ParentLink.Abort(reason));
                processes.StopRovers();
            }
        }

        // The last lines may still be on their way when the process is gone.
        private bool OnPlanetExit()
        {
            processes.Planet.WaitForExit(TimeSpan.FromMilliseconds(300));
            while (processes.TakeLine(TimeSpan.Zero) is { } line)
            {
                Take(line);
            }

            if (Result is null && Failure is null)
            {
                var planet = processes.Planet;
                var isKnown = planet.ExitCode is > 0 and <= ExitCode.MissingPrerequisite;
                FailureCode = isKnown ? planet.ExitCode : ExitCode.Failure;
                Failure = (isKnown ? planet.LastWord() : null) ?? planet.Describe();
            }

            return true;
        }
    }
}
