using System.Runtime.InteropServices;
using aios_interfaces.msg;
using Aios.Cli.Safety;
using Aios.Mission;
using Aios.Nodes;
using ROS2;
using ROS2.Simulation;
using sensor_msgs.msg;

namespace Aios.Cli.Missions.Dds;

/// <summary>
/// The process that stands for a rover's computer: all its nodes, on DDS. What it hears of other rovers crosses the links
/// that the planet reports; the planet itself, which is the rover's hardware and the world, it hears undisturbed.
/// </summary>
internal static class RoverHost
{
    /// <summary>Runs the nodes until told to end. A fault that kills the rover ends the process at once, with exit code 0.</summary>
    public static int Run(NodeRequest request, string rover, ParentLink parent)
    {
        var roster = request.Mission.Spec.Roster;
        var links = new ReportedLinks(WorldFactory.Radio(request.Mission.Spec.Radio), request.Mission.Seed);
        Node? computer = null;
        using var context = DdsNodeHost.OpenContext(
            rover, request, dds => new LinkEmulatingTransport(dds, links, roster, () => computer?.Clock.NowNanoseconds ?? 0));
        computer = context.CreateNode("computer", "/" + rover);
        computer.CreateSubscription<RadioLinks>("/radio/links", links.Take, QosProfile.KeepLast(1).WithTransientLocal());
        ListenForDeath(computer, rover);
        using var storage = SafetyFiles.Open(request.OutputDirectory, rover);
        _ = new RoverStack(context, RoverConfigurations.Of(request.Mission, roster.ToList().IndexOf(rover)), storage);
        context.Spin(parent.Token);
        return ExitCode.Success;
    }

    private static void ListenForDeath(Node node, string rover)
    {
        node.CreateSubscription<Fault>("/sim/faults", OnFault, QosProfile.KeepLast(100).WithTransientLocal());
        node.CreateSubscription<BatteryState>(Topics.BatteryState, OnBattery);

        void OnFault(Fault fault)
        {
            if (fault.Active && fault.Kind == FaultLedger.RoverDeath && fault.Subject == rover)
            {
                Die();
            }
        }

        void OnBattery(BatteryState battery)
        {
            if (battery.Percentage <= 0)
            {
                Die();
            }
        }
    }

    // As a computer without power: nothing is cleaned up, no other process is told. The exit code says that it was no failure.
    private static void Die() => ExitNow(ExitCode.Success);

    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void ExitNow(int code);
}
