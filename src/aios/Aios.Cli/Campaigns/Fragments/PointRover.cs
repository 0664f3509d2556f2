using Aios.Nodes;
using Aios.Numerics;
using Aios.Sim;
using geometry_msgs.msg;
using nav_msgs.msg;
using ROS2;
using sensor_msgs.msg;

namespace Aios.Cli.Campaigns.Fragments;

/// <summary>
/// What stands for a rover's body in a fragment: a point that drives as commanded on a plane, with the measurements that
/// gate and monitor need, stamped by the rover's clock.
/// </summary>
internal sealed class PointRover
{
    private const double StepS = 0.05;
    private const double Gravity = 3.71;
    private readonly SeededRandom _random;
    private readonly Publisher<Imu> _imuPublisher;
    private readonly Publisher<Odometry> _odomPublisher;
    private readonly Publisher<Odometry> _wheelPublisher;
    private readonly Publisher<PoseWithCovarianceStamped> _posePublisher;
    private readonly Publisher<BatteryState> _batteryPublisher;
    private readonly Imu _imu = new();
    private readonly Odometry _odom = new();
    private readonly PoseWithCovarianceStamped _pose = new();
    private readonly BatteryState _battery = new() { Percentage = 0.9f, Charge = 20, Voltage = 28 };
    private double _x;
    private double _y;
    private double _yaw;
    private double _speed;
    private double _yawRate;
    private long _commandNs;
    private int _steps;

    /// <param name="node">The planet's node.</param>
    /// <param name="name">The rover's name.</param>
    /// <param name="random">For noise.</param>
    /// <param name="onCommand">Told of each command that reaches the wheels.</param>
    public PointRover(Node node, string name, SeededRandom random, Action<double, double> onCommand)
    {
        _random = random;
        _imuPublisher = node.CreatePublisher<Imu>(Topics.Of(name, Topics.Imu), QosProfile.SensorDataProfile);
        _odomPublisher = node.CreatePublisher<Odometry>(Topics.Of(name, Topics.Odom));
        _wheelPublisher = node.CreatePublisher<Odometry>(Topics.Of(name, Topics.WheelOdom));
        _posePublisher = node.CreatePublisher<PoseWithCovarianceStamped>(Topics.Of(name, Topics.Pose));
        _batteryPublisher = node.CreatePublisher<BatteryState>(Topics.Of(name, Topics.BatteryState));
        node.CreateSubscription<TwistStamped>(
            Topics.Of(name, Topics.Command),
            message =>
            {
                (_speed, _yawRate, _commandNs) = (message.Twist.Linear.X, message.Twist.Angular.Z, node.Clock.NowNanoseconds);
                onCommand(_speed, _yawRate);
            },
            QosProfile.SensorDataProfile);
    }

    /// <summary>Whether its computer runs; it measures nothing otherwise.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether the IMU gives samples.</summary>
    public bool HasImu { get; private set; } = true;

    /// <summary>Whether the wheels are measured.</summary>
    public bool HasOdometry { get; private set; } = true;

    /// <summary>A fault of its sensors begins or ends; other faults do not concern it.</summary>
    public void SetFault(FaultSpec fault, bool active)
    {
        switch (fault.Kind)
        {
            case FaultKind.ImuDropout:
                HasImu = !active;
                break;
            case FaultKind.ImuNoise:
                ImuNoise = active ? 1 + fault.Magnitude : 1;
                break;
            case FaultKind.OdometryDropout:
                HasOdometry = !active;
                break;
        }
    }

    /// <summary>Noise of the IMU in parts of its usual one, which is 0.01 m/s² and 0.002 rad/s.</summary>
    public double ImuNoise { get; private set; } = 1;

    /// <summary>The clock of its computer.</summary>
    public RoverClock Clock { get; } = new();

    /// <summary>Whether the commands that reached the wheels last make it move.</summary>
    public bool Moves => _speed != 0 || _yawRate != 0;

