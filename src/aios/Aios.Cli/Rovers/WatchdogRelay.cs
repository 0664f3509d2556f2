using Aios.Cli.Processes;
using Aios.Nodes;
using diagnostic_msgs.msg;
using ROS2;

namespace Aios.Cli.Rovers;

/// <summary>
/// Tells the service manager how a rover is: ready when every node has answered the safety monitor once, then a stroke of
/// the watchdog for each of the monitor's. The monitor strokes once a second while no node owes it an answer for too long,
/// so a rover that hangs, or has lost a node for good, is restarted.
/// </summary>
internal sealed class WatchdogRelay
{
    /// <summary>A watchdog quicker than this would end a rover that is well.</summary>
    public static readonly TimeSpan ShortestWatchdog = TimeSpan.FromSeconds(3);

    private readonly ServiceManager _manager;
    private readonly HashSet<string> _silent;

    /// <param name="node">A node in the rover's namespace.</param>
    /// <param name="components">Names of the nodes that have to answer.</param>
    /// <param name="manager">Whom to tell; not owned.</param>
    public WatchdogRelay(Node node, IEnumerable<string> components, ServiceManager manager)
    {
        _manager = manager;
        _silent = [.. components];
        node.CreateSubscription<KeyValue>(Topics.HealthAnswer, OnAnswer);
        node.CreateSubscription<std_msgs.msg.UInt64>(Topics.Watchdog, OnStroke);
    }

    private void OnAnswer(KeyValue answer)
    {
        if (_silent.Remove(answer.Key) && _silent.Count == 0)
        {
            _manager.Ready();
        }
    }

    private void OnStroke(std_msgs.msg.UInt64 strokes)
    {
        _manager.Stroke();
        _manager.Status(_silent.Count > 0
            ? $"waiting for {string.Join(", ", _silent.Order(StringComparer.Ordinal))}"
            : FormattableString.Invariant($"all nodes answer, {strokes.Data} strokes of the watchdog"));
    }
}
