namespace ROS2;

/// <summary>What a piece of a filter expression is.</summary>
internal enum FilterTokenKind
{
    End,
    Word,
    Number,
    Text,
    Parameter,
    Symbol,
}

/// <summary>A piece of a filter expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As written; a text without its quotes, a parameter without its sign.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Column)
{
    /// <summary>Whether it is a keyword or symbol, in any case.</summary>
    public bool Is(string text) =>
        Kind is FilterTokenKind.Word or FilterTokenKind.Symbol && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Cuts a filter expression into pieces.</summary>
internal static class FilterLexer
{
    private static readonly string[] Symbols = ["<>", "!=", "<=", ">=", "=", "<", ">", "(", ")", "-", "+"];

    /// <summary>All pieces, an end at the end.</summary>
    /// <exception cref="ArgumentException">A character or text is out of place.</exception>
    public static List<FilterToken> Read(string expression)
    {
        var tokens = new List<FilterToken>();
        int at = 0;
        while (true)
        {
            while (at < expression.Length && char.IsWhiteSpace(expression[at]))
            {
                at++;
            }

            if (at == expression.Length)
            {
                tokens.Add(new FilterToken(FilterTokenKind.End, "the end", at + 1));
                return tokens;
            }

            tokens.Add(Next(expression, ref at));
        }
    }

    private static FilterToken Next(string expression, ref int at)
    {
        int start = at;
        char first = expression[at];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new FilterToken(FilterTokenKind.Word, While(expression, ref at, c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '[' or ']'), start + 1);
        }

        if (char.IsAsciiDigit(first) || first == '.')
        {
            return new FilterToken(FilterTokenKind.Number, Number(expression, ref at), start + 1);
        }

        if (first == '%')
        {
            at++;
            return new FilterToken(FilterTokenKind.Parameter, While(expression, ref at, char.IsAsciiDigit), start + 1);
        }

        if (first is '\'' or '`')
        {
            int end = expression.IndexOf('\'', start + 1);
            at = end + 1;
            return end > 0
                ? new FilterToken(FilterTokenKind.Text, expression[(start + 1)..end], start + 1)
                : throw Wrong(start + 1, "a text has no closing quote");
        }

        int place = at;
        string symbol = Array.Find(Symbols, s => string.CompareOrdinal(expression, place, s, 0, s.Length) == 0)
            ?? throw Wrong(start + 1, $"'{first}' was not expected");
        at += symbol.Length;
        return new FilterToken(FilterTokenKind.Symbol, symbol, start + 1);
    }

    public static ArgumentException Wrong(int column, string what) =>
        new(FormattableString.Invariant($"filter expression, column {column}: {what}"));

    private static string While(string expression, ref int at, Func<char, bool> belongs)
    {
        int start = at;
        while (at < expression.Length && belongs(expression[at]))
        {
            at++;
        }

        return expression[start..at];
    }

    // A sign belongs to a number only behind an exponent; 0x1F is one too.
    private static string Number(string expression, ref int at)
    {
        int start = at;
        bool isHex = expression.AsSpan(at).StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        for (; at < expression.Length; at++)
        {
            bool isSign = expression[at] is '+' or '-' && !isHex && at > start && expression[at - 1] is 'e' or 'E';
            if (!(char.IsAsciiLetterOrDigit(expression[at]) || expression[at] == '.' || isSign))
            {
                break;
            }
        }

        return expression[start..at];
    }
}
