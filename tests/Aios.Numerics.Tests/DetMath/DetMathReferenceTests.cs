using System.Globalization;

namespace Aios.Numerics.Tests;

/// <summary>DetMath against correctly rounded results (reference.csv, computed by reference.py in 80 digits and more).</summary>
public sealed class DetMathReferenceTests
{
    public static TheoryData<string, long> Functions => new()
    {
        { "Sin", 1 }, { "Cos", 1 }, { "Tan", 1 }, { "Asin", 1 }, { "Acos", 1 }, { "Atan", 1 }, { "Atan2", 1 },
        { "Exp", 1 }, { "Log", 1 }, { "Pow", 1 }, { "Cbrt", 1 }, { "Hypot", 1 }, { "Tanh", 2 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_ReferenceArguments_WithinUlpsOfTheNearestDouble(string function, long ulps)
    {
        int count = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "DetMath", "reference.csv")))
        {
            string[] parts = line.Split(',');
            if (parts[0] != function)
            {
                continue;
            }

            double x = FromHex(parts[1]), y = parts.Length > 3 ? FromHex(parts[2]) : 0.0, expected = FromHex(parts[^1]);
            double actual = DetMathFunctions.Call(function, x, y);
            long distance = Ulps.Between(expected, actual);
            Assert.True(distance <= ulps, $"{function}({x:R}, {y:R}) = {actual:R}, expected {expected:R}: {distance} ulp");
            count++;
        }

        Assert.True(count >= 80, $"{count} reference values");
    }

    private static double FromHex(string hex) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
