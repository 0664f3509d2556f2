using System.Runtime.CompilerServices;

namespace Aios.Numerics;

public static partial class DetMath
{
    /// <summary>0.6875: arguments are scaled by a power of two into [0.6875, 1.375), so that 1 is well inside.</summary>
    private const ulong LogOffset = 0x3fe6_0000_0000_0000;
    private const double TwoTo52 = 4503599627370496.0;

    /// <summary>Natural logarithm; error below 0.6 ulp. −∞ at ±0, NaN below 0 and for NaN, ∞ at ∞.</summary>
    public static double Log(double x)
    {
        if (!(x >= 2.2250738585072014e-308 && x <= double.MaxValue))
        {
            return LogSpecial(x);
        }

        return LogOfNormal(x, 0);
    }

    private static double LogSpecial(double x)
    {
        if (x == 0.0)
        {
            return double.NegativeInfinity;
        }

        return !(x > 0.0) ? double.NaN : double.IsPositiveInfinity(x) ? x : LogOfNormal(x * TwoTo52, -52);
    }

    private static double LogOfNormal(double x, int extraExponent)
    {
        double k = LogReduce(x, extraExponent, out int entry, out double r, out double rLow);
        double whole = (k * Log2High) + LogHigh[entry];
        double high = whole + r;
        double low = ((whole - high) + r) + (rLow + ((k * Log2Low) + LogLow[entry]));
        double rr = r * r;
        return high + (low + ((rr * r * LogPolynomial(r, rr)) - (0.5 * rr)));
    }

    /// <summary>
    /// x = 2^k·z, ln x = k·ln 2 − ln c + ln(1 + r) with c·z = 1 + r and c from a table (Tang 1990).
    /// c has at most 11 bits and z is split into 32 and 21, so r + rLow is exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LogReduce(double x, int extraExponent, out int entry, out double r, out double rLow)
    {
        ulong bits = Bits(x);
        ulong offset = bits - LogOffset;
        entry = (int)(offset >> 45) & 127;
        int k = (int)((long)offset >> 52);
        double z = FromBits(bits - (offset & 0xfff0_0000_0000_0000));
        double zHigh = FromBits(Bits(z) & 0xffff_ffff_ffe0_0000);
        double inverse = LogInverse[entry];
        double first = (zHigh * inverse) - 1.0;
        double second = (z - zHigh) * inverse;
        r = ExactSum(first, second, out rLow);
        return k + extraExponent;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double LogPolynomial(double r, double rr) =>
        (Log0 + (r * Log1)) + (rr * ((Log2 + (r * Log3)) + (rr * ((Log4 + (r * Log5)) + (rr * Log6)))));

    /// <summary>
    /// x to the power y; error below 1 ulp. C99's special values: Pow(x, ±0) = Pow(1, y) = 1 also for NaN,
    /// negative x only with integer y (else NaN), Pow(−1, ±∞) = 1.
    /// </summary>
    public static double Pow(double x, double y)
    {
        if (y == 0.0 || x == 1.0)
        {
            return 1.0;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        double magnitude = Math.Abs(x);
        bool negate = x < 0.0 || (x == 0.0 && double.IsNegative(x));
        if (negate)
        {
            int parity = IntegerParity(y);
            if (parity < 0 && x < 0.0 && magnitude <= double.MaxValue && Math.Abs(y) <= double.MaxValue)
            {
                return double.NaN;
            }

            negate = parity == 1;
        }

        double power = PowOfMagnitude(magnitude, y);
        return negate ? -power : power;
    }

    private static double PowOfMagnitude(double x, double y)
    {
        if (x == 1.0)
        {
            return 1.0;
        }

        if (x == 0.0 || x > double.MaxValue || Math.Abs(y) > 1e25)
        {
            return (x > 1.0) == (y > 0.0) ? double.PositiveInfinity : 0.0;
        }

        double logHigh = LogAsSum(x, out double logLow);
        double high = ExactProduct(y, logHigh, out double low);
        low += y * logLow;
        if (high > LargestExponent + 1.0)
        {
            return double.PositiveInfinity;
        }

        return high < SmallestExponent - 1.0 ? 0.0 : ExpOfSum(high, low);
    }

    /// <summary>ln x as the sum of the result and low, for finite x above 0; relative error below 2^-64.</summary>
    private static double LogAsSum(double x, out double low)
    {
        int extraExponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= TwoTo52;
            extraExponent = -52;
        }

        double k = LogReduce(x, extraExponent, out int entry, out double r, out double rLow);
        double whole = (k * Log2High) + LogHigh[entry];
        double sum = ExactSumOrdered(whole, r, out double error);
        double square = ExactProduct(r, r, out double squareLow);
        double head = ExactSum(sum, -0.5 * square, out double error2);
        double small = error + error2 + (rLow - (0.5 * squareLow) - (r * rLow)) + ((k * Log2Low) + LogLow[entry]);
        small += square * r * LogPolynomial(r, square);
        return ExactSumOrdered(head, small, out low);
    }

    /// <summary>1 for odd integers, 0 for even ones (and ±∞), −1 for others.</summary>
    private static int IntegerParity(double y)
    {
        double magnitude = Math.Abs(y);
        if (magnitude >= 9007199254740992.0)
        {
            return 0;
        }

        return magnitude != Math.Floor(magnitude) ? -1 : (int)((long)magnitude & 1);
    }
}
