using Aios.Numerics;

namespace Aios.Control;

/// <summary>
/// Drives a skid-steered rover along a path: regulated pure pursuit with turns on the spot, collision check, stuck
/// detection and a back-up recovery.
/// </summary>
/// <remarks>
/// Macenski, Singh, Martin and Ginés, "Regulated Pure Pursuit for Robot Path Tracking", Autonomous Robots 2023: the
/// curvature to a lookahead point steers, and the speed is the least of what curvature, cost of the ground and approach
/// to the goal allow. Added here: tilt lowers the speed, and a small state machine (follow, rotate, back up, wait for a
/// path, fail). A rover that wants a path stands still until <see cref="SetPath"/> is called. Every output is finite
/// whatever the input. Not thread-safe; allocates only when a path longer than all before is set; under 2 µs per call.
/// </remarks>
public sealed class PathFollower
{
    private const double NanosecondsPerSecond = 1e9;
    private const double LongestPeriodS = 0.5;
    private const double TurnAgainAfterM = 0.3;
    private readonly PathFollowerOptions _options;
    private readonly CollisionGuard _guard;
    private readonly PathCursor _path = new();
    private readonly ProgressMonitor _progress;
    private long _lastNs = long.MinValue;
    private double _forward;
    private double _turn;
    private FollowReason _reason;
    private int _recoveries;
    private Pose2 _recoveryStart;
    private double _recoveryElapsed;
    private double _blockedElapsed;
    private double _alongAtRecovery;
    private Vector2d _turnedAt = new(double.NaN, double.NaN);

    /// <param name="options">How to drive; throws <see cref="ArgumentException"/> when invalid.</param>
    /// <param name="guard">Collision check; a default one when null.</param>
    public PathFollower(PathFollowerOptions? options = null, CollisionGuard? guard = null)
    {
        _options = options ?? new PathFollowerOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
        _guard = guard ?? new CollisionGuard();
        _progress = new ProgressMonitor(_options.ProgressWindowS, _options.MinProgress);
    }

    /// <summary>What the follower is doing.</summary>
    public FollowStatus Status { get; private set; }

    /// <summary>Recoveries since the last real progress.</summary>
    public int Recoveries => _recoveries;

    /// <summary>Takes a path and starts on it; recoveries spent on the same goal, and want of progress, still count.</summary>
    /// <param name="path">Waypoints, m, map frame; copied.</param>
    /// <param name="isNewGoal">True when the goal is another one than before.</param>
    /// <returns>False, and no path, when it is empty or has a coordinate that is not finite.</returns>
    public bool SetPath(ReadOnlySpan<Vector2d> path, bool isNewGoal)
    {
        if (isNewGoal)
        {
            _recoveries = 0;
        }

        bool taken = _path.Set(path);
        bool busy = Status == FollowStatus.BackingUp && !isNewGoal;
        bool goesOn = taken && !isNewGoal && Status is FollowStatus.Following or FollowStatus.Rotating;
        _alongAtRecovery = 0;
        _blockedElapsed = 0;
        if (!busy)
        {
            Status = taken ? FollowStatus.Following : FollowStatus.Idle;
            _reason = FollowReason.None;
        }

        if (!busy && !goesOn)
        {
            _progress.Reset();
        }

        return taken;
    }

    /// <summary>Drops the path; the next command is zero.</summary>
    public void Stop()
    {
        _path.Set([]);
        Status = FollowStatus.Idle;
        _recoveries = 0;
        _progress.Reset();
    }

