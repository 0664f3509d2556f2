using System.Collections.Generic;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>Parses defaults of fields, those of arrays as <c>[1, 2, 3]</c>.</summary>
internal static class ArrayValueParser
{
    /// <returns>One C# literal per element, or null with an error.</returns>
    public static List<string>? Parse(FieldType type, string text, out string error)
    {
        if (type.IsMessage)
        {
            error = "a field that holds messages cannot have a default";
            return null;
        }

        if (type.Collection == RosCollectionKind.None)
        {
            string? literal = ValueParser.Parse(type.Kind, text, type.StringCapacity, isElement: false, out error);
            return literal is null ? null : [literal];
        }

        if (text.Length < 2 || text[0] != '[' || text[text.Length - 1] != ']')
        {
            error = "the default of an array must begin with '[' and end with ']'";
            return null;
        }

        string inner = text.Substring(1, text.Length - 2);
        List<string>? elements = type.IsString || type.IsWString ? SplitStrings(inner) : inner.Length == 0 ? [] : [.. inner.Split(',')];
        if (elements is null)
        {
            error = "a quote in the default of an array is not closed";
            return null;
        }

        return CheckCount(type, elements.Count, out error) ? ParseElements(type, elements, out error) : null;
    }

    private static bool CheckCount(FieldType type, int count, out string error)
    {
        error = "";
        if (type.Collection == RosCollectionKind.Array && count != type.Capacity)
        {
            error = $"the default must have exactly {type.Capacity} elements, not {count}";
        }
        else if (type.Collection == RosCollectionKind.BoundedSequence && count > type.Capacity)
        {
            error = $"the default must have at most {type.Capacity} elements, not {count}";
        }

        return error.Length == 0;
    }

    private static List<string>? ParseElements(FieldType type, List<string> elements, out string error)
    {
        error = "";
        var literals = new List<string>(elements.Count);
        foreach (string element in elements)
        {
            string? literal = ValueParser.Parse(type.Kind, element.Trim(), type.StringCapacity, isElement: true, out error);
            if (literal is null)
            {
                return null;
            }

            literals.Add(literal);
        }

        return literals;
    }

    // Commas separate, except inside quotes; one at the end begins no further string. Blanks around a string are not part of it,
    // not even inside its quotes. Null where a quote is not closed.
    private static List<string>? SplitStrings(string text)
    {
        var parts = new List<string>();
        for (int start = SkipBlanks(text, 0); start < text.Length; start = SkipBlanks(text, start))
        {
            bool isQuoted = text[start] is '"' or '\'';
            int end = isQuoted ? FindClosingQuote(text, start) : text.IndexOf(',', start);
            if (isQuoted && end < 0)
            {
                return null;
            }

            end = end < 0 ? text.Length : end;
            parts.Add(isQuoted
                ? text.Substring(start + 1, end - start - 1).Replace("\\" + text[start], text[start].ToString())
                : text.Substring(start, end - start));
            start = SkipBlanks(text, isQuoted ? end + 1 : end);
            start += start < text.Length && text[start] == ',' ? 1 : 0;
        }

        return parts;
    }

    private static int SkipBlanks(string text, int start)
    {
        while (start < text.Length && text[start] == ' ')
        {
            start++;
        }

        return start;
    }

    // -1 when there is none.
    private static int FindClosingQuote(string text, int open)
    {
        int close = text.IndexOf(text[open], open + 1);
        while (close > 0 && text[close - 1] == '\\')
        {
            close = text.IndexOf(text[open], close + 1);
        }

        return close;
    }
}
