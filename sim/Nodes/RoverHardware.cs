using ROS2;
using geometry_msgs.msg;
using nav_msgs.msg;
using sensor_msgs.msg;
using HeadingMessage = aios_interfaces.msg.Heading;

namespace Aios.Sim;

/// <summary>One rover's drivers on the bus: its sensors' topics and its motor command. Every message is reused.</summary>
internal sealed class RoverHardware
{
    private readonly SimulatedRover _rover;
    private readonly Publisher<PointCloud2> _pointsPublisher;
    private readonly Publisher<Imu> _imuPublisher;
    private readonly Publisher<Odometry> _odometryPublisher;
    private readonly Publisher<HeadingMessage> _headingPublisher;
    private readonly Publisher<BatteryState> _batteryPublisher;
    private readonly PointCloudMessage _points;
    private readonly Imu _imu;
    private readonly Odometry _odometry;
    private readonly HeadingMessage _heading = new();
    private readonly BatteryState _battery;

    public RoverHardware(Node node, PlanetSimulation simulation, SimulatedRover rover)
    {
        _rover = rover;
        _points = new PointCloudMessage(rover.Sensors.Lidar, PlanetTopics.Frame(rover.Name, "lidar"));
        _imu = HardwareMessages.NewImu(rover);
        _odometry = HardwareMessages.NewOdometry(rover);
        _battery = HardwareMessages.NewBattery(rover);
        _heading.Header.FrameId = PlanetTopics.MapFrame;
        _pointsPublisher = node.CreatePublisher<PointCloud2>(Topic("points"), QosProfile.SensorDataProfile);
        _imuPublisher = node.CreatePublisher<Imu>(Topic("imu"), QosProfile.SensorDataProfile);
        _odometryPublisher = node.CreatePublisher<Odometry>(Topic("wheel_odom"));
        _headingPublisher = node.CreatePublisher<HeadingMessage>(Topic("heading"));
        _batteryPublisher = node.CreatePublisher<BatteryState>(Topic("battery_state"));
        node.CreateSubscription<TwistStamped>(
            Topic("cmd_vel"),
            m => simulation.Command(rover.Index, m.Twist.Linear.X, m.Twist.Angular.Z),
            QosProfile.SensorDataProfile.WithKeepLast(1),
            reuseMessage: true);
    }

    /// <summary>Publishes what is fresh, stamped by the rover's own clock.</summary>
    public void Publish(long missionNs)
    {
        long nowNs = missionNs + _rover.Clock.ErrorNs(missionNs);
        SensorSuite sensors = _rover.Sensors;
        SensorEvents fresh = sensors.Fresh;
        if ((fresh & SensorEvents.Imu) != 0)
        {
            HardwareMessages.Fill(_imu, sensors.Imu);
            RosTime.Write(_imu.Header.Stamp, nowNs);
            _imuPublisher.Publish(_imu);
        }

        if ((fresh & SensorEvents.Odometry) != 0)
        {
            HardwareMessages.Fill(_odometry, sensors.Odometry);
            RosTime.Write(_odometry.Header.Stamp, nowNs);
            _odometryPublisher.Publish(_odometry);
        }

        if ((fresh & SensorEvents.Heading) != 0)
        {
            _heading.Yaw = sensors.Heading.YawRad;
            _heading.Variance = sensors.Heading.VarianceRad2;
            _heading.Source = (byte)sensors.Heading.Source;
            RosTime.Write(_heading.Header.Stamp, nowNs);
            _headingPublisher.Publish(_heading);
        }

        if ((fresh & SensorEvents.Battery) != 0)
        {
            HardwareMessages.Fill(_battery, sensors.Battery);
            RosTime.Write(_battery.Header.Stamp, nowNs);
            _batteryPublisher.Publish(_battery);
        }

        if ((fresh & SensorEvents.Lidar) != 0)
        {
            _pointsPublisher.Publish(_points.Update(nowNs));
        }
    }

    private string Topic(string name) => PlanetTopics.Of(_rover.Name, name);
}
