using Aios.Numerics;

namespace Aios.Perception;

/// <summary>
/// The pose that never jumps: the filter's motions added up, its corrections left out (REP-105's odom frame).
/// </summary>
internal sealed class OdometryFrame
{
    /// <summary>Position, m, odom frame.</summary>
    public Vector3d Position { get; private set; }

    /// <summary>Yaw, rad, odom frame.</summary>
    public double Yaw { get; private set; }

    /// <summary>Speed over ground along body x in the last step, m/s.</summary>
    public double ForwardMps { get; private set; }

    /// <summary>Speed over ground along body y in the last step, m/s.</summary>
    public double LateralMps { get; private set; }

    /// <summary>Turn rate in the last step, rad/s.</summary>
    public double YawRateRadps { get; private set; }

    /// <summary>Adds a step.</summary>
    /// <param name="filterState">State of the filter before the step: its slip and bias apply here too.</param>
    /// <param name="step">The step, longer than no time.</param>
    public void Advance(ReadOnlySpan<double> filterState, in MotionStep step)
    {
        Span<double> before = stackalloc double[PlanarEkf.Size];
        Span<double> after = stackalloc double[PlanarEkf.Size];
        filterState.CopyTo(before);
        (before[PlanarEkf.X], before[PlanarEkf.Y], before[PlanarEkf.Z]) = (Position.X, Position.Y, Position.Z);
        before[PlanarEkf.Yaw] = Yaw;
        RoverMotion.Move(before, step, after);
        var moved = new Vector3d(after[PlanarEkf.X], after[PlanarEkf.Y], after[PlanarEkf.Z]);
        double turn = Angles.Difference(after[PlanarEkf.Yaw], Yaw);
        Vector2d body = (moved - Position).XY.Rotated(-(Yaw + (0.5 * turn)));
        ForwardMps = body.X / step.DurationS;
        LateralMps = body.Y / step.DurationS;
        YawRateRadps = turn / step.DurationS;
        Position = moved;
        Yaw = after[PlanarEkf.Yaw];
    }
}
