using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// Pose of a skid-steered rover from wheels, IMU, heading sensor and the match of lidar scans with its own map.
/// </summary>
/// <remarks>
/// A <see cref="PlanarEkf"/> carries position, yaw, slip and gyroscope bias; a <see cref="GravityFilter"/> carries roll
/// and pitch. The wheels drive the prediction, the gyroscope turns it, and slip is a function of slope whose parameters
/// are estimated. A scan match says where the rover is relative to the map it made itself, so it cannot make the rover
/// surer of its place in the world than the map is: the map's own variance (the anchor) is carried beside the filter
/// and added to what is reported. Not thread-safe; allocates in the constructor only; a few microseconds per call.
/// </remarks>
public sealed class Localiser
{
    private const double NanosecondsPerSecond = 1e9;
    private static readonly int[] YawOnly = [PlanarEkf.Yaw];
    private static readonly int[] BiasOnly = [PlanarEkf.GyroBias];
    private static readonly int[] PositionAndYaw = [PlanarEkf.X, PlanarEkf.Y, PlanarEkf.Z, PlanarEkf.Yaw];
    private readonly LocaliserOptions _options;
    private readonly PlanarEkf _filter = new();
    private readonly GravityFilter _gravity;
    private readonly WheelAcceleration _acceleration = new();
    private readonly TiltCalibration _tilt;
    private readonly OdometryFrame _odometry = new();
    private double _anchorVariance;
    private long _imuNs = long.MinValue;
    private long _wheelNs = long.MinValue;
    private long _headingNs = long.MinValue;
    private long _matchNs = long.MinValue;
    private double _turn;
    private double _turnDurationS;
    private double _yawRate;

    /// <summary>Creates a filter at a known place.</summary>
    /// <param name="start">Pose in the map frame at the start.</param>
    /// <param name="startZ">Height of the base at the start, m, map frame.</param>
    /// <param name="options">Noise and limits; throws <see cref="ArgumentException"/> when invalid.</param>
    public Localiser(Pose2 start, double startZ, LocaliserOptions? options = null)
    {
        _options = options ?? new LocaliserOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _gravity = new GravityFilter(_options.GravityTimeConstantS, _options.GravityMps2);
        _tilt = new TiltCalibration(_options.TiltBiasSigmaRad, _options.MapTiltWalk, _options.TiltMeasurementSigmaRad);
        Reset(start, startZ);
    }

    /// <summary>Verdicts on IMU samples.</summary>
    public VerdictCounters Imu { get; } = new();

    /// <summary>Verdicts on wheel odometry.</summary>
    public VerdictCounters Wheels { get; } = new();

    /// <summary>Verdicts on headings.</summary>
    public VerdictCounters Heading { get; } = new();

    /// <summary>Verdicts on scan matches.</summary>
    public VerdictCounters Matches { get; } = new();

    /// <summary>The filter, for inspection.</summary>
    public PlanarEkf Filter => _filter;

    /// <summary>The calibration of roll and pitch, for inspection.</summary>
    public TiltCalibration Tilt => _tilt;

    /// <summary>Direction of up in the body frame, by gravity and consistent with the map.</summary>
    public Vector3d Up => _tilt.Correct(_gravity.Up, _filter.State[PlanarEkf.Yaw]);

    /// <summary>Variance the rover's position inherits from the map it matches against, m².</summary>
    public double AnchorVariance => _anchorVariance;

    /// <summary>Horizontal variance of the position in the map frame, m²: what a new cell inherits.</summary>
    public double PositionVariance
    {
        get
        {
            Span<double> p = _filter.Covariance;
            return _anchorVariance + (0.5 * (p[Diagonal(PlanarEkf.X)] + p[Diagonal(PlanarEkf.Y)]));
        }
    }

