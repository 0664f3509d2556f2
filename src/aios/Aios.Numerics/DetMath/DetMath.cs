using System.Runtime.CompilerServices;

namespace Aios.Numerics;

/// <summary>
/// Elementary functions with the same bits on every IEEE 754 machine.
/// </summary>
/// <remarks>
/// <para>
/// Only + − × ÷, square root (all exactly rounded by IEEE 754), comparisons and integer operations on the
/// bits are used, in a fixed order and in double precision; .NET neither contracts a·b + c nor keeps extra
/// bits, so results agree between CPUs, operating systems and JIT versions. The system's own
/// functions do not: their last bits change with the C library.
/// </para>
/// <para>
/// Errors are given in units in the last place of the exact result and were measured against 113-bit
/// arithmetic. Special values (NaN, infinities, signed zeros) follow C99 annex F. No function allocates
/// or throws; all are pure and may be called from any thread.
/// </para>
/// <para>
/// Methods: table-driven exponential and logarithm (Tang, ACM TOMS 15(2), 1989 and 16(4), 1990); argument
/// reduction by Cody and Waite ("Software Manual for the Elementary Functions", 1980) and by Payne and
/// Hanek (SIGNUM Newsletter 18(1), 1983); exact sums and products by Dekker (Numerische Mathematik 18,
/// 1971) and Knuth; in general Muller, "Elementary Functions", 3rd ed. The constants are computed by
/// <c>coefficients.py</c> beside this file.
/// </para>
/// </remarks>
public static partial class DetMath
{
    private const ulong SignBit = 0x8000_0000_0000_0000;
    private const ulong MagnitudeBits = 0x7fff_ffff_ffff_ffff;
    private const ulong InfinityBits = 0x7ff0_0000_0000_0000;
    private const ulong OneBits = 0x3ff0_0000_0000_0000;

    /// <summary>Adding and taking away 1.5·2^52 rounds a double below 2^51 to the nearest integer.</summary>
    private const double RoundingShift = 6755399441055744.0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(double x) => BitConverter.DoubleToUInt64Bits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double FromBits(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    /// <summary>2^exponent for −1022 ≤ exponent ≤ 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTwo(int exponent) => FromBits((ulong)(exponent + 1023) << 52);

    /// <summary>x rounded to 26 significant bits; the rest, x − High(x), has at most 26 too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double High(double x) => FromBits((Bits(x) + 0x400_0000) & 0xffff_ffff_f800_0000);

    /// <summary>a·b = product + error, exactly, unless a part overflows or underflows (Dekker).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExactProduct(double a, double b, out double error)
    {
        double product = a * b;
        double aHigh = High(a), aLow = a - aHigh;
        double bHigh = High(b), bLow = b - bHigh;
        error = ((((aHigh * bHigh) - product) + (aLow * bHigh)) + (aHigh * bLow)) + (aLow * bLow);
        return product;
    }

    /// <summary>a + b = sum + error, exactly (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExactSum(double a, double b, out double error)
    {
        double sum = a + b;
        double bPart = sum - a;
        error = (a - (sum - bPart)) + (b - bPart);
        return sum;
    }

    /// <summary>a + b = sum + error, exactly, for |a| ≥ |b| or a = 0 (Dekker).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double ExactSumOrdered(double a, double b, out double error)
    {
        double sum = a + b;
        error = b - (sum - a);
        return sum;
    }
}
