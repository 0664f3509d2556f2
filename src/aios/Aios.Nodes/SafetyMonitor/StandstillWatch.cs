using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using Aios.Safety;
using geometry_msgs.msg;
using ROS2;
using MissionPhase = aios_interfaces.msg.MissionPhase;

namespace Aios.Nodes;

/// <summary>
/// For how long a rover that is on its way has not got on, whatever navigator and controller have tried. It counts
/// neither where the rover wants to be nor where it may not move: at a goal reached, at home, under a stop or a halt.
/// </summary>
internal sealed class StandstillWatch
{
    private const ulong Stopped = GateReasonSet.LatchMask | (1UL << (int)GateReason.FleetHalt);
    private readonly double _gain;
    private Vector2d _place = new(double.NaN, double.NaN);
    private Vector2d _anchor = new(double.NaN, double.NaN);
    private long _sinceNs;
    private bool _travels;
    private bool _stopped;
    private bool _onItsWay;

    /// <summary>Sets up subscriptions on <paramref name="node"/>.</summary>
    /// <param name="node">The monitor's node.</param>
    /// <param name="gain">What counts as getting on, m.</param>
    public StandstillWatch(Node node, double gain)
    {
        _gain = gain;
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<NavigationStatus>(
            Topics.NavigationStatus, m => _onItsWay = m.Status is not (NavigationStatus.IDLE or NavigationStatus.REACHED));
        node.CreateSubscription<MissionPhase>(
            Topics.MissionPhase, m => _travels = (RoverPhase)m.Phase is RoverPhase.Exploring or RoverPhase.Returning);
        node.CreateSubscription<SafetyStatus>(Topics.SafetyStatus, m => _stopped = (m.Reasons & Stopped) != 0);
    }

    /// <summary>When the rover was last heard of, ns; 0: never.</summary>
    public long StampNs { get; private set; }

    /// <summary>Time without getting on, s.</summary>
    public double DurationS(long now)
    {
        if (!(_onItsWay && _travels) || _stopped || !(_place.DistanceTo(_anchor) <= _gain))
        {
            (_anchor, _sinceNs) = (_place, now);
        }

        return NodeTime.ToSeconds(now - _sinceNs);
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        _place = new Vector2d(message.Pose.Pose.Position.X, message.Pose.Pose.Position.Y);
        StampNs = NodeTime.ToNanoseconds(message.Header.Stamp);
    }
}
