using System;
using System.Globalization;
using System.Text;

namespace Ros2.Generator.Parsing;

/// <summary>Strings of interface files and of C#.</summary>
internal static class StringLiteral
{
    /// <summary>Parses a string value: quotes are optional, escapes as in <see cref="StringEscapes"/>.</summary>
    /// <param name="text">The value as written.</param>
    /// <param name="capacity">Most characters, as written between the quotes; 0 for any number.</param>
    /// <param name="isElement">Whether it stands in an array.</param>
    /// <param name="error">What is wrong, when the result is null.</param>
    public static string? Parse(string text, int capacity, bool isElement, out string error)
    {
        error = "";
        if (!TryUnquote(text, out string value))
        {
            error = $"the quotes inside {text} must be escaped with a backslash";
            return null;
        }

        if (capacity > 0 && CountCharacters(value) > capacity)
        {
            error = $"{text} is longer than the type's {capacity} characters";
            return null;
        }

        return ToCSharp(isElement ? StringEscapes.Read(value) : StringEscapes.ReadSingle(value));
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

    private static int CountCharacters(string value)
    {
        int count = value.Length;
        for (int i = 1; i < value.Length; i++)
        {
            count -= char.IsSurrogatePair(value[i - 1], value[i]) ? 1 : 0;
        }

        return count;
    }

    // A lone quote is its own counterpart, as in rosidl. A quote is escaped by the backslash before it, whatever stands before that.
    private static bool TryUnquote(string text, out string value)
    {
        value = text;
        if (text.Length == 0 || text[0] is not ('"' or '\'') || text[text.Length - 1] != text[0])
        {
            return true;
        }

        char quote = text[0];
        value = text.Substring(1, Math.Max(0, text.Length - 2));
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == quote && (i == 0 || value[i - 1] != '\\'))
            {
                return false;
            }
        }

        value = value.Replace("\\" + quote, quote.ToString());
        return true;
    }
}
