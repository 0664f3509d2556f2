namespace Aios.Cli.Launch;

/// <summary>The tokens of an expression and the place a parser has come to.</summary>
internal sealed class TokenCursor
{
    private readonly List<(string Text, object? Literal, int Column)> _tokens = [];
    private int _at;

    /// <summary>The next token where it is no literal; empty at the end.</summary>
    public string Peek => _at < _tokens.Count && _tokens[_at].Literal is null ? _tokens[_at].Text : "";

    /// <summary>Whether every token was taken.</summary>
    public bool IsAtEnd => _at == _tokens.Count;

    /// <summary>Appends a token.</summary>
    /// <param name="text">As written.</param>
    /// <param name="literal">The value of a number, text or the like; null for names and operators.</param>
    /// <param name="column">Where it stands, from 1; 0 where that is not told.</param>
    public void Add(string text, object? literal, int column = 0) => _tokens.Add((text, literal, column));

    /// <summary>Takes the next token, whatever it is.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public (string Text, object? Literal) Next()
    {
        if (IsAtEnd)
        {
            throw Unexpected();
        }

        var (text, literal, _) = _tokens[_at++];
        return (text, literal);
    }

    /// <summary>Takes the next token if it is a literal.</summary>
    public object? TakeLiteral() => _at < _tokens.Count && _tokens[_at].Literal is { } literal && ++_at > 0 ? literal : null;

    /// <summary>Takes the next token if it is this one.</summary>
    public bool Take(string text)
    {
        var found = Peek == text;
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>Takes this token.</summary>
    /// <exception cref="FormatException">Another one comes.</exception>
    public void Expect(string text)
    {
        if (!Take(text))
        {
            throw new FormatException($"{Unexpected().Message}, expected '{text}'");
        }
    }

    /// <summary>Says that the next token has no place here.</summary>
    public FormatException Unexpected()
    {
        if (IsAtEnd)
        {
            return new FormatException("the expression ends too early");
        }

        var (text, _, column) = _tokens[_at];
        return new FormatException(column > 0 ? FormattableString.Invariant($"column {column}: unexpected '{text}'") : $"unexpected '{text}'");
    }
}
