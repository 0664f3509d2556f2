using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ROS2;

/// <summary>Writes YAML 1.1 scalars in the style PyYAML chooses: plain where that reads back as the same, else quoted.</summary>
internal static partial class YamlScalars
{
    private const string FirstIndicators = "#,[]{}&*!|>'\"%@`";
    private const string LaterFlowIndicators = ",?[]{}";
    private const string Blanks = "\0 \t\r\n\x85\u2028\u2029";

    /// <summary>A string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="indent">Spaces before a further line, if it needs several.</param>
    /// <param name="isFlow">Whether it stands between braces or brackets.</param>
    public static string Text(string text, int indent, bool isFlow)
    {
        if (IsPlain(text, isFlow))
        {
            return text;
        }

        return NeedsEscapes(text) ? DoubleQuoted(text) : SingleQuoted(text, indent);
    }

    /// <summary>A number.</summary>
    public static string Number(double value)
    {
        string text = PythonText.Number(value);
        int mark = text.IndexOf('e', StringComparison.Ordinal);
        return text switch
        {
            "nan" => ".nan",
            "inf" => ".inf",
            "-inf" => "-.inf",
            _ when mark >= 0 && !text.Contains('.', StringComparison.Ordinal) => text.Insert(mark, ".0"),
            _ => text,
        };
    }

    private static bool IsPlain(string text, bool isFlow)
    {
        if (text.Length == 0 || text[0] is ' ' or '\n' || text[^1] is ' ' or '\n' || OtherType().IsMatch(text)
            || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            bool beforeBlank = i + 1 == text.Length || Blanks.Contains(text[i + 1], StringComparison.Ordinal);
            bool afterBlank = i == 0 || Blanks.Contains(text[i - 1], StringComparison.Ordinal);
            if (text[i] == '\n' || IsSpecial(text, i) || IsIndicator(text[i], i == 0, afterBlank, beforeBlank, isFlow))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIndicator(char c, bool isFirst, bool afterBlank, bool beforeBlank, bool isFlow) => isFirst
        ? FirstIndicators.Contains(c, StringComparison.Ordinal) || (c is '?' or ':' && (isFlow || beforeBlank)) || (c == '-' && beforeBlank)
        : (isFlow && LaterFlowIndicators.Contains(c, StringComparison.Ordinal))
            || (c == ':' && (isFlow || beforeBlank))
            || (c == '#' && afterBlank);

    // Line breaks beside spaces do not survive single quotes, control characters no plain or single-quoted style.
    private static bool NeedsEscapes(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isSpaceByBreak = text[i] == ' ' && ((i > 0 && text[i - 1] == '\n') || (i + 1 < text.Length && text[i + 1] == '\n'));
            if (isSpaceByBreak || IsSpecial(text, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSpecial(string text, int index)
    {
        char c = text[index];
        if (char.IsSurrogate(c))
        {
            bool isPair = char.IsHighSurrogate(c)
                ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
                : index > 0 && char.IsHighSurrogate(text[index - 1]);
            return !isPair;
        }

        // PyYAML writes the other line breaks (NEL, LS, PS) as they are and loses them in reading back.
        return c is not ('\n' or (>= ' ' and <= '~') or (>= '\xa0' and <= '\ufffd')) or '\u2028' or '\u2029' or '\ufeff';
    }

    private static string SingleQuoted(string text, int indent)
    {
        string inner = text.Replace("'", "''", StringComparison.Ordinal);
        return $"'{inner.Replace("\n", "\n\n" + new string(' ', indent), StringComparison.Ordinal)}'";
    }

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\0' => quoted.Append("\\0"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\v' => quoted.Append("\\v"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),
                '\x1b' => quoted.Append("\\e"),
                _ when IsSpecial(text, i) && c <= '\xff' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ when IsSpecial(text, i) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // What YAML 1.1 reads as null, bool, integer, float, time stamp, merge or value when it stands plain.
    [GeneratedRegex(
        @"^(?:~|null|Null|NULL|=|<<|
        yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|
        [-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+|
        [-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|
        [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|
        \d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)\z",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex OtherType();
}
