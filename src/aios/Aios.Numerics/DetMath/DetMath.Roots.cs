namespace Aios.Numerics;

public static partial class DetMath
{
    /// <summary>√(x² + y²) without overflow or underflow on the way; error below 0.6 ulp. ∞ if either is infinite, else NaN if either is NaN.</summary>
    public static double Hypot(double x, double y)
    {
        double a = Math.Abs(x), b = Math.Abs(y);
        if (!(a <= double.MaxValue && b <= double.MaxValue))
        {
            return double.IsInfinity(a) || double.IsInfinity(b) ? double.PositiveInfinity : double.NaN;
        }

        if (a < b)
        {
            (a, b) = (b, a);
        }

        if (b <= a * 1.1102230246251565e-17)
        {
            return a + b;
        }

        double scale = 1.0, unscale = 1.0;
        if (a > 1e150 || b < 1e-130)
        {
            scale = a > 1e150 ? PowerOfTwo(-600) : PowerOfTwo(600);
            unscale = 1.0 / scale;
        }

        return RootOfSquares(a * scale, b * scale) * unscale;
    }

    /// <summary>One Newton step on the rounded root, with the sum of squares known to 106 bits.</summary>
    private static double RootOfSquares(double a, double b)
    {
        double aa = ExactProduct(a, a, out double aError);
        double bb = ExactProduct(b, b, out double bError);
        double sum = ExactSumOrdered(aa, bb, out double error);
        double root = Math.Sqrt(sum);
        double square = ExactProduct(root, root, out double squareError);
        return root + ((((sum - square) - squareError) + (error + (aError + bError))) / (2.0 * root));
    }

    /// <summary>Cube root, negative for negative x; error below 0.7 ulp. ±0, ±∞ and NaN map to themselves.</summary>
    public static double Cbrt(double x)
    {
        double a = Math.Abs(x);
        if (!(a <= double.MaxValue) || a == 0.0)
        {
            return x;
        }

        double unscale = 1.0;
        if (a < 2.2250738585072014e-308)
        {
            a *= 18014398509481984.0; // 2^54
            unscale = 3.814697265625e-6; // 2^-18
        }
        else if (a > 1e300)
        {
            a *= 5.551115123125783e-17; // 2^-54
            unscale = 262144.0;
        }

        // A third of the bit pattern is a root within 6 %; Halley's step cubes the relative error: 2e-4, then 1e-12.
        double t = FromBits((Bits(a) / 3) + 0x2a9f_8000_0000_0000);
        for (int i = 0; i < 2; i++)
        {
            double cube = t * t * t;
            t *= (cube + (2.0 * a)) / ((2.0 * cube) + a);
        }

        // With 26 bits in t its square is exact, and one Newton step's error is that of its last addition.
        t = High(t);
        double correction = ((a / (t * t)) - t) / 3.0;
        return Math.CopySign((t + (correction - (correction * correction / t))) * unscale, x);
    }
}
