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
    /// <summary>How a rover's process ends that crashes and is to be started again.</summary>
    public const int RestartExitCode = 86;

    /// <summary>Runs the nodes until told to end. A fault that kills the rover ends the process at once, with exit code 0.</summary>
    public static int Run(NodeRequest request, string rover, ParentLink parent)
    {
        var roster = request.Mission.Spec.Roster;
        var links = new ReportedLinks(WorldFactory.Radio(request.Mission.Spec.Radio), request.Mission.Seed);
        Node? computer = null;
        using var context = DdsNodeHost.OpenContext(
            rover, request.RosArguments, decorate: dds => new LinkEmulatingTransport(dds, links, roster, () => computer?.Clock.NowNanoseconds ?? 0));
        computer = context.CreateNode("computer", "/" + rover);
        computer.CreateSubscription<RadioLinks>("/radio/links", links.Take, QosProfile.KeepLast(1).WithTransientLocal());
        using var files = SafetyFiles.Open(request.OutputDirectory, rover);
        var configuration = RoverConfigurations.Of(request.Mission, roster.ToList().IndexOf(rover));
        var faults = new Faults(context, computer, configuration, files.Storage);
        _ = new RoverStack(context, configuration, files.Storage);
        context.Spin(parent.Token);
        GC.KeepAlive(faults);
        return ExitCode.Success;
    }

    // As a computer without power: nothing is cleaned up, no other process is told. The exit code says that it was no failure.
    [DllImport("libc", EntryPoint = "_exit")]
    private static extern void ExitNow(int code);

    /// <summary>Does to this process what the planet's faults say.</summary>
    private sealed class Faults
    {
        /// <summary>An older report was sent before this process started.</summary>
        private const long NewsNs = 1_000_000_000;

        private readonly RosContext _context;
        private readonly Node _node;
        private readonly RoverConfiguration _configuration;
        private readonly RoverStorage _storage;
        private Node? _liar;

        public Faults(RosContext context, Node node, RoverConfiguration configuration, RoverStorage storage)
        {
            (_context, _node, _configuration, _storage) = (context, node, configuration, storage);
            node.CreateSubscription<Fault>("/sim/faults", OnFault, QosProfile.KeepLast(100).WithTransientLocal());
            node.CreateSubscription<BatteryState>(Topics.BatteryState, OnBattery);
        }

        private void OnFault(Fault fault)
        {
            if (fault.Subject != _configuration.Name)
            {
                return;
            }

            switch (fault.Kind)
            {
                case FaultLedger.RoverDeath when fault.Active:
                    ExitNow(ExitCode.Success);
                    break;
                case FaultLedger.RoverRestart when fault.Active && IsNews(fault):
                    ExitNow(RestartExitCode);
                    break;
                case FaultLedger.LyingRover:
                    SetLying(fault.Active);
                    break;
            }
        }

        private bool IsNews(Fault fault) =>
            _node.Clock.NowNanoseconds is > 0 and var now && now - NodeTime.ToNanoseconds(fault.Stamp) < NewsNs;

        private void OnBattery(BatteryState battery)
        {
            if (battery.Percentage <= 0)
            {
                ExitNow(ExitCode.Success);
            }
        }

        private void SetLying(bool lies)
        {
            if (lies && _liar is null)
            {
                _liar = _context.CreateNode("liar", "/" + _configuration.Name);
                _ = new LyingRoverNode(_liar, _configuration, _storage.Keys);
            }
            else if (!lies)
            {
                _liar?.Dispose();
                _liar = null;
            }
        }
    }
}
