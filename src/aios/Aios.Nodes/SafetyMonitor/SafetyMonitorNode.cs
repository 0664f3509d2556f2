using aios_interfaces.msg;
using Aios.Mission;
using Aios.Safety;
using Aios.Safety.Monitor;
using diagnostic_msgs.msg;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// Watches the rover: pings its nodes and strokes <c>watchdog</c> only while all answer, has a dead one restarted, checks
/// limits and the watched requirements at 10 Hz, and has the gate latch a stop when the rover cannot be trusted. Needs
/// nobody's permission. Tells on <c>/diagnostics</c> and <c>events</c>.
/// </summary>
public sealed class SafetyMonitorNode
{
    private const int WarningCycles = 3;
    private const int FatalCycles = 6;
    private const int MostRestarts = 3;
    private const long RestartPauseNs = 3_000_000_000;
    private const int TicksPerCycle = 10;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly IComponentHost _host;
    private readonly RoverFacts _facts;
    private readonly Queue<MonitorEvent> _monitorEvents = new();
    private readonly HealthMonitor _health;
    private readonly RestartSupervisor _restarts;
    private readonly LimitChecker _limits;
    private readonly SequenceRunner _sequences;
    private readonly StandstillWatch _standstill;
    private readonly RecoveryDriver _recovery;
    private readonly RequirementMonitors _requirements;
    private readonly MonitorDiagnostics _diagnostics;
    private readonly EventReporter _events;
    private readonly Publisher<KeyValue> _pingPublisher;
    private readonly Publisher<std_msgs.msg.UInt64> _watchdogPublisher;
    private readonly Publisher<std_msgs.msg.UInt8> _stopPublisher;
    private readonly bool[] _truth = new bool[RoverFacts.Propositions.Count];
    private bool _wasLatched;
    private int _ticks;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="host">Runs the rover's nodes.</param>
    public SafetyMonitorNode(Node node, RoverConfiguration configuration, IComponentHost host)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(host);
        _node = node;
        _configuration = configuration;
        _host = host;
        _facts = new RoverFacts(node, configuration);
        _health = new HealthMonitor([.. host.Components.Select(name => new PingTarget(name, WarningCycles, FatalCycles))], _monitorEvents);
        _restarts = new RestartSupervisor(host.Components, MostRestarts, RestartPauseNs, _monitorEvents);
        _limits = new LimitChecker(RoverLimits.Watchpoints(configuration), RoverLimits.Actionpoints, _monitorEvents);
        _sequences = new SequenceRunner(RoverLimits.Sequences, _monitorEvents);
        _standstill = new StandstillWatch(node, configuration.StandstillGain);
        _recovery = new RecoveryDriver(node, configuration.Name);
        _requirements = new RequirementMonitors(RequirementMonitors.Specified(), RoverFacts.Propositions, _monitorEvents);
        _diagnostics = new MonitorDiagnostics(configuration.Name, _health, _limits, _requirements);
        _events = new EventReporter(node, configuration.Name);
        _pingPublisher = node.CreatePublisher<KeyValue>(Topics.HealthPing);
        _watchdogPublisher = node.CreatePublisher<std_msgs.msg.UInt64>(Topics.Watchdog);
        _stopPublisher = node.CreatePublisher<std_msgs.msg.UInt8>(Topics.StopRequest);
        DiagnosticsPublisher = node.CreatePublisher<DiagnosticArray>(Topics.Diagnostics);
        node.CreateSubscription<KeyValue>(Topics.HealthAnswer, OnAnswer);
        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => Tick());
    }

    private Publisher<DiagnosticArray> DiagnosticsPublisher { get; }

    private void OnAnswer(KeyValue answer)
    {
        for (var i = 0; i < _health.Targets.Count; i++)
        {
            if (_health.Targets[i].Name == answer.Key
                && uint.TryParse(answer.Value, System.Globalization.CultureInfo.InvariantCulture, out var key))
            {
                _health.OnAnswer(i, key, _node.Clock.NowNanoseconds);
            }
        }
    }

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        CheckLimits(now);
        _facts.Fill(_truth, now);
        _requirements.Step(_truth, now);
        if (_ticks++ % TicksPerCycle == 0)
        {
            CheckHealth(now);
            DiagnosticsPublisher.Publish(_diagnostics.Write(now, _restarts.IsSafeMode));
        }

        EndSafeModeWithTheStop();
        while (_monitorEvents.TryDequeue(out var happened))
        {
            Act(happened);
        }
    }

    private void CheckLimits(long now)
    {
        _limits.Update(RoverLimits.Battery, _facts.Battery, _facts.BatteryNs == 0 ? long.MinValue : _facts.BatteryNs);
        _limits.Update(RoverLimits.Position, _facts.PositionSigma, _facts.PoseNs == 0 ? long.MinValue : _facts.PoseNs);
        _limits.Update(RoverLimits.Silence, NodeTime.ToSeconds(now - _facts.PeerNs), now);
        _limits.Update(RoverLimits.Standstill, _standstill.DurationS(now), _standstill.StampNs == 0 ? long.MinValue : _standstill.StampNs);
        _limits.Sample(now);
        while (_limits.TryTakeSequence(out var sequence))
        {
            _sequences.TryStart(sequence, now);
        }

        while (_sequences.TryTakeCommand(now, out var step))
        {
            Carry(step);
        }

        _recovery.Tick(now);
    }

    private void Carry(in SequenceStep step)
    {
        switch (step.Command)
        {
            case RecoveryCommand.Stop or RecoveryCommand.SafeMode:
                RequestStop();
                break;
            case RecoveryCommand.RearmActionpoint:
                _limits.SetState(step.Argument, ActionpointState.Active);
                break;
            case RecoveryCommand.RestartComponent:
                _host.Restart(_host.Components[step.Argument]);
                break;
            case RecoveryCommand.Drive:
                _recovery.Begin(step.Argument);
                break;
            case RecoveryCommand.EndDrive:
                _recovery.End();
                break;
        }
    }

    private void CheckHealth(long now)
    {
        _health.Cycle(now);
        while (_health.TryTakePing(out var target, out var key))
        {
            _pingPublisher.Publish(new KeyValue
            {
                Key = _health.Targets[target].Name,
                Value = key.ToString(System.Globalization.CultureInfo.InvariantCulture),
            });
        }

        if (_health.StrokesWatchdog)
        {
            _watchdogPublisher.Publish(new std_msgs.msg.UInt64 { Data = _health.Strokes });
        }

        for (var i = 0; i < _health.Targets.Count; i++)
        {
            if (_health.IsDead(i))
            {
                Revive(i, now);
            }
        }
    }

    private void Revive(int component, long now)
    {
        var name = _host.Components[component];
        if (!_host.IsRestartable(name))
        {
            if (!_facts.IsLatched)
            {
                RequestStop();
            }
        }
        else if (_restarts.OnDead(component, now) == RestartVerdict.Restart)
        {
            _host.Restart(name);
            _health.SetEnabled(component, true);
        }
    }

    /// <summary>Who lifts the stop, by quorum or as a human, ends safe mode with it.</summary>
    private void EndSafeModeWithTheStop()
    {
        if (_wasLatched && !_facts.IsLatched && _restarts.IsSafeMode)
        {
            _restarts.Reset();
        }

        _wasLatched = _facts.IsLatched;
    }

    private void Act(in MonitorEvent happened)
    {
        switch (happened.Kind)
        {
            case MonitorEventKind.SafeMode:
                RequestStop();
                _events.Alert(EventKinds.SafeMode, _configuration.Name, $"{happened.Subject} died too often", happened.Value);
                break;
            case MonitorEventKind.RequirementViolated:
                RequestStop();
                _events.Alert(EventKinds.RequirementViolated, _configuration.Name, happened.Subject, happened.Value);
                break;
            case MonitorEventKind.Restart:
                _events.Warning(EventKinds.ComponentRestarted, _configuration.Name, happened.Subject, happened.Value);
                break;
            case MonitorEventKind.PingFatal:
                _events.Alert(EventKinds.ComponentDead, _configuration.Name, happened.Subject, happened.Value);
                break;
            case MonitorEventKind.LimitActed:
                _events.Warning(EventKinds.LimitExceeded, _configuration.Name, happened.Subject, happened.Id);
                break;
        }
    }

    private void RequestStop() => _stopPublisher.Publish(new std_msgs.msg.UInt8 { Data = (byte)GateReason.MonitorStop });
}
