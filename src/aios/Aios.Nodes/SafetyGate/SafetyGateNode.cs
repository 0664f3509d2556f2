using aios_interfaces.msg;
using Aios.Mission;
using Aios.Numerics;
using Aios.Perception;
using Aios.Safety;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using Polygon = Aios.Numerics.Polygon;

namespace Aios.Nodes;

/// <summary>
/// The only publisher of <c>cmd_vel</c>: runs <see cref="SafetyGate"/> at 20 Hz over the newest commands and
/// measurements. Tilt comes from the IMU through a filter of its own, so that a lost localiser cannot hide it. Its runtime
/// assurance (<see cref="AssuranceMap"/>, <see cref="SafeController"/>) takes over from a controller that drives at ground
/// which the rover's map closes.
/// </summary>
public sealed class SafetyGateNode
{
    /// <summary>Reasons to stand that are no stop: nobody wants to move, or runtime assurance tells of it itself.</summary>
    private const ulong IdleReasons = (1UL << (int)GateReason.CommandMissing) | (1UL << (int)GateReason.CommandStale)
        | (1UL << (int)GateReason.NotRecoverable);
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly SafetyGate _gate;
    private readonly GravityFilter _gravity;
    private readonly WheelAcceleration _acceleration = new();
    private readonly EventReporter _events;
    private readonly Publisher<TwistStamped> _commandPublisher;
    private readonly Publisher<SafetyStatus> _statusPublisher;
    private readonly TwistStamped _command = new();
    private readonly SafetyStatus _status = new();
    private readonly ResumeDesk _desk;
    private readonly AssuranceMap _ground;
    private readonly SafeController _safeController = new(new SafeControllerOptions { RequiredClearanceM = AssuranceMap.StandOff });
    private readonly AssuranceReporter _assurance;
    private readonly ZoneReporter _zones;
    private readonly HomeEnergy _wayHome;
    private GateInputs _inputs;
    private long _imuNs;
    private long _latestNs;
    private bool _stopped;
    private bool _stopIsKept = true;
    private int _ticks;

