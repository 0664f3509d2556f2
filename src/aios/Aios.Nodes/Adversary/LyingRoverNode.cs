using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Fleet;
using Aios.Numerics;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// The fault <c>lying_rover</c>: beside the rover's own nodes, and with its key, it says what is not true. In the quorum
/// it votes with two more voices that contradict each other, each correctly signed; its heartbeats put it where it is not,
/// call living rovers silent and silent ones alive, and speak in other rovers' names; its map is noise.
/// </summary>
/// <remarks>Everything is drawn from the mission's seed. It ends with its node.</remarks>
public sealed class LyingRoverNode
{
    private const int Voices = 2;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly SeededRandom _random;
    private readonly QuorumKernel[] _voices;
    private readonly Publisher<QuorumMessage> _quorumPublisher;
    private readonly Publisher<aios_interfaces.msg.Heartbeat> _heartbeatPublisher;
    private readonly Publisher<MapDelta> _mapPublisher;
    private uint _sequence;

    /// <summary>Begins to lie on <paramref name="node"/>.</summary>
    /// <param name="node">A node on the rover's host, in its namespace.</param>
    /// <param name="configuration">What the rover was told.</param>
    /// <param name="keys">The rover's key; null: the one that the mission's seed gives in simulation. Not owned.</param>
    public LyingRoverNode(Node node, RoverConfiguration configuration, ISignatureScheme? keys = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(configuration);
        _node = node;
        _configuration = configuration;
        _random = SeededRandom.ForStream(configuration.Seed, configuration.Name + "/lies");
        var signer = keys ?? EcdsaKeyRing.ForSimulation(configuration.Index, configuration.Roster.Count, configuration.Seed);
        _voices = [.. Enumerable.Range(0, Voices).Select(voice => new QuorumKernel(
            configuration.Index, configuration.Quorum, signer, new MemoryVoteStore(), new Voice(), node.Clock.NowNanoseconds))];
        _quorumPublisher = node.CreatePublisher<QuorumMessage>(Topics.Quorum, QosProfile.SensorDataProfile);
        _heartbeatPublisher = node.CreatePublisher<aios_interfaces.msg.Heartbeat>(Topics.Heartbeat, QosProfile.SensorDataProfile);
        _mapPublisher = node.CreatePublisher<MapDelta>(Topics.MapDelta, QosProfile.KeepLast(100));
        foreach (var peer in configuration.Roster.Where(name => name != configuration.Name))
        {
            node.CreateSubscription<QuorumMessage>(Topics.Of(peer, Topics.Quorum), OnMessage, QosProfile.SensorDataProfile);
        }

        node.CreateTimer(TimeSpan.FromSeconds(0.05), _ => Vote());
        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => Tell());
    }

    private void OnMessage(QuorumMessage message)
    {
        foreach (var voice in _voices)
        {
            voice.Receive(CollectionsMarshal.AsSpan(message.Data), _node.Clock.NowNanoseconds);
        }
    }

    private void Vote()
    {
        var now = _node.Clock.NowNanoseconds;
        foreach (var voice in _voices)
        {
            if (_random.NextInt(40) == 0)
            {
                voice.Propose(Wish(), now);
            }

            voice.Tick(now);
            var data = voice.PollMessage(now);
            if (!data.IsEmpty)
            {
                var message = new QuorumMessage { Rover = _configuration.Name };
                NodeTime.Write(message.Header.Stamp, now);
                message.Data.AddRange(data);
                _quorumPublisher.Publish(message);
            }

            while (voice.TryTakeEvent(out _))
            {
            }
        }
    }

    private Decision Wish()
    {
        var other = (byte)_random.NextInt(_configuration.Roster.Count);
        return _random.NextInt(5) switch
        {
            0 => new Decision(DecisionKind.FleetHalt),
            1 => new Decision(DecisionKind.FleetResume),
            2 => new Decision(DecisionKind.DeclareLost, other),
            3 => new Decision(DecisionKind.Readmit, other),
            _ => new Decision(DecisionKind.ChangeSpeedLimit, Value: 1 + _random.NextInt(1_000_000)),
        };
    }

    private void Tell()
    {
        var now = _node.Clock.NowNanoseconds;
        var roster = _configuration.Roster;
        var heartbeat = new aios_interfaces.msg.Heartbeat
        {
            Rover = roster[_random.NextInt(roster.Count)],
            Incarnation = (uint)_random.NextInt(3),
            Sequence = (ulong)_random.NextInt(100_000),
            X = _random.NextDouble(-1000, 1000),
            Y = _random.NextInt(10) == 0 ? double.NaN : _random.NextDouble(-1000, 1000),
            HasGoal = true,
            DecisionHeight = (uint)_random.NextInt(100),
        };
        NodeTime.Write(heartbeat.Header.Stamp, now + (long)_random.NextDouble(-5e9, 5e9));
        foreach (var rover in roster)
        {
            heartbeat.Peers.Add(new PeerReport
            {
                Rover = rover,
                State = (byte)_random.NextInt(4),
                Incarnation = (uint)_random.NextInt(3),
                Sequence = (ulong)_random.NextInt(100_000),
                Age = (float)_random.NextDouble(0, 100),
                Suspicion = (float)_random.NextDouble(0, 100),
            });
        }

        _heartbeatPublisher.Publish(heartbeat);
        var map = new MapDelta { Rover = _configuration.Name, Sequence = ++_sequence };
        NodeTime.Write(map.Header.Stamp, now);
        for (var i = _random.NextInt(400); i >= 0; i--)
        {
            map.Data.Add((byte)_random.NextInt(256));
        }

        _mapPublisher.Publish(map);
    }

    /// <summary>Agrees to everything, so that both voices vote in every epoch and seldom for the same.</summary>
    private sealed class Voice : IDecisionPolicy
    {
        public bool Endorses(in Decision decision, long nowNs) => true;

        public bool IsReachable(int member) => true;
    }
}
