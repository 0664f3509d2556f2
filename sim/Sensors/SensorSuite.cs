using Aios.Numerics;
using Aios.Terrain;

namespace Aios.Sim;

/// <summary>Which sensors of a rover have new data since the last step.</summary>
[Flags]
public enum SensorEvents
{
    None = 0,
    Lidar = 1,
    Imu = 2,
    Odometry = 4,
    Heading = 8,
    Battery = 16,
}

/// <summary>The sensors of one rover, each with its own rate and its own random stream.</summary>
public sealed class SensorSuite
{
    private readonly RoverBody _body;
    private readonly SensorHealth[] _health = new SensorHealth[5];
    private SensorClock _lidarClock;
    private double _lidarNoise;
    private SensorClock _imuClock;
    private SensorClock _odometryClock;
    private SensorClock _headingClock;
    private SensorClock _batteryClock;

    internal SensorSuite(RoverBody body, ulong seed, double phase, Vector3d[] lidarRays, bool lidarEnabled)
    {
        _body = body;
        SensorModel m = body.Model.Sensors;
        Lidar = new LidarSensor(m.Lidar, lidarRays, SeededRandom.ForStream(seed, body.Name + "/lidar"));
        Imu = new ImuSensor(m.Imu, SeededRandom.ForStream(seed, body.Name + "/imu"));
        Odometry = new WheelOdometrySensor(
            m.Odometry, body.Model.Chassis, body.Model.Drive, SeededRandom.ForStream(seed, body.Name + "/wheel_odom"));
        Heading = new HeadingSensor(m.Heading, SeededRandom.ForStream(seed, body.Name + "/heading"));
        _lidarClock = new SensorClock(lidarEnabled ? m.Lidar.RateHz : 0.0, phase);
        _imuClock = new SensorClock(m.Imu.RateHz, 0.0);
        _odometryClock = new SensorClock(m.Odometry.RateHz, 0.0);
        _headingClock = new SensorClock(m.Heading.RateHz, phase);
        _batteryClock = new SensorClock(m.BatteryRateHz, phase);
    }

    public LidarSensor Lidar { get; }

    public ImuSensor Imu { get; }

    public WheelOdometrySensor Odometry { get; }

    public HeadingSensor Heading { get; }

    /// <summary>The battery's own gauge.</summary>
    public PowerSystem Battery => _body.Power;

    /// <summary>What has new data after the last step.</summary>
    public SensorEvents Fresh { get; private set; }

    internal void SetHealth(SensorEvents sensor, SensorHealth health)
    {
        for (int i = 0; i < _health.Length; i++)
        {
            if (((int)sensor & (1 << i)) != 0)
            {
                _health[i] = health;
            }
        }
    }

    /// <summary>Whether the lidar takes a scan in this step, with <see cref="Scan"/>.</summary>
    internal bool LidarDue { get; private set; }

    /// <summary>Samples what is due, except for the lidar.</summary>
    internal void Step(in SunState sun, long nowNs, double dtS)
    {
        Fresh = SensorEvents.None;
        LidarDue = false;
        if (!_body.ComputerAlive)
        {
            return;
        }

        Odometry.Accumulate(_body.RimLeft, _body.RimRight, dtS);
        if (Ready(ref _imuClock, SensorEvents.Imu, nowNs, out double noise))
        {
            Imu.Sample(_body.AngularVelocity, _body.SpecificForce, noise);
        }

        if (Ready(ref _odometryClock, SensorEvents.Odometry, nowNs, out noise))
        {
            Odometry.Sample(nowNs, noise);
        }

        if (Ready(ref _headingClock, SensorEvents.Heading, nowNs, out noise)
            && !Heading.Sample(_body.Yaw, _body.AngularVelocity.Z, _body.Attitude.CosTilt, sun.ElevationRad, sun.Visible, noise))
        {
            Fresh &= ~SensorEvents.Heading;
        }

        LidarDue = Ready(ref _lidarClock, SensorEvents.Lidar, nowNs, out _lidarNoise);
        _ = Ready(ref _batteryClock, SensorEvents.Battery, nowNs, out _);
    }

    /// <summary>Takes the scan that is due. Scans of different rovers may run at once.</summary>
    internal void Scan(PlanetSurface surface, ReadOnlySpan<RoverCylinder> others) => Lidar.Scan(surface, _body, others, _lidarNoise);

    /// <summary>
    /// Whether a sensor takes a new sample now. A sensor that is stuck reports its old values again; one that has
    /// dropped out reports nothing.
    /// </summary>
    private bool Ready(ref SensorClock clock, SensorEvents sensor, long nowNs, out double noiseFactor)
    {
        SensorHealth health = _health[System.Numerics.BitOperations.Log2((uint)sensor)];
        noiseFactor = health.NoiseFactor;
        if (!clock.Due(nowNs) || health.Mode == SensorFailure.Dropout)
        {
            return false;
        }

        Fresh |= sensor;
        return health.Mode != SensorFailure.Stuck;
    }
}

/// <summary>How a sensor fails.</summary>
internal enum SensorFailure
{
    None,
    Dropout,
    Stuck,
    Noise,
}

/// <summary>Health of one sensor; the default is healthy.</summary>
internal readonly record struct SensorHealth(SensorFailure Mode, double ExtraNoise)
{
    /// <summary>Factor on the sensor's noise: 1 when healthy.</summary>
    public double NoiseFactor => 1.0 + ExtraNoise;
}

/// <summary>The sun as one rover sees it.</summary>
internal readonly record struct SunState(double ElevationRad, bool Visible);
