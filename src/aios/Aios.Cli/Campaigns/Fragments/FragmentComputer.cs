using Aios.Nodes;
using Aios.Safety.Quorum;
using ROS2;
using ROS2.Simulation;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>A rover's computer in a fragment: the safety nodes, a driver, and sometimes a liar. It runs from the start.</summary>
internal sealed class FragmentComputer : IDisposable
{
    /// <summary>Damaged messages are counted, not told.</summary>
    public static readonly RosContextOptions Quiet = new() { LogSink = new Silence() };

    private readonly SimulatedBus _bus;
    private readonly RoverConfiguration _configuration;
    private readonly FragmentParts _parts;
    private readonly ISignatureScheme _keys;
    private readonly IReadOnlyList<WildDriving> _wild;
    private readonly Action _onFresh;
    private readonly List<RosContext> _contexts = [];
    private readonly RoverMemory _memory = new();
    private IVoteStore _votes = new MemoryVoteStore();
    private IVoteStore _stops = new MemoryVoteStore();
    private Publisher<std_msgs.msg.UInt8>? _stop;
    private Node? _liar;
    private bool _lies;
    private bool _isDead;

    /// <param name="bus">The bus.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="parts">What it runs.</param>
    /// <param name="keys">Its key.</param>
    /// <param name="wild">When its driver misbehaves.</param>
    /// <param name="onFresh">Told of each command that its gate may follow.</param>
    public FragmentComputer(
        SimulatedBus bus, RoverConfiguration configuration, FragmentParts parts, ISignatureScheme keys, IReadOnlyList<WildDriving> wild,
        Action onFresh)
    {
        (_bus, _configuration, _parts, _keys, _wild, _onFresh) = (bus, configuration, parts, keys, wild, onFresh);
        Start();
    }

    public bool IsUp { get; private set; }

    /// <summary>It loses power, and its journal what the fragment's parts say.</summary>
    public void Crash()
    {
        if (IsUp)
        {
            IsUp = false;
            _bus.KillHost(_configuration.Name);
            (_votes, _stops) = (_parts.AfterCrash(_votes), _parts.StopsAfterCrash(_stops));
        }
    }

    /// <summary>It loses power for good.</summary>
    public void Die()
    {
        Crash();
        _isDead = true;
    }

    /// <summary>It starts again, unless it runs or is dead.</summary>
    public bool TryStart()
    {
        if (IsUp || _isDead)
        {
            return false;
        }

        Start();
        return true;
    }

    /// <summary>Asks the gate for a stop.</summary>
    public void RequestStop(byte reason) => _stop?.Publish(new std_msgs.msg.UInt8 { Data = reason });

    /// <summary>Begins or ends the lies.</summary>
    public void SetLying(bool lies)
    {
        _lies = lies;
        if (lies && IsUp && _liar is null)
        {
            _liar = _contexts[^1].CreateNode("liar", "/" + _configuration.Name);
            _ = new LyingRoverNode(_liar, _configuration, _keys);
        }
        else if (!lies)
        {
            _liar?.Dispose();
            _liar = null;
        }
    }

    public void Dispose() => _contexts.ForEach(context => context.Dispose());

    private void Start()
    {
        IsUp = true;
        var context = new RosContext(_bus.CreateTransport(_configuration.Name), Quiet);
        _contexts.Add(context);
        var storage = new RoverStorage(_votes, null) { Memory = _memory, Keys = _keys, Stops = _stops };
        _ = new RoverStack(context, _configuration, storage, _parts.Rover);
        var node = context.CreateNode("driver", "/" + _configuration.Name);
        _stop = node.CreatePublisher<std_msgs.msg.UInt8>(Topics.StopRequest);
        _ = new FragmentDriver(node, _wild, () => _bus.NowNs, _onFresh);
        _liar = null;
        SetLying(_lies);
    }

    private sealed class Silence : ILogSink
    {
        public void Write(in LogRecord record)
        {
        }
    }
}

/// <summary>The links of a fragment: bad between rovers until all is calm, ideal to the planet's host.</summary>
internal sealed class FragmentRadio
{
    private static readonly LinkParameters CalmLink = new() { LossProbability = 0.1, DelayNs = 5_000_000, JitterNs = 20_000_000 };
    private readonly IReadOnlyList<string> _roster;

    public FragmentRadio(FragmentPlan plan)
    {
        _roster = plan.Roster;
        Links = new SeededLinkModel(plan.Seed);
        SetAll(plan.Radio);
        foreach (var fault in plan.Faults)
        {
            var (from, to) = ((long)(fault.AtS * 1e9), (long)((fault.AtS + fault.DurationS) * 1e9));
            if (fault.Kind == Aios.Sim.FaultKind.LinkCut)
            {
                Links.Partition(fault.Rover, fault.Object, from, to);
            }
            else if (fault.Kind == Aios.Sim.FaultKind.Partition)
            {
                string[] inside = [fault.Rover, .. fault.Group];
                foreach (var (a, b) in inside.SelectMany(_ => _roster.Except(inside), (a, b) => (a, b)))
                {
                    Links.Partition(a, b, from, to);
                }
            }
        }
    }

    /// <summary>The links as the bus sees them.</summary>
    public SeededLinkModel Links { get; }

    /// <summary>The links lose a tenth from now on and do nothing else.</summary>
    public void Calm() => SetAll(CalmLink);

    private void SetAll(LinkParameters parameters)
    {
        for (var i = 0; i < _roster.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                Links.SetLinkBothWays(_roster[i], _roster[j], parameters);
            }
        }
    }
}
