using System.Globalization;

namespace ROS2;

/// <summary>A filter expression, read and checked against a message type. Immutable.</summary>
internal sealed class ContentFilter
{
    private const int MaxParameters = 100;

    private readonly List<FilterToken> _tokens;
    private readonly RosMessageType _type;
    private readonly IReadOnlyList<string> _parameters;
    private readonly Func<IRosMessage, bool> _condition;
    private int _at;

    /// <exception cref="ArgumentException">The expression is wrong; the message says where and why.</exception>
    private ContentFilter(RosMessageType type, ContentFilterOptions options)
    {
        Options = options;
        _type = type;
        _parameters = options.ExpressionParameters;
        _tokens = FilterLexer.Read(options.FilterExpression);
        if (_parameters.Count > MaxParameters)
        {
            throw new ArgumentException(FormattableString.Invariant($"a filter may have {MaxParameters} parameters, not {_parameters.Count}"));
        }

        _condition = ReadOr();
        if (Next.Kind != FilterTokenKind.End)
        {
            throw Wrong("AND, OR or the end was expected");
        }
    }

    private delegate bool Getter(IRosMessage message, out FilterValue value);

    public ContentFilterOptions Options { get; }

    private FilterToken Next => _tokens[_at];

    /// <summary>Reads a filter; null when the expression is empty.</summary>
    /// <exception cref="ArgumentException">The expression is wrong; the message says where and why.</exception>
    public static ContentFilter? Parse(RosMessageType type, ContentFilterOptions? options) =>
        string.IsNullOrWhiteSpace(options?.FilterExpression) ? null : new ContentFilter(type, options);

    /// <summary>Whether a message is wanted.</summary>
    public bool Passes(IRosMessage message) => _condition(message);

    private Func<IRosMessage, bool> ReadOr()
    {
        Func<IRosMessage, bool> left = ReadAnd();
        while (TryTake("OR"))
        {
            (Func<IRosMessage, bool> a, Func<IRosMessage, bool> b) = (left, ReadAnd());
            left = message => a(message) || b(message);
        }

        return left;
    }

    private Func<IRosMessage, bool> ReadAnd()
    {
        Func<IRosMessage, bool> left = ReadNot();
        while (TryTake("AND"))
        {
            (Func<IRosMessage, bool> a, Func<IRosMessage, bool> b) = (left, ReadNot());
            left = message => a(message) && b(message);
        }

        return left;
    }

    private Func<IRosMessage, bool> ReadNot()
    {
        if (TryTake("NOT"))
        {
            Func<IRosMessage, bool> negated = ReadNot();
            return message => !negated(message);
        }

        if (!TryTake("("))
        {
            return ReadPredicate();
        }

        Func<IRosMessage, bool> inner = ReadOr();
        return TryTake(")") ? inner : throw Wrong("')' was expected");
    }

    private Func<IRosMessage, bool> ReadPredicate()
    {
        (Getter left, FilterValueKind kind) = ReadOperand();
        bool isNegated = TryTake("NOT");
        if (TryTake("BETWEEN"))
        {
            Getter low = ReadOperand(kind);
            if (!TryTake("AND"))
            {
                throw Wrong("AND was expected: BETWEEN … AND …");
            }

            Getter high = ReadOperand(kind);
            return message => (Compare(message, left, low, c => c >= 0) && Compare(message, left, high, c => c <= 0)) != isNegated;
        }

        if (isNegated)
        {
            throw Wrong("BETWEEN was expected after NOT");
        }

        if (TryTake("LIKE"))
        {
            FilterToken at = Next;
            Getter pattern = ReadOperand(FilterValueKind.Text);
            return kind == FilterValueKind.Text
                ? message => left(message, out FilterValue text) && pattern(message, out FilterValue like) && IsLike(text.Text, like.Text)
                : throw FilterLexer.Wrong(at.Column, "LIKE compares texts");
        }

        Func<int, bool> holds = ReadComparison();
        Getter right = ReadOperand(kind);
        return message => Compare(message, left, right, holds);
    }

    private Func<int, bool> ReadComparison()
    {
        string symbol = Next.Kind == FilterTokenKind.Symbol ? Next.Text : "";
        Func<int, bool> holds = symbol switch
        {
            "=" => c => c == 0,
            "<>" or "!=" => c => c != 0,
            "<" => c => c < 0,
            "<=" => c => c <= 0,
            ">" => c => c > 0,
            ">=" => c => c >= 0,
            _ => throw Wrong("a comparison was expected: =, <>, <, <=, >, >=, LIKE or BETWEEN"),
        };
        _at++;
        return holds;
    }