    /// <summary>Sets up the node's topics and its timer on <paramref name="node"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="desk">Where permits to resume come from.</param>
    public SafetyGateNode(Node node, RoverConfiguration configuration, ResumeDesk desk)
    {
        ArgumentNullException.ThrowIfNull(node);
        _desk = desk;
        _node = node;
        _configuration = configuration;
        _gate = new SafetyGate(Options(configuration) with { FormerStopId = desk.FormerStopId }, Zones(configuration));
        desk.Stops.Restore(_gate);
        _gravity = new GravityFilter(4.0, configuration.Gravity);
        _events = new EventReporter(node, configuration.Name);
        _ground = new AssuranceMap(configuration);
        _assurance = new AssuranceReporter(_events, configuration.Name);
        _zones = new ZoneReporter(_events, configuration);
        _wayHome = new HomeEnergy(node, configuration);
        _commandPublisher = node.CreatePublisher<TwistStamped>(Topics.Command);
        _statusPublisher = node.CreatePublisher<SafetyStatus>(Topics.SafetyStatus);
        _command.Header.FrameId = Topics.BaseFrame(configuration.Name);
        node.CreateSubscription<TwistStamped>(Topics.CommandNavigation, m => _inputs.Executive = Read(m, node.Clock.NowNanoseconds));
        node.CreateSubscription<TwistStamped>(Topics.CommandRecovery, m => _inputs.Recovery = Read(m, node.Clock.NowNanoseconds));
        node.CreateSubscription<TwistStamped>(Topics.CommandOperator, m => _inputs.Operator = Read(m, node.Clock.NowNanoseconds));
        node.CreateSubscription<Imu>(Topics.Imu, OnImu, QosProfile.SensorDataProfile);
        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.Pose, OnPose);
        node.CreateSubscription<Odometry>(Topics.Odom, OnOdom);
        node.CreateSubscription<Odometry>(Topics.WheelOdom, OnWheelOdom);
        node.CreateSubscription<BatteryState>(Topics.BatteryState, OnBattery);
        node.CreateSubscription<aios_interfaces.msg.FleetState>(Topics.FleetState, OnFleetState);
        node.CreateSubscription<OccupancyGrid>(Topics.Traversability, _ground.OnGrid, QosProfile.KeepLast(1));
        node.CreateSubscription<std_msgs.msg.UInt8>(Topics.StopRequest, m => Stop((GateReason)m.Data));
        node.CreateTimer(TimeSpan.FromMilliseconds(50), _ => Tick());
    }

    private static GateOptions Options(RoverConfiguration configuration) => new()
    {
        MaxSpeedMps = configuration.MaxSpeed,
        TiltHoldRad = configuration.MaxTilt,
        TiltReleaseRad = configuration.MaxTilt * 0.9,
        TiltCriticalRad = configuration.MaxTilt * 1.3,
        RequiredClearanceM = AssuranceMap.RequiredClearance,
    };

    private static SafetyZones Zones(RoverConfiguration configuration) =>
        new(Fence(configuration), [.. configuration.Zones.All.Select(zone => zone.Area)]);

    private static Polygon Fence(RoverConfiguration configuration)
    {
        var area = configuration.Area;
        var margin = configuration.GeofenceMargin;
        return new Polygon(
        [
            area.MinX - margin, area.MinY - margin, area.MaxX + margin, area.MinY - margin,
            area.MaxX + margin, area.MaxY + margin, area.MinX - margin, area.MaxY + margin,
        ]);
    }

    /// <summary>A command from the future stays one: a clock that jumps must not make it fresh later.</summary>
    private static StampedCommand Read(TwistStamped message, long now)
    {
        var stamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        var isFuture = stamp > now + new GateOptions().FutureToleranceNs;
        return new(message.Twist.Linear.X, message.Twist.Angular.Z, isFuture ? long.MaxValue / 2 : stamp);
    }

    /// <summary>
    /// When the clock has gone back, what was measured and commanded before would be fresh again when it comes by that
    /// time. The gate's own timer stands until then: whoever hears something sees to it.
    /// </summary>
    private void ForgetWhenTimeGoesBack()
    {
        var now = _node.Clock.NowNanoseconds;
        if (now < _latestNs)
        {
            (_inputs, _imuNs) = (new GateInputs { Fleet = _inputs.Fleet }, 0);
        }

        _latestNs = now;
    }

    private void OnImu(Imu message)
    {
        ForgetWhenTimeGoesBack();
        var stamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        var w = new Vector3d(message.AngularVelocity.X, message.AngularVelocity.Y, message.AngularVelocity.Z);
        var a = new Vector3d(message.LinearAcceleration.X, message.LinearAcceleration.Y, message.LinearAcceleration.Z);
        if (stamp <= _imuNs || !double.IsFinite(w.LengthSquared) || !double.IsFinite(a.LengthSquared))
        {
            return;
        }

        _gravity.Update(w, a, _imuNs == 0 ? 0 : Math.Min(NodeTime.ToSeconds(stamp - _imuNs), 0.2), _acceleration.Value);
        _imuNs = stamp;
        _inputs.Attitude = new AttitudeSample(_gravity.Roll, _gravity.Pitch, w.X, w.Y, stamp);
    }

    private void OnPose(PoseWithCovarianceStamped message)
    {
        ForgetWhenTimeGoesBack();
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (!PoseMessages.IsUsable(pose))
        {
            return;
        }

        var (sin, cos) = DetMath.SinCos(pose.Orientation.Yaw);
        var sigma = Math.Sqrt(Math.Max(message.Pose.Covariance[0], message.Pose.Covariance[7]));
        _inputs.Pose = new PoseSample(
            pose.Position.X, pose.Position.Y, cos, sin, sigma, NodeTime.ToNanoseconds(message.Header.Stamp));
        _ground.Trace(pose.Position.X, pose.Position.Y);
        _zones.Update(new Vector2d(pose.Position.X, pose.Position.Y), _inputs.Fleet.HazardPermits);
    }

    private void OnOdom(Odometry message) => _inputs.Speed = new SpeedSample(
        message.Twist.Twist.Linear.X, message.Twist.Twist.Angular.Z, NodeTime.ToNanoseconds(message.Header.Stamp));

    private void OnWheelOdom(Odometry message) => _acceleration.Update(
        message.Twist.Twist.Linear.X, message.Twist.Twist.Angular.Z, NodeTime.ToNanoseconds(message.Header.Stamp));

    private void OnBattery(BatteryState message)
    {
        ForgetWhenTimeGoesBack();
        var home = _configuration.StartPose;
        _inputs.Battery = new BatterySample(
            (double)message.Charge * message.Voltage,
            _wayHome.EnergyWh(new Vector2d(_inputs.Pose.X, _inputs.Pose.Y), _node.Clock.NowNanoseconds),
            home.X,
            home.Y,
            NodeTime.ToNanoseconds(message.Header.Stamp));
    }

    private void OnFleetState(aios_interfaces.msg.FleetState message)
    {
        _ground.OnFleetState(message);
        // By this rover's own clock: what others stamp is by theirs, and may be a lie.
        var stamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        var newest = _inputs.Fleet.LastPeerHeardNs <= stamp ? _inputs.Fleet.LastPeerHeardNs : 0;
        foreach (var report in message.Reports)
        {
            newest = report.Age >= 0 ? Math.Max(newest, stamp - NodeTime.FromSeconds(report.Age)) : newest;
        }

        _inputs.Fleet = new Aios.Safety.FleetState(
            message.Halted, message.HazardPermits & _configuration.Zones.Hazards, message.SpeedLimit, newest);
    }

    /// <summary>First the wheels stand, then the stop becomes durable.</summary>
    private void Stop(GateReason reason)
    {
        _gate.Stop(reason);
        Command(0, 0, _node.Clock.NowNanoseconds);
        KeepStop();
    }

    private void KeepStop()
    {
        var kept = _desk.Stops.Keep(_gate);
        if (!kept && _stopIsKept)
        {
            _events.Alert(EventKinds.QuorumAlarm, _configuration.Name, "the latched stop cannot be stored");
        }

        _stopIsKept = kept;
    }

    private void Command(double linear, double angular, long now)
    {
        NodeTime.Write(_command.Header.Stamp, now);
        (_command.Twist.Linear.X, _command.Twist.Angular.Z) = (linear, angular);
        _commandPublisher.Publish(_command);
    }

    private void Tick()
    {
        var now = _node.Clock.NowNanoseconds;
        if (_gate.IsLatched && _desk.TryTake(out var permit))
        {
            _gate.TryResume(permit);
        }

        var verdict = Evaluate(now);
        Command(verdict.LinearMps, verdict.AngularRps, now);
        KeepStop();
        var changed = ReportStop(verdict) | _assurance.Update(
            verdict, _inputs.Pose, _gate.Statistics.OnsetsOf(GateReason.AssuranceFallback), _ground.IsFresh(now), now);
        const int StatusEvery = 10;
        if (changed || _ticks++ % StatusEvery == 0)
        {
            PublishStatus(verdict, now);
        }
    }

    private GateVerdict Evaluate(long now)
    {
        if (!_configuration.RuntimeAssurance)
        {
            return _gate.Evaluate(_inputs, now);
        }

        var probe = _ground.At(_inputs.Pose, now);
        var mapped = _ground.AsMappedAt(_inputs.Pose, now);
        _inputs.SafeController = _safeController.Command(ref mapped, _inputs.Speed, now);
        return _gate.Evaluate(_inputs, now, ref probe, ref mapped);
    }

    /// <summary>Reports when the gate begins or ceases to stop a rover that wants to move.</summary>
    private bool ReportStop(in GateVerdict verdict)
    {
        var reasons = verdict.Reasons.Bits & ~IdleReasons;
        var stopped = verdict.Action >= GateAction.Hold && (reasons & (GateReasonSet.HoldMask | GateReasonSet.LatchMask)) != 0;
        if (stopped == _stopped)
        {
            return false;
        }

        _stopped = stopped;
        var started = _ticks > 0 && _inputs.Executive.StampNs > 0;
        if (stopped && started)
        {
            _events.Warning(EventKinds.SafetyStop, _configuration.Name, new GateReasonSet(reasons).Primary.ToString(), reasons);
        }
        else if (started)
        {
            _events.Info(EventKinds.SafetyResume, _configuration.Name, "the rover may move again");
        }

        return true;
    }

    private void PublishStatus(in GateVerdict verdict, long now)
    {
        NodeTime.Write(_status.Header.Stamp, now);
        _status.Action = (byte)verdict.Action;
        _status.Reasons = verdict.Reasons.Bits;
        _status.LimitedCount = _gate.Statistics.TicksOf(GateAction.Limit) + _gate.Statistics.TicksOf(GateAction.Fallback);
        _status.StopCount = _gate.Statistics.Stops;
        _status.TakeoverCount = _gate.Statistics.OnsetsOf(GateReason.AssuranceFallback);
        _status.StopId = _gate.StopId;
        _status.LinearVelocity = verdict.LinearMps;
        _status.AngularVelocity = verdict.AngularRps;
        _statusPublisher.Publish(_status);
    }
}
