using aios_interfaces.msg;
using Aios.Numerics;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;
using tf2_msgs.msg;

namespace Aios.Nodes;

/// <summary>
/// Plays a rover's hardware on a desk: obeys <c>cmd_vel</c> on a flat floor and publishes <c>points</c>, <c>imu</c>,
/// <c>wheel_odom</c>, <c>heading</c> and <c>battery_state</c> with the frames, units, rates and QoS of the hardware
/// contract (docs/deploy.md); once each <c>initialpose</c> and the lidar's frame. A pattern for drivers of one's own.
/// </summary>
public sealed class LoopbackDriverNode
{
    private const double ImuRate = 50;
    private const double OdometryRate = 20;
    private const double ScanRate = 4;
    private const double Unknown = 1e6;
    private readonly Node _node;
    private readonly RoverConfiguration _configuration;
    private readonly Publisher<Imu> _imuPublisher;
    private readonly Publisher<Odometry> _odometryPublisher;
    private readonly Publisher<PointCloud2> _pointsPublisher;
    private readonly Publisher<Heading> _headingPublisher;
    private readonly Publisher<BatteryState> _batteryPublisher;
    private readonly Imu _imu = new();
    private readonly Odometry _odometry = new();
    private readonly Heading _heading = new() { Variance = 2e-4, Source = Heading.SOURCE_SUN };
    private readonly BatteryState _battery = new()
    {
        Present = true, Voltage = 28.8f, Current = -2, Capacity = 20, DesignCapacity = 20, Charge = 18, Percentage = 0.9f,
        Temperature = float.NaN, PowerSupplyStatus = BatteryState.POWER_SUPPLY_STATUS_DISCHARGING,
    };

    private readonly PointCloud2 _points;
    private long _movedNs;

    /// <summary>Sets up topics and timers on <paramref name="node"/>, whose namespace is the rover's.</summary>
    public LoopbackDriverNode(Node node, RoverConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(configuration);
        (_node, _configuration) = (node, configuration);
        Motion = new LoopbackMotion(configuration.StartPose);
        _movedNs = Now;
        _points = FlatFloorScan.Make(Topics.LidarFrame(configuration.Name), configuration.BaseFromLidar.Position.Z);
        Describe(configuration);
        _imuPublisher = node.CreatePublisher<Imu>(Topics.Imu, QosProfile.SensorDataProfile);
        _pointsPublisher = node.CreatePublisher<PointCloud2>(Topics.Points, QosProfile.SensorDataProfile);
        _odometryPublisher = node.CreatePublisher<Odometry>(Topics.WheelOdom);
        _headingPublisher = node.CreatePublisher<Heading>(Topics.Heading);
        _batteryPublisher = node.CreatePublisher<BatteryState>(Topics.BatteryState);
        node.CreateSubscription<TwistStamped>(
            Topics.Command, m => Motion.Command(m.Twist.Linear.X, m.Twist.Angular.Z, Now), QosProfile.SensorDataProfile.WithKeepLast(1));
        PublishMount();
        PublishStart();
        node.CreateTimer(TimeSpan.FromSeconds(1 / ImuRate), _ => OnImu());
        node.CreateTimer(TimeSpan.FromSeconds(1 / OdometryRate), _ => OnOdometry());
        node.CreateTimer(TimeSpan.FromSeconds(1 / ScanRate), _ => Publish(_pointsPublisher, _points, _points.Header));
        node.CreateTimer(TimeSpan.FromSeconds(1), _ => OnSecond());
    }

    /// <summary>How it moves.</summary>
    public LoopbackMotion Motion { get; }

    private long Now => _node.Clock.NowNanoseconds;

    private void Describe(RoverConfiguration configuration)
    {
        _imu.Header.FrameId = _odometry.ChildFrameId = _battery.Header.FrameId = Topics.BaseFrame(configuration.Name);
        _odometry.Header.FrameId = Topics.OdomFrame(configuration.Name);
        _heading.Header.FrameId = Topics.MapFrame;
        _imu.Orientation.W = 1;
        _imu.OrientationCovariance[0] = -1; // orientation is not measured
        for (var axis = 0; axis < 3; axis++)
        {
            _imu.AngularVelocityCovariance[4 * axis] = 4e-6;
            _imu.LinearAccelerationCovariance[4 * axis] = 4e-4;
        }

        SetDiagonal(_odometry.Pose.Covariance, 1, 1, Unknown, Unknown, Unknown, 0.5);
        SetDiagonal(_odometry.Twist.Covariance, 0.01, 0.01, Unknown, Unknown, Unknown, 0.02);
    }

    private void OnImu()
    {
        var now = Now;
        var dt = NodeTime.ToSeconds(now - _movedNs);
        if (dt > 0)
        {
            Motion.Step(Math.Min(dt, 0.2), now);
            _movedNs = now;
        }

        _imu.AngularVelocity.Z = Motion.YawRate;
        _imu.LinearAcceleration.X = Motion.Acceleration;
        _imu.LinearAcceleration.Y = Motion.Speed * Motion.YawRate;
        _imu.LinearAcceleration.Z = _configuration.Gravity;
        Publish(_imuPublisher, _imu, _imu.Header);
    }

    private void OnOdometry()
    {
        _odometry.Twist.Twist.Linear.X = Motion.Speed;
        _odometry.Twist.Twist.Angular.Z = Motion.YawRate;
        var travelled = _configuration.StartPose.Inverse().Compose(Motion.Pose);
        PoseMessages.Write(_odometry.Pose.Pose, Raised(travelled));
        Publish(_odometryPublisher, _odometry, _odometry.Header);
    }

    private void OnSecond()
    {
        _heading.Yaw = Motion.Pose.Yaw;
        Publish(_headingPublisher, _heading, _heading.Header);
        Publish(_batteryPublisher, _battery, _battery.Header);
    }

    private void Publish<T>(Publisher<T> publisher, T message, std_msgs.msg.Header header)
        where T : class, IRosMessage, new()
    {
        NodeTime.Write(header.Stamp, Now);
        publisher.Publish(message);
    }

    private void PublishMount()
    {
        var mount = new TransformStamped { ChildFrameId = Topics.LidarFrame(_configuration.Name) };
        mount.Header.FrameId = Topics.BaseFrame(_configuration.Name);
        PoseMessages.Write(mount.Transform, _configuration.BaseFromLidar);
        _node.CreatePublisher<TFMessage>("/tf_static", QosProfile.StaticTransformProfile).Publish(new TFMessage { Transforms = [mount] });
    }

    private void PublishStart()
    {
        var survey = new PoseWithCovarianceStamped();
        survey.Header.FrameId = Topics.MapFrame;
        NodeTime.Write(survey.Header.Stamp, Now);
        PoseMessages.Write(survey.Pose.Pose, Raised(_configuration.StartPose));
        SetDiagonal(survey.Pose.Covariance, 1e-4, 1e-4, 1e-4, 0, 0, 1e-4);
        _node.CreatePublisher<PoseWithCovarianceStamped>(Topics.InitialPose, QosProfile.StaticTransformProfile).Publish(survey);
    }

    private static Pose3 Raised(Pose2 pose) => new(new Vector3d(pose.X, pose.Y, 0), Quaterniond.FromYaw(pose.Yaw));

    // The diagonal of a row-major covariance over x, y, z, roll, pitch, yaw.
    private static void SetDiagonal(double[] covariance, params ReadOnlySpan<double> diagonal)
    {
        for (var i = 0; i < diagonal.Length; i++)
        {
            covariance[(diagonal.Length + 1) * i] = diagonal[i];
        }
    }
}