    /// <summary>Where the rover is now.</summary>
    public LocalisationEstimate Estimate
    {
        get
        {
            Span<double> s = _filter.State;
            Vector3d up = Up;
            double roll = DetMath.Atan2(up.Y, up.Z), pitch = DetMath.Asin(Math.Clamp(-up.X, -1.0, 1.0));
            var mapFromBase = new Pose3(
                new Vector3d(s[PlanarEkf.X], s[PlanarEkf.Y], s[PlanarEkf.Z]),
                Quaterniond.FromRollPitchYaw(roll, pitch, s[PlanarEkf.Yaw]));
            var odomFromBase = new Pose3(_odometry.Position, Quaterniond.FromRollPitchYaw(roll, pitch, _odometry.Yaw));
            Quaterniond turn = Quaterniond.FromYaw(Angles.Difference(s[PlanarEkf.Yaw], _odometry.Yaw));
            var mapFromOdom = new Pose3(mapFromBase.Position - turn.Rotate(_odometry.Position), turn);
            double slip = s[PlanarEkf.Slip] + (s[PlanarEkf.SlopeSlip] * RoverMotion.SlopeBasis(up.X, _odometry.ForwardMps));
            return new LocalisationEstimate(
                _wheelNs == long.MinValue ? 0 : _wheelNs,
                mapFromBase,
                odomFromBase,
                mapFromOdom,
                _odometry.ForwardMps,
                _odometry.LateralMps,
                _yawRate,
                PoseCovariance.PositionSigma(_filter.Covariance, _anchorVariance),
                Math.Sqrt(_filter.Covariance[Diagonal(PlanarEkf.Yaw)]),
                slip,
                s[PlanarEkf.Slip],
                s[PlanarEkf.SlopeSlip]);
        }
    }

    /// <summary>Puts the rover somewhere else and forgets what it knew of its position; the odometry frame stays continuous.</summary>
    public void Reset(Pose2 pose, double z)
    {
        LocaliserModel.Start(_filter, _options, pose, z);
        _anchorVariance = 0;
        _tilt.Reset(pose.Yaw);
    }

    /// <summary>Takes an IMU sample: 50 Hz or more, body frame.</summary>
    /// <param name="angularVelocity">rad/s.</param>
    /// <param name="specificForce">m/s², (0, 0, +g) at rest on level ground.</param>
    /// <param name="stampNs">Time of the sample, ns.</param>
    public MeasurementVerdict OnImu(Vector3d angularVelocity, Vector3d specificForce, long stampNs)
    {
        if (!double.IsFinite(angularVelocity.LengthSquared) || !double.IsFinite(specificForce.LengthSquared))
        {
            return Imu.Count(MeasurementVerdict.NotFinite);
        }

        if (stampNs <= _imuNs)
        {
            return Imu.Count(MeasurementVerdict.OutOfOrder);
        }

        if (angularVelocity.LengthSquared > Square(2 * _options.MaxTurnRateRadps))
        {
            return Imu.Count(MeasurementVerdict.OutOfRange);
        }

        double dt = _imuNs == long.MinValue ? 0 : Math.Min((stampNs - _imuNs) / NanosecondsPerSecond, _options.MaxStepS);
        _imuNs = stampNs;
        _gravity.Update(angularVelocity, specificForce, dt, _acceleration.Value);
        _yawRate = _gravity.YawRate(angularVelocity);
        _turn += _yawRate * dt;
        _turnDurationS += dt;
        return Imu.Count(MeasurementVerdict.Accepted);
    }

