using System.Globalization;
using System.Text;

namespace ROS2;

/// <summary>Numbers and strings as Python prints them, because that is what users of the ROS tools see and parse.</summary>
internal static class PythonText
{
    // repr() writes an exponent from 1e16 up and below 1e-4.
    private const int LargestPlainExponent = 15;
    private const int SmallestPlainExponent = -4;

    /// <summary><c>repr</c> of a float: the shortest digits that read back as the same number.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }

        if (value == 0)
        {
            return double.IsNegative(value) ? "-0.0" : "0.0";
        }

        (string digits, int exponent) = Shortest(Math.Abs(value));
        string sign = value < 0 ? "-" : "";
        if (exponent is < SmallestPlainExponent or > LargestPlainExponent)
        {
            string fraction = digits.Length > 1 ? "." + digits[1..] : "";
            string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        string padded = digits.PadRight(exponent + 2, '0');
        return $"{sign}{padded[..(exponent + 1)]}.{padded[(exponent + 1)..]}";
    }

    /// <summary><c>repr</c> of a string: in single quotes unless only double ones need no escape.</summary>
    public static string Quote(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var quoted = new StringBuilder().Append(quote);
        foreach (char c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when c == quote => quoted.Append('\\').Append(c),
                < ' ' or '\x7f' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append(quote).ToString();
    }

    /// <summary><c>repr</c> of a bytes object of one byte.</summary>
    public static string Quote(byte octet) => octet is >= (byte)' ' and < 0x7f and not (byte)'\'' and not (byte)'\\'
        ? $"b'{(char)octet}'"
        : string.Create(CultureInfo.InvariantCulture, $"b'\\x{octet:x2}'");

    private static (string Digits, int Exponent) Shortest(double magnitude)
    {
        string text = magnitude.ToString("R", CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = mark < 0 ? text : text[..mark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int whole = point < 0 ? mantissa.Length : point;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        int zeros = digits.Length - digits.TrimStart('0').Length;
        int power = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (digits.Trim('0'), whole - 1 - zeros + power);
    }
}
