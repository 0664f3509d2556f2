using Aios.Numerics;

namespace Aios.Control;

/// <summary>Verdict on a command.</summary>
/// <param name="ForwardMps">Speed that may be driven, m/s; same sign as asked, never more.</param>
/// <param name="TurnRadps">Turn rate scaled alike, so that the arc stays the same, rad/s.</param>
/// <param name="IsBlocked">True when not even the slowest speed along this arc is safe.</param>
/// <param name="FreeDistanceM">Distance along the arc before the first blocking cell, m; infinite when none was met.</param>
public readonly record struct GuardedCommand(double ForwardMps, double TurnRadps, bool IsBlocked, double FreeDistanceM);

/// <summary>
/// Checks a command against the cost grid: follows its arc over the stopping distance and slows it so that the rover
/// can stop before the first blocking cell.
/// </summary>
/// <remarks>Speed v stops within v·t + v²/2a; the largest v whose stopping distance fits the free distance is its
/// inverse. Turning on the spot moves no circle and is never blocked. Stateless but for its options; thread-safe;
/// allocates nothing.</remarks>
public sealed class CollisionGuard
{
    private const byte Unknown = 255;
    private const byte Lethal = 100;
    private readonly CollisionGuardOptions _options;

    /// <param name="options">How far to look; throws <see cref="ArgumentException"/> when invalid.</param>
    public CollisionGuard(CollisionGuardOptions? options = null)
    {
        _options = options ?? new CollisionGuardOptions();
        OptionCheck.ThrowIfInvalid(_options.Validate(), nameof(options));
    }

    /// <summary>Checks a command.</summary>
    /// <param name="cost">Row-major cost bytes as of nav_msgs/OccupancyGrid with 99 for the inflated zone; empty: no check.</param>
    /// <param name="geometry">Their grid.</param>
    /// <param name="pose">Where the rover is.</param>
    /// <param name="forwardMps">Speed asked for, m/s.</param>
    /// <param name="turnRadps">Turn rate asked for, rad/s.</param>
    public GuardedCommand Check(ReadOnlySpan<byte> cost, GridGeometry geometry, Pose2 pose, double forwardMps, double turnRadps)
    {
        if (!double.IsFinite(forwardMps + turnRadps + pose.X + pose.Y + pose.Yaw))
        {
            return new GuardedCommand(0, 0, true, 0);
        }

        double speed = Math.Abs(forwardMps);
        if (cost.IsEmpty || speed <= 0)
        {
            return new GuardedCommand(forwardMps, turnRadps, false, double.PositiveInfinity);
        }

        double reach = StoppingDistance(speed) + _options.MarginM;
        double free = FreeDistance(cost, geometry, pose, Math.Sign(forwardMps), turnRadps / speed, reach, out bool unknownAhead);
        double allowed = Math.Min(speed, FastestThatStopsWithin(free - _options.MarginM));
        if (unknownAhead)
        {
            allowed = Math.Min(allowed, _options.UnknownSpeedMps);
        }

        double scale = allowed / speed;
        return new GuardedCommand(forwardMps * scale, turnRadps * scale, allowed <= 0, free);
    }

    private double StoppingDistance(double speed) =>
        (speed * _options.ReactionTimeS) + (speed * speed / (2 * _options.DecelerationMps2));

    private double FastestThatStopsWithin(double distance)
    {
        if (!(distance > 0))
        {
            return 0;
        }

        double reactionLoss = _options.DecelerationMps2 * _options.ReactionTimeS;
        return Math.Sqrt((reactionLoss * reactionLoss) + (2 * _options.DecelerationMps2 * distance)) - reactionLoss;
    }

    private double FreeDistance(
        ReadOnlySpan<byte> cost, GridGeometry geometry, Pose2 pose, int direction, double curvature, double reach, out bool unknownAhead)
    {
        unknownAhead = false;
        double escape = Value(cost, geometry, pose.X, pose.Y) is >= 99 and <= Lethal
            ? EscapeDistance(cost, geometry, pose, direction, curvature)
            : 0;
        double step = 0.5 * geometry.Resolution;
        (double sin, double cos) = DetMath.SinCos(pose.Yaw);
        (double turnSin, double turnCos) = DetMath.SinCos(curvature * step);
        double x = pose.X, y = pose.Y;
        for (double distance = step; distance <= reach; distance += step)
        {
            x += direction * step * cos;
            y += direction * step * sin;
            (sin, cos) = ((sin * turnCos) + (cos * turnSin), (cos * turnCos) - (sin * turnSin));
            byte value = Value(cost, geometry, x, y);
            bool tolerated = value != Unknown && distance <= escape;
            unknownAhead |= value == Unknown;
            bool blocks = value == Unknown ? _options.UnknownBlocks : value >= _options.BlockingCost && !tolerated;
            if (blocks)
            {
                return distance - step;
            }
        }

        return double.PositiveInfinity;
    }

    /// <summary>
    /// How far along the arc the inflated zone ends, for a rover that stands in it: 0 when the arc does not lead out of
    /// it, for then it only leads nearer to the obstacle.
    /// </summary>
    private double EscapeDistance(ReadOnlySpan<byte> cost, GridGeometry geometry, Pose2 pose, int direction, double curvature)
    {
        double step = 0.5 * geometry.Resolution;
        (double sin, double cos) = DetMath.SinCos(pose.Yaw);
        (double turnSin, double turnCos) = DetMath.SinCos(curvature * step);
        double x = pose.X, y = pose.Y;
        bool leaving = Value(cost, geometry, x, y) == Lethal;
        for (double distance = step; distance <= _options.EscapeRadiusM; distance += step)
        {
            x += direction * step * cos;
            y += direction * step * sin;
            (sin, cos) = ((sin * turnCos) + (cos * turnSin), (cos * turnCos) - (sin * turnSin));
            byte value = Value(cost, geometry, x, y);
            leaving &= value == Lethal;
            if (value == Lethal && !leaving)
            {
                return 0;
            }

            if (value < 99)
            {
                return distance;
            }
        }

        return 0;
    }

    private static byte Value(ReadOnlySpan<byte> cost, GridGeometry geometry, double x, double y) =>
        geometry.TryCell(x, y, out int col, out int row) ? cost[geometry.Index(col, row)] : Unknown;
}
