using Aios.Numerics;
using geometry_msgs.msg;
using nav_msgs.msg;
using sensor_msgs.msg;

namespace Aios.Sim;

/// <summary>Messages of a rover's drivers: what never changes set once, what was measured filled in.</summary>
internal static class HardwareMessages
{
    /// <summary>Variance of what a planar odometry does not know.</summary>
    private const double Unknown = 1e6;

    public static Imu NewImu(SimulatedRover rover)
    {
        ImuModel model = rover.Model.Sensors.Imu;
        var imu = new Imu();
        imu.Header.FrameId = PlanetTopics.Frame(rover.Name, "base_link");
        imu.Orientation.W = 1.0;
        imu.OrientationCovariance[0] = -1.0;
        for (int i = 0; i < 9; i += 4)
        {
            imu.AngularVelocityCovariance[i] = model.GyroSigmaRps * model.GyroSigmaRps;
            imu.LinearAccelerationCovariance[i] = model.AccelSigmaMps2 * model.AccelSigmaMps2;
        }

        return imu;
    }

    public static void Fill(Imu imu, ImuSensor sensor)
    {
        Fill(imu.AngularVelocity, sensor.AngularVelocity);
        Fill(imu.LinearAcceleration, sensor.LinearAcceleration);
    }

    public static Odometry NewOdometry(SimulatedRover rover)
    {
        var odometry = new Odometry { ChildFrameId = PlanetTopics.Frame(rover.Name, "base_link") };
        odometry.Header.FrameId = PlanetTopics.Frame(rover.Name, "odom");
        odometry.Pose.Pose.Orientation.W = 1.0;
        // Diagonals over x, y, z, roll, pitch, yaw. The pose drifts without bound; its variance only says "little worth".
        double[] pose = [1.0, 1.0, Unknown, Unknown, Unknown, 0.5];
        double[] twist = [0.01, 0.01, Unknown, Unknown, Unknown, 0.02];
        for (int i = 0; i < 6; i++)
        {
            odometry.Pose.Covariance[7 * i] = pose[i];
            odometry.Twist.Covariance[7 * i] = twist[i];
        }

        return odometry;
    }

    public static void Fill(Odometry odometry, WheelOdometrySensor sensor)
    {
        Pose2 pose = sensor.Pose;
        odometry.Twist.Twist.Linear.X = sensor.SpeedMps;
        odometry.Twist.Twist.Angular.Z = sensor.YawRateRps;
        odometry.Pose.Pose.Position.X = pose.X;
        odometry.Pose.Pose.Position.Y = pose.Y;
        odometry.Pose.Pose.Orientation.Z = DetMath.Sin(0.5 * pose.Yaw);
        odometry.Pose.Pose.Orientation.W = DetMath.Cos(0.5 * pose.Yaw);
    }

    public static BatteryState NewBattery(SimulatedRover rover)
    {
        float capacity = (float)rover.Model.Power.CapacityAh;
        var battery = new BatteryState
        {
            Present = true,
            Capacity = capacity,
            DesignCapacity = capacity,
            Temperature = float.NaN,
            PowerSupplyTechnology = BatteryState.POWER_SUPPLY_TECHNOLOGY_LION,
            Location = rover.Name,
        };
        battery.Header.FrameId = PlanetTopics.Frame(rover.Name, "base_link");
        return battery;
    }

    public static void Fill(BatteryState battery, PowerSystem power)
    {
        battery.Voltage = (float)power.VoltageV;
        battery.Current = (float)power.CurrentA;
        battery.Percentage = (float)power.Charge;
        battery.Charge = (float)power.Charge * battery.Capacity;
        battery.PowerSupplyStatus = power.CurrentA > 0.0
            ? BatteryState.POWER_SUPPLY_STATUS_CHARGING
            : BatteryState.POWER_SUPPLY_STATUS_DISCHARGING;
        battery.PowerSupplyHealth = power.IsEmpty
            ? BatteryState.POWER_SUPPLY_HEALTH_DEAD
            : BatteryState.POWER_SUPPLY_HEALTH_GOOD;
    }

    private static void Fill(Vector3 message, Vector3d value)
    {
        message.X = value.X;
        message.Y = value.Y;
        message.Z = value.Z;
    }
}