    /// <summary>One control period.</summary>
    /// <param name="input">Pose, tilt and time.</param>
    /// <param name="cost">Row-major cost bytes of the ground, or empty for no check.</param>
    /// <param name="geometry">Their grid.</param>
    public FollowCommand Update(in FollowInput input, ReadOnlySpan<byte> cost, GridGeometry geometry)
    {
        Pose2 pose = input.MapFromBase;
        bool usable = double.IsFinite(pose.X + pose.Y + pose.Yaw) && double.IsFinite(input.Roll + input.Pitch)
            && input.TimeNs >= _lastNs;
        if (!usable)
        {
            (_forward, _turn) = (0, 0);
            return new FollowCommand(0, 0, FollowStatus.BadInput, FollowReason.NotFinite, 0, 0);
        }

        double dt = _lastNs == long.MinValue ? 0 : Math.Min((input.TimeNs - _lastNs) / NanosecondsPerSecond, LongestPeriodS);
        _lastNs = input.TimeNs;
        return Status switch
        {
            FollowStatus.Following or FollowStatus.Rotating => Follow(input, cost, geometry, dt),
            FollowStatus.BackingUp => BackUp(pose, cost, geometry, dt),
            _ => Halt(Status, _reason),
        };
    }

    private FollowCommand Follow(in FollowInput input, ReadOnlySpan<byte> cost, GridGeometry geometry, double dt)
    {
        Pose2 pose = input.MapFromBase;
        double lookahead = Math.Clamp(_forward * _options.LookaheadTimeS, _options.MinLookaheadM, _options.MaxLookaheadM);
        _path.Advance(pose.Position, _options.MaxLookaheadM * 2);
        double remaining = _path.TotalM - _path.AlongM;
        if (pose.Position.DistanceTo(_path.Goal) <= _options.GoalToleranceM && remaining <= _options.MaxLookaheadM)
        {
            _recoveries = 0;
            return Halt(FollowStatus.Arrived, FollowReason.None);
        }

        if (_path.CrossTrackM > _options.MaxCrossTrackM)
        {
            return Halt(FollowStatus.WantsPath, FollowReason.OffPath);
        }

        if (_path.AlongM > _alongAtRecovery + _options.BackUpDistanceM + _options.MaxLookaheadM)
        {
            _recoveries = 0;
        }

        Vector2d carrot = _path.PointAt(_path.AlongM + lookahead);
        Vector2d ahead = (carrot - pose.Position).Rotated(-pose.Yaw);
        double bearing = DetMath.Atan2(ahead.Y, ahead.X);
        double threshold = Status == FollowStatus.Rotating ? _options.RotateEndRad : _options.RotateStartRad;
        bool rotate = Math.Abs(bearing) > threshold;
        Status = FollowStatus.Following;
        if (!rotate)
        {
            (double forward, double turn) = (_forward, _turn);
            Pursue(input, ahead, remaining, GroundCost(cost, geometry, pose), dt);
            if (Math.Abs(bearing) > _options.RotateEndRad && !(pose.Position.DistanceTo(_turnedAt) < TurnAgainAfterM)
                && _guard.Check(cost, geometry, pose, _forward, _turn).IsBlocked)
            {
                // The path leads past what the arc towards it would touch: turn on the spot first, though not twice at
                // one place.
                rotate = true;
                _turnedAt = pose.Position;
                (_forward, _turn) = (forward, turn);
            }
        }

        if (rotate)
        {
            Status = FollowStatus.Rotating;
            Ramp(0, Math.Clamp(_options.RotateGain * bearing, -_options.MaxTurnRateRadps, _options.MaxTurnRateRadps), dt);
        }

        return Guarded(input, cost, geometry, remaining, dt);
    }

    private void Pursue(in FollowInput input, Vector2d ahead, double remaining, double groundCost, double dt)
    {
        double curvature = 2 * ahead.Y / Math.Max(ahead.LengthSquared, 1e-6);
        double speed = _options.MaxSpeedMps;
        double radius = 1 / Math.Max(Math.Abs(curvature), 1e-6);
        speed *= Math.Min(radius / _options.CurvatureRadiusM, 1);
        speed *= Math.Max(1 - (0.5 * groundCost / _options.HalfSpeedCost), 0.3);
        double tilt = Math.Max(Math.Abs(input.Roll), Math.Abs(input.Pitch)) / _options.SlowSlopeRad;
        speed *= Math.Max(1 - (tilt * tilt), 0);
        speed = Math.Min(speed, _options.MaxSpeedMps * remaining / _options.ApproachDistanceM);
        speed = Math.Max(speed, _options.MinSpeedMps);
        speed = Math.Min(speed, _options.MaxTurnRateRadps * radius);
        Ramp(speed, speed * curvature, dt);
    }

