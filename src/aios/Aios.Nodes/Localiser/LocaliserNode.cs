using aios_interfaces.msg;
using Aios.Numerics;
using Aios.Perception;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// Estimates the rover's pose (<see cref="Aios.Perception.Localiser"/>) from wheels, IMU, heading and terrain fixes.
/// Starts with the landing survey on <c>initialpose</c>, or after a crash where it last knew itself to be; then, with each wheel odometry (20 Hz), publishes <c>odom</c>
/// (odometry frame, continuous), <c>pose</c> (map frame) and the transforms map → odom → base_link of REP-105.
/// </summary>
public sealed class LocaliserNode
{
    /// <summary>Estimates per remembered pose: five poses a second.</summary>
    private const int RememberEvery = 4;

    /// <summary>A second of samples: a turn that was not integrated stays in the heading.</summary>
    private const int ImuDepth = 50;

    private readonly string _rover;
    private readonly LocaliserOptions _options;
    private readonly Publisher<Odometry> _odomPublisher;
    private readonly Publisher<PoseWithCovarianceStamped> _posePublisher;
    private readonly Publisher<Slip> _slipPublisher;
    private readonly Publisher<TFMessage> _transformPublisher;
    private readonly Odometry _odom = new();
    private readonly PoseWithCovarianceStamped _pose = new();
    private readonly Slip _slip = new();
    private readonly TFMessage _transforms = new() { Transforms = [new(), new()] };
    private readonly ImuQueue _imuQueue = new();
    private readonly RoverMemory _memory;
    private readonly long _startNs;
    private Localiser? _localiser;
    private int _estimates;

    /// <summary>Sets up the node's topics on <paramref name="node"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="configuration">What the rover is told.</param>
    /// <param name="memory">What it knew before a crash; remembers where it is.</param>
    public LocaliserNode(Node node, RoverConfiguration configuration, RoverMemory memory)
    {
        _memory = memory;
        _rover = configuration.Name;
        _options = new LocaliserOptions { GravityMps2 = configuration.Gravity, EffectiveTrackM = configuration.EffectiveTrack };
        _odomPublisher = node.CreatePublisher<Odometry>(Topics.Odom);
        _posePublisher = node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Pose);
        _slipPublisher = node.CreatePublisher<Slip>(Topics.Slip);
        _transformPublisher = node.CreatePublisher<TFMessage>("/tf", QosProfile.DynamicTransformProfile);
        SetFrames();
        if (memory.Pose is { } pose)
        {
            _startNs = pose.StampNs;
            _localiser = new Localiser(new Pose2(pose.X, pose.Y, pose.Yaw), pose.Z, _options);
        }

