using Aios.Mission;
using Aios.Nodes;
using Aios.Numerics;
using Aios.Safety;
using Aios.Safety.Quorum;
using Aios.Sim;
using ROS2;
using ROS2.Simulation;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>
/// Half a minute of a fleet under faults: the real gate, monitor and fleet link of every rover on the simulated bus, over
/// points that drive. Then all faults end, and the fleet must come to agree.
/// </summary>
internal sealed class Fragment : IDisposable
{
    private const double PatienceS = 90;
    private const string PlanetHost = "planet";
    private readonly FragmentPlan _plan;
    private readonly FragmentRadio _radio;
    private readonly SimulatedBus _bus;
    private readonly RosContext _context;
    private readonly RoverConfiguration[] _configurations;
    private readonly FragmentJudge _judge;
    private readonly PointRover[] _bodies;
    private readonly FragmentComputer[] _computers;

    private Fragment(FragmentPlan plan, ConstraintSpec constraints, FragmentParts parts)
    {
        _plan = plan;
        _radio = new FragmentRadio(plan);
        _bus = new SimulatedBus(plan.Seed, _radio.Links, new SimulatedBusOptions { VerifiesChecksums = plan.VerifiesChecksums });
        _context = new RosContext(_bus.CreateTransport(PlanetHost), FragmentComputer.Quiet);
        _configurations = [.. Enumerable.Range(0, plan.Rovers).Select(rover => parts.Configure(plan.Configure(constraints, rover)))];
        var ears = _context.CreateNode("judge");
        _judge = new FragmentJudge(() => ears.Clock.NowNanoseconds * 1e-9, _configurations, plan);
        var witness = new FragmentWitness(ears, _judge);
        foreach (var (i, rover) in plan.Roster.Index())
        {
            witness.HearAll(i, rover);
        }

        var planet = _context.CreateNode("planet");
        _bodies = [.. _configurations.Select((rover, i) => new PointRover(
            planet, rover.Name, SeededRandom.ForStream(plan.Seed, rover.Name + "/imu"), (v, w) => _judge.OnCommand(i, v, w)))];
        _computers = [.. _configurations.Select((rover, i) => new FragmentComputer(
            _bus, rover, parts, new KeyedHashes(i, plan.Seed), [.. plan.Wild.Where(wild => wild.Rover == i)], () => _judge.OnFreshCommand(i)))];
        planet.CreateTimer(TimeSpan.FromSeconds(0.05), _ => Step());
        _ = new OperatorConsoleNode(
            _context.CreateNode("console", "/operator"), plan.Orders, plan.Roster, plan.Seed, new KeyedHashes(ISignatureScheme.Operator, plan.Seed));
    }

    /// <summary>Runs a fragment to its end.</summary>
    /// <param name="plan">What befalls the fleet.</param>
    /// <param name="constraints">What the rovers must keep to.</param>
    /// <param name="parts">What to replace by something known to be bad; null: nothing.</param>
    /// <param name="digest">Whether the result has the digest of everything that happened, which takes time.</param>
    public static FragmentResult Run(FragmentPlan plan, ConstraintSpec constraints, FragmentParts? parts = null, bool digest = false)
    {
        using var fragment = new Fragment(plan, constraints, parts ?? new FragmentParts());
        using var hash = new BusDigest();
        if (digest)
        {
            fragment._bus.OnEvent += hash.Add;
        }

        return fragment.Run(digest ? hash : null);
    }

    public void Dispose()
    {
        foreach (var computer in _computers)
        {
            computer.Dispose();
        }

        _context.Dispose();
        _bus.Dispose();
    }

    private FragmentResult Run(BusDigest? digest)
    {
        foreach (var fault in _plan.Faults)
        {
            At(fault.AtS, () => Set(fault, true));
            At(fault.AtS + fault.DurationS, () => Set(fault, false));
        }

        foreach (var (rover, at) in _plan.Stops)
        {
            At(at, () => RequestStop(rover));
        }

        At(_plan.CalmAtS, _radio.Calm);
        while (_bus.NowNs < PatienceS * 1e9 && _judge.Violations.Count == 0 && !_judge.Agree(_plan.LastOrderAtS))
        {
            _bus.RunUntil(_bus.NowNs + 500_000_000);
        }

        var end = _bus.NowNs * 1e-9;
        if (end >= PatienceS)
        {
            _judge.AccuseOfDisagreement();
        }

        var links = _bus.LinkStatistics;
        return new FragmentResult(
            _plan, [.. _judge.Violations], end, _judge.Decisions, _judge.Votes, _judge.Commands, _judge.Moves,
            links.Sum(link => link.Rejected), links.Sum(link => link.Corrupted), digest?.ToHex() ?? "");
    }

    private void At(double time, Action action) => _bus.Schedule((long)(time * 1e9), action);

    private void Step()
    {
        for (var i = 0; i < _bodies.Length; i++)
        {
            _bodies[i].Step(_bus.NowNs);
            if (_bodies[i] is { IsUp: true, HasImu: true })
            {
                _judge.OnImu(i);
            }
        }
    }

    private void RequestStop(int rover)
    {
        if (_computers[rover].IsUp)
        {
            _computers[rover].RequestStop((byte)GateReason.MonitorStop);
            _judge.OnStopRequest(rover);
        }
    }

    private void Set(FaultSpec fault, bool active)
    {
        var rover = _plan.Roster.ToList().IndexOf(fault.Rover);
        var body = _bodies[rover];
        switch (fault.Kind)
        {
            case FaultKind.RoverDeath when active:
                _computers[rover].Die();
                body.IsUp = false;
                _judge.OnDeath(rover);
                break;
            case FaultKind.RoverRestart when active:
                _computers[rover].Crash();
                body.IsUp = false;
                break;
            case FaultKind.RoverRestart when _computers[rover].TryStart():
                body.IsUp = true;
                _judge.OnBoot(rover);
                break;
            case FaultKind.ClockStep or FaultKind.ClockDrift:
                body.Clock.Set(fault, active, _bus.NowNs);
                _bus.SetClockError(fault.Rover, body.Clock.ErrorNs);
                break;
            case FaultKind.LyingRover:
                _computers[rover].SetLying(active);
                break;
            default:
                body.SetFault(fault, active);
                break;
        }
    }
}
