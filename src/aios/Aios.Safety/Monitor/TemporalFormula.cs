namespace Aios.Safety.Monitor;

/// <summary>
/// A past-time metric temporal formula over named propositions, evaluated step by step in constant memory (Havelund and
/// Rosu 2004; bounded operators by time stamps).
/// </summary>
/// <remarks>
/// <para>
/// Syntax, weakest first: <c>a -&gt; b</c> (to the right), <c>a | b</c>, <c>a &amp; b</c>, <c>a since b</c>, then the prefixes
/// <c>!a</c>, <c>once a</c>, <c>once[T] a</c>, <c>historically a</c>, <c>historically[T] a</c>, <c>previously a</c>,
/// then names, <c>true</c>, <c>false</c> and parentheses. T is in s and counts between the times of steps, both ends included.
/// </para>
/// <para>
/// Before the first step nothing was true: <c>previously</c> and <c>once</c> begin false; <c>historically</c> begins true,
/// but <c>historically[T]</c> holds only once T has been seen, since nothing is known of the time before.
/// </para>
/// Not thread-safe; a step allocates nothing.
/// </remarks>
public sealed class TemporalFormula
{
    internal enum Operator : byte
    {
        Constant, Name, Not, And, Or, Implies, Since, Once, Historically, Previously,
    }

    internal readonly record struct Item(Operator Operator, int Left, int Right, long BoundNs);

    private readonly Item[] _items;
    private readonly bool[] _now;
    private readonly bool[] _before;
    private readonly long[] _sinceNs;
    private long _firstNs;
    private bool _started;

    private TemporalFormula(string text, List<Item> items, List<string> names)
    {
        Text = text;
        Names = names;
        _items = [.. items];
        _now = new bool[_items.Length];
        _before = new bool[_items.Length];
        _sinceNs = new long[_items.Length];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Its propositions, in the order in which <see cref="Step"/> takes them.</summary>
    public IReadOnlyList<string> Names { get; }

    internal ReadOnlySpan<Item> Items => _items;

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormatException">It does not follow the syntax; the message tells where.</exception>
    public static TemporalFormula Parse(string text)
    {
        var parser = new TemporalParser(text);
        parser.Read();
        return new TemporalFormula(text, parser.Items, parser.Names);
    }

    /// <summary>Takes the truth of the propositions at one time.</summary>
    /// <param name="propositions">In the order of <see cref="Names"/>.</param>
    /// <param name="nowNs">Later than at the step before.</param>
    /// <returns>Whether the formula holds now.</returns>
    public bool Step(ReadOnlySpan<bool> propositions, long nowNs)
    {
        _firstNs = _started ? _firstNs : nowNs;
        for (int i = 0; i < _items.Length; i++)
        {
            _now[i] = Evaluate(i, propositions, nowNs);
        }

        _now.CopyTo(_before, 0);
        _started = true;
        return _now[^1];
    }

    private bool Evaluate(int index, ReadOnlySpan<bool> propositions, long nowNs)
    {
        Item item = _items[index];
        bool left = item.Operator > Operator.Name && _now[item.Left];
        switch (item.Operator)
        {
            case Operator.Constant:
                return item.Left != 0;
            case Operator.Name:
                return propositions[item.Left];
            case Operator.Not:
                return !left;
            case Operator.And:
                return left && _now[item.Right];
            case Operator.Or:
                return left || _now[item.Right];
            case Operator.Implies:
                return !left || _now[item.Right];
            case Operator.Since:
                return _now[item.Right] || (left && _started && _before[index]);
            case Operator.Previously:
                return _started && _before[item.Left];
            case Operator.Once:
                return Once(index, item, left, nowNs);
            default:
                return Historically(index, item, left, nowNs);
        }
    }

    // Keeps when the operand was last true.
    private bool Once(int index, in Item item, bool operand, long nowNs)
    {
        bool ever = _started && _sinceNs[index] != long.MaxValue;
        _sinceNs[index] = operand ? nowNs : ever ? _sinceNs[index] : long.MaxValue;
        return operand || (ever && (item.BoundNs < 0 || nowNs - _sinceNs[index] <= item.BoundNs));
    }

    // Keeps since when the operand has been true without a break.
    private bool Historically(int index, in Item item, bool operand, long nowNs)
    {
        bool unbroken = _started ? _before[item.Left] : true;
        _sinceNs[index] = !operand ? long.MaxValue : unbroken && _started && _sinceNs[index] != long.MaxValue ? _sinceNs[index] : nowNs;
        return operand && (item.BoundNs < 0 ? _sinceNs[index] == _firstNs : nowNs - _sinceNs[index] >= item.BoundNs);
    }
}
