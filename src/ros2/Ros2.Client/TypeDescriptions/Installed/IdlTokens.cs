using System.Text.RegularExpressions;

namespace ROS2;

/// <summary>The words of an .idl file (OMG IDL 4.2, 7.2), without comments and lines for the preprocessor.</summary>
internal sealed partial class IdlTokens
{
    private readonly string _path;
    private readonly List<(string Text, int Line)> _tokens = [];
    private int _next;

    /// <summary>Takes a text apart.</summary>
    /// <exception cref="FormatException">One line with file and line.</exception>
    public IdlTokens(string path, string text)
    {
        _path = path;
        int line = 1;
        int end = 0;
        foreach (Match match in Token().Matches(text))
        {
            line += text.AsSpan(end, match.Index - end).Count('\n');
            if (!string.IsNullOrWhiteSpace(text[end..match.Index]))
            {
                throw new FormatException($"{path}:{line}: '{text[end..match.Index].Trim()}' is not IDL");
            }

            if (!match.Groups["skip"].Success)
            {
                _tokens.Add((match.Value, line));
            }

            line += match.ValueSpan.Count('\n');
            end = match.Index + match.Length;
        }

        if (!string.IsNullOrWhiteSpace(text[end..]))
        {
            throw new FormatException($"{path}:{line}: '{text[end..].Trim().Split('\n')[0]}' is not IDL");
        }
    }

    /// <summary>Whether all words were taken.</summary>
    public bool IsAtEnd => _next == _tokens.Count;

    /// <summary>The next word; empty at the end.</summary>
    public string Peek => IsAtEnd ? "" : _tokens[_next].Text;

    /// <summary>Takes the next word.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public string Take() => IsAtEnd ? throw Error("the file ends too early") : _tokens[_next++].Text;

    /// <summary>Takes the next word if it is a certain one.</summary>
    public bool TryTake(string text)
    {
        bool isNext = Peek == text;
        _next += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Takes a certain word.</summary>
    /// <exception cref="FormatException">Another stands there.</exception>
    public void Expect(string text)
    {
        if (!TryTake(text))
        {
            throw Error($"expected '{text}', not '{Peek}'");
        }
    }

    /// <summary>Takes a name, scoped or not.</summary>
    /// <exception cref="FormatException">None stands there.</exception>
    public string TakeName() => Peek is [var first, ..] && (char.IsAsciiLetter(first) || first is '_' or ':')
        ? Take()
        : throw Error($"expected a name, not '{Peek}'");

    /// <summary>An error at the next word.</summary>
    public FormatException Error(string message) =>
        new($"{_path}:{(_tokens.Count == 0 ? 1 : _tokens[Math.Min(_next, _tokens.Count - 1)].Line)}: {message}");

    [GeneratedRegex(
        """(?<skip>//[^\n]*|/\*.*?\*/|^[ \t]*\#[^\n]*)|(?:::)?[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*|L?"(?:\\.|[^"\\])*"|L?'(?:\\.|[^'\\])+'|[-+]?(?:\d[\w.]*(?:[eE][-+]\d+)?|\.\d[\w]*(?:[eE][-+]\d+)?)|[][{}()<>,;=@]""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Token();
}
