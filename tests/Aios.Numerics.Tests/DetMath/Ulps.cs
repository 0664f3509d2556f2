namespace Aios.Numerics.Tests;

internal static class Ulps
{
    /// <summary>How many doubles lie between two; 0 for two NaN, long.MaxValue for one.</summary>
    public static long Between(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.IsNaN(a) && double.IsNaN(b) ? 0 : long.MaxValue;
        }

        return Math.Abs(Order(a) - Order(b));

        static long Order(double x)
        {
            long bits = BitConverter.DoubleToInt64Bits(x);
            return bits < 0 ? long.MinValue - bits : bits;
        }
    }
}
