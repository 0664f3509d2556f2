using System;
using System.Globalization;
using System.Text;

namespace Ros2.Generator.Parsing;

/// <summary>Strings of interface files and of C#.</summary>
internal static class StringLiteral
{
    /// <summary>Parses a string value: quotes are optional, escapes as in C.</summary>
    public static string? Parse(string text, int capacity, out string error)
    {
        error = "";
        if (!TryUnquote(text, out string value))
        {
            error = $"the quotes inside {text} must be escaped with a backslash";
            return null;
        }

        value = Unescape(value);
        if (capacity > 0 && value.Length > capacity)
        {
            error = $"{text} is longer than the type's {capacity} characters";
            return null;
        }

        return ToCSharp(value);
    }

    /// <summary>A C# literal of <paramref name="value"/>, in ASCII.</summary>
    public static string ToCSharp(string value)
    {
        var text = new StringBuilder(value.Length + 2);
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"' or '\\':
                    text.Append('\\').Append(c);
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case >= ' ' and <= '~':
                    text.Append(c);
                    break;
                default:
                    text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return text.Append('"').ToString();
    }

    private static bool TryUnquote(string text, out string value)
    {
        value = text;
        if (text.Length < 2 || text[0] is not ('"' or '\'') || text[text.Length - 1] != text[0])
        {
            return true;
        }

        char quote = text[0];
        value = text.Substring(1, text.Length - 2);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == quote)
            {
                return false;
            }
        }

        return true;
    }

    private static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0)
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }

            i++;
            int simple = "abfnrtv\\'\"".IndexOf(value[i]);
            if (simple >= 0)
            {
                text.Append("\a\b\f\n\r\t\v\\'\""[simple]);
            }
            else if (!TryUnescapeCode(value, ref i, text))
            {
                text.Append('\\').Append(value[i]);
            }
        }

        return text.ToString();
    }

    private static bool TryUnescapeCode(string value, ref int i, StringBuilder text)
    {
        int length = value[i] switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (length > 0)
        {
            if (i + length >= value.Length || !int.TryParse(
                value.Substring(i + 1, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            {
                return false;
            }

            text.Append((char)code);
            i += length;
            return true;
        }

        int end = i;
        int octal = 0;
        while (end < value.Length && end < i + 3 && value[end] is >= '0' and <= '7')
        {
            octal = (octal * 8) + (value[end++] - '0');
        }

        if (end == i)
        {
            return false;
        }

        text.Append((char)octal);
        i = end - 1;
        return true;
    }
}
