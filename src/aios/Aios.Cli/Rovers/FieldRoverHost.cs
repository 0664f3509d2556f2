using Aios.Cli.Missions;
using Aios.Cli.Missions.Dds;
using Aios.Cli.Processes;
using Aios.Cli.Safety;
using Aios.Nodes;
using ROS2;

namespace Aios.Cli.Rovers;

/// <summary>
/// The process that runs all nodes of one rover in the field: on the machine's clock and network, beside the rover's own
/// drivers, under a service manager that restarts it when its health is not well.
/// </summary>
internal static class FieldRoverHost
{
    /// <summary>Runs the nodes until told to end.</summary>
    /// <returns>Exit code of the process.</returns>
    /// <exception cref="ROS2.Transport.RosTransportException">DDS cannot be used; the message says why.</exception>
    /// <exception cref="AiosException">The ROS arguments are wrong, or what is kept of the mission is; one line.</exception>
    public static int Run(FieldRoverRequest request, ServiceManager manager, CancellationToken stop)
    {
        var spec = request.Mission.Spec;
        var state = request.StateDirectory is { } folder ? Path.Combine(folder, spec.Name) : null;
        var startFile = state is null ? null : Path.Combine(state, request.Rover + ".start");
        if (request.IsNew && state is not null)
        {
            SafetyFiles.Clear(state, request.Rover);
            File.Delete(startFile!);
        }

        Warn(manager);
        using var context = DdsNodeHost.OpenContext(request.Rover, request.RosArguments, useMissionTime: false);
        var computer = context.CreateNode("computer", "/" + request.Rover);
        var nowNs = computer.Clock.NowNanoseconds;
        var startNs = startFile is null ? nowNs : MissionStart.Recall(startFile, nowNs);
        var index = spec.Roster.ToList().IndexOf(request.Rover);
        var configuration = RoverConfigurations.Of(request.Mission, index, NodeTime.ToSeconds(startNs));
        using var files = SafetyFiles.Open(state, request.Rover);
        if (request.UsesLoopbackDriver)
        {
            _ = new LoopbackDriverNode(context.CreateNode("driver", "/" + request.Rover), configuration);
        }

        var stack = new RoverStack(context, configuration, files.Storage);
        _ = new WatchdogRelay(computer, stack.Components, manager);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"aios: {request.Rover} is on mission {spec.Name} since {DateTimeOffset.UnixEpoch.AddSeconds(NodeTime.ToSeconds(startNs)):u}, {(request.UsesLoopbackDriver ? "loopback driver" : "drivers of its own")}"));
        context.Spin(stop);
        manager.Stopping();
        return ExitCode.Success;
    }

    private static void Warn(ServiceManager manager)
    {
        if (manager.Watchdog < WatchdogRelay.ShortestWatchdog)
        {
            Console.Error.WriteLine(FormattableString.Invariant(
                $"aios: the service manager's watchdog of {manager.Watchdog.Value.TotalSeconds} s is too quick: strokes come once a second, expected {WatchdogRelay.ShortestWatchdog.TotalSeconds} s or more"));
        }
    }
}
