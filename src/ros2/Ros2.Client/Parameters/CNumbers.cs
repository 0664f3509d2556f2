using System.Globalization;
using System.Numerics;

namespace ROS2;

/// <summary>
/// Numbers as C's <c>strtoll</c> with base 0 and <c>strtod</c> read a whole text (C17, 7.22.1), for rcl reads parameters with
/// these: <c>010</c> is 8, <c>08</c> the double 8, <c>1_000</c> none. What is out of range is no number.
/// </summary>
internal static class CNumbers
{
    /// <summary>An integer: decimal, <c>0x</c> hexadecimal, <c>0</c> octal.</summary>
    public static bool TryInteger(string text, out long value)
    {
        value = 0;
        bool isNegative = text.StartsWith('-');
        string digits = Unsigned(text);
        BigInteger magnitude = 0;
        int start = IsHexadecimal(digits) ? 2 : 0;
        int radix = start == 2 ? 16 : digits.StartsWith('0') ? 8 : 10;
        foreach (char c in digits.AsSpan(start))
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || magnitude > ulong.MaxValue)
            {
                return false;
            }

            magnitude = (magnitude * radix) + digit;
        }

        BigInteger result = isNegative ? -magnitude : magnitude;
        if (digits.Length == start || result < long.MinValue || result > long.MaxValue)
        {
            return false;
        }

        value = (long)result;
        return true;
    }

    /// <summary>A double: decimal, a whole hexadecimal number, <c>inf</c>, <c>infinity</c>, <c>nan</c>, and YAML's spellings of these.</summary>
    public static bool TryDouble(string text, out double value)
    {
        string digits = Unsigned(text);
        bool isNumber = IsSpecial(text, digits, out value) || (IsHexadecimal(digits) ? TryHexadecimal(digits, out value) : TryDecimal(digits, out value));
        value = text.StartsWith('-') ? -value : value;
        return isNumber;
    }

    private static string Unsigned(string text) => text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;

    private static bool IsHexadecimal(string digits) => digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && digits.Length > 2;

    private static bool IsSpecial(string text, string digits, out double value)
    {
        value = digits switch
        {
            ".inf" or ".Inf" or ".INF" => double.PositiveInfinity,
            ".nan" or ".NaN" or ".NAN" when text.Length == digits.Length => double.NaN,
            _ when digits.Equals("inf", StringComparison.OrdinalIgnoreCase) || digits.Equals("infinity", StringComparison.OrdinalIgnoreCase) => double.PositiveInfinity,
            _ when digits.Equals("nan", StringComparison.OrdinalIgnoreCase) => double.NaN,
            _ => 0,
        };
        return value != 0;
    }

    private static bool TryHexadecimal(string digits, out double value)
    {
        bool isNumber = BigInteger.TryParse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger whole);
        value = (double)whole;
        return isNumber && double.IsFinite(value);
    }

    private static bool TryDecimal(string digits, out double value)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(digits, Style, CultureInfo.InvariantCulture, out value)
            && char.IsAsciiDigit(digits[^1] == '.' ? digits[0] : digits[^1])
            && double.IsFinite(value) && (value != 0 || !HasDigitsBeforeExponent(digits));
    }

    // A number that is not zero and too small for a double.
    private static bool HasDigitsBeforeExponent(string digits) => digits.Split('e', 'E')[0].AsSpan().ContainsAnyInRange('1', '9');
}
