using System.Globalization;

namespace Aios.Cli.Launch;

/// <summary>Recursive descent over the grammar of <see cref="LaunchExpression"/>; values are long, double, bool or string.</summary>
internal sealed class LaunchExpressionParser
{
    private const int MaximumDepth = 100;
    private static readonly string[] Operators =
        ["==", "!=", "<=", ">=", "//", "<", ">", "+", "-", "*", "/", "%", "(", ")", ","];

    private readonly TokenCursor _tokens = new();
    private int _depth;

    /// <exception cref="FormatException">A character belongs to no token.</exception>
    public LaunchExpressionParser(string text) => Tokenize(text);

    private string Peek => _tokens.Peek;

    public object ParseAll()
    {
        var value = Choice();
        return _tokens.IsAtEnd ? value : throw _tokens.Unexpected();
    }

    private object Choice()
    {
        if (++_depth > MaximumDepth)
        {
            throw new FormatException("nested too deeply");
        }

        var value = Or();
        if (_tokens.Take("if"))
        {
            var condition = Truth(Or());
            _tokens.Expect("else");
            var otherwise = Choice();
            value = condition ? value : otherwise;
        }

        _depth--;
        return value;
    }

    private object Or()
    {
        var value = And();
        while (_tokens.Take("or"))
        {
            var right = And();
            value = Truth(value) ? value : right;
        }

        return value;
    }

    private object And()
    {
        var value = Not();
        while (_tokens.Take("and"))
        {
            var right = Not();
            value = Truth(value) ? right : value;
        }

        return value;
    }

    private object Not()
    {
        var negations = 0;
        while (_tokens.Take("not"))
        {
            negations++;
        }

        var value = Comparison();
        return negations == 0 ? value : Truth(value) == (negations % 2 == 0);
    }

    private object Comparison()
    {
        var left = Sum();
        if (Peek is not ("==" or "!=" or "<" or "<=" or ">" or ">=" or "in" or "not"))
        {
            return left;
        }

        var operation = _tokens.Next().Text;
        if (operation == "not")
        {
            _tokens.Expect("in");
            return !Contains(Sum(), left);
        }

        var right = Sum();
        return operation == "in" ? Contains(right, left) : LaunchArithmetic.Compare(operation, left, right);
    }

    private object Sum()
    {
        var value = Product();
        while (Peek is "+" or "-")
        {
            value = LaunchArithmetic.Apply(_tokens.Next().Text, value, Product());
        }

        return value;
    }

    private object Product()
    {
        var value = Signed();
        while (Peek is "*" or "/" or "//" or "%")
        {
            value = LaunchArithmetic.Apply(_tokens.Next().Text, value, Signed());
        }

        return value;
    }

    private object Signed()
    {
        var negative = false;
        while (Peek is "-" or "+")
        {
            negative ^= _tokens.Next().Text == "-";
        }

        var value = Atom();
        return negative ? LaunchArithmetic.Apply("-", 0L, value) : value;
    }

    private object Atom()
    {
        var (text, value) = _tokens.Next();
        if (value is not null)
        {
            return value;
        }

        if (text == "(")
        {
            var inner = Choice();
            _tokens.Expect(")");
            return inner;
        }

        if (Array.IndexOf(Operators, text) >= 0 || text is "and" or "or" or "not" or "in" or "if" or "else")
        {
            throw new FormatException($"unexpected '{text}'");
        }

        return Peek == "(" ? Call(text) : text;
    }

    private object Call(string function)
    {
        _tokens.Expect("(");
        var arguments = new List<object>();
        while (Peek != ")")
        {
            arguments.Add(Choice());
            if (!_tokens.Take(","))
            {
                break;
            }
        }

        _tokens.Expect(")");
        return LaunchArithmetic.Call(function, arguments);
    }

    private static bool Truth(object value) => LaunchArithmetic.Truth(value);

    private static bool Contains(object whole, object part) => whole is string text && part is string piece
        ? text.Contains(piece, StringComparison.Ordinal)
        : throw new FormatException("'in' needs two strings");

    private void Tokenize(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var c = text[at];
            var operation = Array.Find(Operators, candidate => string.CompareOrdinal(text, at, candidate, 0, candidate.Length) == 0);
            var start = at;
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '\'' or '"')
            {
                at = text.IndexOf(c, start + 1);
                if (at < 0)
                {
                    throw new FormatException($"no closing {c}");
                }

                _tokens.Add(text[start..++at], text[(start + 1)..(at - 1)]);
            }
            else if (operation is not null)
            {
                at += operation.Length;
                _tokens.Add(operation, null);
            }
            else
            {
                at = EndOfWord(text, start);
                _tokens.Add(text[start..at], Literal(text[start..at]));
            }
        }
    }

    // Letters, digits, '.', '_', and the sign of an exponent.
    private static int EndOfWord(string text, int at)
    {
        var start = at;
        while (at < text.Length
            && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '_' or ':'
                || (at > start && text[at] is '+' or '-' && text[at - 1] is 'e' or 'E' && char.IsDigit(text[start]))))
        {
            at++;
        }

        return at > start ? at : throw new FormatException($"unexpected '{text[at]}'");
    }

    private static object? Literal(string word)
    {
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        if ((char.IsDigit(word[0]) || word[0] == '.') && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return word switch
        {
            "True" or "true" => true,
            "False" or "false" => (object)false,
            _ => null,
        };
    }
}
