using Aios.Nodes;
using Aios.Numerics;
using Aios.Safety;
using Aios.Safety.Quorum;
using Aios.Sim;
using ROS2;
using FaultKind = Aios.Sim.FaultKind;
using FaultSpec = Aios.Sim.FaultSpec;

namespace Aios.Cli.Campaigns.Fragments.Dds;

/// <summary>A rover of a fragment inside its process: body, computer, and what the plan does to them from within.</summary>
internal sealed class FragmentRover : IDisposable
{
    private const double PeriodS = 0.05;

    /// <summary>Who is called so much later than asked for did not run, s.</summary>
    private const double LateS = 0.2;
    private readonly FragmentPlan _plan;
    private readonly int _index;
    private readonly MissionClock _clock;
    private readonly EvidenceLog _log;
    private readonly PointRover _body;
    private readonly FaultSpec[] _faults;
    private readonly HashSet<FaultSpec> _active = [];
    private readonly Node _planet;
    private readonly EcdsaKeyRing _keys;
    private double _bodyS;
    private double _computerS;
    private double _startS;
    private Node? _liar;

    /// <summary>Sets up the body.</summary>
    /// <param name="plan">What befalls the fleet.</param>
    /// <param name="index">Which rover.</param>
    /// <param name="body">The body's context.</param>
    /// <param name="clock">Mission time.</param>
    /// <param name="log">Where to write down what happens.</param>
    public FragmentRover(FragmentPlan plan, int index, RosContext body, MissionClock clock, EvidenceLog log)
    {
        (_plan, _index, _clock, _log) = (plan, index, clock, log);
        _keys = EcdsaKeyRing.ForSimulation(index, plan.Rovers, plan.Seed);
        var name = FragmentPlan.Name(index);
        _faults = [.. plan.Faults.Where(fault => fault.Rover == name)];
        _planet = body.CreateNode("planet", "/" + name);
        _body = new PointRover(_planet, name, SeededRandom.ForStream(plan.Seed, name + "/imu"), (v, w) => log.OnCommand(index, v, w));
        var witness = new FragmentWitness(_planet, log);
        witness.HearAll(index, name);
        foreach (var (other, rover) in plan.Roster.Index().Where(entry => entry.Index != index))
        {
            // Over the air: what was damaged on the way is nobody's vote.
            witness.HearVotes(other, rover, said => QuorumKernel.TryReadHeight(said, plan.Seed, _keys, out var member, out _) && member == other);
        }
    }

    /// <summary>The clock of its computer; locked while it is changed.</summary>
    public RoverClock Clock => _body.Clock;

    /// <summary>Starts the computer's nodes, and time for all of it.</summary>
    /// <param name="computer">The computer's context, with the rover's clock.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="storage">Its journals.</param>
    /// <param name="isFirst">Whether it did not run before.</param>
    public void Start(RosContext computer, RoverConfiguration configuration, RoverStorage storage, bool isFirst)
    {
        _startS = isFirst ? 0 : _clock.NowS;
        _ = new RoverStack(computer, configuration, storage, RoverParts.SafetyOnly);
        var node = computer.CreateNode("driver", "/" + configuration.Name);
        var stop = node.CreatePublisher<std_msgs.msg.UInt8>(Topics.StopRequest);
        var stops = new Queue<double>(_plan.Stops.Where(s => s.Rover == _index && s.AtS >= _startS).Select(s => s.AtS).Order());
        _ = new FragmentDriver(
            node, [.. _plan.Wild.Where(wild => wild.Rover == _index)], () => _clock.NowNs, () => _log.OnFreshCommand(_index));
        if (!isFirst)
        {
            _log.OnBoot(_index);
        }

        (_bodyS, _computerS) = (_clock.NowS, _clock.NowS);
        _planet.CreateTimer(TimeSpan.FromSeconds(PeriodS), _ => StepBody());
        node.CreateTimer(TimeSpan.FromSeconds(PeriodS), _ => StepComputer(computer, configuration, storage, stop, stops), computer.CreateClock(ClockType.SteadyTime));
    }

    public void Dispose()
    {
        _liar?.Dispose();
        _keys.Dispose();
    }

    private void StepBody()
    {
        NoteStandstill(ref _bodyS);
        foreach (var fault in _faults)
        {
            if (IsActive(fault) ? _active.Add(fault) : _active.Remove(fault))
            {
                Set(fault, _active.Contains(fault));
            }
        }

        _body.Step(_clock.NowNs);
        if (_body.HasImu)
        {
            _log.OnImu(_index);
        }
    }

    private void StepComputer(
        RosContext computer, RoverConfiguration configuration, RoverStorage storage, Publisher<std_msgs.msg.UInt8> stop, Queue<double> stops)
    {
        NoteStandstill(ref _computerS);
        if (stops.TryPeek(out var due) && _clock.NowS >= due)
        {
            stops.Dequeue();
            stop.Publish(new std_msgs.msg.UInt8 { Data = (byte)GateReason.MonitorStop });
            _log.OnStopRequest(_index);
        }

        var lies = Array.Exists(_faults, fault => fault.Kind == FaultKind.LyingRover && IsActive(fault));
        if (lies && _liar is null)
        {
            _liar = computer.CreateNode("liar", "/" + configuration.Name);
            _ = new LyingRoverNode(_liar, configuration, storage.Keys);
        }
        else if (!lies)
        {
            _liar?.Dispose();
            _liar = null;
        }
    }

    // A machine that is too busy to run the process makes commands late that were not.
    private void NoteStandstill(ref double lastS)
    {
        var now = _clock.NowS;
        if (now - lastS > PeriodS + LateS)
        {
            _log.OnStandstill(_index, now - lastS);
        }

        lastS = now;
    }

    private bool IsActive(FaultSpec fault) => _clock.NowS >= fault.AtS && _clock.NowS < fault.AtS + fault.DurationS;

    private void Set(FaultSpec fault, bool active)
    {
        _body.SetFault(fault, active);
        if (fault.Kind is FaultKind.ClockStep or FaultKind.ClockDrift)
        {
            lock (Clock)
            {
                Clock.Set(fault, active, _clock.NowNs);
            }
        }
    }
}