    /// <summary>Drives a twentieth of a second and measures.</summary>
    public void Step(long nowNs)
    {
        const long WatchdogNs = 500_000_000;
        if (nowNs - _commandNs > WatchdogNs)
        {
            (_speed, _yawRate) = (0, 0);
        }

        var (sin, cos) = DetMath.SinCos(_yaw);
        _x += cos * _speed * StepS;
        _y += sin * _speed * StepS;
        _yaw = Angles.WrapToPi(_yaw + (_yawRate * StepS));
        if (IsUp)
        {
            Measure(Math.Max(0, nowNs + Clock.ErrorNs(nowNs)));
        }

        _steps++;
    }

    private void Measure(long stampNs)
    {
        if (HasImu)
        {
            NodeTime.Write(_imu.Header.Stamp, stampNs);
            _imu.AngularVelocity.Z = _yawRate + (0.002 * ImuNoise * _random.NextGaussian());
            _imu.LinearAcceleration.X = 0.01 * ImuNoise * _random.NextGaussian();
            _imu.LinearAcceleration.Z = Gravity;
            _imuPublisher.Publish(_imu);
        }

        if (HasOdometry && _steps % 2 == 0)
        {
            NodeTime.Write(_odom.Header.Stamp, stampNs);
            (_odom.Twist.Twist.Linear.X, _odom.Twist.Twist.Angular.Z) = (_speed, _yawRate);
            _odomPublisher.Publish(_odom);
            _wheelPublisher.Publish(_odom);
        }

        if (_steps % 4 == 0)
        {
            NodeTime.Write(_pose.Header.Stamp, stampNs);
            PoseMessages.Write(_pose.Pose.Pose, new Pose3(new Vector3d(_x, _y, 0), Quaterniond.FromYaw(_yaw)));
            _pose.Pose.Covariance[0] = _pose.Pose.Covariance[7] = 0.01;
            _posePublisher.Publish(_pose);
        }

        if (_steps % 20 == 0)
        {
            NodeTime.Write(_battery.Header.Stamp, stampNs);
            _batteryPublisher.Publish(_battery);
        }
    }
}

/// <summary>Drives a rover in circles at 10 Hz and, for a while, as no driver should.</summary>
internal sealed class FragmentDriver
{
    private readonly Publisher<TwistStamped> _publisher;
    private readonly TwistStamped _message = new();
    private readonly IReadOnlyList<WildDriving> _wild;
    private readonly Func<long> _missionNs;
    private readonly Action _onFresh;

    /// <param name="node">A node on the rover's host.</param>
    /// <param name="wild">When it misbehaves.</param>
    /// <param name="missionNs">True time, ns.</param>
    /// <param name="onFresh">Told of each command that a gate may follow.</param>
    public FragmentDriver(Node node, IReadOnlyList<WildDriving> wild, Func<long> missionNs, Action onFresh)
    {
        (_wild, _missionNs, _onFresh) = (wild, missionNs, onFresh);
        _publisher = node.CreatePublisher<TwistStamped>(Topics.CommandNavigation);
        node.CreateTimer(TimeSpan.FromSeconds(0.1), _ => Drive(node.Clock.NowNanoseconds));
    }

    private void Drive(long nowNs)
    {
        const long WrongByNs = 5_000_000_000;
        var time = _missionNs() * 1e-9;
        WildCommand? wild = null;
        foreach (var w in _wild)
        {
            wild = time >= w.FromS && time < w.ToS ? w.Kind : wild;
        }

        var stampNs = wild switch
        {
            WildCommand.OldStamp => Math.Max(0, nowNs - WrongByNs),
            WildCommand.FutureStamp => nowNs + WrongByNs,
            _ => nowNs,
        };
        if (wild == WildCommand.Silent)
        {
            return;
        }

        NodeTime.Write(_message.Header.Stamp, stampNs);
        _message.Twist.Linear.X = wild switch { WildCommand.NotANumber => double.NaN, WildCommand.TooFast => 8, _ => 0.3 };
        _message.Twist.Angular.Z = wild == WildCommand.TooFast ? -5 : 0.2;
        if (wild is null or WildCommand.TooFast)
        {
            _onFresh();
        }

        _publisher.Publish(_message);
    }
}
