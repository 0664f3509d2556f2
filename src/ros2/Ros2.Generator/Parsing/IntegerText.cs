using System;
using System.Numerics;

namespace Ros2.Generator.Parsing;

/// <summary>Whole numbers as rosidl reads them, which is as Python does: a sign, a radix, single underscores between digits.</summary>
internal static class IntegerText
{
    /// <summary>Decimal, or with the prefix <c>0x</c>, <c>0o</c> or <c>0b</c>.</summary>
    public static bool TryParse(string text, out BigInteger value)
    {
        string digits = WithoutSign(text, out bool isNegative);
        int radix = digits.Length > 2 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 10 } : 10;
        if (radix != 10)
        {
            // Python allows one underscore after the prefix.
            digits = digits.Substring(digits[2] == '_' ? 3 : 2);
        }

        bool isNumber = TryDigits(digits, radix, out value);
        value = isNegative ? -value : value;
        return isNumber;
    }

    /// <summary>The length of an array or the bound of a sequence or string: decimal, greater than 0.</summary>
    public static bool TryParseSize(string text, out int size)
    {
        string digits = WithoutSign(text, out bool isNegative);
        bool isSize = TryDigits(digits, 10, out BigInteger value) && !isNegative && value > 0 && value <= int.MaxValue;
        size = isSize ? (int)value : 0;
        return isSize;
    }

    /// <summary>Takes the underscores out of a number; null where one does not stand between two digits.</summary>
    /// <param name="text">The number.</param>
    /// <param name="isDigit">Which characters are digits.</param>
    public static string? WithoutUnderscores(string text, Func<char, bool> isDigit)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '_' && (i == 0 || i + 1 == text.Length || !isDigit(text[i - 1]) || !isDigit(text[i + 1])))
            {
                return null;
            }
        }

        return text.Replace("_", "");
    }

    private static string WithoutSign(string text, out bool isNegative)
    {
        isNegative = text.StartsWith("-", StringComparison.Ordinal);
        return isNegative || text.StartsWith("+", StringComparison.Ordinal) ? text.Substring(1) : text;
    }

    private static bool TryDigits(string text, int radix, out BigInteger value)
    {
        value = BigInteger.Zero;
        if (WithoutUnderscores(text, char.IsLetterOrDigit) is not { Length: > 0 } digits)
        {
            return false;
        }

        foreach (char c in digits)
        {
            int digit = "0123456789abcdef".IndexOf(char.ToLowerInvariant(c));
            if (digit < 0 || digit >= radix)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        return true;
    }
}
