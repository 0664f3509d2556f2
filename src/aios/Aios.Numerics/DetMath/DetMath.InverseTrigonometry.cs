namespace Aios.Numerics;

public static partial class DetMath
{
    private const double PiHigh = 2.0 * PiOver2High;
    private const double PiLow = 2.0 * PiOver2Low;

    /// <summary>Arc tangent in [−π/2, π/2]; error below 1.1 ulp. NaN for NaN.</summary>
    public static double Atan(double x)
    {
        double magnitude = Math.Abs(x);
        double angle = magnitude <= 1.0 ? ArcOfRatio(magnitude, 1.0, 0) : ArcOfRatio(1.0, magnitude, 1);
        return Math.CopySign(angle, x);
    }

    /// <summary>
    /// Angle of the point (x, y) in [−π, π], with C99's special values (Atan2(±0, −0) = ±π and so on);
    /// error below 1.1 ulp. NaN if either is.
    /// </summary>
    public static double Atan2(double y, double x)
    {
        double a = Math.Abs(y), b = Math.Abs(x);
        if (!(a <= double.MaxValue && b <= double.MaxValue) || a == 0.0 || b == 0.0)
        {
            return Atan2Special(y, x);
        }

        bool left = x < 0.0;
        double angle = a <= b ? ArcOfRatio(a, b, left ? 3 : 0) : ArcOfRatio(b, a, left ? 2 : 1);
        return Math.CopySign(angle, y);
    }

    private static double Atan2Special(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        bool left = double.IsNegative(x);
        double angle;
        if (double.IsInfinity(y))
        {
            angle = !double.IsInfinity(x) ? PiOver2High : left ? ArcHigh[35] : ArcHigh[8];
        }
        else if (y == 0.0 || double.IsInfinity(x))
        {
            angle = left ? PiHigh : 0.0;
        }
        else
        {
            angle = PiOver2High;
        }

        return Math.CopySign(angle, y);
    }

    /// <summary>
    /// θ = atan(small/large) placed in an octant: 0: θ, 1: π/2 − θ, 2: π/2 + θ, 3: π − θ.
    /// With c = k/8 nearest to the ratio, θ = atan c + atan r, r = (small − c·large)/(large + c·small), |r| ≤ 1/16;
    /// below 1/8, where r's rounding would show in a small sum, c is 0 and r the ratio itself.
    /// </summary>
    private static double ArcOfRatio(double small, double large, int octant)
    {
        double ratio = small / large;
        if (!(ratio <= 1.0))
        {
            return double.NaN;
        }

        double k = ratio < 0.125 ? 0.0 : ((ratio * 8.0) + RoundingShift) - RoundingShift;
        double r = ratio;
        if (k != 0.0)
        {
            r = RotatedRatio(small, large, k * 0.125);
        }

        double z = r * r, z2 = z * z, z4 = z2 * z2;
        double p0 = (Arctan0 + (z * Arctan1)) + (z2 * (Arctan2 + (z * Arctan3)));
        double p4 = (Arctan4 + (z * Arctan5)) + (z2 * (Arctan6 + (z * Arctan7)));
        double p = p0 + (z4 * p4);
        double cubic = r * z * p;
        if (k == 0.0 && octant == 0)
        {
            return r + cubic;
        }

        int entry = (octant * 9) + (int)k;
        double high = ArcHigh[entry], low = ArcLow[entry];
        return (octant & 1) == 0 ? high + (low + cubic + r) : high + (low - cubic - r);
    }

    /// <summary>large is split so that both products with c (4 bits) are exact and so, then, is the numerator.</summary>
    private static double RotatedRatio(double small, double large, double c)
    {
        if (large > 1e300 || large < 1e-290)
        {
            double scale = large > 1.0 ? PowerOfTwo(-200) : PowerOfTwo(200);
            small *= scale;
            large *= scale;
        }

        double largeHigh = FromBits(Bits(large) & 0xffff_ffff_ffff_fff0);
        double numerator = (small - (c * largeHigh)) - (c * (large - largeHigh));
        return numerator / (large + (c * small));
    }

    /// <summary>Arc sine in [−π/2, π/2]; error below 1 ulp. NaN outside [−1, 1].</summary>
    public static double Asin(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude <= 0.5)
        {
            double z = x * x;
            return x + (x * z * AsinPolynomial(z));
        }

        if (!(magnitude <= 1.0))
        {
            return double.NaN;
        }

        double s = HalfAngleSine(magnitude, out double rest);
        double head = ExactSumOrdered(PiOver2High, -2.0 * s, out double error);
        return Math.CopySign(head + (error + (PiOver2Low - (2.0 * rest))), x);
    }

    /// <summary>Arc cosine in [0, π]; error below 1 ulp. NaN outside [−1, 1].</summary>
    public static double Acos(double x)
    {
        if (Math.Abs(x) <= 0.5)
        {
            double z = x * x;
            double head = ExactSumOrdered(PiOver2High, -x, out double error);
            return head + (error + (PiOver2Low - (x * z * AsinPolynomial(z))));
        }

        if (!(Math.Abs(x) <= 1.0))
        {
            return double.NaN;
        }

        double s = HalfAngleSine(Math.Abs(x), out double rest);
        if (x > 0.0)
        {
            return 2.0 * (s + rest);
        }

        double sum = ExactSumOrdered(PiHigh, -2.0 * s, out double lost);
        return sum + (lost + (PiLow - (2.0 * rest)));
    }

    /// <summary>
    /// s + rest = asin(√((1 − x)/2)) = acos(x)/2 for 1/2 &lt; x ≤ 1; s is the rounded root and rest holds
    /// the root's error and the series.
    /// </summary>
    private static double HalfAngleSine(double x, out double rest)
    {
        double w = 0.5 * (1.0 - x);
        double s = Math.Sqrt(w);
        if (s == 0.0)
        {
            rest = 0.0;
            return 0.0;
        }

        double square = ExactProduct(s, s, out double error);
        rest = (((w - square) - error) / (2.0 * s)) + (s * w * AsinPolynomial(w));
        return s;
    }

    private static double AsinPolynomial(double z)
    {
        double z2 = z * z, z4 = z2 * z2, z8 = z4 * z4;
        double p0 = (Arcsin0 + (z * Arcsin1)) + (z2 * (Arcsin2 + (z * Arcsin3)));
        double p4 = (Arcsin4 + (z * Arcsin5)) + (z2 * (Arcsin6 + (z * Arcsin7)));
        double p8 = (Arcsin8 + (z * Arcsin9)) + (z2 * (Arcsin10 + (z * Arcsin11)));
        double p12 = Arcsin12 + (z * Arcsin13);
        return (p0 + (z4 * p4)) + (z8 * (p8 + (z4 * p12)));
    }
}
