using System.Globalization;
using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Safety.Quorum;
using ROS2;
using ROS2.Simulation;

namespace Aios.Nodes.Tests;

/// <summary>What becomes of one quorum message instead of an ordinary delivery.</summary>
internal enum DeviationKind
{
    /// <summary>It is lost.</summary>
    Drop = 0,

    /// <summary>It comes after the next view has begun.</summary>
    Late = 1,

    /// <summary>Its receiver loses power as it is sent and is back 0.3 s later with its journal.</summary>
    Crash = 2,
}

/// <summary>One departure from the default schedule: the n-th transmission of a quorum message between two rovers.</summary>
internal readonly record struct Deviation(int Transmission, DeviationKind Kind);

/// <summary>
/// Three fleet links with real messages, keys and timers on the simulated bus, two of which want opposite speed limits,
/// under one schedule; an observer reads along and checks the invariants.
/// </summary>
internal sealed class BusWorld : ILinkModel, IDisposable
{
    private const long Millisecond = 1_000_000;
    private const string Observer = "observer";
    private static readonly string[] Roster = ["rover_1", "rover_2", "rover_3"];
    private readonly IReadOnlyList<Deviation> _deviations;
    private readonly SimulatedBus _bus;
    private readonly List<RosContext> _contexts = [];
    private readonly Dictionary<string, RoverStorage> _storage = [];
    private readonly Dictionary<(int, uint, uint, VotePhase), Decision> _votes = [];
    private readonly Dictionary<(uint Epoch, uint View, Decision Decision), HashSet<int>> _commits = [];
    private readonly Dictionary<uint, Decision> _certified = [];
    private readonly double[] _limits = new double[Roster.Length];
    private readonly System.Text.StringBuilder _history = new();
    private bool _isQuorum;

    /// <param name="deviations">Departures from prompt delivery in order.</param>
    /// <param name="forgetful">A deliberately broken kernel, which loses its journal with power.</param>
    public BusWorld(IReadOnlyList<Deviation> deviations, bool forgetful)
    {
        _deviations = deviations;
        _bus = new SimulatedBus(1, this);
        _bus.OnEvent += (in BusTraceEvent e, ReadOnlySpan<byte> _) =>
            _isQuorum = e.Kind == BusTraceKind.Sent ? e.Name.EndsWith(Topics.Quorum, StringComparison.Ordinal) : _isQuorum;
        var listener = Add(Observer).CreateNode(Observer);
        for (var i = 0; i < Roster.Length; i++)
        {
            var member = i;
            listener.CreateSubscription<QuorumMessage>(Topics.Of(Roster[i], Topics.Quorum), m => Check(member, m), QosProfile.SensorDataProfile);
            listener.CreateSubscription<FleetState>(Topics.Of(Roster[i], Topics.FleetState), m => _limits[member] = m.SpeedLimit);
            _storage[Roster[i]] = new RoverStorage(forgetful ? new ForgetfulStore() : new MemoryVoteStore(), null);
            Start(Roster[i]);
        }
    }

    /// <summary>Transmissions of quorum messages between rovers so far.</summary>
    public int Transmissions { get; private set; }

    public string? Violation { get; private set; }

    /// <summary>Votes and certificates in the order in which they were first heard of: equal for equal behaviours.</summary>
    public string History => _history.ToString();

    /// <summary>Runs until the fleet agrees, for at least three seconds.</summary>
    public void Run()
    {
        const int MostMilliseconds = 15_000;
        for (var t = 3000; t <= MostMilliseconds && Violation is null; t += 500)
        {
            _bus.RunUntil(t * Millisecond);
            if (_limits[0] > 0 && _limits.All(limit => limit == _limits[0]))
            {
                return;
            }
        }

        Violation ??= "no agreement";
    }

    /// <inheritdoc/>
    public LinkOutcome Transmit(string fromHost, string toHost, int bytes, long nowNs)
    {
        var ordinary = new LinkOutcome(true, 20 * Millisecond);
        if (toHost == Observer || fromHost == Observer)
        {
            return new LinkOutcome(true, 0);
        }

        if (!_isQuorum)
        {
            return ordinary;
        }

        var number = Transmissions++;
        foreach (var deviation in _deviations.Where(d => d.Transmission == number))
        {
            switch (deviation.Kind)
            {
                case DeviationKind.Drop:
                    return LinkOutcome.Lost;
                case DeviationKind.Late:
                    return new LinkOutcome(true, 700 * Millisecond);
                default:
                    _bus.Schedule(nowNs, () => Crash(toHost));
                    break;
            }
        }

        return ordinary;
    }

    public void Dispose()
    {
        for (var i = _contexts.Count - 1; i >= 0; i--)
        {
            _contexts[i].Dispose();
        }

        _bus.Dispose();
    }

    private RosContext Add(string host)
    {
        var context = new RosContext(_bus.CreateTransport(host));
        _contexts.Add(context);
        return context;
    }

    private void Start(string rover)
    {
        var configuration = Configurations.Of(rover, Roster) with { Orders = [Order("rover_1", 300_000), Order("rover_2", 200_000)] };
        _ = new FleetLinkNode(Add(rover).CreateNode("fleet_link", "/" + rover), configuration, _storage[rover], new ResumeDesk());
    }

    private static FleetOrder Order(string by, long limit) =>
        new(0.5, by, DecisionKind.ChangeSpeedLimit) { Decision = new Decision(DecisionKind.ChangeSpeedLimit, Value: limit) };

    private void Crash(string rover)
    {
        if (_bus.KillHost(rover))
        {
            _bus.Schedule(_bus.NowNs + (300 * Millisecond), () => Start(rover));
        }
    }

    private void Check(int member, QuorumMessage message)
    {
        foreach (var vote in MessageInspector.VotesBy(member, CollectionsMarshal.AsSpan(message.Data)))
        {
            if (vote.Phase == VotePhase.Request)
            {
                continue;
            }

            var key = (member, vote.Epoch, vote.View, vote.Phase);
            if (_votes.TryAdd(key, vote.Decision))
            {
                _history.Append(CultureInfo.InvariantCulture, $"{key}{vote.Decision.Value};");
                Count(vote);
            }
            else if (_votes[key] != vote.Decision)
            {
                Violation ??= $"{Roster[member]} voted twice in epoch {vote.Epoch}, view {vote.View}";
            }
        }
    }

    private void Count(in Vote vote)
    {
        if (vote.Phase != VotePhase.Commit)
        {
            return;
        }

        var commits = _commits.TryGetValue((vote.Epoch, vote.View, vote.Decision), out var known) ? known : [];
        _commits[(vote.Epoch, vote.View, vote.Decision)] = commits;
        commits.Add(vote.Voter);
        if (commits.Count == QuorumRules.Votes(Roster.Length, FaultModel.Crash)
            && !_certified.TryAdd(vote.Epoch, vote.Decision) && _certified[vote.Epoch] != vote.Decision)
        {
            Violation ??= $"epoch {vote.Epoch} has two certificates";
        }
    }

    /// <summary>Forgets everything at each start.</summary>
    private sealed class ForgetfulStore : IVoteStore
    {
        public byte[] Load() => [];

        public bool TryAppend(ReadOnlySpan<byte> record) => true;

        public bool TryTruncate(int length) => true;
    }
}
