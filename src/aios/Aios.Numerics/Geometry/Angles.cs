namespace Aios.Numerics;

/// <summary>Angles in radians.</summary>
public static class Angles
{
    public const double TwoPi = 2.0 * Math.PI;

    /// <summary>The same direction in (−π, π]. NaN and infinities give NaN.</summary>
    public static double WrapToPi(double radians)
    {
        if (radians > -Math.PI && radians <= Math.PI)
        {
            return radians;
        }

        // IEEERemainder is exact, so the result is off by at most k times the error of 2π as a double.
        double wrapped = Math.IEEERemainder(radians, TwoPi);
        return wrapped <= -Math.PI ? Math.PI : wrapped;
    }

    /// <summary>The same direction in [0, 2π).</summary>
    public static double WrapToTwoPi(double radians)
    {
        double wrapped = WrapToPi(radians);
        return wrapped < 0.0 ? Math.Min(wrapped + TwoPi, Math.BitDecrement(TwoPi)) : wrapped;
    }

    /// <summary>a − b as the shorter turn, in (−π, π].</summary>
    public static double Difference(double a, double b) => WrapToPi(a - b);

    public static double DegreesToRadians(double degrees) => degrees * (Math.PI / 180.0);

    public static double RadiansToDegrees(double radians) => radians * (180.0 / Math.PI);
}
