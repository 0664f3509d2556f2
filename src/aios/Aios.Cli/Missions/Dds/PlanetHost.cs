using System.Diagnostics;
using Aios.Mission;
using Aios.Nodes;
using Aios.Sim;
using ROS2;

namespace Aios.Cli.Missions.Dds;

/// <summary>
/// The process of the planet: steps the simulation at its pace, publishes <c>/clock</c> and what the rovers' hardware
/// measures, judges the mission and leaves its files.
/// </summary>
internal sealed class PlanetHost
{
    /// <summary>Mission time over time on the wall where nothing else is asked for: three rovers hold it on two cores.</summary>
    public const double DefaultRate = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan HoldWait = TimeSpan.FromMilliseconds(1);

    private readonly NodeRequest _request;
    private readonly ParentLink _parent;
    private readonly RosContext _context;
    private readonly PlanetSimulation _planet;
    private readonly PlanetNode _node;
    private readonly MissionSession _session;
    private readonly ProgressWriter _progress;
    private readonly Stopwatch _watch = new();

    private PlanetHost(NodeRequest request, ParentLink parent, RosContext context, PlanetSimulation planet, MissionSession session)
    {
        _request = request;
        _parent = parent;
        _context = context;
        _planet = planet;
        _session = session;
        _node = new PlanetNode(context.CreateNode("planet"), planet, new PlanetNodeOptions { PublishClock = true });
        if (request.Mission.Spec.Orders.Any(order => order.By == OrderSpec.Operator))
        {
            var spec = request.Mission.Spec;
            _ = new OperatorConsoleNode(
                context.CreateNode("console", "/operator"), RoverConfigurations.Orders(spec), spec.Roster, request.Mission.Seed);
        }

        _progress = new ProgressWriter(session.Control, _watch, request.Supervised);
    }

    private long WallNs => _context.Transport.Clock.SteadyNowNs;

    /// <summary>Runs the mission to its end.</summary>
    /// <returns>Exit code of the process.</returns>
    /// <exception cref="AiosException">The world cannot be made, or a rover is missing.</exception>
    public static int Run(NodeRequest request, ParentLink parent)
    {
        if (request.OutputDirectory is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        DdsFaults.Check(request.Mission);
        using var context = DdsNodeHost.OpenContext("planet", request.RosArguments);
        var planet = WorldFactory.Create(request.Mission);
        using var session = new MissionSession(RunRequest(request), planet, context);
        return new PlanetHost(request, parent, context, planet, session).Run();
    }

    private static MissionRunRequest RunRequest(NodeRequest request) => new()
    {
        Mission = request.Mission,
        Transport = "dds",
        OutputDirectory = request.OutputDirectory,
        RealTimeFactor = request.RealTimeFactor,
        RecordBag = request.RecordBag,
        RecordPoints = request.RecordPoints,
        Film = request.Film,
        ViewPort = request.ViewPort,
        FoxglovePort = request.FoxglovePort,
        Visualize = request.Visualize,
    };

    private int Run()
    {
        if (FleetReadiness.Wait(_context, _request.Mission.Spec.Roster, Patience, _parent.Token))
        {
            _watch.Start();
            Fly();
        }

        var aborted = _session.Control.Over is null ? _parent.Reason : null;
        _session.MemoryOfOthers = _parent.MemoryOfOthers;
        var result = _session.Conclude(aborted, _watch.Elapsed.TotalSeconds);
        _progress.Finish(result);
        if (_session.WriteReport(result) is { } failure)
        {
            Console.Error.WriteLine($"aios: {failure}");
        }

        return result.Outcome == MissionOutcome.Success ? ExitCode.Success : ExitCode.Failure;
    }

    private void Fly()
    {
        var control = _session.Control;
        var pace = new MissionPace(_request.RealTimeFactor ?? DefaultRate, _planet.StepNs, WallNs);
        var lag = new FleetLag(control.Rovers.Count);
        while (control.Over is null && !_parent.Token.IsCancellationRequested)
        {
            var wait = TimeSpan.FromTicks(pace.Remaining(WallNs) / TimeSpan.NanosecondsPerTick);
            if (wait > TimeSpan.Zero)
            {
                wait = wait < LongestWait ? wait : LongestWait;
            }
            else if (lag.Holds(_planet.NowNs, WallNs, HeardNs))
            {
                wait = HoldWait;
            }
            else
            {
                pace.Stepped(WallNs);
                _node.Step();
                control.OnPlanetStep();
            }

            _context.SpinOnce(wait);
            _progress.Update();
            _session.UpdateViewers();
        }

        long? HeardNs(int rover) => control.Rovers[rover] is { IsDead: true } or { IsDown: true } ? null : control.Rovers[rover].HeardNs;
    }
}