    private FollowCommand Guarded(in FollowInput input, ReadOnlySpan<byte> cost, GridGeometry geometry, double remaining, double dt)
    {
        Pose2 pose = input.MapFromBase;
        GuardedCommand safe = _guard.Check(cost, geometry, pose, _forward, _turn);
        (_forward, _turn) = (safe.ForwardMps, safe.TurnRadps);
        _blockedElapsed = safe.IsBlocked ? _blockedElapsed + dt : 0;
        const double PatienceS = 0.5;
        if (_blockedElapsed > PatienceS)
        {
            return StartRecovery(pose, FollowReason.Blocked);
        }

        if (input.IsHeld)
        {
            _progress.Reset();
        }
        else if (_progress.IsStuck(pose, _forward, _turn, dt))
        {
            return StartRecovery(pose, FollowReason.Stuck);
        }

        return new FollowCommand(_forward, _turn, Status, safe.IsBlocked ? FollowReason.Blocked : FollowReason.None, remaining, _path.CrossTrackM);
    }

    private FollowCommand StartRecovery(Pose2 pose, FollowReason reason)
    {
        _blockedElapsed = 0;
        if (_recoveries >= _options.MaxRecoveries)
        {
            return Halt(FollowStatus.Failed, FollowReason.RecoveriesExhausted);
        }

        _recoveries++;
        _recoveryStart = pose;
        _recoveryElapsed = 0;
        _alongAtRecovery = _path.AlongM;
        return Halt(FollowStatus.BackingUp, reason);
    }

    private FollowCommand BackUp(Pose2 pose, ReadOnlySpan<byte> cost, GridGeometry geometry, double dt)
    {
        _recoveryElapsed += dt;
        double backed = pose.Position.DistanceTo(_recoveryStart.Position);
        if (backed >= _options.BackUpDistanceM || _recoveryElapsed >= _options.RecoveryTimeoutS)
        {
            return Halt(FollowStatus.WantsPath, _reason);
        }

        Ramp(-_options.BackUpSpeedMps, 0, dt);
        GuardedCommand safe = _guard.Check(cost, geometry, pose, _forward, _turn);
        if (safe.IsBlocked)
        {
            return Halt(FollowStatus.WantsPath, _reason);
        }

        (_forward, _turn) = (safe.ForwardMps, safe.TurnRadps);
        return new FollowCommand(_forward, _turn, Status, _reason, _path.TotalM - _path.AlongM, _path.CrossTrackM);
    }

    private FollowCommand Halt(FollowStatus status, FollowReason reason)
    {
        Status = status;
        _reason = reason;
        (_forward, _turn) = (0, 0);
        _progress.Reset();
        return new FollowCommand(0, 0, status, reason, _path.TotalM - _path.AlongM, _path.CrossTrackM);
    }

    private void Ramp(double forward, double turn, double dt)
    {
        double dv = _options.MaxAccelerationMps2 * dt, dw = _options.MaxTurnAccelerationRadps2 * dt;
        _forward += Math.Clamp(forward - _forward, -dv, dv);
        _turn += Math.Clamp(turn - _turn, -dw, dw);
    }

    private static double GroundCost(ReadOnlySpan<byte> cost, GridGeometry geometry, Pose2 pose)
    {
        const byte Highest = 100;
        return !cost.IsEmpty && geometry.TryCell(pose.X, pose.Y, out int col, out int row)
            ? Math.Min(cost[geometry.Index(col, row)], Highest)
            : 0;
    }
}
