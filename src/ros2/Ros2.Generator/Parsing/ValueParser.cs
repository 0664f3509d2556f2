using System;
using System.Globalization;
using System.Numerics;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>Parses values of constants and defaults into C# literals, with the rules of rosidl.</summary>
internal static class ValueParser
{
    /// <param name="kind">A primitive or string.</param>
    /// <param name="text">The value as written.</param>
    /// <param name="stringCapacity">Bound of a bounded string, else 0.</param>
    /// <param name="isElement">Whether it stands in an array.</param>
    /// <param name="error">What is wrong, when the result is null.</param>
    public static string? Parse(RosValueKind kind, string text, int stringCapacity, bool isElement, out string error)
    {
        error = "";
        switch (kind)
        {
            case RosValueKind.Boolean:
                return ParseBoolean(text, out error);
            case RosValueKind.Float32 or RosValueKind.Float64:
                return ParseFloat(kind, text, out error);
            case RosValueKind.String or RosValueKind.WString or RosValueKind.BoundedString or RosValueKind.BoundedWString:
                return StringLiteral.Parse(text, stringCapacity, isElement, out error);
            default:
                return ParseInteger(kind, text, out error);
        }
    }

    private static string? ParseBoolean(string text, out string error)
    {
        error = "";
        switch (text.ToLowerInvariant())
        {
            case "true" or "1":
                return "true";
            case "false" or "0":
                return "false";
            default:
                error = $"'{text}' is no bool: write true, false, 1 or 0";
                return null;
        }
    }

    private static string? ParseInteger(RosValueKind kind, string text, out string error)
    {
        (BigInteger low, BigInteger high) = Range(kind);
        error = "";
        if (IntegerText.TryParse(text, out BigInteger value) && value >= low && value <= high)
        {
            return value.ToString(CultureInfo.InvariantCulture);
        }

        error = $"'{text}' is no {TypeName(kind)}: write a whole number from {low} to {high}";
        return null;
    }

    private static (BigInteger Low, BigInteger High) Range(RosValueKind kind) => kind switch
    {
        RosValueKind.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        RosValueKind.Int16 => (short.MinValue, short.MaxValue),
        RosValueKind.UInt16 => (ushort.MinValue, ushort.MaxValue),
        RosValueKind.Int32 => (int.MinValue, int.MaxValue),
        RosValueKind.UInt32 => (uint.MinValue, uint.MaxValue),
        RosValueKind.Int64 => (long.MinValue, long.MaxValue),
        RosValueKind.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => (byte.MinValue, byte.MaxValue),
    };

    private static string? ParseFloat(RosValueKind kind, string text, out string error)
    {
        error = "";
        string type = kind == RosValueKind.Float32 ? "float" : "double";
        string number = IntegerText.WithoutUnderscores(text, char.IsDigit) ?? "";
        if (TryNamed(number, out double named))
        {
            return Literal(named, type);
        }

        // A group separator or currency sign is no number in an interface file.
        if (number.Length == 0 || !double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            error = $"'{text}' is no {TypeName(kind)}: write a number with '.' as the separator";
            return null;
        }

        return kind == RosValueKind.Float64
            ? Literal(value, type)
            : Literal(float.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture), type);
    }

    private static bool TryNamed(string number, out double value)
    {
        bool isNegative = number.StartsWith("-", StringComparison.Ordinal);
        string name = isNegative || number.StartsWith("+", StringComparison.Ordinal) ? number.Substring(1) : number;
        value = name.ToLowerInvariant() switch
        {
            "nan" => double.NaN,
            "inf" or "infinity" => isNegative ? double.NegativeInfinity : double.PositiveInfinity,
            _ => 0,
        };
        return value != 0;
    }

    private static string Literal(double value, string type) => value switch
    {
        double.NaN => type + ".NaN",
        double.PositiveInfinity => type + ".PositiveInfinity",
        double.NegativeInfinity => type + ".NegativeInfinity",
        _ when type == "float" => ((float)value).ToString("G9", CultureInfo.InvariantCulture) + "f",
        _ => value.ToString("G17", CultureInfo.InvariantCulture) + "d",
    };

    private static string TypeName(RosValueKind kind) =>
        kind == RosValueKind.Boolean ? "bool" : kind.ToString().ToLowerInvariant();
}
