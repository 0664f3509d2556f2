using Aios.Cli.Safety;
using Aios.Mission;
using Aios.Nodes;
using Aios.Sim;
using ROS2;
using ROS2.Simulation;
using FaultKind = Aios.Sim.FaultKind;

namespace Aios.Cli.Missions;

/// <summary>
/// The rovers' computers of a mission on the simulated bus: starts them, and does to them what the planet's faults say:
/// they die, crash and start again with what they had stored, show a wrong time, lie.
/// </summary>
internal sealed class SimulatedFleet : IDisposable
{
    private readonly SimulatedBus _bus;
    private readonly PlanetSimulation _planet;
    private readonly Dictionary<string, Computer> _computers = new(StringComparer.Ordinal);

    /// <summary>Starts every rover of the mission.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="mission">The mission.</param>
    /// <param name="directory">Where the rovers' files are; null: in memory.</param>
    /// <param name="planet">Tells what befalls them.</param>
    public SimulatedFleet(SimulatedBus bus, ResolvedMission mission, string? directory, PlanetNode planet)
    {
        _bus = bus;
        _planet = planet.Simulation;
        if (directory is not null)
        {
            SafetyFiles.Clear(directory);
        }

        for (var i = 0; i < mission.Spec.Rovers.Count; i++)
        {
            var configuration = RoverConfigurations.Of(mission, i);
            var computer = new Computer(configuration, SafetyFiles.Open(directory, configuration.Name));
            _computers.Add(configuration.Name, computer);
            computer.Start(bus);
        }

        planet.ConditionChanged += OnCondition;
        planet.FaultChanged += OnFault;
    }

    public void Dispose()
    {
        foreach (var computer in _computers.Values)
        {
            computer.Dispose();
        }
    }

    private void OnCondition(SimulatedRover rover, RoverCondition condition)
    {
        var computer = _computers[rover.Name];
        if (condition is RoverCondition.ComputerDead or RoverCondition.BatteryEmpty or RoverCondition.ComputerDown)
        {
            computer.IsUp = false;
            _bus.KillHost(rover.Name);
        }
        else if (!computer.IsUp)
        {
            computer.Start(_bus);
        }
    }

    private void OnFault(FaultEvent fault)
    {
        if (fault.Fault.Kind is FaultKind.ClockStep or FaultKind.ClockDrift)
        {
            _bus.SetClockError(fault.Fault.Rover, _planet.Rovers[_planet.IndexOf(fault.Fault.Rover)].Clock.ErrorNs);
        }
        else if (fault.Fault.Kind == FaultKind.LyingRover)
        {
            _computers[fault.Fault.Rover].SetLying(fault.Active);
        }
    }

    /// <summary>One rover's computer.</summary>
    private sealed class Computer(RoverConfiguration configuration, RoverFiles files) : IDisposable
    {
        private readonly Stack<RosContext> _contexts = new();
        private Node? _liar;
        private bool _lies;

        public bool IsUp { get; set; }

        public void Start(SimulatedBus bus)
        {
            IsUp = true;
            var context = new RosContext(bus.CreateTransport(configuration.Name));
            _contexts.Push(context);
            _ = new RoverStack(context, configuration, files.Storage);
            _liar = null;
            SetLying(_lies);
        }

        public void SetLying(bool lies)
        {
            _lies = lies;
            if (lies && IsUp && _liar is null)
            {
                _liar = _contexts.Peek().CreateNode("liar", "/" + configuration.Name);
                _ = new LyingRoverNode(_liar, configuration, files.Storage.Keys);
            }
            else if (!lies)
            {
                _liar?.Dispose();
                _liar = null;
            }
        }

        public void Dispose()
        {
            while (_contexts.TryPop(out var context))
            {
                context.Dispose();
            }

            files.Dispose();
        }
    }
}
