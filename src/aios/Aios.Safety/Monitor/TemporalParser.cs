using System.Globalization;

namespace Aios.Safety.Monitor;

/// <summary>Recursive descent over the syntax of <see cref="TemporalFormula"/>; gives its items, operands before operators.</summary>
internal sealed class TemporalParser(string text)
{
    private const int MostDepth = 64;
    private int _at;
    private int _depth;

    public List<TemporalFormula.Item> Items { get; } = [];

    public List<string> Names { get; } = [];

    public void Read()
    {
        ArgumentNullException.ThrowIfNull(text);
        Implication();
        SkipBlanks();
        if (_at < text.Length)
        {
            throw Unexpected();
        }
    }

    private int Implication()
    {
        if (++_depth > MostDepth)
        {
            throw new FormatException($"'{text}' is nested too deeply");
        }

        int left = Chain("|", TemporalFormula.Operator.Or, () => Chain("&", TemporalFormula.Operator.And, () =>
            Chain("since", TemporalFormula.Operator.Since, Prefixed)));
        left = Take("->") ? Add(TemporalFormula.Operator.Implies, left, Implication()) : left;
        _depth--;
        return left;
    }

    private int Chain(string word, TemporalFormula.Operator op, Func<int> operand)
    {
        int left = operand();
        while (Take(word))
        {
            left = Add(op, left, operand());
        }

        return left;
    }

    private int Prefixed()
    {
        if (Take("!"))
        {
            return Add(TemporalFormula.Operator.Not, Prefixed());
        }

        if (Take("("))
        {
            int inner = Implication();
            return Take(")") ? inner : throw Unexpected();
        }

        string word = Word();
        switch (word)
        {
            case "true" or "false":
                return Add(TemporalFormula.Operator.Constant, word == "true" ? 1 : 0);
            case "previously":
                return Add(TemporalFormula.Operator.Previously, Prefixed());
            case "once" or "historically":
                long bound = Bound();
                var op = word == "once" ? TemporalFormula.Operator.Once : TemporalFormula.Operator.Historically;
                return Add(op, Prefixed(), 0, bound);
            case "" or "since":
                throw Unexpected();
            default:
                int name = Names.IndexOf(word);
                if (name < 0)
                {
                    name = Names.Count;
                    Names.Add(word);
                }

                return Add(TemporalFormula.Operator.Name, name);
        }
    }

    private long Bound()
    {
        if (!Take("["))
        {
            return -1;
        }

        int end = text.IndexOf(']', _at);
        string number = end < 0 ? "" : text[_at..end];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds > 1e9)
        {
            throw Unexpected();
        }

        _at = end + 1;
        return (long)Math.Round(seconds * 1e9);
    }

    private int Add(TemporalFormula.Operator op, int left, int right = 0, long boundNs = -1)
    {
        Items.Add(new TemporalFormula.Item(op, left, right, boundNs));
        return Items.Count - 1;
    }

    private bool Take(string token)
    {
        SkipBlanks();
        bool found = string.CompareOrdinal(text, _at, token, 0, token.Length) == 0;
        if (found && char.IsLetter(token[0]) && _at + token.Length < text.Length && IsWordCharacter(text[_at + token.Length]))
        {
            return false;
        }

        _at += found ? token.Length : 0;
        return found;
    }

    private string Word()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && IsWordCharacter(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private FormatException Unexpected() => new(
        string.Create(CultureInfo.InvariantCulture, $"'{text}': unexpected {(_at < text.Length ? $"'{text[_at]}'" : "end")} at column {_at + 1}"));
}