    private Getter ReadOperand(FilterValueKind comparedWith)
    {
        FilterToken start = Next;
        (Getter getter, FilterValueKind kind) = ReadOperand();
        return FilterValue.AreComparable(kind, comparedWith)
            ? getter
            : throw FilterLexer.Wrong(start.Column, $"a {Name(comparedWith)} cannot be compared with a {Name(kind)}");
    }

    private (Getter Getter, FilterValueKind Kind) ReadOperand()
    {
        FilterToken token = Next;
        if (token.Kind == FilterTokenKind.Parameter)
        {
            _at++;
            bool isThere = int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < _parameters.Count;
            return isThere
                ? Constant(ReadLiteral(FilterLexer.Read(_parameters[index]), token))
                : throw FilterLexer.Wrong(token.Column, FormattableString.Invariant($"parameter %{token.Text}: there are {_parameters.Count}"));
        }

        if (token.Kind != FilterTokenKind.Word || token.Is("TRUE") || token.Is("FALSE"))
        {
            return Constant(ReadLiteral(_tokens, null));
        }

        _at++;
        FilterField field = FilterField.Find(_type, token);
        return (field.TryGet, field.Kind);
    }

    /// <summary>A number with its sign, a text or a truth: the next of the expression, or all of a parameter.</summary>
    private FilterValue ReadLiteral(List<FilterToken> tokens, FilterToken? parameter)
    {
        int at = parameter is null ? _at : 0;
        bool isNegative = tokens[at].Is("-");
        at += isNegative || tokens[at].Is("+") ? 1 : 0;
        FilterToken token = tokens[at];
        FilterValue? value = token switch
        {
            { Kind: FilterTokenKind.Number } => ReadNumber(token.Text, isNegative),
            { Kind: FilterTokenKind.Text } when !isNegative => FilterValue.Of(token.Text),
            _ when token.Is("TRUE") || token.Is("FALSE") => FilterValue.Of(token.Is("TRUE")),
            _ => null,
        };
        bool isWhole = parameter is null || tokens[at + 1].Kind == FilterTokenKind.End;
        if (value is null || !isWhole)
        {
            throw FilterLexer.Wrong((parameter ?? token).Column, $"'{(parameter is null ? token.Text : "%" + parameter.Value.Text)}': a field, number, 'text', TRUE or FALSE was expected");
        }

        _at = parameter is null ? at + 1 : _at;
        return value.Value;
    }

    private static FilterValue? ReadNumber(string text, bool isNegative)
    {
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (Int128.TryParse(isHex ? "0" + text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out Int128 whole))
        {
            return FilterValue.Of(isNegative ? -whole : whole);
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double real)
            ? FilterValue.Of(isNegative ? -real : real)
            : null;
    }

    private static (Getter Getter, FilterValueKind Kind) Constant(FilterValue constant) =>
        ((IRosMessage _, out FilterValue value) =>
        {
            value = constant;
            return true;
        }, constant.Kind);

    /// <summary>Whether a comparison holds; it does not when a value is missing or not a number.</summary>
    private static bool Compare(IRosMessage message, Getter left, Getter right, Func<int, bool> holds) =>
        left(message, out FilterValue a) && right(message, out FilterValue b) && a.CompareTo(b) is { } order && holds(order);

    /// <summary>Matches with <c>%</c> for any characters and <c>_</c> for any one, without backtracking further than one <c>%</c>.</summary>
    private static bool IsLike(string text, string pattern)
    {
        int t = 0;
        int p = 0;
        int star = -1;
        int mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '_' || pattern[p] == text[t]))
            {
                (p, t) = (p + 1, t + 1);
            }
            else if (star >= 0)
            {
                (p, t) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('%').IsEmpty;
    }

    private static string Name(FilterValueKind kind) => kind switch
    {
        FilterValueKind.Text => "text",
        FilterValueKind.Truth => "truth",
        _ => "number",
    };

    private bool TryTake(string text)
    {
        bool isIt = Next.Is(text);
        _at += isIt ? 1 : 0;
        return isIt;
    }

    private ArgumentException Wrong(string expected) => FilterLexer.Wrong(Next.Column, $"{expected}, not '{Next.Text}'");
}
