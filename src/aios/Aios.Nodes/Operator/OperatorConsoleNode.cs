using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Safety.Quorum;
using ROS2;

namespace Aios.Nodes;

/// <summary>
/// The operator's console, on the planet's host: signs the mission's operator orders with the human's own key when their
/// time comes and repeats them on <see cref="Topics.OperatorOrders"/>; a rover follows each once.
/// </summary>
public sealed class OperatorConsoleNode
{
    private readonly Node _node;
    private readonly ulong _fleetId;
    private readonly ISignatureScheme _keys;
    private readonly Queue<FleetOrder> _waiting;
    private readonly List<HumanOverride> _given = [];
    private readonly Publisher<QuorumMessage> _publisher;
    private readonly uint[] _heights;

    /// <param name="node">Node on the planet's host.</param>
    /// <param name="orders">The mission's orders; those of rovers are passed over.</param>
    /// <param name="roster">All rovers.</param>
    /// <param name="seed">The mission's seed, which in simulation gives the fleet its id and keys.</param>
    /// <param name="keys">The operator's key; null: the one that the seed gives.</param>
    public OperatorConsoleNode(Node node, IReadOnlyList<FleetOrder> orders, IReadOnlyList<string> roster, ulong seed, ISignatureScheme? keys = null)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(roster);
        _node = node;
        _fleetId = seed;
        _heights = new uint[roster.Count];
        _keys = keys ?? EcdsaKeyRing.ForSimulation(ISignatureScheme.Operator, roster.Count, seed);
        _waiting = new Queue<FleetOrder>(orders.Where(order => order.By == FleetOrder.Operator).OrderBy(order => order.At));
        _publisher = node.CreatePublisher<QuorumMessage>(Topics.OperatorOrders);
        foreach (var rover in roster)
        {
            node.CreateSubscription<QuorumMessage>(Topics.Of(rover, Topics.Quorum), OnQuorum, QosProfile.SensorDataProfile);
        }

        node.CreateTimer(TimeSpan.FromSeconds(0.5), _ => Tick());
    }

    private void OnQuorum(QuorumMessage message)
    {
        if (QuorumKernel.TryReadHeight(CollectionsMarshal.AsSpan(message.Data), _fleetId, _keys, out var member, out var height)
            && member < _heights.Length)
        {
            _heights[member] = Math.Max(_heights[member], height);
        }
    }

    /// <summary>The greatest height that an honest rover vouches for: one more claims it than may lie.</summary>
    private uint Height() =>
        _heights.OrderDescending().ElementAt(QuorumRules.TolerableFaults(_heights.Length, FaultModel.Byzantine));

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        while (_waiting.TryPeek(out var order) && NodeTime.ToSeconds(now) >= order.At)
        {
            _waiting.Dequeue();
            _given.Add(HumanOverride.Create((uint)_given.Count + 1, Height(), order.Decision, _fleetId, _keys));
        }

        foreach (var order in _given)
        {
            var message = new QuorumMessage { Rover = FleetOrder.Operator };
            NodeTime.Write(message.Header.Stamp, now);
            message.Data.AddRange(order.Encode());
            _publisher.Publish(message);
        }
    }
}
