namespace Aios.Sim;

/// <summary>The sensors a rover carries. Every rate is in Hz, every sigma one standard deviation.</summary>
public sealed record SensorModel
{
    public LidarModel Lidar { get; init; } = new();

    public ImuModel Imu { get; init; } = new();

    public OdometryModel Odometry { get; init; } = new();

    public HeadingModel Heading { get; init; } = new();

    /// <value>Battery reports per second, Hz.</value>
    public double BatteryRateHz { get; init; } = 1.0;
}

/// <summary>A spinning 3D lidar with fixed ring elevations.</summary>
public sealed record LidarModel
{
    /// <value>Scans per second, Hz; 0 removes the lidar.</value>
    public double RateHz { get; init; } = 4.0;

    /// <value>Rays of one ring, evenly spaced over the full circle, the first along +x.</value>
    public int Azimuths { get; init; } = 180;

    /// <value>Elevation of each ring above the lidar's horizontal plane, rad, ascending. Empty: the pattern of
    /// <see cref="LidarPattern.GroundSpaced"/> for <see cref="GroundRings"/> and <see cref="SkyRings"/>.</value>
    public IReadOnlyList<double> RingElevationsRad { get; init; } = [];

    /// <value>Rings that meet flat ground at even spacing between <see cref="NearGroundM"/> and <see cref="FarGroundM"/>.</value>
    public int GroundRings { get; init; } = 26;

    /// <value>Rings above the farthest ground ring, from just below the horizon upward.</value>
    public int SkyRings { get; init; } = 6;

    /// <value>Where the lowest ring meets flat ground, m from the mast.</value>
    public double NearGroundM { get; init; } = 1.5;

    /// <value>Where the highest ground ring meets flat ground, m from the mast.</value>
    public double FarGroundM { get; init; } = 12.0;

    /// <value>Height of the optical centre above the wheel contact plane, m. The lidar's frame is parallel to the body's.</value>
    public double MountHeightM { get; init; } = 1.5;

    /// <value>Position of the optical centre ahead of the body's origin, m.</value>
    public double MountForwardM { get; init; }

    /// <value>Longest range that gives a return, m.</value>
    public double MaxRangeM { get; init; } = 20.0;

    /// <value>Shortest range that gives a return, m.</value>
    public double MinRangeM { get; init; } = 0.3;

    /// <value>Range noise, m.</value>
    public double RangeSigmaM { get; init; } = 0.01;

    /// <value>Chance that a ray gives no return although something is in range, [0, 1].</value>
    public double DropoutProbability { get; init; } = 0.002;
}

/// <summary>An inertial measurement unit at the body's origin, axes parallel to the body's.</summary>
public sealed record ImuModel
{
    /// <value>Samples per second, Hz.</value>
    public double RateHz { get; init; } = 50.0;

    /// <value>Gyroscope white noise per sample, rad/s.</value>
    public double GyroSigmaRps { get; init; } = 0.002;

    /// <value>Gyroscope bias at switch-on, rad/s.</value>
    public double GyroBiasSigmaRps { get; init; } = 0.001;

    /// <value>Random walk of the gyroscope bias, rad/s per √s.</value>
    public double GyroBiasWalk { get; init; } = 2e-5;

    /// <value>Accelerometer white noise per sample, m/s².</value>
    public double AccelSigmaMps2 { get; init; } = 0.02;

    /// <value>Accelerometer bias at switch-on, m/s².</value>
    public double AccelBiasSigmaMps2 { get; init; } = 0.01;
}

/// <summary>Wheel encoders and the dead reckoning of the motor driver.</summary>
public sealed record OdometryModel
{
    /// <value>Reports per second, Hz.</value>
    public double RateHz { get; init; } = 20.0;

    /// <value>Error of the assumed wheel radius, relative, drawn once per rover.</value>
    public double ScaleSigma { get; init; } = 0.005;

    /// <value>White noise of a side's rim speed, m/s.</value>
    public double RimSpeedSigmaMps { get; init; } = 0.003;
}

/// <summary>A sun sensor, with a star tracker for when the sun is down or hidden.</summary>
public sealed record HeadingModel
{
    /// <value>Fixes per second, Hz.</value>
    public double RateHz { get; init; } = 1.0;

    /// <value>Yaw noise of a sun fix, rad.</value>
    public double SunSigmaRad { get; init; } = 0.0147;

    /// <value>Yaw noise of a star fix, rad.</value>
    public double StarSigmaRad { get; init; } = 0.0087;

    /// <value>The sun must stand this high above the local horizontal plane for a fix, rad.</value>
    public double MinSunElevationRad { get; init; } = 0.035;

    /// <value>No fix while the body turns faster than this, rad/s.</value>
    public double MaxYawRateRps { get; init; } = 1.0;
}
