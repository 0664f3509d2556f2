using Aios.Numerics;
using static Aios.Perception.PlanarEkf;

namespace Aios.Perception;

/// <summary>What moves a <see cref="PlanarEkf"/> over one step.</summary>
/// <param name="Distance">Distance the wheels turned, m, signed.</param>
/// <param name="YawChange">Turn measured over the step, rad.</param>
/// <param name="DurationS">Length of the step, s.</param>
/// <param name="Climb">Sine of the climb along body x.</param>
/// <param name="Bank">Sine of the rise along body y (left side up is positive).</param>
/// <param name="BiasApplies">True when the turn came from the gyroscope, whose bias is a state.</param>
/// <param name="Scrub">Distance that the right wheels turned beyond <paramref name="Distance"/> and the left ones fell short of it, m.</param>
public readonly record struct MotionStep(
    double Distance, double YawChange, double DurationS, double Climb, double Bank, bool BiasApplies, double Scrub = 0)
{
    /// <summary>Mean distance that a wheel turned, m, whichever way.</summary>
    public double Travel => 0.5 * (Math.Abs(Distance - Scrub) + Math.Abs(Distance + Scrub));
}

/// <summary>The motion model of a <see cref="PlanarEkf"/>: how a skid-steered rover moves when its wheels turn. Pure.</summary>
/// <remarks>
/// With d the mean over the left and the right wheels of the distance w that they turned, and g = climb · sgn w,
/// <code>
/// forward = mean of w · (1 − slip − slopeSlip · b(g))      b(g) = g² uphill, −g²/3 down
/// side = −(mean of |w|) · lateralSlip · bank
/// x += forward · √(1 − climb²) · cos ψ − side · sin ψ       z += forward · climb + side · bank
/// y += forward · √(1 − climb²) · sin ψ + side · cos ψ       yaw += turn − bias · duration
/// </code>
/// with ψ the yaw at the middle of the step. Slip measured on Mars rovers grows faster than the slope and is smaller
/// downhill (Lindemann and Voorhees, SMC 2005), hence the square. Left and right wheels are two, for in a turn on a slope
/// one side climbs and the other descends: a rover that turns on the spot slides downhill.
/// </remarks>
public static class RoverMotion
{
    /// <summary>The motion model. Pure.</summary>
    /// <param name="state">State before, <see cref="PlanarEkf.Size"/> long.</param>
    /// <param name="step">The step.</param>
    /// <param name="next">State after, <see cref="PlanarEkf.Size"/> long; may not overlap <paramref name="state"/>.</param>
    public static void Move(ReadOnlySpan<double> state, in MotionStep step, Span<double> next)
    {
        state.CopyTo(next);
        double forward = Forward(state, step);
        double side = Side(state, step);
        double turn = Turn(state, step);
        double level = Math.Sqrt(Math.Max(1 - (step.Climb * step.Climb), 0));
        (double sin, double cos) = DetMath.SinCos(state[Yaw] + (0.5 * turn));
        next[X] += (forward * level * cos) - (side * sin);
        next[Y] += (forward * level * sin) + (side * cos);
        next[Z] += (forward * step.Climb) + (side * step.Bank);
        next[Yaw] = Angles.WrapToPi(state[Yaw] + turn);
    }

    /// <summary>Jacobian of <see cref="Move"/> by the state. Pure.</summary>
    /// <param name="state">State before.</param>
    /// <param name="step">The step.</param>
    /// <param name="jacobian">∂next/∂state, row-major, <see cref="PlanarEkf.Size"/> × <see cref="PlanarEkf.Size"/>.</param>
    public static void MoveJacobian(ReadOnlySpan<double> state, in MotionStep step, Span<double> jacobian)
    {
        jacobian.Clear();
        for (int i = 0; i < Size; i++)
        {
            jacobian[(i * Size) + i] = 1;
        }

        double forward = Forward(state, step);
        double side = Side(state, step);
        double level = Math.Sqrt(Math.Max(1 - (step.Climb * step.Climb), 0));
        (double sin, double cos) = DetMath.SinCos(state[Yaw] + (0.5 * Turn(state, step)));
        double dxByYaw = (-forward * level * sin) - (side * cos);
        double dyByYaw = (forward * level * cos) - (side * sin);
        jacobian[(X * Size) + Yaw] = dxByYaw;
        jacobian[(Y * Size) + Yaw] = dyByYaw;

        double bySlip = -step.Distance;
        double bySlope = -SlopeDistance(step);
        double byLateral = -step.Travel * step.Bank;
        SetColumn(jacobian, Slip, bySlip * level * cos, bySlip * level * sin, bySlip * step.Climb);
        SetColumn(jacobian, SlopeSlip, bySlope * level * cos, bySlope * level * sin, bySlope * step.Climb);
        SetColumn(jacobian, LateralSlip, -byLateral * sin, byLateral * cos, byLateral * step.Bank);
        double turnByBias = step.BiasApplies ? -step.DurationS : 0;
        SetColumn(jacobian, GyroBias, 0.5 * dxByYaw * turnByBias, 0.5 * dyByYaw * turnByBias, 0);
        jacobian[(Yaw * Size) + GyroBias] = turnByBias;
    }

    /// <summary>How slip grows with the climb of wheels that turn one way.</summary>
    /// <param name="climb">Sine of the climb along body x.</param>
    /// <param name="distance">What the wheels turned; its sign is the way.</param>
    internal static double SlopeBasis(double climb, double distance)
    {
        const double DownhillShare = 1.0 / 3.0;
        return climb * Math.Sign(distance) >= 0 ? climb * climb : -DownhillShare * climb * climb;
    }

    /// <summary>Distance lost to the slope for each unit of slope slip, m: the mean of both sides.</summary>
    private static double SlopeDistance(in MotionStep step)
    {
        double left = step.Distance - step.Scrub, right = step.Distance + step.Scrub;
        return 0.5 * ((left * SlopeBasis(step.Climb, left)) + (right * SlopeBasis(step.Climb, right)));
    }

    private static double Forward(ReadOnlySpan<double> state, in MotionStep step) =>
        (step.Distance * (1 - state[Slip])) - (state[SlopeSlip] * SlopeDistance(step));

    private static double Side(ReadOnlySpan<double> state, in MotionStep step) =>
        -step.Travel * state[LateralSlip] * step.Bank;

    private static double Turn(ReadOnlySpan<double> state, in MotionStep step) =>
        step.YawChange - (step.BiasApplies ? state[GyroBias] * step.DurationS : 0);

    private static void SetColumn(Span<double> jacobian, int column, double x, double y, double z)
    {
        jacobian[(X * Size) + column] = x;
        jacobian[(Y * Size) + column] = y;
        jacobian[(Z * Size) + column] = z;
    }
}