    /// <summary>Takes what the wheels turned: 20 Hz. This is what moves the estimate.</summary>
    /// <param name="forwardMps">Forward speed of the wheels, m/s.</param>
    /// <param name="turnRadps">Turn rate the wheels would give without skidding, rad/s.</param>
    /// <param name="stampNs">Time at the end of the interval the speeds are of, ns.</param>
    public MeasurementVerdict OnWheelOdometry(double forwardMps, double turnRadps, long stampNs)
    {
        if (!double.IsFinite(forwardMps) || !double.IsFinite(turnRadps))
        {
            return Wheels.Count(MeasurementVerdict.NotFinite);
        }

        if (stampNs <= _wheelNs)
        {
            return Wheels.Count(MeasurementVerdict.OutOfOrder);
        }

        if (!(Math.Abs(forwardMps) <= _options.MaxSpeedMps && Math.Abs(turnRadps) <= _options.MaxTurnRateRadps))
        {
            return Wheels.Count(MeasurementVerdict.OutOfRange);
        }

        _acceleration.Update(forwardMps, _turnDurationS > 0 ? _yawRate : turnRadps, stampNs);
        if (_wheelNs == long.MinValue)
        {
            _wheelNs = stampNs;
            (_turn, _turnDurationS) = (0, 0);
            return Wheels.Count(MeasurementVerdict.Accepted);
        }

        double elapsed = (stampNs - _wheelNs) / NanosecondsPerSecond;
        _wheelNs = stampNs;
        Advance(forwardMps, turnRadps, elapsed);
        return Wheels.Count(MeasurementVerdict.Accepted);
    }

    /// <summary>Takes a heading from sun or stars.</summary>
    /// <param name="yaw">Yaw of the base in the map frame, rad.</param>
    /// <param name="variance">Its variance, rad², positive.</param>
    /// <param name="stampNs">Time of the measurement, ns.</param>
    public MeasurementVerdict OnHeading(double yaw, double variance, long stampNs)
    {
        MeasurementVerdict timing = CheckTime(stampNs, _headingNs);
        if (!double.IsFinite(yaw) || double.IsNaN(variance))
        {
            return Heading.Count(MeasurementVerdict.NotFinite);
        }

        if (timing != MeasurementVerdict.Accepted || !(variance > 0 && variance <= 100))
        {
            return Heading.Count(timing != MeasurementVerdict.Accepted ? timing : MeasurementVerdict.OutOfRange);
        }

        _headingNs = stampNs;
        double late = _wheelNs == long.MinValue ? 0 : (_wheelNs - stampNs) / NanosecondsPerSecond;
        ReadOnlySpan<double> innovation = [Angles.Difference(yaw + (late * _yawRate), _filter.State[PlanarEkf.Yaw])];
        ReadOnlySpan<double> noise = [Math.Max(variance, _options.MinHeadingVariance) + Square(0.5 * late * _yawRate)];
        if (!(_filter.MahalanobisSquared(YawOnly, innovation, noise) <= Square(_options.GateSigmas)))
        {
            MeasurementVerdict verdict = Heading.Count(MeasurementVerdict.Outlier);
            if (Heading.OutliersInARow >= _options.OutliersBeforeReset)
            {
                _filter.Covariance[Diagonal(PlanarEkf.Yaw)] += Square(innovation[0]);
            }

            return verdict;
        }

        _filter.Update(YawOnly, innovation, noise);
        return Heading.Count(MeasurementVerdict.Accepted);
    }

