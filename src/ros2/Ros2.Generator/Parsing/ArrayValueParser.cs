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
            string? literal = ValueParser.Parse(type.Kind, text, type.StringCapacity, out error);
            return literal is null ? null : [literal];
        }

        if (text.Length < 2 || text[0] != '[' || text[text.Length - 1] != ']')
        {
            error = "the default of an array must begin with '[' and end with ']'";
            return null;
        }

        List<string> elements = Split(text.Substring(1, text.Length - 2));
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
            string? literal = ValueParser.Parse(type.Kind, element, type.StringCapacity, out error);
            if (literal is null)
            {
                return null;
            }

            literals.Add(literal);
        }

        return literals;
    }

    // Commas separate, except inside quotes.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        int start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0' && c == '\\')
            {
                i++;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' && text.Substring(start, i - start).Trim().Length == 0)
            {
                quote = c;
            }
            else if (c == ',')
            {
                parts.Add(text.Substring(start, i - start).Trim());
                start = i + 1;
            }
        }

        string last = text.Substring(start).Trim();
        if (last.Length > 0 || parts.Count > 0)
        {
            parts.Add(last);
        }

        return parts;
    }
}
