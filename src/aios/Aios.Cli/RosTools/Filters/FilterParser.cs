using System.Globalization;
using System.Text.RegularExpressions;
using Aios.Cli.Launch;

namespace Aios.Cli.RosTools.Filters;

/// <summary>Recursive descent over the grammar of <see cref="MessageFilter"/>; gives a function of the message.</summary>
internal sealed partial class FilterParser
{
    private const int MaximumDepth = 100;

    private readonly TokenCursor _tokens = new();
    private int _depth;

    /// <exception cref="FormatException">A character belongs to no token.</exception>
    public FilterParser(string text)
    {
        var at = 0;
        while (Token().Match(text, at) is { Success: true } match)
        {
            var (number, quoted) = (match.Groups["number"], match.Groups["quoted"]);
            object? literal = number.Success ? ToNumber(number.Value) : quoted.Success ? Unquote(quoted.Value) : null;
            _tokens.Add(match.Value.TrimStart(), literal, match.Index + match.Length - match.Value.TrimStart().Length + 1);
            at = match.Index + match.Length;
        }

        var rest = text[at..].TrimStart();
        if (rest.Length > 0)
        {
            throw new FormatException(FormattableString.Invariant($"column {text.Length - rest.Length + 1}: unexpected '{rest[0]}'"));
        }
    }

    private string Peek => _tokens.Peek;

    /// <exception cref="FormatException">The tokens are no expression.</exception>
    public Func<object?, object?> Parse()
    {
        var value = Or();
        return _tokens.IsAtEnd ? value : throw _tokens.Unexpected();
    }

    private Func<object?, object?> Or()
    {
        if (++_depth > MaximumDepth)
        {
            throw new FormatException("nested too deeply");
        }

        var left = And();
        while (_tokens.Take("or"))
        {
            var (first, second) = (left, And());
            left = m => first(m) is var value && FilterValues.Truth(value) ? value : second(m);
        }

        _depth--;
        return left;
    }

    private Func<object?, object?> And()
    {
        var left = Not();
        while (_tokens.Take("and"))
        {
            var (first, second) = (left, Not());
            left = m => first(m) is var value && FilterValues.Truth(value) ? second(m) : value;
        }

        return left;
    }

    private Func<object?, object?> Not()
    {
        var negations = 0;
        while (_tokens.Take("not"))
        {
            negations++;
        }

        var value = Comparison();
        return negations == 0 ? value : m => FilterValues.Truth(value(m)) == (negations % 2 == 0);
    }

    // a < b < c holds when both do.
    private Func<object?, object?> Comparison()
    {
        var left = Sum();
        Func<object?, object?>? all = null;
        while (Comparator() is { } operation)
        {
            var (first, second, before) = (left, Sum(), all);
            all = m => (before is null || FilterValues.Truth(before(m))) && FilterValues.Compare(operation, first(m), second(m));
            left = second;
        }

        return all ?? left;
    }

    private string? Comparator()
    {
        if (Peek is "==" or "!=" or "<" or "<=" or ">" or ">=" or "in")
        {
            return _tokens.Next().Text;
        }

        if (!_tokens.Take("not"))
        {
            return null;
        }

        _tokens.Expect("in");
        return "not in";
    }

    private Func<object?, object?> Sum()
    {
        var left = Product();
        while (Peek is "+" or "-")
        {
            left = Operation(left, Product);
        }

        return left;
    }

    private Func<object?, object?> Product()
    {
        var left = Signed();
        while (Peek is "*" or "/" or "//" or "%")
        {
            left = Operation(left, Signed);
        }

        return left;
    }

    private Func<object?, object?> Signed()
    {
        var isNegative = false;
        while (Peek is "-" or "+")
        {
            isNegative ^= _tokens.Next().Text == "-";
        }

        var value = Postfix();
        value = Peek == "**" ? Operation(value, Signed) : value;
        return isNegative ? m => FilterValues.Apply("-", 0L, value(m)) : value;
    }

    private Func<object?, object?> Operation(Func<object?, object?> left, Func<Func<object?, object?>> parseRight)
    {
        var operation = _tokens.Next().Text;
        var right = parseRight();
        return m => FilterValues.Apply(operation, left(m), right(m));
    }

    private Func<object?, object?> Postfix()
    {
        var value = Atom();
        while (true)
        {
            var inner = value;
            if (_tokens.Take("."))
            {
                var name = Name();
                if (_tokens.Take("("))
                {
                    var arguments = List(")");
                    value = m => FilterValues.CallMethod(inner(m), name, [.. arguments.Select(argument => argument(m))]);
                }
                else
                {
                    value = m => FilterValues.Field(inner(m), name);
                }
            }
            else if (_tokens.Take("["))
            {
                var index = Or();
                _tokens.Expect("]");
                value = m => FilterValues.Element(inner(m), index(m));
            }
            else
            {
                return value;
            }
        }
    }

    private Func<object?, object?> Atom()
    {
        if (_tokens.TakeLiteral() is { } literal)
        {
            return _ => literal;
        }

        if (_tokens.Take("("))
        {
            var inner = Or();
            _tokens.Expect(")");
            return inner;
        }

        if (_tokens.Take("["))
        {
            var items = List("]");
            return m => items.ConvertAll(item => item(m));
        }

        return Name() switch
        {
            "m" => m => m,
            "True" => _ => true,
            "False" => _ => false,
            "None" => _ => null,
            var function when _tokens.Take("(") => Call(function, List(")")),
            var name => throw new FormatException($"'{name}' is not known here, the message is 'm'"),
        };
    }

    private static Func<object?, object?> Call(string function, List<Func<object?, object?>> arguments) =>
        m => FilterValues.Call(function, [.. arguments.Select(argument => argument(m))]);

    private List<Func<object?, object?>> List(string end)
    {
        var items = new List<Func<object?, object?>>();
        while (Peek != end)
        {
            items.Add(Or());
            if (!_tokens.Take(","))
            {
                break;
            }
        }

        _tokens.Expect(end);
        return items;
    }

    private string Name()
    {
        var isName = Peek.Length > 0 && (char.IsAsciiLetter(Peek[0]) || Peek[0] == '_') && Peek is not ("and" or "or" or "not" or "in");
        return isName ? _tokens.Next().Text : throw _tokens.Unexpected();
    }

    private static object ToNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : (object)double.Parse(text, CultureInfo.InvariantCulture);

    private static string Unquote(string quoted) => Escape().Replace(quoted[1..^1], match => match.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        var other => other.ToString(),
    });

    [GeneratedRegex("""\G\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|(?<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|[A-Za-z_]\w*|\*\*|//|[=!<>]=|[-+*/%<>()\[\].,])""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\\.", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Escape();
}
