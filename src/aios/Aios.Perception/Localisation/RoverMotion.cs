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
public readonly record struct MotionStep(
    double Distance, double YawChange, double DurationS, double Climb, double Bank, bool BiasApplies);

/// <summary>The motion model of a <see cref="PlanarEkf"/>: how a skid-steered rover moves when its wheels turn. Pure.</summary>
/// <remarks>
/// With d the distance the wheels turned and g = climb · sgn d,
/// <code>
/// forward = d · (1 − slip − slopeSlip · b(g))      side = −|d| · lateralSlip · bank      b(g) = g² uphill, −g²/3 down
/// x += forward · √(1 − climb²) · cos ψ − side · sin ψ       z += forward · climb + side · bank
/// y += forward · √(1 − climb²) · sin ψ + side · cos ψ       yaw += turn − bias · duration
/// </code>
/// with ψ the yaw at the middle of the step. Slip measured on Mars rovers grows faster than the slope and is smaller
/// downhill (Lindemann and Voorhees, SMC 2005), hence the square.
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
        double bySlope = -step.Distance * SlopeBasis(step);
        double byLateral = -Math.Abs(step.Distance) * step.Bank;
        SetColumn(jacobian, Slip, bySlip * level * cos, bySlip * level * sin, bySlip * step.Climb);
        SetColumn(jacobian, SlopeSlip, bySlope * level * cos, bySlope * level * sin, bySlope * step.Climb);
        SetColumn(jacobian, LateralSlip, -byLateral * sin, byLateral * cos, byLateral * step.Bank);
        double turnByBias = step.BiasApplies ? -step.DurationS : 0;
        SetColumn(jacobian, GyroBias, 0.5 * dxByYaw * turnByBias, 0.5 * dyByYaw * turnByBias, 0);
        jacobian[(Yaw * Size) + GyroBias] = turnByBias;
    }

    /// <summary>How slip grows with the climb in the direction of travel.</summary>
    internal static double SlopeBasis(in MotionStep step)
    {
        const double DownhillShare = 1.0 / 3.0;
        double climb = step.Climb * Math.Sign(step.Distance);
        return climb >= 0 ? climb * climb : -DownhillShare * climb * climb;
    }

    private static double Forward(ReadOnlySpan<double> state, in MotionStep step) =>
        step.Distance * (1 - state[Slip] - (state[SlopeSlip] * SlopeBasis(step)));

    private static double Side(ReadOnlySpan<double> state, in MotionStep step) =>
        -Math.Abs(step.Distance) * state[LateralSlip] * step.Bank;

    private static double Turn(ReadOnlySpan<double> state, in MotionStep step) =>
        step.YawChange - (step.BiasApplies ? state[GyroBias] * step.DurationS : 0);

    private static void SetColumn(Span<double> jacobian, int column, double x, double y, double z)
    {
        jacobian[(X * Size) + column] = x;
        jacobian[(Y * Size) + column] = y;
        jacobian[(Z * Size) + column] = z;
    }
}