        node.CreateSubscription<PoseWithCovarianceStamped>(Topics.InitialPose, OnInitialPose, QosProfile.StaticTransformProfile);
        node.CreateSubscription<Imu>(Topics.Imu, OnImu, QosProfile.SensorDataProfile.WithKeepLast(ImuDepth));
        node.CreateSubscription<Odometry>(Topics.WheelOdom, OnWheelOdom);
        node.CreateSubscription<Heading>(Topics.Heading, OnHeading);
        node.CreateSubscription<TerrainFix>(Topics.TerrainFix, OnTerrainFix);
    }

    private void SetFrames()
    {
        _odom.Header.FrameId = Topics.OdomFrame(_rover);
        _odom.ChildFrameId = Topics.BaseFrame(_rover);
        _pose.Header.FrameId = Topics.MapFrame;
        _transforms.Transforms[0].Header.FrameId = Topics.MapFrame;
        _transforms.Transforms[0].ChildFrameId = Topics.OdomFrame(_rover);
        _transforms.Transforms[1].Header.FrameId = Topics.OdomFrame(_rover);
        _transforms.Transforms[1].ChildFrameId = Topics.BaseFrame(_rover);
    }

    private void OnInitialPose(PoseWithCovarianceStamped message)
    {
        var pose = PoseMessages.Read(message.Pose.Pose);
        if (!PoseMessages.IsUsable(pose) || NodeTime.ToNanoseconds(message.Header.Stamp) < _startNs)
        {
            return;
        }

        var start = new Pose2(pose.Position.X, pose.Position.Y, pose.Orientation.Yaw);
        if (_localiser is null)
        {
            _localiser = new Localiser(start, pose.Position.Z, _options);
        }
        else
        {
            _localiser.Reset(start, pose.Position.Z);
        }
    }

    private void OnImu(Imu message)
    {
        var w = message.AngularVelocity;
        var a = message.LinearAcceleration;
        _imuQueue.Add(new ImuSample(
            new Vector3d(w.X, w.Y, w.Z), new Vector3d(a.X, a.Y, a.Z), NodeTime.ToNanoseconds(message.Header.Stamp)));
        while (_imuQueue.TryTake(out var sample))
        {
            Integrate(sample);
        }
    }

    private void Integrate(in ImuSample sample) => _localiser?.OnImu(sample.AngularVelocity, sample.SpecificForce, sample.StampNs);

    private void OnHeading(Heading message) =>
        _localiser?.OnHeading(message.Yaw, message.Variance, NodeTime.ToNanoseconds(message.Header.Stamp));

    private void OnTerrainFix(TerrainFix message)
    {
        var covariance = default(MatchCovariance);
        message.Covariance.AsSpan().CopyTo(covariance);
        var match = new TerrainMatch
        {
            Outcome = (TerrainMatchOutcome)message.Outcome,
            Dx = message.Dx,
            Dy = message.Dy,
            Dz = message.Dz,
            Dyaw = message.Dyaw,
            TiltX = message.TiltX,
            TiltY = message.TiltY,
            TiltVarianceX = message.TiltVarianceX,
            TiltVarianceY = message.TiltVarianceY,
            Covariance = covariance,
            AnchorVariance = message.AnchorVariance,
            Points = (int)message.Points,
        };
        _localiser?.OnTerrainMatch(match, NodeTime.ToNanoseconds(message.Header.Stamp));
    }

    private void OnWheelOdom(Odometry message)
    {
        if (_localiser is null)
        {
            return;
        }

        var stamp = NodeTime.ToNanoseconds(message.Header.Stamp);
        while (_imuQueue.TryTakeUpTo(stamp, out var sample))
        {
            Integrate(sample);
        }

        _imuQueue.OnWheels(stamp);
        var twist = message.Twist.Twist;
        var verdict = _localiser.OnWheelOdometry(twist.Linear.X, twist.Angular.Z, stamp);
        if (verdict == MeasurementVerdict.Accepted)
        {
            Publish(_localiser, _localiser.Estimate);
        }
    }

    private void Publish(Localiser localiser, in LocalisationEstimate estimate)
    {
        NodeTime.Write(_odom.Header.Stamp, estimate.StampNs);
        PoseMessages.Write(_odom.Pose.Pose, estimate.OdomFromBase);
        _odom.Twist.Twist.Linear.X = estimate.ForwardMps;
        _odom.Twist.Twist.Linear.Y = estimate.LateralMps;
        _odom.Twist.Twist.Angular.Z = estimate.YawRateRadps;
        _odomPublisher.Publish(_odom);
        if (_estimates++ % RememberEvery == 0)
        {
            var here = estimate.MapFromBase;
            _memory.Remember(new RememberedPose(
                here.Position.X, here.Position.Y, here.Position.Z, here.Orientation.Yaw, estimate.StampNs));
            NodeTime.Write(_slip.Header.Stamp, estimate.StampNs);
            (_slip.Level, _slip.Climb) = (estimate.LevelSlip, estimate.ClimbSlip);
            _slipPublisher.Publish(_slip);
        }

        NodeTime.Write(_pose.Header.Stamp, estimate.StampNs);
        PoseMessages.Write(_pose.Pose.Pose, estimate.MapFromBase);
        localiser.WriteCovariance(_pose.Pose.Covariance);
        _posePublisher.Publish(_pose);

        foreach (var frame in _transforms.Transforms)
        {
            NodeTime.Write(frame.Header.Stamp, estimate.StampNs);
        }

        PoseMessages.Write(_transforms.Transforms[0].Transform, estimate.MapFromOdom);
        PoseMessages.Write(_transforms.Transforms[1].Transform, estimate.OdomFromBase);
        _transformPublisher.Publish(_transforms);
    }
}
