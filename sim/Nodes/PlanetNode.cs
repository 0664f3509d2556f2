using System.Runtime.InteropServices;
using ROS2;
using ClockMessage = rosgraph_msgs.msg.Clock;
using FaultMessage = aios_interfaces.msg.Fault;
using RadioLinkMessage = aios_interfaces.msg.RadioLink;
using RadioLinksMessage = aios_interfaces.msg.RadioLinks;

namespace Aios.Sim;

/// <summary>
/// The planet on the bus: it publishes what the rovers' hardware measures and hears the commands to their motors.
/// The truth stays in the <see cref="PlanetSimulation"/>; nothing here publishes it.
/// </summary>
/// <remarks>
/// All stamps are mission time (<see cref="PlanetSimulation.NowNs"/>), those of a rover's drivers with the error of its clock. Either <see cref="Start"/> a timer (virtual
/// time: the bus runs the steps), or call <see cref="Step"/> at the pace wanted. Runs on the context's executor; not
/// thread-safe.
/// </remarks>
public sealed class PlanetNode : IDisposable
{
    private readonly Node _node;
    private readonly PlanetNodeOptions _options;
    private readonly RoverHardware[] _hardware;
    private readonly RoverCondition[] _conditions;
    private readonly Publisher<ClockMessage>? _clock;
    private readonly Publisher<RadioLinksMessage> _links;
    private readonly Publisher<FaultMessage> _faults;
    private readonly ClockMessage _clockMessage = new();
    private readonly RadioLinksMessage _linksMessage = new();
    private readonly List<RadioLinkState> _linkStates = [];
    private SensorClock _linksClock;
    private ROS2.Timer? _timer;

    /// <summary>Creates the publishers and subscriptions of the planet and of every rover's hardware.</summary>
    /// <param name="node">The node to live in; stays its creator's to dispose.</param>
    /// <param name="simulation">The planet.</param>
    /// <param name="options">Settings; the defaults when null.</param>
    public PlanetNode(Node node, PlanetSimulation simulation, PlanetNodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(simulation);
        _node = node;
        _options = options ?? new PlanetNodeOptions();
        Simulation = simulation;
        _clock = _options.PublishClock ? node.CreatePublisher<ClockMessage>(PlanetTopics.Clock, QosProfile.ClockProfile) : null;
        _links = node.CreatePublisher<RadioLinksMessage>(PlanetTopics.RadioLinks, QosProfile.KeepLast(1).WithTransientLocal());
        _faults = node.CreatePublisher<FaultMessage>(PlanetTopics.Faults, QosProfile.KeepLast(100).WithTransientLocal());
        _linksClock = new SensorClock(_options.LinksRateHz, 0.0);
        _hardware = [.. simulation.Rovers.Select(r => new RoverHardware(node, simulation, r))];
        _conditions = [.. simulation.Rovers.Select(r => r.Condition)];
        StaticFrames.Publish(node, simulation.Rovers);
        LandingSurvey.Publish(node, simulation, simulation.Seed);
    }

    /// <summary>A rover's condition has changed. One whose computer no longer runs should lose its host on the bus.</summary>
    public event Action<SimulatedRover, RoverCondition>? ConditionChanged;

    /// <summary>A fault has begun or ended.</summary>
    public event Action<FaultEvent>? FaultChanged;

    /// <summary>The planet.</summary>
    public PlanetSimulation Simulation { get; }

    /// <summary>Lets a timer on the node's clock run the steps, one per step of mission time.</summary>
    public void Start() =>
        _timer ??= _node.CreateTimer(new TimeSpan(Simulation.StepNs / 100), _ => Step());

    /// <summary>Runs one step and publishes what became due.</summary>
    public void Step()
    {
        Simulation.Step();
        long now = Simulation.NowNs;
        if (_clock is not null)
        {
            RosTime.Write(_clockMessage.Clock_, now);
            _clock.Publish(_clockMessage);
        }

        ReportFaults();
        foreach (RoverHardware hardware in _hardware)
        {
            hardware.Publish(now);
        }

        ReportConditions();
        bool changed = Simulation.FaultEvents.Count > 0 && _options.LinksRateHz > 0.0; // a cut link is told at once
        if (_linksClock.Due(now) || changed)
        {
            PublishLinks(now);
        }
    }

    /// <summary>Stops the timer. Publishers and subscriptions end with the node.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void ReportFaults()
    {
        foreach (FaultEvent e in Simulation.FaultEvents)
        {
            var message = new FaultMessage
            {
                Kind = FaultKinds.NameOf(e.Fault.Kind),
                Subject = e.Fault.Rover,
                Object = e.Fault.Group.Count > 0 ? string.Join('+', e.Fault.Group) : e.Fault.Object,
                Duration = e.Fault.DurationS,
                Active = e.Active,
            };
            RosTime.Write(message.Stamp, e.TimeNs);
            _faults.Publish(message);
            FaultChanged?.Invoke(e);
        }
    }

    private void ReportConditions()
    {
        for (int i = 0; i < _conditions.Length; i++)
        {
            SimulatedRover rover = Simulation.Rovers[i];
            if (rover.Condition != _conditions[i])
            {
                _conditions[i] = rover.Condition;
                ConditionChanged?.Invoke(rover, rover.Condition);
            }
        }
    }

    private void PublishLinks(long now)
    {
        Simulation.Radio.CopyLinks(now, _linkStates);
        List<RadioLinkMessage> links = _linksMessage.Links;
        while (links.Count < _linkStates.Count)
        {
            links.Add(new RadioLinkMessage());
        }

        ReadOnlySpan<RadioLinkState> states = CollectionsMarshal.AsSpan(_linkStates);
        for (int i = 0; i < states.Length; i++)
        {
            Fill(links[i], states[i]);
        }

        RosTime.Write(_linksMessage.Stamp, now);
        _links.Publish(_linksMessage);
    }

    private static void Fill(RadioLinkMessage message, in RadioLinkState state)
    {
        message.FromHost = state.From;
        message.ToHost = state.To;
        message.Up = state.Up;
        message.Quality = (float)state.Quality;
        message.Loss = (float)state.Loss;
        message.Bandwidth = (float)state.BandwidthBps;
        message.Delay = (float)state.DelayS;
    }
}
