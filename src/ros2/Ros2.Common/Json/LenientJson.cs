using System.Text;

namespace ROS2;

/// <summary>Python writes NaN and the infinities into JSON as bare words; this puts them into quotes.</summary>
internal static class LenientJson
{
    private static readonly string[] Words = ["-Infinity", "Infinity", "NaN"];

    public static string QuoteSpecialNumbers(string json)
    {
        if (!json.Contains("NaN", StringComparison.Ordinal) && !json.Contains("Infinity", StringComparison.Ordinal))
        {
            return json;
        }

        var text = new StringBuilder(json.Length + 16);
        bool inString = false;
        for (int i = 0; i < json.Length; i++)
        {
            char c = json[i];
            if (inString)
            {
                text.Append(c);
                if (c == '\\' && i + 1 < json.Length)
                {
                    text.Append(json[++i]);
                }

                inString = c != '"';
            }
            else if (WordAt(json, i) is { } word)
            {
                text.Append('"').Append(word).Append('"');
                i += word.Length - 1;
            }
            else
            {
                text.Append(c);
                inString = c == '"';
            }
        }

        return text.ToString();
    }

    private static string? WordAt(string json, int index)
    {
        foreach (string word in Words)
        {
            if (json.AsSpan(index).StartsWith(word, StringComparison.Ordinal))
            {
                return word;
            }
        }

        return null;
    }
}
