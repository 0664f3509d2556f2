using System.Runtime.CompilerServices;

namespace Aios.Numerics;

public static partial class DetMath
{
    private const double PiOver4 = 0.7853981633974483;

    /// <summary>Below this sin x, tan x and tanh x round to x; asking first also keeps the sign of zero.</summary>
    private const double TwoToMinus27 = 7.450580596923828e-9;

    /// <summary>Sine of <paramref name="radians"/>, any finite magnitude; error below 0.9 ulp. NaN for NaN and ±∞.</summary>
    public static double Sin(double radians)
    {
        if (Math.Abs(radians) <= PiOver4)
        {
            return SinOfSmall(radians);
        }

        int quadrant = ReduceToQuadrant(radians, out double high, out double low);
        double value = (quadrant & 1) == 0 ? SinKernel(high, low) : CosKernel(high, low);
        return (quadrant & 2) == 0 ? value : -value;
    }

    /// <summary>Cosine of <paramref name="radians"/>, any finite magnitude; error below 0.9 ulp. NaN for NaN and ±∞.</summary>
    public static double Cos(double radians)
    {
        if (Math.Abs(radians) <= PiOver4)
        {
            return CosKernel(radians, 0.0);
        }

        int quadrant = ReduceToQuadrant(radians, out double high, out double low);
        double value = (quadrant & 1) == 0 ? CosKernel(high, low) : SinKernel(high, low);
        return ((quadrant + 1) & 2) == 0 ? value : -value;
    }

    /// <summary>The same bits as <see cref="Sin"/> and <see cref="Cos"/>, in little more than the time of one.</summary>
    public static (double Sin, double Cos) SinCos(double radians)
    {
        if (Math.Abs(radians) <= PiOver4)
        {
            return (SinOfSmall(radians), CosKernel(radians, 0.0));
        }

        int quadrant = ReduceToQuadrant(radians, out double high, out double low);
        double sin = SinKernel(high, low), cos = CosKernel(high, low);
        return (quadrant & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }

    /// <summary>Tangent of <paramref name="radians"/>, any finite magnitude; error below 1 ulp. NaN for NaN and ±∞.</summary>
    public static double Tan(double radians)
    {
        int quadrant = 0;
        double high = radians, low = 0.0;
        if (!(Math.Abs(radians) <= PiOver4))
        {
            quadrant = ReduceToQuadrant(radians, out high, out low);
        }
        else if (Math.Abs(radians) < TwoToMinus27)
        {
            return radians;
        }

        double z = ExactProduct(high, high, out double zLow);
        double sin = ExactSumOrdered(high, (high * z * SinPolynomial(z)) + (low * (1.0 - (0.5 * z))), out double sinLow);
        double head = ExactSumOrdered(1.0, -0.5 * z, out double lost);
        double small = lost + ((z * z * CosPolynomial(z)) - (0.5 * zLow) - (high * low));
        double cos = ExactSumOrdered(head, small, out double cosLow);
        return (quadrant & 1) == 0
            ? CorrectedQuotient(sin, sinLow, cos, cosLow)
            : CorrectedQuotient(-cos, -cosLow, sin, sinLow);
    }

    /// <summary>(a + aLow) / (b + bLow) with one correction of the rounded quotient.</summary>
    private static double CorrectedQuotient(double a, double aLow, double b, double bLow)
    {
        double quotient = a / b;
        double product = ExactProduct(quotient, b, out double error);
        double remainder = ((a - product) - error) + (aLow - (quotient * bLow));
        return quotient + (remainder / b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SinOfSmall(double x) => Math.Abs(x) < TwoToMinus27 ? x : SinKernel(x, 0.0);

    /// <summary>sin(x + tail), |x| ≤ π/4 and a little, |tail| below half an ulp of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SinKernel(double x, double tail)
    {
        double z = x * x;
        return x + ((z * x * SinPolynomial(z)) + (tail * (1.0 - (0.5 * z))));
    }

    /// <summary>cos(x + tail): 1 − z/2 is rounded once and what it lost is added to the small terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double CosKernel(double x, double tail)
    {
        double z = x * x;
        double half = 0.5 * z;
        double head = 1.0 - half;
        return head + (((1.0 - head) - half) + ((z * z * CosPolynomial(z)) - (x * tail)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SinPolynomial(double z)
    {
        double zz = z * z;
        return (Sin0 + (z * Sin1)) + (zz * ((Sin2 + (z * Sin3)) + (zz * ((Sin4 + (z * Sin5)) + (zz * Sin6)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double CosPolynomial(double z)
    {
        double zz = z * z;
        return (Cos0 + (z * Cos1)) + (zz * ((Cos2 + (z * Cos3)) + (zz * (Cos4 + (z * Cos5)))));
    }
}
