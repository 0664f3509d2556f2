using System.Collections.Generic;
using System.Text;
using Ros2.Generator.Model;

namespace Ros2.Generator.Parsing;

/// <summary>A line of an interface file and where it stands.</summary>
internal readonly record struct SourceLine(int Number, int Offset, string Text)
{
    public SourceSpan Span(int column, int length) => new(Number, column, length, Offset + column);

    public static List<SourceLine> Split(string text)
    {
        var lines = new List<SourceLine>();
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '\n')
            {
                if (i < text.Length || i > start)
                {
                    lines.Add(new SourceLine(lines.Count, start, text.Substring(start, i - start)));
                }

                start = i + 1;
            }
        }

        return lines;
    }

    public static string Join(List<SourceLine> lines)
    {
        var text = new StringBuilder();
        foreach (SourceLine line in lines)
        {
            text.Append(line.Text.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
