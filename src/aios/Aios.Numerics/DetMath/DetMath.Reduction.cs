using System.Runtime.CompilerServices;

namespace Aios.Numerics;

public static partial class DetMath
{
    /// <summary>Below this many quarter turns k, each k·PiOver2Part is exact: 20 + 33 bits.</summary>
    private const double CodyWaiteLimit = 1048575.0 * PiOver2High;

    /// <summary>
    /// x = quadrant·π/2 + high + low with |high| ≤ π/4 and a little. Relative error of high + low below
    /// 2^-68, also next to multiples of π/2 (no double comes nearer to one than 2^-62).
    /// </summary>
    private static int ReduceToQuadrant(double x, out double high, out double low)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < CodyWaiteLimit)
        {
            return ReduceCodyWaite(x, out high, out low);
        }

        if (!(magnitude <= double.MaxValue))
        {
            high = double.NaN;
            low = 0.0;
            return 0;
        }

        int quadrant = ReducePayneHanek(magnitude, out high, out low);
        if (x < 0.0)
        {
            high = -high;
            low = -low;
            quadrant = -quadrant;
        }

        return quadrant;
    }

    /// <summary>
    /// Takes k·π/2 away part by part. The first difference is exact because both terms are multiples of
    /// 2^-53 and it is below 1; the next two keep their rounding errors.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReduceCodyWaite(double x, out double high, out double low)
    {
        double k = ((x * TwoOverPi) + RoundingShift) - RoundingShift;
        double rest = x - (k * PiOver2Part1);
        rest = ExactSum(rest, -(k * PiOver2Part2), out double error2);
        rest = ExactSum(rest, -(k * PiOver2Part3), out double error3);
        double small = (error2 + error3) - (k * PiOver2Part4);
        high = rest + small;
        low = (rest - high) + small;
        return (int)k;
    }

    /// <summary>
    /// x = m·2^e with a 53-bit integer m. Bits of 2/π whose product with m·2^e is a multiple of 4 are left
    /// out; of the next 192 the product modulo 2^192 is taken: two bits of quadrant, 190 of fraction.
    /// </summary>
    private static int ReducePayneHanek(double x, out double high, out double low)
    {
        ulong bits = Bits(x);
        int exponent = (int)(bits >> 52) - 1075;
        ulong m = (bits & 0x000f_ffff_ffff_ffff) | 0x0010_0000_0000_0000;

        // Bit i of the fraction (weight 2^-i) stands at position i + 63 of the table; the window starts at i = e − 1.
        int position = exponent + 62;
        int word = position >> 6, shift = position & 63;
        ulong w2 = WindowWord(word, shift), w1 = WindowWord(word + 1, shift), w0 = WindowWord(word + 2, shift);

        ulong carry0 = Math.BigMul(m, w0, out ulong p0);
        ulong carry1 = Math.BigMul(m, w1, out ulong p1);
        p1 += carry0;
        carry1 += p1 < carry0 ? 1UL : 0UL;
        ulong p2 = (m * w2) + carry1;

        int quadrant = (int)(p2 >> 62);
        ulong f1 = (p2 << 2) | (p1 >> 62), f0 = (p1 << 2) | (p0 >> 62);
        bool negative = (f1 & SignBit) != 0;
        if (negative)
        {
            quadrant++;
            f0 = ~f0 + 1;
            f1 = ~f1 + (f0 == 0 ? 1UL : 0UL);
        }

        FractionTimesPiOver2(f1, f0, out high, out low);
        if (negative)
        {
            high = -high;
            low = -low;
        }

        return quadrant;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WindowWord(int word, int shift)
    {
        ulong first = TwoOverPiWords[word];
        return shift == 0 ? first : (first << shift) | (TwoOverPiWords[word + 1] >> (64 - shift));
    }

    /// <summary>(f1·2^64 + f0)·2^-128 · π/2, f1 below 2^63, as a sum of two doubles.</summary>
    private static void FractionTimesPiOver2(ulong f1, ulong f0, out double high, out double low)
    {
        int zeros = System.Numerics.BitOperations.LeadingZeroCount(f1);
        if (zeros > 0)
        {
            f1 = (f1 << zeros) | (f0 >> (64 - zeros));
            f0 <<= zeros;
        }

        double scale = PowerOfTwo(-zeros);
        double head = (f1 >> 11) * 1.1102230246251565e-16; // 2^-53
        double tail = (((f1 & 0x7ff) << 42) | (f0 >> 22)) * 1.232595164407831e-32; // 2^-106
        double product = ExactProduct(head, PiOver2High, out double error);
        error += (head * PiOver2Low) + (tail * PiOver2High);
        high = product + error;
        low = ((product - high) + error) * scale;
        high *= scale;
    }
}
