using System.Runtime.CompilerServices;

namespace Aios.Numerics;

public static partial class DetMath
{
    private const double LargestExponent = 709.782712893384;
    private const double SmallestExponent = -745.1332191019412;

    /// <summary>e to the x; error below 0.6 ulp (0.8 next to the subnormal range). ∞ above 709.78, 0 below −745.13, NaN for NaN.</summary>
    public static double Exp(double x)
    {
        if (!(x <= LargestExponent))
        {
            return double.IsNaN(x) ? double.NaN : double.PositiveInfinity;
        }

        return x < SmallestExponent ? 0.0 : ExpOfSum(x, 0.0);
    }

    /// <summary>
    /// e^(x + tail), |tail| below 2^-40, x not beyond the range of <see cref="Exp"/> by more than 1.
    /// x = (32 n + j)·ln2/32 + r, so e^x = 2^n · 2^(j/32) · e^r with |r| ≤ ln2/64 (Tang 1989).
    /// </summary>
    private static double ExpOfSum(double x, double tail)
    {
        double k = ((x * ThirtyTwoOverLog2) + RoundingShift) - RoundingShift;
        double r = ((x - (k * Log2Over32High)) - (k * Log2Over32Low)) + tail;
        int index = (int)k;
        int j = index & 31, n = index >> 5;
        double rr = r * r;
        double p = r + (rr * ((Exp0 + (r * Exp1)) + (rr * ((Exp2 + (r * Exp3)) + (rr * (Exp4 + (r * Exp5)))))));
        double head = FromBits(ExpHigh[j]);
        double small = ExpLow[j] + (head * p);
        return ScaledSum(head, small, n);
    }

    /// <summary>(head + small)·2^n for head in [1, 2), rounded once also where the result is subnormal or overflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ScaledSum(double head, double small, int n)
    {
        if (n >= -1022 && n <= 1022)
        {
            return (head + small) * PowerOfTwo(n);
        }

        if (n > 1022)
        {
            return (head + small) * PowerOfTwo(1000) * PowerOfTwo(Math.Min(n - 1000, 1000));
        }

        // Subnormal: add a number whose ulp is the result's, so that the one rounding happens there.
        n = Math.Max(n, -1080);
        double unit = PowerOfTwo(-1022 - n);
        double sum = ExactSumOrdered(head, small, out double rest);
        double lifted = unit + sum;
        double lost = (unit - lifted) + sum + rest;
        return (((lifted + lost) - unit) * PowerOfTwo(-1000)) * PowerOfTwo(n + 1000);
    }

    /// <summary>Hyperbolic tangent; error below 2 ulp. ±1 at ±∞, NaN for NaN.</summary>
    public static double Tanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < TwoToMinus27)
        {
            return x;
        }

        if (magnitude <= 0.5)
        {
            double z = x * x, z2 = z * z, z4 = z2 * z2;
            double p0 = (Tanh0 + (z * Tanh1)) + (z2 * (Tanh2 + (z * Tanh3)));
            double p4 = (Tanh4 + (z * Tanh5)) + (z2 * (Tanh6 + (z * Tanh7)));
            double p8 = (Tanh8 + (z * Tanh9)) + (z2 * Tanh10);
            return x + (x * z * (p0 + (z4 * (p4 + (z4 * p8)))));
        }

        if (!(magnitude < 20.0))
        {
            return double.IsNaN(x) ? double.NaN : Math.CopySign(1.0, x);
        }

        return Math.CopySign(1.0 - (2.0 / (ExpOfSum(2.0 * magnitude, 0.0) + 1.0)), x);
    }
}
