using System.Diagnostics;
using aios_interfaces.msg;
using Aios.Mission;
using Aios.Nodes;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Cli.Missions.Dds;

/// <summary>The process that stands for a rover's computer: all its nodes, on DDS.</summary>
internal static class RoverHost
{
    /// <summary>Runs the nodes until told to end. A fault that kills the rover kills the process.</summary>
    public static int Run(NodeRequest request, string rover, ParentLink parent)
    {
        using var context = DdsNodeHost.OpenContext(rover, request);
        var index = request.Mission.Spec.Roster.ToList().IndexOf(rover);
        _ = new RoverStack(context, RoverConfigurations.Of(request.Mission, index));
        ListenForDeath(context.CreateNode("computer", "/" + rover), rover);
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

    // As a computer without power: nothing is cleaned up, nobody is told.
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
