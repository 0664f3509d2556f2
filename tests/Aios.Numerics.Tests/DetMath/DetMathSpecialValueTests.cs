namespace Aios.Numerics.Tests;

public sealed class DetMathSpecialValueTests
{
    private static readonly double[] Specials =
    [
        0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 1.5, -1.5, double.PositiveInfinity, double.NegativeInfinity,
        double.NaN, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 1e300, -1e300, 1e-300,
    ];

    public static TheoryData<string> Unary => ["Sin", "Cos", "Tan", "Asin", "Acos", "Atan", "Exp", "Log", "Cbrt", "Tanh"];

    public static TheoryData<string> Binary => ["Atan2", "Pow", "Hypot"];

    [Theory]
    [MemberData(nameof(Unary))]
    public void UnaryFunction_SpecialValues_SameAsSystemWithinTwoUlp(string function)
    {
        foreach (double x in Specials)
        {
            AssertSame(function, x, 0.0);
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void BinaryFunction_SpecialValues_SameAsSystemWithinTwoUlp(string function)
    {
        foreach (double x in Specials)
        {
            foreach (double y in Specials)
            {
                AssertSame(function, x, y);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Unary))]
    public void UnaryFunction_RandomArguments_WithinFourUlpOfSystem(string function)
    {
        // The system's own functions may be off by up to two (glibc's cbrt by three).
        SeededRandom random = SeededRandom.ForStream(1, function);
        for (int i = 0; i < 20000; i++)
        {
            double x = i % 2 == 0 ? random.NextDouble(-1.0, 1.0) : random.NextDouble(-700.0, 700.0);
            double expected = DetMathFunctions.System(function, x), actual = DetMathFunctions.Call(function, x);
            Assert.True(Ulps.Between(expected, actual) <= 4, $"{function}({x:R}) = {actual:R}, system {expected:R}");
        }
    }

    [Fact]
    public void SinCos_RandomArguments_SameBitsAsSinAndCos()
    {
        SeededRandom random = SeededRandom.ForStream(2, "sincos");
        for (int i = 0; i < 20000; i++)
        {
            double x = DetMath.Exp(random.NextDouble(-30.0, 700.0)) * (i % 2 == 0 ? 1.0 : -1.0);
            (double sin, double cos) = DetMath.SinCos(x);
            Assert.Equal(BitConverter.DoubleToInt64Bits(DetMath.Sin(x)), BitConverter.DoubleToInt64Bits(sin));
            Assert.Equal(BitConverter.DoubleToInt64Bits(DetMath.Cos(x)), BitConverter.DoubleToInt64Bits(cos));
        }
    }

    [Fact]
    public void Sin_AcrossTheReductionLimit_HasNoStep()
    {
        // Cody–Waite below, Payne–Hanek above: both must give the same value to the last bit or nearly so.
        double limit = 1048575.0 * (Math.PI / 2.0);
        for (int i = -2000; i < 2000; i++)
        {
            double x = limit + (i * 0.37);
            Assert.True(Ulps.Between(DetMath.Sin(x), Math.Sin(x)) <= 1, $"sin {x:R}");
            Assert.True(Ulps.Between(DetMath.Cos(x), Math.Cos(x)) <= 1, $"cos {x:R}");
        }
    }

    private static void AssertSame(string function, double x, double y)
    {
        double expected = DetMathFunctions.System(function, x, y), actual = DetMathFunctions.Call(function, x, y);
        bool sameZero = expected != 0.0 || double.IsNegative(expected) == double.IsNegative(actual);
        Assert.True(
            Ulps.Between(expected, actual) <= 2 && sameZero, $"{function}({x:R}, {y:R}) = {actual:R}, system {expected:R}");
    }
}
