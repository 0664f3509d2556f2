using System.Buffers.Binary;
using aios_interfaces.msg;
using Aios.Safety.Quorum;
using ROS2;
using ROS2.Simulation;

namespace Aios.Nodes.Tests;

/// <summary>What height of the fleet's log the operator's console binds an order to.</summary>
public sealed class OperatorConsoleTests : IDisposable
{
    private const ulong Fleet = 7;
    private static readonly string[] Roster = ["rover_1", "rover_2", "rover_3", "rover_4"];
    private readonly SimulatedBus _bus = new(1, new IdealLinkModel());
    private readonly RosContext _context;
    private readonly Node _fleet;
    private HumanOverride? _order;

    public OperatorConsoleTests()
    {
        _context = new RosContext(_bus.CreateTransport("planet"));
        _ = new OperatorConsoleNode(
            _context.CreateNode("operator_console"), [new FleetOrder(2, FleetOrder.Operator, DecisionKind.FleetHalt)], Roster, Fleet);
        _fleet = _context.CreateNode("fleet");
        _fleet.CreateSubscription<QuorumMessage>(Topics.OperatorOrders, m => _order = HumanOverride.Decode([.. m.Data]));
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
    }

    [Trait("Requirement", "SAF-QUO-012")]
    [Fact]
    public void Order_AmongLoudAndSilentRovers_IsBoundToTheGreatestHeightThatAnHonestOneVouchesFor()
    {
        Claim(0, 5);
        Claim(1, 3);
        Claim(2, 1_000_000); // the liar of four
        Claim(3, 4);
        Claim(3, 2); // late

        Assert.Equal(5u, OrderAfterAll().AfterEpoch);
    }

    [Fact]
    public void Order_WhenOneRoverSpeaksForAnother_DoesNotBelieveIt()
    {
        Claim(0, 5);
        Claim(2, 1_000_000);
        Claim(3, 1_000_000, signer: 2);

        Assert.Equal(5u, OrderAfterAll().AfterEpoch);
    }

    [Fact]
    public void Order_BeforeItsTime_IsNotGiven()
    {
        _bus.RunUntil(1_900_000_000);

        Assert.Null(_order);
        Assert.Equal(0u, OrderAfterAll().AfterEpoch);
    }

    private HumanOverride OrderAfterAll()
    {
        _bus.RunUntil(3_000_000_000);
        Assert.NotNull(_order);
        Assert.True(_order.IsValid(Fleet, EcdsaKeyRing.ForSimulation(0, Roster.Length, Fleet)));
        Assert.Equal(DecisionKind.FleetHalt, _order.Decision.Kind);
        return _order;
    }

    /// <summary>A rover says how long its log is; the epoch that it votes on is the next.</summary>
    private void Claim(int member, uint height, int? signer = null)
    {
        byte[] message = new byte[24 + ISignatureScheme.SignatureBytes];
        "AQ"u8.CopyTo(message);
        (message[2], message[3]) = (1, (byte)member);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(4), Fleet);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(12), height + 1);
        EcdsaKeyRing.ForSimulation(signer ?? member, Roster.Length, Fleet).Sign(message.AsSpan(0, 24), message.AsSpan(24));
        using Publisher<QuorumMessage> quorum = _fleet.CreatePublisher<QuorumMessage>(
            Topics.Of(Roster[member], Topics.Quorum), QosProfile.SensorDataProfile);
        var said = new QuorumMessage { Rover = Roster[member] };
        said.Data.AddRange(message);
        quorum.Publish(said);
        _bus.RunUntil(_bus.NowNs + 100_000_000);
    }
}