    /// <summary>Takes the outcome of matching a scan with the rover's own map.</summary>
    /// <param name="match">Correction of the pose the scan was matched from, see <see cref="TerrainMatcher"/>.</param>
    /// <param name="stampNs">Time of the scan, ns.</param>
    public MeasurementVerdict OnTerrainMatch(in TerrainMatch match, long stampNs)
    {
        MeasurementVerdict timing = CheckTime(stampNs, _matchNs);
        if (timing != MeasurementVerdict.Accepted)
        {
            return Matches.Count(timing);
        }

        if (match.Outcome != TerrainMatchOutcome.Matched)
        {
            return Matches.Count(MeasurementVerdict.NotObservable);
        }

        ReadOnlySpan<double> innovation = [match.Dx, match.Dy, match.Dz, match.Dyaw];
        MatchCovariance covariance = match.Covariance;
        ReadOnlySpan<double> noise = covariance;
        if (!double.IsFinite(match.Dx + match.Dy + match.Dz + match.Dyaw))
        {
            return Matches.Count(MeasurementVerdict.NotFinite);
        }

        // Four degrees of freedom: the mean of the squared distance is four times that of one.
        if (!(_filter.MahalanobisSquared(PositionAndYaw, innovation, noise) <= 4 * Square(_options.GateSigmas) / 2))
        {
            MeasurementVerdict verdict = Matches.Count(MeasurementVerdict.Outlier);
            if (Matches.OutliersInARow >= _options.OutliersBeforeReset)
            {
                _filter.Covariance[Diagonal(PlanarEkf.X)] += Square(match.Dx);
                _filter.Covariance[Diagonal(PlanarEkf.Y)] += Square(match.Dy);
                _filter.Covariance[Diagonal(PlanarEkf.Z)] += Square(match.Dz);
            }

            return verdict;
        }

        _matchNs = stampNs;
        double yaw = _filter.State[PlanarEkf.Yaw];
        _filter.Update(PositionAndYaw, innovation, noise);
        _tilt.Update(yaw, match.TiltX, match.TiltY, match.TiltVarianceX, match.TiltVarianceY);
        _anchorVariance = match.AnchorVariance >= 0 ? match.AnchorVariance : _anchorVariance;
        return Matches.Count(MeasurementVerdict.Accepted);
    }

    /// <summary>Writes the pose covariance as geometry_msgs/PoseWithCovariance wants it.</summary>
    /// <param name="covariance">36 values, row-major over x, y, z, roll, pitch, yaw.</param>
    public void WriteCovariance(Span<double> covariance) => PoseCovariance.Write(_filter.Covariance, _anchorVariance, covariance);

    private static int Diagonal(int state) => (state * PlanarEkf.Size) + state;

    private static double Square(double value) => value * value;

    private MeasurementVerdict CheckTime(long stampNs, long lastNs)
    {
        if (stampNs <= lastNs)
        {
            return MeasurementVerdict.OutOfOrder;
        }

        bool stale = _wheelNs != long.MinValue && (_wheelNs - stampNs) / NanosecondsPerSecond > _options.MaxAgeS;
        return stale ? MeasurementVerdict.Stale : MeasurementVerdict.Accepted;
    }

    private void Advance(double forwardMps, double turnRadps, double elapsedS)
    {
        double dt = Math.Min(elapsedS, _options.MaxStepS);
        bool gyro = _turnDurationS > 0.5 * dt;
        double turn = gyro ? _turn * dt / _turnDurationS : turnRadps * dt;
        (_turn, _turnDurationS) = (0, 0);
        Vector3d up = Up;
        double scrub = 0.5 * _options.EffectiveTrackM * turnRadps * dt;
        var step = new MotionStep(forwardMps * dt, turn, dt, up.X, up.Y, gyro, scrub);
        _odometry.Advance(_filter.State, step);
        _yawRate = _odometry.YawRateRadps;
        _tilt.Grow(Math.Abs(step.Distance));

        Span<double> noise = stackalloc double[PlanarEkf.Size];
        LocaliserModel.ProcessNoise(_options, step, elapsedS, forwardMps, turnRadps, noise);
        _filter.Predict(step, noise);
        if (gyro && forwardMps == 0 && turnRadps == 0)
        {
            StandStill(turn / dt, dt);
        }
    }

    /// <summary>Wheels at rest: what the gyroscope still reads is its bias.</summary>
    private void StandStill(double rate, double dt)
    {
        ReadOnlySpan<double> innovation = [rate - _filter.State[PlanarEkf.GyroBias]];
        ReadOnlySpan<double> noise = [(Square(_options.GyroSigma) / dt) + 1e-6];
        if (_filter.MahalanobisSquared(BiasOnly, innovation, noise) <= Square(_options.GateSigmas))
        {
            _filter.Update(BiasOnly, innovation, noise);
        }
    }
}
