using aios_interfaces.msg;
using geometry_msgs.msg;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// What is on the rover's bus, as the propositions of the watched requirements and the values of the limit checker need
/// it. It listens to the same topics as the gate and shares no code with it.
/// </summary>
internal sealed class RoverFacts
{
    /// <summary>Propositions, in the order of <see cref="Fill"/>.</summary>
    public static readonly IReadOnlyList<string> Propositions =
    [
        "moving", "too_fast", "commands_stale", "attitude_stale", "battery_stale", "pose_stale", "stop_latched", "fleet_halted",
    ];

    private const double SpeedTolerance = 1.001;
    private const double MaxYawRate = 0.6;

    /// <summary>What is stamped further ahead is not of now, ns: a clock that jumped, or a lie.</summary>
    private const long MostAheadNs = 150_000_000;
    private readonly Node _node;
    private readonly double _maxSpeed;
    private TwistStamped? _command;
    private long _wishNs;
    private long _imuNs;
    private long _batteryNs;
    private long _poseNs;
    private bool _halted;

    /// <summary>Sets up subscriptions on <paramref name="node"/>.</summary>
    public RoverFacts(Node node, RoverConfiguration configuration)
    {
        _node = node;
        _maxSpeed = configuration.MaxSpeed;
        node.CreateSubscription<TwistStamped>(Topics.Command, m => _command = m);
        node.CreateSubscription<TwistStamped>(Topics.CommandNavigation, OnWish);
        node.CreateSubscription<TwistStamped>(Topics.CommandRecovery, OnWish);
        node.CreateSubscription<TwistStamped>(Topics.CommandOperator, OnWish);
        node.CreateSubscription<Imu>(Topics.Imu, m => _imuNs = NodeTime.ToNanoseconds(m.Header.Stamp), QosProfile.SensorDataProfile);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<BatteryState>(Topics.BatteryState, OnBattery);
        node.CreateSubscription<FleetState>(Topics.FleetState, OnFleetState);
        node.CreateSubscription<SafetyStatus>(Topics.SafetyStatus, m => IsLatched = m.Action == SafetyStatus.ACTION_STOPPED);
    }

    /// <summary>State of charge, 0..1; NaN before the first report.</summary>
    public double Battery { get; private set; } = double.NaN;

    /// <summary>When the battery was last heard of, ns.</summary>
    public long BatteryNs => _batteryNs;

    /// <summary>Standard deviation of the position, m.</summary>
    public double PositionSigma { get; private set; } = double.NaN;

    /// <summary>When the pose was last heard of, ns.</summary>
    public long PoseNs => _poseNs;

    /// <summary>When any other rover was last heard, ns; 0: never.</summary>
    public long PeerNs { get; private set; }

    /// <summary>Whether the gate says that its stop is latched.</summary>
    public bool IsLatched { get; private set; }

    /// <summary>Writes the truth of <see cref="Propositions"/>.</summary>
    public void Fill(Span<bool> truth, long now)
    {
        const long Tenth = 100_000_000;
        var twist = _command?.Twist;
        truth[0] = twist is not null && (twist.Linear.X != 0 || twist.Angular.Z != 0);
        truth[1] = twist is not null
            && !(Math.Abs(twist.Linear.X) <= _maxSpeed * SpeedTolerance && Math.Abs(twist.Angular.Z) <= MaxYawRate * SpeedTolerance);
        truth[2] = IsStale(_wishNs, now, 6 * Tenth);
        truth[3] = IsStale(_imuNs, now, 3 * Tenth);
        truth[4] = IsStale(_batteryNs, now, 51 * Tenth);
        truth[5] = IsStale(_poseNs, now, 11 * Tenth);
        truth[6] = IsLatched;
        truth[7] = _halted;
    }

    private static bool IsStale(long stamp, long now, long most) => now - stamp > most || stamp - now > MostAheadNs;

    // The newest of three sources. One from the future must hide no later one.
    private void OnWish(TwistStamped message)
    {
        var (stamp, latest) = (NodeTime.ToNanoseconds(message.Header.Stamp), _node.Clock.NowNanoseconds + MostAheadNs);
        if (stamp <= latest && (stamp > _wishNs || _wishNs > latest))
        {
            _wishNs = stamp;
        }
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        _poseNs = NodeTime.ToNanoseconds(message.Header.Stamp);
        PositionSigma = Math.Sqrt(Math.Max(message.Pose.Covariance[0], message.Pose.Covariance[7]));
    }

    private void OnBattery(BatteryState message)
    {
        _batteryNs = NodeTime.ToNanoseconds(message.Header.Stamp);
        Battery = message.Percentage;
    }

    private void OnFleetState(FleetState message)
    {
        _halted = message.Halted;
        var stamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        PeerNs = PeerNs <= stamp ? PeerNs : 0;
        foreach (var report in message.Reports)
        {
            PeerNs = report.Age >= 0 ? Math.Max(PeerNs, stamp - NodeTime.FromSeconds(report.Age)) : PeerNs;
        }
    }
}
