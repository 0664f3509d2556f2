using Aios.Cli.Missions;
using Aios.Cli.Processes;
using Aios.Cli.Rovers;
using Aios.Mission;
using Aios.Nodes;
using ROS2;
using ROS2.Simulation;

namespace Aios.Cli.Tests.Rovers;

/// <summary>A rover's nodes on the loopback driver, in virtual time, under a service manager.</summary>
public sealed class WatchdogRelayTests : IDisposable
{
    private const string Rover = "rover_1";
    private readonly NotifySocket _socket = new();
    private readonly ServiceManager _manager;
    private readonly SimulatedBus _bus = new(1, new IdealLinkModel());
    private readonly RosContext _context;
    private readonly RoverStack _stack;

    public WatchdogRelayTests()
    {
        var spec = MissionFiles.Load("missions/desk.yaml", Console.Error)!;
        var configuration = RoverConfigurations.Of(spec.Resolve(1), 0);
        _manager = new ServiceManager(_socket.Address, null);
        _context = new RosContext(_bus.CreateTransport(Rover));
        _ = new LoopbackDriverNode(_context.CreateNode("driver", "/" + Rover), configuration);
        _stack = new RoverStack(_context, configuration);
        _ = new WatchdogRelay(_context.CreateNode("computer", "/" + Rover), _stack.Components, _manager);
    }

    public void Dispose()
    {
        _context.Dispose();
        _bus.Dispose();
        _manager.Dispose();
        _socket.Dispose();
    }

    [Fact]
    public void Rover_Well_IsReadyOnceAndStrokesEverySecond()
    {
        _bus.RunUntil(10_500_000_000);

        var messages = _socket.Drain();
        Assert.Single(messages, "READY=1");
        Assert.InRange(messages.Count(message => message == "WATCHDOG=1"), 9, 12);
    }

    [Fact]
    public void Rover_ANodeDiesAtTheStart_IsNeverReady()
    {
        _stack.End("localiser");
        _bus.RunUntil(10_000_000_000);

        var messages = _socket.Drain();
        Assert.DoesNotContain("READY=1", messages);
        Assert.Contains("STATUS=waiting for localiser", messages);
    }

    [Fact]
    public void Rover_ANodeIsGoneForGood_StrokesNoMore()
    {
        _bus.RunUntil(5_000_000_000);
        _stack.End("localiser");
        _bus.RunUntil(15_000_000_000); // the monitor allows six seconds
        Assert.Contains("WATCHDOG=1", _socket.Drain());

        _bus.RunUntil(30_000_000_000);

        Assert.DoesNotContain("WATCHDOG=1", _socket.Drain());
    }

    [Fact]
    public void Mission_OnTheWallClock_EndsAfterItsOwnStart()
    {
        var mission = MissionFiles.Load("missions/crater-survey.yaml", Console.Error)!.Resolve(1);

        Assert.Equal(1000 + RoverConfigurations.Of(mission, 0).ReturnBy, RoverConfigurations.Of(mission, 0, 1000).ReturnBy);
    }
}
