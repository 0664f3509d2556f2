using System.Globalization;
using System.Numerics;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace ROS2;

/// <summary>Scalars of YAML as values of message fields.</summary>
internal static class YamlValues
{
    /// <summary>The value as the field's C# type; null when the scalar is none of its type or range.</summary>
    public static object? Convert(YamlScalarNode scalar, RosField field)
    {
        string text = scalar.Value ?? "";
        bool isQuoted = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted;
        return field.Kind switch
        {
            RosValueKind.Boolean => ParameterYaml.TryBool(text, out bool flag) ? flag : null,
            RosValueKind.Float32 => TryNumber(text, out double single) ? (float)single : null,
            RosValueKind.Float64 => TryNumber(text, out double number) ? number : null,
            RosValueKind.String or RosValueKind.WString => text,
            RosValueKind.BoundedString => Encoding.UTF8.GetByteCount(text) <= field.StringCapacity ? text : null,
            RosValueKind.BoundedWString => text.Length <= field.StringCapacity ? text : null,
            // An octet is written as the character of its number: a quoted digit is a character, a plain one a number.
            RosValueKind.Byte when text.Length == 1 && text[0] <= '\xff' && (isQuoted || !char.IsAsciiDigit(text[0])) => (byte)text[0],
            _ => TryInteger(text, out BigInteger integer) ? Narrow(integer, field.Kind) : null,
        };
    }

    /// <summary>What a scalar of the field looks like, for messages.</summary>
    public static string Expectation(RosField field) => field.Kind switch
    {
        RosValueKind.Boolean => "bool, true or false",
        RosValueKind.Float32 or RosValueKind.Float64 => $"{Name(field)}, a number",
        RosValueKind.String or RosValueKind.WString => Name(field),
        RosValueKind.BoundedString or RosValueKind.BoundedWString => $"at most {field.StringCapacity} characters of text",
        RosValueKind.UInt64 => $"uint64, a whole number from 0 to {ulong.MaxValue}",
        RosValueKind.Int64 => $"int64, a whole number from {long.MinValue} to {long.MaxValue}",
        _ => $"{Name(field)}, a whole number {Range(field.Kind)}",
    };

    private static string Name(RosField field) => field.Kind.ToString().ToLowerInvariant();

    private static string Range(RosValueKind kind)
    {
        bool isSigned = kind is RosValueKind.Int8 or RosValueKind.Int16 or RosValueKind.Int32;
        int bits = kind switch
        {
            RosValueKind.Int16 or RosValueKind.UInt16 => 16,
            RosValueKind.Int32 or RosValueKind.UInt32 => 32,
            _ => 8,
        };
        long size = 1L << bits;
        return isSigned ? $"from {-size / 2} to {(size / 2) - 1}" : $"from 0 to {size - 1}";
    }

    private static object? Narrow(BigInteger value, RosValueKind kind)
    {
        try
        {
            return kind switch
            {
                RosValueKind.Int8 => (sbyte)value,
                RosValueKind.UInt8 or RosValueKind.Byte => (byte)value,
                RosValueKind.Int16 => (short)value,
                RosValueKind.UInt16 => (ushort)value,
                RosValueKind.Int32 => (int)value,
                RosValueKind.UInt32 => (uint)value,
                RosValueKind.Int64 => (long)value,
                _ => (object)(ulong)value,
            };
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static bool TryNumber(string text, out double value)
    {
        bool isInteger = TryInteger(text, out BigInteger integer);
        value = (double)integer;
        return isInteger || CNumbers.TryDouble(text, out value);
    }

    // As YAML 1.1: hexadecimal, octal with a leading zero, underscores between digits.
    private static bool TryInteger(string text, out BigInteger value)
    {
        string digits = text.Replace("_", string.Empty, StringComparison.Ordinal);
        if (CNumbers.TryInteger(digits, out long small))
        {
            value = small;
            return true;
        }

        return BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }
}
